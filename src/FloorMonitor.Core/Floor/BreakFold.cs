namespace FloorMonitor.Core.Floor;

/// <summary>Breaks: an agent is on one while paused in every queue. It runs on beneath a call and never begins during one.</summary>
internal static class BreakFold
{
    /// <summary>Begins, ends or prolongs the break as the memberships and the call now say.</summary>
    public static Agent Settle(in FloorDraft draft, Agent before, Agent next, in Moment when)
    {
        var at = when.At;
        var paused = AgentStatus.IsSignedIn(next) && AgentStatus.IsPausedEverywhere(next);
        if (next.Break is { } running)
        {
            if (!paused) return End(next, at, draft.Entry);
            return AgentStatus.IsBusy(before) && !AgentStatus.IsBusy(next) ? MovedBehindCall(before, next, running, at) : next;
        }

        if (!paused || AgentStatus.IsBusy(next)) return next;
        var latest = LatestPause(next);
        // A pause set during a call waits for the call's end; else the pause itself is the beginning.
        var since = AgentStatus.IsBusy(before) || when.PausedAt is not { } told ? at : Clamp(next, told, at);
        return next with { Break = Begin(draft.Setup, next, latest.Reason, since, latest.PauseEntry) };
    }

    /// <summary>A break that begins now.</summary>
    public static Break Begin(FloorSetup setup, Agent agent, string reason, DateTimeOffset since, long entry)
    {
        foreach (var kind in setup.Breaks)
        {
            foreach (var word in kind.Reasons)
            {
                if (!string.Equals(word, reason, StringComparison.OrdinalIgnoreCase)) continue;
                var limit = BreakLimits.Of(setup, agent, kind.Kind, since);
                return new(kind.Kind, reason, since, since + limit, entry, []) { Limit = limit };
            }
        }

        return new(Break.OtherKind, reason, since, null, entry, []);
    }

    /// <summary>Ends the break; the oldest of those kept goes when there are too many.</summary>
    public static Agent End(Agent agent, DateTimeOffset at, long entry)
    {
        if (agent.Break is not { } running) return agent;
        var until = at > running.Since ? at : running.Since;
        var ended = agent.EndedBreaks.Count < Agent.MaxBreaksKept ? agent.EndedBreaks : agent.EndedBreaks.RemoveAt(0);
        return agent with
        {
            Break = null,
            EndedBreaks = ended.Add(new(running.Kind, running.Since, until, running.Entry, entry) { Hour = running.Hour, TakenOff = running.TakenOff, Gaps = running.Gaps }),
        };
    }

    /// <summary>Another reason is another break, back to back (RULEBOOK example 3).</summary>
    public static Agent Change(in FloorDraft draft, Agent agent, string reason, DateTimeOffset at)
    {
        var begun = agent.Break!.Since;
        var since = at > begun ? at : begun;
        return End(agent, since, draft.Entry) with { Break = Begin(draft.Setup, agent, reason, since, draft.Entry) };
    }

    /// <summary>A stretch of the break that nobody saw: it does not count, so the limit is reached that much later.</summary>
    public static Agent WithGap(Agent agent, DateTimeOffset since, DateTimeOffset until)
    {
        if (agent.Break is not { } running) return agent;
        if (since < running.Since) since = running.Since;
        // Two links that went away together hide one stretch, not two.
        if (!running.Gaps.IsEmpty && running.Gaps[running.Gaps.Count - 1].Until is var known && since < known) since = known;
        if (until <= since) return agent;
        var gaps = running.Gaps.Count < Agent.MaxBreaksKept ? running.Gaps : running.Gaps.RemoveAt(0);
        // A limit that had passed in plain sight before the gap stays passed; only what lay ahead moves behind it.
        var endsAt = running.EndsAt > since ? running.EndsAt + (until - since) : running.EndsAt;
        return agent with { Break = running with { Gaps = gaps.Add(new(since, until)), EndsAt = endsAt } };
    }

    /// <summary>The pause that came last, whose reason is the break's.</summary>
    public static QueueMember LatestPause(Agent agent)
    {
        var latest = agent.Members[0];
        foreach (var member in agent.Members)
        {
            var order = Nullable.Compare(member.PausedAt, latest.PausedAt);
            if (order > 0 || (order == 0 && member.PauseEntry > latest.PauseEntry)) latest = member;
        }

        return latest;
    }

    /// <summary>The PBX's instant of a pause, whole seconds mostly, held behind what the monitor itself saw end.</summary>
    public static DateTimeOffset Clamp(Agent agent, DateTimeOffset instant, DateTimeOffset at)
    {
        if (agent.Session is { } session && instant < session.SignedInAt) instant = session.SignedInAt;
        if (!agent.EndedBreaks.IsEmpty && agent.EndedBreaks[agent.EndedBreaks.Count - 1].Until is var last && instant < last) instant = last;
        return instant < at ? instant : at;
    }

    // RULEBOOK principle 2: a deadline that falls inside a call or the wrap-up after it moves to their end. One that had passed
    // before the call began stays.
    private static Agent MovedBehindCall(Agent before, Agent next, Break running, DateTimeOffset at)
    {
        var callSince = before.Call?.Since ?? before.Since;
        var end = next.WrapUp?.EndsAt ?? at;
        if (running.EndsAt is not { } due || due < callSince || due >= end) return next;
        return next with { Break = running with { EndsAt = end } };
    }
}
