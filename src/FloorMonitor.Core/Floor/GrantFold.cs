namespace FloorMonitor.Core.Floor;

/// <summary>Exceptions: given, taken back, used up by the act that they allowed, and over when their time is.</summary>
internal static class GrantFold
{
    /// <summary>Bound of <see cref="Agent.Grants"/>; the oldest go first.</summary>
    private const int MaxGrants = 8;

    public static void Given(ref FloorDraft draft, GrantGiven e)
    {
        if (e.Until <= e.At || !draft.Agents.TryGetValue(e.Agent, out var agent)) return;
        var id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"g{e.Entry}");
        if (agent.Grants.FindIndex(id, static (grant, same) => grant.Id == same) >= 0) return;
        var kept = agent.Grants.Count < MaxGrants ? agent.Grants : agent.Grants.RemoveAt(0);
        draft.Put(agent with { Grants = kept.Add(new(id, e.Allow, e.Reason, e.By, e.At, e.Until)) });
    }

    public static void Revoked(ref FloorDraft draft, GrantRevoked e)
    {
        if (!draft.Agents.TryGetValue(e.Agent, out var agent)) return;
        var at = agent.Grants.FindIndex(e.Grant, static (grant, id) => grant.Id == id);
        if (at < 0) return;
        // Until it was taken back it had been allowed.
        var taken = agent.Grants[at];
        draft.Put(WithLapsed(agent, taken with { Until = e.At < taken.Until ? e.At : taken.Until }) with { Grants = agent.Grants.RemoveAt(at) });
    }

    /// <summary>Moves a grant to the act that it allowed, and back where the act turns out to have been none.</summary>
    public static Agent Use(Agent before, Agent next, DateTimeOffset at)
    {
        if (before.Session is { LeftAt: not null, LeftGrant: { } kept } && next.Session is { LeftAt: null } goesOn)
        {
            // A change of queues, or the monitor itself put them back: the exception was not used. A new session begins without it.
            if (goesOn.SignedInAt <= before.Session.SignedInAt && at < kept.Until) next = next with { Grants = next.Grants.Add(kept) };
        }
        else if (before.Session is { LeftAt: null } && next.Session is { LeftAt: { } left, LeftUnseen: false, LeftGrant: null } over
            && Grant.Find(next, GrantWords.SignOut, left) is { } signOut)
        {
            next = Without(next, signOut) with { Session = over with { LeftGrant = signOut } };
        }
        else if (before.Session is not { LeftAt: null } && next.Session is { LeftAt: null, SignInGrant: null } begun
            && Grant.Find(next, GrantWords.Late, begun.SignedInAt) is { } late)
        {
            next = Without(next, late) with { Session = begun with { SignInGrant = late } };
        }

        return Expire(UseForBreak(before, next), at);
    }

    private static Agent UseForBreak(Agent before, Agent next)
    {
        if (next.Break is not { Grant: null } running || running == before.Break || running.Kind is Rules.BreakKinds.Personal or Break.OtherKind) return next;
        // The same break with another deadline is no new one.
        if (before.Break is { } was && was.Since == running.Since && was.Kind == running.Kind) return next;
        return Grant.Find(next, GrantWords.Break, AskedAt(next, running)) is { } used
            ? Without(next, used) with { Break = running with { Grant = used } }
            : next;
    }

    /// <summary>Without those whose time is over.</summary>
    public static Agent Expire(Agent agent, DateTimeOffset at)
    {
        if (agent.Grants.IsEmpty || BreakWaits(agent)) return agent;
        var kept = ValueArray.From(agent.Grants.Where(grant => grant.Until > at));
        if (kept.Count == agent.Grants.Count) return agent;
        foreach (var grant in agent.Grants)
            if (grant.Until <= at) agent = WithLapsed(agent, grant);
        return agent with { Grants = kept };
    }

    // An exception to come late that nobody used still allowed the time until its end.
    private static Agent WithLapsed(Agent agent, Grant over) =>
        over.Allow == GrantWords.Late && !(over.Until <= agent.LapsedLate?.Until) ? agent with { LapsedLate = over } : agent;

    /// <summary>When the first of them is over; null where none is, or where they wait with a break for the end of a call.</summary>
    public static DateTimeOffset? NextEnd(Agent agent)
    {
        if (agent.Grants.IsEmpty || BreakWaits(agent)) return null;
        var first = agent.Grants[0].Until;
        foreach (var grant in agent.Grants)
            if (grant.Until < first) first = grant.Until;
        return first;
    }

    // A pause set during a call was allowed when it was set, however long the call lasts after that.
    private static DateTimeOffset AskedAt(Agent agent, Break running) =>
        BreakFold.LatestPause(agent).PausedAt is { } paused && paused < running.Since ? paused : running.Since;

    private static bool BreakWaits(Agent agent) =>
        agent.Break is null && !agent.Members.IsEmpty && AgentStatus.IsBusy(agent) && AgentStatus.IsPausedEverywhere(agent);

    private static Agent Without(Agent agent, Grant used) =>
        agent with { Grants = agent.Grants.RemoveAt(agent.Grants.FindIndex(used.Id, static (grant, id) => grant.Id == id)) };
}
