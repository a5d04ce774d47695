using System.Globalization;

namespace FloorMonitor.Core.Floor;

/// <summary>Messages to agents, and whether they were read.</summary>
internal static class MessageFold
{
    public static void Sent(ref FloorDraft draft, MessageSent e)
    {
        if (draft.Agents.TryGetValue(e.Agent, out var agent)) draft.Put(With(agent, e.Entry, e.At, e.From, e.Text));
    }

    public static void SentToTeam(ref FloorDraft draft, TeamMessageSent e)
    {
        foreach (var (_, agent) in draft.Agents)
            if (agent.Team == e.Team) draft.Put(With(agent, e.Entry, e.At, e.From, e.Text));
    }

    public static void Read(ref FloorDraft draft, MessageRead e)
    {
        if (!draft.Agents.TryGetValue(e.Agent, out var agent)) return;
        var at = agent.Messages.FindIndex(e.Message, static (one, id) => one.Id == id);
        if (at < 0 || agent.Messages[at].ReadAt is not null) return;
        draft.Put(agent with { Messages = agent.Messages.SetItem(at, agent.Messages[at] with { ReadAt = e.At }) });
    }

    private static Agent With(Agent agent, long entry, DateTimeOffset at, string from, string text)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"m{entry}");
        var known = agent.Messages;
        if (known.FindIndex(id, static (one, same) => one.Id == same) >= 0) return agent;
        if (known.Count >= Agent.MaxMessagesKept)
        {
            // What was read goes first; who is talked to without end loses the oldest.
            var read = known.FindIndex(0, static (one, _) => one.ReadAt is not null);
            known = known.RemoveAt(Math.Max(read, 0));
        }

        return agent with { Messages = known.Add(new(id, at, from, text, null)) };
    }
}
