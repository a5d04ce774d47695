using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Metrics;

/// <summary>
/// The break of the hour (D2.4): five minutes of short break in every hour of the shift. Hours are counted from its start, or from the
/// sign-in where no roster tells of one, and never from the wall clock (RULEBOOK example 6), so that midnight, business days and clock
/// changes reset no entitlement.
/// </summary>
/// <param name="Since">When the hour began.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Entitled">What it entitles to.</param>
/// <param name="Taken">What of it was taken so far; what a gap hid is not counted.</param>
public sealed record BreakHour(DateTimeOffset Since, DateTimeOffset Until, TimeSpan Entitled, TimeSpan Taken)
{
    /// <summary>The kind of break that counts toward the hour (RULEBOOK <c>break-quota</c>).</summary>
    public const string Kind = "short";

    /// <summary>RULEBOOK <c>hourly-break</c>, <c>entitlement</c>.</summary>
    public static readonly TimeSpan UsualEntitlement = TimeSpan.FromMinutes(5);

    /// <summary>How long an hour is.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromHours(1);

    /// <summary>
    /// How long after its end the break of an hour may still be taken, where a call or a slot at its end kept it from being taken in it
    /// (RULEBOOK example 4: the hour 09–10 by 10:20).
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(20);

    /// <summary>So long after a call that ran past that, too.</summary>
    private static readonly TimeSpan AfterCall = TimeSpan.FromMinutes(5);

    /// <summary>Whether the agent does without the break of this hour.</summary>
    public bool IsDeclined { get; init; }

    /// <summary>What of it is left.</summary>
    public TimeSpan Left => Entitled > Taken ? Entitled - Taken : TimeSpan.Zero;

    /// <summary>The hour that an instant lies in, as far as it is over by then; null for an agent who is not signed in.</summary>
    public static BreakHour? Of(Agent agent, FloorSetup setup, DateTimeOffset now, TimeSpan? entitlement = null) =>
        agent.Session is { LeftAt: null } ? From(agent, SinceOf(agent, setup, now), now, entitlement) : null;

    /// <summary>An hour by its beginning, as far as it is over at an instant.</summary>
    public static BreakHour From(Agent agent, DateTimeOffset since, DateTimeOffset now, TimeSpan? entitlement = null)
    {
        var taken = TakenBefore(agent, since, now);
        if (agent.Break is { } running && IsShort(running.Kind)) taken += SeenShare(running.Since, now, running.Gaps, running.Hour, since);
        return new(since, since + Length, entitlement ?? UsualEntitlement, taken > TimeSpan.Zero ? taken : TimeSpan.Zero)
        {
            IsDeclined = agent.DeclinedHours.AsSpan().Contains(since),
        };
    }

    /// <summary>When the hour of the shift began that an instant lies in.</summary>
    public static DateTimeOffset SinceOf(Agent agent, FloorSetup setup, DateTimeOffset at)
    {
        var origin = OriginOf(agent, setup, at);
        var hours = Math.DivRem((at - origin).Ticks, Length.Ticks, out var rest);
        return origin + ((rest < 0 ? hours - 1 : hours) * Length);
    }

    /// <summary>
    /// Whether a short break of an hour was begun, be it in that hour or as its break that came later. Who ends it early had it all the same;
    /// one that the monitor took off was not given.
    /// </summary>
    public static bool HasBegun(Agent agent, DateTimeOffset since)
    {
        foreach (var ended in agent.EndedBreaks)
            if (!ended.TakenOff && IsShort(ended.Kind) && IsOf(ended.Since, ended.Hour, since)) return true;
        return agent.Break is { TakenOff: false } running && IsShort(running.Kind) && IsOf(running.Since, running.Hour, since);
    }

    /// <summary>What of an hour was taken by an instant, by breaks that are over, without what nobody saw of them. Allocates nothing.</summary>
    public static TimeSpan TakenBefore(Agent agent, DateTimeOffset since, DateTimeOffset by)
    {
        var taken = TimeSpan.Zero;
        foreach (var ended in agent.EndedBreaks)
            if (IsShort(ended.Kind)) taken += SeenShare(ended.Since, ended.Until < by ? ended.Until : by, ended.Gaps, ended.Hour, since);
        return taken;
    }

    /// <summary>By when the break of an hour is due that ended in a call, or with a slot at its end.</summary>
    /// <param name="hourEnded">When the hour ended.</param>
    /// <param name="call">The call with its wrap-up; null for none.</param>
    public static DateTimeOffset DueBy(DateTimeOffset hourEnded, EndedCall? call) =>
        call is not null && call.Until + AfterCall > hourEnded + Grace ? call.Until + AfterCall : hourEnded + Grace;

    // The shift that a moment belongs to counts on beyond its end and back before its start; without one, the sign-in.
    private static DateTimeOffset OriginOf(Agent agent, FloorSetup setup, DateTimeOffset at) =>
        Roster.Of(setup, agent.Id, at) is { IsWorked: true } shift ? shift.StartsAt : agent.Session?.SignedInAt ?? at;

    private static bool IsOf(DateTimeOffset begun, DateTimeOffset? hour, DateTimeOffset since) =>
        hour is { } its ? its == since : begun >= since && begun < since + Length;

    private static bool IsShort(string kind) => string.Equals(kind, Kind, StringComparison.OrdinalIgnoreCase);

    // What nobody saw of a break does not count.
    private static TimeSpan SeenShare(DateTimeOffset since, DateTimeOffset until, ValueArray<Gap> gaps, DateTimeOffset? hour, DateTimeOffset asked)
    {
        var share = Share(since, until, hour, asked);
        foreach (var gap in gaps) share -= Share(gap.Since, gap.Until < until ? gap.Until : until, hour, asked);
        return share;
    }

    // A break that is the break of an earlier hour counts wholly there.
    private static TimeSpan Share(DateTimeOffset since, DateTimeOffset until, DateTimeOffset? hour, DateTimeOffset asked)
    {
        if (hour is { } its && its != asked) return TimeSpan.Zero;
        var begin = hour is null && asked > since ? asked : since;
        var end = hour is null && asked + Length < until ? asked + Length : until;
        return end > begin ? end - begin : TimeSpan.Zero;
    }
}
