using FloorMonitor.Core.Metrics;

namespace FloorMonitor.Core.Floor;

/// <summary>
/// What the breaks of an agent's hours have to be judged by later: the stretches that nobody saw, and the call that an hour ended in.
/// </summary>
internal static class HourFold
{
    /// <summary>Bound of <see cref="Agent.Unseen"/>; the two oldest are taken as one.</summary>
    private const int MaxUnseen = 16;

    /// <summary>Notes what a change of the agent means for the hours.</summary>
    public static Agent Note(in FloorDraft draft, Agent before, Agent next, in Moment when)
    {
        if (next.Session is not { LeftAt: null } session) return next;
        if (before.Session is not { } was || was.Entry != session.Entry || session.SignedInAt > was.SignedInAt)
        {
            // What went on since the PBX counts them in and before they were seen, nobody knows.
            next = next with { Unseen = [], HourCall = null, Ticket = null, TicketHour = null };
            return WithUnseen(next, session.SignedInAt, when.At);
        }

        if (session.SignedInAt < was.SignedInAt) next = WithUnseen(next, session.SignedInAt, was.SignedInAt);
        return AgentStatus.IsBusy(before) && !(AgentStatus.IsBusy(next) && next.Call?.Id == before.Call?.Id) ? WithCall(draft, before, next, when.At) : next;
    }

    /// <summary>A stretch that nobody saw; those that touch are one.</summary>
    public static Agent WithUnseen(Agent agent, DateTimeOffset since, DateTimeOffset until)
    {
        if (until <= since || agent.Session is not { LeftAt: null }) return agent;
        var known = agent.Unseen;
        if (!known.IsEmpty && known[known.Count - 1] is var last && last.Until >= since)
        {
            if (last.Since <= since && last.Until >= until) return agent;
            var joined = new Gap(last.Since < since ? last.Since : since, last.Until > until ? last.Until : until);
            return agent with { Unseen = known.SetItem(known.Count - 1, joined) };
        }

        if (known.Count >= MaxUnseen) known = known.RemoveAt(0).SetItem(0, new(known[0].Since, known[1].Until));
        return agent with { Unseen = known.Add(new(since, until)) };
    }

    // The wrap-up is still the work of that call (principle 2).
    private static Agent WithCall(in FloorDraft draft, Agent before, Agent next, DateTimeOffset at)
    {
        var since = before.Call?.Since ?? before.Since;
        var until = next.WrapUp?.EndsAt > at ? next.WrapUp.EndsAt : at;
        return BreakHour.SinceOf(next, draft.Setup, until) > since
            ? next with { HourCall = new(before.Call?.Id ?? "", before.Call?.Queue, since, until, before.Call?.Entry ?? 0) }
            : next;
    }
}
