namespace FloorMonitor.Core.Floor;

/// <summary>Counts into the minutes of a queue. What is counted late (a snapshot names the instant) goes into the minute it belongs to.</summary>
internal static class TrafficFold
{
    /// <summary>A caller joined.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="at">When.</param>
    /// <param name="countedAt">When the floor heard of it.</param>
    /// <param name="entry">The journal entry that says so.</param>
    public static Traffic Offered(Queue queue, DateTimeOffset at, DateTimeOffset countedAt, long entry)
    {
        var traffic = queue.Traffic;
        var arrivals = traffic.Arrivals.AsSpan();
        return Add(traffic, at, countedAt, new() { Offered = 1 }) with
        {
            ArrivedAt = countedAt > traffic.ArrivedAt ? countedAt : traffic.ArrivedAt,
            Arrivals = ValueArray.Create<long>([.. arrivals.Length < Traffic.CallsKept ? arrivals : arrivals[1..], entry]),
        };
    }

    /// <summary>A caller's case was decided.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="outcome">How.</param>
    /// <param name="at">When.</param>
    /// <param name="countedAt">When the floor heard of it.</param>
    /// <param name="entry">The journal entry that says so.</param>
    public static Traffic Decided(Queue queue, CallOutcome outcome, DateTimeOffset at, DateTimeOffset countedAt, long entry)
    {
        var traffic = Add(queue.Traffic, at, countedAt, CountOf(outcome));
        return outcome == CallOutcome.Answered ? traffic : traffic with { Weighing = Weigh(traffic.Weighing, new(at, outcome, entry)) };
    }

    /// <summary>A gap in sight is over.</summary>
    public static Traffic WithGap(Traffic traffic, DateTimeOffset since, DateTimeOffset until)
    {
        var from = since > traffic.Since ? since : traffic.Since;
        if (until <= from) return traffic;
        var oldest = until.AddMinutes(-Traffic.MinutesKept);
        var kept = traffic.Gaps.Where(gap => gap.Until > oldest).ToList();
        // Nothing is lost to sight by that but the little that was seen between two gaps of a link that flaps.
        while (kept.Count >= Traffic.GapsKept)
        {
            kept[1] = new(kept[0].Since, kept[1].Until);
            kept.RemoveAt(0);
        }

        return traffic with { Gaps = [.. kept, new(from, until)] };
    }

    private static CallCounts CountOf(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Answered => new() { Answered = 1, AnsweredWithin = 1 },
        CallOutcome.AnsweredLate => new() { Answered = 1 },
        CallOutcome.Abandoned => new() { Abandoned = 1 },
        CallOutcome.AbandonedEarly => new() { Abandoned = 1, AbandonedWithin = 1 },
        _ => new() { LeftOtherwise = 1 },
    };

    private static Traffic Add(Traffic traffic, DateTimeOffset at, DateTimeOffset countedAt, CallCounts counts)
    {
        var minute = Traffic.MinuteOf(at);
        var running = traffic.Running;
        if (countedAt > traffic.ChangedAt) traffic = traffic with { ChangedAt = countedAt };
        if (minute == running.Minute) return traffic with { Running = new(minute, running.Counts + counts) };
        // Somebody who waited longer than the window when sight began: in none of its minutes.
        if (minute <= running.Minute - Traffic.MinutesKept) return traffic;
        return minute > running.Minute
            ? traffic with { Past = Rolled(traffic, minute), Running = new(minute, counts) }
            : traffic with { Past = Merged(traffic.Past, new(minute, counts)) };
    }

    private static ValueArray<TrafficMinute> Rolled(Traffic traffic, long minute)
    {
        var past = traffic.Past.AsSpan();
        while (!past.IsEmpty && past[0].Minute <= minute - Traffic.MinutesKept) past = past[1..];
        var keepsRunning = traffic.Running.Counts != default && traffic.Running.Minute > minute - Traffic.MinutesKept;
        return ValueArray.Create<TrafficMinute>(keepsRunning ? [.. past, traffic.Running] : [.. past]);
    }

    private static ValueArray<TrafficMinute> Merged(ValueArray<TrafficMinute> past, TrafficMinute late)
    {
        var place = past.Count;
        while (place > 0 && past[place - 1].Minute >= late.Minute) place--;
        if (place < past.Count && past[place].Minute == late.Minute)
            return past.SetItem(place, late with { Counts = past[place].Counts + late.Counts });
        var span = past.AsSpan();
        return ValueArray.Create<TrafficMinute>([.. span[..place], late, .. span[place..]]);
    }

    // By outcome, so that many late answers do not push out the few callers who gave up.
    private static ValueArray<WeighingCall> Weigh(ValueArray<WeighingCall> calls, WeighingCall call)
    {
        var span = calls.AsSpan();
        var (same, oldest) = (0, -1);
        for (var i = span.Length - 1; i >= 0; i--)
        {
            if (span[i].Outcome != call.Outcome) continue;
            same++;
            oldest = i;
        }

        return same < Traffic.CallsKept ? calls.Add(call) : ValueArray.Create<WeighingCall>([.. span[..oldest], .. span[(oldest + 1)..], call]);
    }
}
