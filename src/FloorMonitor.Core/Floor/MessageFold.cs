using System.Globalization;

namespace FloorMonitor.Core.Floor;

/// <summary>Messages to agents, and whether they were read.</summary>
internal static class MessageFold
{
    public static void Sent(ref FloorDraft draft, MessageSent e)
    {
        if (draft.Agents.TryGetValue(e.Agent, out var agent)) draft.Put(With(ref draft, agent, new(IdOf(e), e.At, e.From, e.Text, null)));
    }

    public static void SentToTeam(ref FloorDraft draft, TeamMessageSent e)
    {
        foreach (var (_, agent) in draft.Agents)
            if (agent.Team == e.Team) draft.Put(With(ref draft, agent, new(IdOf(e), e.At, e.From, e.Text, null) { ToTeam = true }));
    }

    public static void Read(ref FloorDraft draft, MessageRead e)
    {
        if (!draft.Agents.TryGetValue(e.Agent, out var agent)) return;
        var at = agent.Messages.FindIndex(e.Message, static (one, id) => one.Id == id);
        if (at < 0 || agent.Messages[at].ReadAt is not null) return;
        draft.Put(agent with { Messages = agent.Messages.SetItem(at, agent.Messages[at] with { ReadAt = e.At }) });
    }

    public static void Phoned(ref FloorDraft draft, MessagePhoned e)
    {
        if (!draft.Agents.TryGetValue(e.Agent, out var agent)) return;
        var at = agent.Messages.FindIndex(e.Message, static (one, id) => one.Id == id);
        if (at < 0 || agent.Messages[at].Phone is { } known && known.State == e.State && known.Said == e.Said) return;
        draft.Put(agent with { Messages = agent.Messages.SetItem(at, agent.Messages[at] with { Phone = new(e.State, e.At, e.Said) }) });
    }

    private static string IdOf(FloorEvent e) => string.Create(CultureInfo.InvariantCulture, $"m{e.Entry}");

    private static Agent With(ref FloorDraft draft, Agent agent, AgentMessage message)
    {
        var known = agent.Messages;
        if (known.FindIndex(message.Id, static (one, same) => one.Id == same) >= 0) return agent;
        draft.LastMessage = draft.Entry;
        if (known.Count >= Agent.MaxMessagesKept)
        {
            // What was read goes first; who is talked to without end loses the oldest.
            var read = known.FindIndex(0, static (one, _) => one.ReadAt is not null);
            known = known.RemoveAt(Math.Max(read, 0));
        }

        return agent with { Messages = known.Add(message) };
    }
}
