using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Metrics;

/// <summary>
/// What a queue counted in the last minutes, and how much of them was seen. It slides by whole minutes: the one that runs and those
/// before it, so a window of thirty covers more than 29 and at most 30 minutes.
/// </summary>
/// <param name="Counts">What was counted, each call in the minute in which it came or was decided.</param>
/// <param name="From">When the first of the minutes begins.</param>
/// <param name="Until">Up to when it reaches.</param>
/// <param name="Unseen">How much of that nobody saw: gaps, and the time before the queue was first seen.</param>
public readonly record struct TrafficWindow(CallCounts Counts, DateTimeOffset From, DateTimeOffset Until, TimeSpan Unseen)
{
    /// <summary>How much of it was seen.</summary>
    public TimeSpan Seen => Until - From - Unseen;

    /// <summary>The last minutes of a queue. Allocates nothing.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="floor">The floor, for the gap that still runs.</param>
    /// <param name="lastMinute">The last of the minutes.</param>
    /// <param name="until">Up to when it is seen: an instant of that minute, or its end where that has passed.</param>
    /// <param name="minutes">How many minutes.</param>
    public static TrafficWindow Of(Queue queue, FloorState floor, long lastMinute, DateTimeOffset until, int minutes)
    {
        var from = Traffic.StartOf(lastMinute - minutes + 1);
        var unseen = queue.Traffic.UnseenWithin(from, until);
        foreach (var name in queue.Feeds)
        {
            if (!floor.Feeds.TryGetValue(name, out var feed) || feed.LostSince is not { } lost) continue;
            if (lost < from) lost = from;
            if (until > lost) unseen += until - lost;
        }

        if (until > from && unseen > until - from) unseen = until - from;
        return new(queue.Traffic.Sum(lastMinute, minutes), from, until, unseen);
    }

    /// <summary>The minutes up to an instant, its own as far as it has run.</summary>
    public static TrafficWindow Of(Queue queue, FloorState floor, DateTimeOffset now, int minutes) =>
        Of(queue, floor, Traffic.MinuteOf(now), now, minutes);
}
