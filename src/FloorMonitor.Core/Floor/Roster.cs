namespace FloorMonitor.Core.Floor;

/// <summary>
/// Who works when. Shifts are written in the site's local times and are turned into instants once for a day; everything that is
/// counted within one is counted from its start as elapsed time, so that midnight, business days and clock changes reset nothing
/// (RULEBOOK example 6).
/// </summary>
public static class Roster
{
    /// <summary>
    /// How far a shift reaches beyond itself: so long before its start it is the one that is awaited, so long after its end the one that
    /// was worked. Between two shifts the nearer one is meant.
    /// </summary>
    public static readonly TimeSpan Reach = TimeSpan.FromHours(12);

    /// <summary>Whether the floor has a roster at all; without one, what needs it says nothing.</summary>
    public static bool IsKept(FloorSetup setup) => !setup.Roster.IsEmpty;

    /// <summary>
    /// The shift that a moment of an agent belongs to: the one that runs, else the nearer of the last and the next within
    /// <see cref="Reach"/>; null where the roster knows of none. One at work goes before one on leave, a later one before an earlier.
    /// Allocates nothing but once a day.
    /// </summary>
    public static WorkShift? Of(FloorState floor, string agent, DateTimeOffset now) => Of(floor.Setup, agent, now);

    /// <summary>The same by the setup alone.</summary>
    public static WorkShift? Of(FloorSetup setup, string agent, DateTimeOffset now)
    {
        if (setup.Roster.IsEmpty) return null;
        WorkShift? best = null;
        var nearest = Reach;
        foreach (var shift in RosterBook.Of(setup).ShiftsOf(agent, now))
        {
            var away = AwayFrom(shift, now);
            if (away > nearest || (away == nearest && best is not null && !GoesBefore(shift, best))) continue;
            (best, nearest) = (shift, away);
        }

        return best;
    }

    /// <summary>
    /// The shift at work that began last, within <see cref="Reach"/> of its end, and the one at work that follows it; null for none. Where the
    /// nearer one is not what matters: who stayed away from a shift, or stays behind after it.
    /// </summary>
    public static (WorkShift? Begun, WorkShift? Next) Around(FloorState floor, string agent, DateTimeOffset now)
    {
        if (floor.Setup.Roster.IsEmpty) return (null, null);
        WorkShift? begun = null;
        foreach (var shift in RosterBook.Of(floor.Setup).ShiftsOf(agent, now))
        {
            if (!shift.IsWorked) continue;
            if (shift.StartsAt > now) return (begun, shift);
            begun = now - shift.EndsAt <= Reach ? shift : null;
        }

        return (begun, null);
    }

    private static TimeSpan AwayFrom(WorkShift shift, DateTimeOffset now)
    {
        if (now < shift.StartsAt) return shift.StartsAt - now;
        return now < shift.EndsAt ? TimeSpan.Zero : now - shift.EndsAt;
    }

    // Of two that are equally near the shifts come in the order of their starts: the later one is the one that concerns.
    private static bool GoesBefore(WorkShift later, WorkShift earlier) => later.IsWorked || !earlier.IsWorked;
}

/// <summary>One shift of one agent, as instants.</summary>
/// <param name="Name">The shift's name.</param>
/// <param name="Date">The business date: the local date on which it begins, also of what happens after midnight.</param>
/// <param name="StartsAt">When it starts, UTC.</param>
/// <param name="EndsAt">When it ends, UTC: what the local clock says then, so that a clock change makes it an hour longer or shorter.</param>
/// <param name="Seat">The extension to sign in from; null where any will do.</param>
/// <param name="Status">Why they are there, or not.</param>
/// <param name="Meals">When they eat.</param>
public sealed record WorkShift(
    string Name, DateOnly Date, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string? Seat, RosterStatus Status, ValueArray<MealSpan> Meals)
{
    /// <summary>Whether the agent is expected; one on approved leave is expected nowhere.</summary>
    public bool IsWorked => Status != RosterStatus.Leave;

    /// <summary>Whether a moment lies in it.</summary>
    public bool Holds(DateTimeOffset at) => at >= StartsAt && at < EndsAt;
}

/// <summary>When a meal of a shift may be taken, UTC, and how long it is.</summary>
public sealed record MealSpan(DateTimeOffset From, DateTimeOffset To, TimeSpan Length);
