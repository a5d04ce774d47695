using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Metrics;

/// <summary>The traffic of the whole floor, minute by minute over the last half hour: the strip of a wall.</summary>
/// <param name="Minutes">The minutes, oldest first, the running one last.</param>
public sealed record TrafficStrip(ValueArray<StripMinute> Minutes)
{
    /// <summary>The strip up to an instant, summed over every queue.</summary>
    public static TrafficStrip Of(FloorState floor, DateTimeOffset now)
    {
        var last = Traffic.MinuteOf(now);
        var first = last - Traffic.MinutesKept + 1;
        Span<CallCounts> counts = stackalloc CallCounts[Traffic.MinutesKept];
        Span<bool> seen = stackalloc bool[Traffic.MinutesKept];
        counts.Clear();
        seen.Clear();
        foreach (var (_, queue) in floor.Queues)
        {
            Add(counts, first, queue.Traffic.Running);
            foreach (var minute in queue.Traffic.Past) Add(counts, first, minute);
            for (var i = 0; i < seen.Length; i++)
                if (!seen[i]) seen[i] = IsSeen(queue, floor, first + i, now);
        }

        var minutes = new StripMinute[Traffic.MinutesKept];
        for (var i = 0; i < minutes.Length; i++) minutes[i] = new(Traffic.StartOf(first + i), seen[i] ? counts[i] : null);
        return new(ValueArray.Create<StripMinute>(minutes));
    }

    private static void Add(Span<CallCounts> counts, long first, TrafficMinute minute)
    {
        var at = minute.Minute - first;
        if (at >= 0 && at < counts.Length) counts[(int)at] += minute.Counts;
    }

    private static bool IsSeen(Queue queue, FloorState floor, long minute, DateTimeOffset now)
    {
        var end = Traffic.StartOf(minute + 1);
        var window = TrafficWindow.Of(queue, floor, minute, end < now ? end : now, 1);
        // The first instant of a minute has nothing to be unseen in.
        return window.Seen > TimeSpan.Zero || (window.Until == window.From && window.Unseen == TimeSpan.Zero);
    }
}

/// <summary>A minute of the strip.</summary>
/// <param name="At">When it begins.</param>
/// <param name="Counts">What was counted in it; null where no switch was in sight.</param>
public sealed record StripMinute(DateTimeOffset At, CallCounts? Counts);
