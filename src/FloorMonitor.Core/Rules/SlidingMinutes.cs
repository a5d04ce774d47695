using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// The instants of what is judged over the last whole minutes: it begins and ends with what was counted, or with a minute that
/// entered or left the window after that. So its instants are exact however seldom the clock ticks.
/// </summary>
internal static class SlidingMinutes
{
    /// <summary>Since when it has held that holds in a minute.</summary>
    public static DateTimeOffset Since(long minute, DateTimeOffset changedAt, Func<long, bool> holds)
    {
        var changed = Traffic.MinuteOf(changedAt);
        while (minute > changed && holds(minute - 1)) minute--;
        return minute > changed ? Traffic.StartOf(minute) : changedAt;
    }

    /// <summary>The minute with whose beginning it ended that holds no more; null where what was counted ended it.</summary>
    public static long? EndOf(long minute, DateTimeOffset changedAt, Func<long, bool> holds)
    {
        var changed = Traffic.MinuteOf(changedAt);
        if (minute <= changed || holds(minute)) return null;
        while (minute - 1 > changed && !holds(minute - 1)) minute--;
        return holds(minute - 1) ? minute : null;
    }
}
