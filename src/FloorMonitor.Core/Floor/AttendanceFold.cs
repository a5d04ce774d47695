namespace FloorMonitor.Core.Floor;

/// <summary>Who came to which shift: what the rules about attendance ask for later.</summary>
internal static class AttendanceFold
{
    /// <summary>Before this long ahead of the start it is not yet the muster of the shift.</summary>
    public static readonly TimeSpan MusterFrom = TimeSpan.FromHours(2);

    public static void Mustered(ref FloorDraft draft, AgentMustered e)
    {
        if (!draft.Agents.TryGetValue(e.Agent, out var agent) || ShiftToMuster(draft.Setup, e.Agent, e.At) is not { } shift) return;
        var known = Of(agent, shift);
        if (known.MusteredAt is not null) return;
        draft.Put(agent with { Attendance = known with { MusteredAt = e.At, MusteredBy = e.By, MusterEntry = e.Entry } });
    }

    /// <summary>The shift whose muster a moment lies in; null for none.</summary>
    public static WorkShift? ShiftToMuster(FloorSetup setup, string agent, DateTimeOffset at) =>
        Roster.Of(setup, agent, at) is { IsWorked: true } shift && at >= shift.StartsAt - MusterFrom && at < shift.EndsAt ? shift : null;

    /// <summary>The agent, before a new session takes the place of the one that is over: was that the first of its shift, it is remembered.</summary>
    public static Agent Remember(FloorSetup setup, Agent agent)
    {
        if (agent.Session is not { LeftAt: { } left } over || Roster.Of(setup, agent.Id, left) is not { } shift) return agent;
        // Who came and went before the shift was not there for it.
        if (left <= shift.StartsAt) return agent;
        var known = Of(agent, shift);
        if (known.FirstInAt is { } first && first <= over.SignedInAt) return agent;
        return agent with
        {
            Attendance = known with { FirstInAt = over.SignedInAt, FirstInEntry = over.Entry, FirstInUnseen = over.SignInUnseen, FirstInGrant = over.SignInGrant },
        };
    }

    private static Attendance Of(Agent agent, WorkShift shift) =>
        agent.Attendance is { } known && known.IsOf(shift) ? known : new(shift.Name, shift.Date);
}
