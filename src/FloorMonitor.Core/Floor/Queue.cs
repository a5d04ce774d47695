namespace FloorMonitor.Core.Floor;

/// <summary>A queue: who waits, and what was counted.</summary>
public sealed record Queue
{
    /// <summary>Its name at the PBX.</summary>
    public required string Name { get; init; }

    /// <summary>What people call it.</summary>
    public required string Label { get; init; }

    /// <summary>An answer is in time up to this wait.</summary>
    public TimeSpan ServiceLevelWithin { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How its service level is computed.</summary>
    public ServiceLevelFormula Formula { get; init; }

    /// <summary>Callers who wait, the longest first.</summary>
    public ValueArray<WaitingCaller> Waiting { get; init; }

    /// <summary>Callers who left a moment ago and whose reason has not come yet (AMI promises no order), the earliest first.</summary>
    public ValueArray<LeavingCaller> Leaving { get; init; }

    /// <summary>The feeds whose PBX has this queue.</summary>
    public ValueArray<string> Feeds { get; init; }

    /// <summary>Counts of the current business day.</summary>
    public QueueCounters Counters { get; init; } = new();

    /// <summary>The same over the last half hour, minute by minute.</summary>
    public Traffic Traffic { get; init; } = new();

    /// <summary>The PBX's own counters at the last snapshot, by feed; what they grew by during a gap was not seen.</summary>
    public ValueArray<PbxCounters> AtPbx { get; init; }
}

/// <summary>A caller who waits.</summary>
/// <param name="Call">The call's id.</param>
/// <param name="Feed">The feed.</param>
/// <param name="Party">The number, unmasked; null when unknown.</param>
/// <param name="Since">Since when.</param>
/// <param name="Entry">Journal entry of the join.</param>
public sealed record WaitingCaller(string Call, string Feed, string? Party, DateTimeOffset Since, long Entry)
{
    /// <summary>The agents at whom it rings: when it is over, it rings at nobody, though the PBX does not say so of each.</summary>
    public ValueArray<string> RingsAt { get; init; }
}

/// <summary>A caller who left, with the reason still to come.</summary>
/// <param name="Caller">Who.</param>
/// <param name="LeftAt">When.</param>
/// <param name="Unseen">Whether a gap hid the leaving: without a reason nothing is counted then.</param>
public sealed record LeavingCaller(WaitingCaller Caller, DateTimeOffset LeftAt, bool Unseen);

/// <summary>What was counted of a queue in the current business day, since the monitor first saw it.</summary>
public sealed record QueueCounters
{
    /// <summary>From when on the counts are true: the day's start, or the first sight of the switch. Never presented as the whole day when later.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>How long of the time since then the switch was out of sight.</summary>
    public TimeSpan Unseen { get; init; }

    /// <summary>Calls that went by unseen during gaps, by the PBX's own counters.</summary>
    public int Missed { get; init; }

    /// <summary>Callers who joined.</summary>
    public int Offered { get; init; }

    /// <summary>Calls answered.</summary>
    public int Answered { get; init; }

    /// <summary>Calls answered within the service-level threshold.</summary>
    public int AnsweredWithin { get; init; }

    /// <summary>Callers who gave up.</summary>
    public int Abandoned { get; init; }

    /// <summary>Callers who gave up within the threshold.</summary>
    public int AbandonedWithin { get; init; }

    /// <summary>Calls that left unanswered without being abandoned (time-out, key).</summary>
    public int LeftOtherwise { get; init; }

    /// <summary>The callers by what became of them.</summary>
    public CallCounts Counts => new(Offered, Answered, AnsweredWithin, Abandoned, AbandonedWithin, LeftOtherwise);

    /// <summary>When somebody last called one of the day's abandoned callers back; null for never.</summary>
    public DateTimeOffset? CalledBackAt { get; init; }

    /// <summary>Sum of the waits of answered calls.</summary>
    public TimeSpan Waited { get; init; }

    /// <summary>Calls that were handled to the end.</summary>
    public int Handled { get; init; }

    /// <summary>Sum of the talk and hold times of handled calls.</summary>
    public TimeSpan Talked { get; init; }

    /// <summary>Sum of the wrap-up times of handled calls.</summary>
    public TimeSpan WrappedUp { get; init; }
}

/// <summary>The PBX's own counters of a queue.</summary>
public sealed record PbxCounters(string Feed, int Completed, int Abandoned);
