using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Metrics;

/// <summary>
/// The break of the hour (D2.4): five minutes of short break in every hour. Without a roster the hours are counted from the sign-in,
/// never from the wall clock (RULEBOOK example 6), so midnight, business days and clock changes reset no entitlement.
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

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>The hour that an instant lies in; null for an agent who is not signed in.</summary>
    public static BreakHour? Of(Agent agent, DateTimeOffset now, TimeSpan? entitlement = null)
    {
        if (agent.Session is not { LeftAt: null } session) return null;
        var past = now > session.SignedInAt ? now - session.SignedInAt : TimeSpan.Zero;
        var since = session.SignedInAt + (past.Ticks / Hour.Ticks * Hour);
        var until = since + Hour;
        var taken = TimeSpan.Zero;
        foreach (var ended in agent.EndedBreaks)
            if (IsShort(ended.Kind)) taken += Overlap(ended.Since, ended.Until < now ? ended.Until : now, since, until);
        if (agent.Break is { } running && IsShort(running.Kind))
        {
            taken += Overlap(running.Since, now, since, until);
            foreach (var gap in running.Gaps) taken -= Overlap(gap.Since, gap.Until < now ? gap.Until : now, since, until);
        }

        return new(since, until, entitlement ?? UsualEntitlement, taken > TimeSpan.Zero ? taken : TimeSpan.Zero);
    }

    private static bool IsShort(string kind) => string.Equals(kind, Kind, StringComparison.OrdinalIgnoreCase);

    private static TimeSpan Overlap(DateTimeOffset since, DateTimeOffset until, DateTimeOffset from, DateTimeOffset to)
    {
        var begin = since > from ? since : from;
        var end = until < to ? until : to;
        return end > begin ? end - begin : TimeSpan.Zero;
    }
}
