namespace FloorMonitor.Core.Floor;

/// <summary>
/// What came to a queue and what became of it, minute by minute over the last half hour: what sliding windows are summed from.
/// Minutes in which nothing was counted take no room, and what is too old goes when something new is counted, so readers must say
/// which minutes they mean. It knows no business day: a window that begins before the day did is still whole.
/// </summary>
public sealed record Traffic
{
    /// <summary>How many minutes are kept, the running one included.</summary>
    public const int MinutesKept = 30;

    /// <summary>How many calls of one outcome are kept as evidence, and how many arrivals.</summary>
    public const int CallsKept = 10;

    /// <summary>How many gaps are kept; of a link that flaps more often the oldest ones become one.</summary>
    public const int GapsKept = 8;

    /// <summary>Since when the queue is seen at all: what came before is as unseen as a gap.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The newest minute, apart from the others so that a count copies one minute and not thirty.</summary>
    public TrafficMinute Running { get; init; }

    /// <summary>Minutes before it in which something was counted, oldest first.</summary>
    public ValueArray<TrafficMinute> Past { get; init; }

    /// <summary>Stretches of these minutes that are over and that nobody saw, oldest first.</summary>
    public ValueArray<Gap> Gaps { get; init; }

    /// <summary>The newest calls that weigh against the queue, by outcome at most <see cref="CallsKept"/>, in the order they were decided.</summary>
    public ValueArray<WeighingCall> Weighing { get; init; }

    /// <summary>Journal entries of the newest arrivals, oldest first.</summary>
    public ValueArray<long> Arrivals { get; init; }

    /// <summary>When somebody joined last.</summary>
    public DateTimeOffset ArrivedAt { get; init; }

    /// <summary>How many agents the queue had when minutes began: an entry for each change, oldest first, one of them older than the window.</summary>
    public ValueArray<Staffing> Staffed { get; init; }

    /// <summary>When something was counted last.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>The minute that an instant lies in, counted from the Unix epoch.</summary>
    public static long MinuteOf(DateTimeOffset at) => Math.DivRem(at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks, TimeSpan.TicksPerMinute) switch
    {
        (var minute, < 0) => minute - 1,
        (var minute, _) => minute,
    };

    /// <summary>When a minute begins.</summary>
    public static DateTimeOffset StartOf(long minute) => DateTimeOffset.UnixEpoch.AddTicks(minute * TimeSpan.TicksPerMinute);

    /// <summary>What was counted in some minutes up to and with the last one. Allocates nothing.</summary>
    public CallCounts Sum(long lastMinute, int minutes)
    {
        var first = lastMinute - minutes + 1;
        var sum = Running.Minute >= first && Running.Minute <= lastMinute ? Running.Counts : default;
        foreach (var minute in Past)
            if (minute.Minute >= first && minute.Minute <= lastMinute) sum += minute.Counts;
        return sum;
    }

    /// <summary>How much of a stretch nobody saw, the gaps that are over and the time before the first sight. Allocates nothing.</summary>
    public TimeSpan UnseenWithin(DateTimeOffset from, DateTimeOffset until)
    {
        var unseen = Overlap(DateTimeOffset.MinValue, Since, from, until);
        foreach (var gap in Gaps) unseen += Overlap(gap.Since, gap.Until, from, until);
        // Two switches that share the queue may be away at once.
        return until <= from ? TimeSpan.Zero : unseen < until - from ? unseen : until - from;
    }

    private static TimeSpan Overlap(DateTimeOffset since, DateTimeOffset ended, DateTimeOffset from, DateTimeOffset until)
    {
        var begin = since > from ? since : from;
        var end = ended < until ? ended : until;
        return end > begin ? end - begin : TimeSpan.Zero;
    }
}

/// <summary>How many agents a queue had from the beginning of a minute on.</summary>
/// <param name="At">When it was noted first.</param>
/// <param name="Agents">How many were free or at work and not paused in it; <see cref="Unseen"/> where nobody saw.</param>
public readonly record struct Staffing(DateTimeOffset At, int Agents)
{
    /// <summary>The switch was out of sight.</summary>
    public const int Unseen = -1;
}

/// <summary>What was counted of a queue in one minute.</summary>
/// <param name="Minute">Which one, counted from the Unix epoch.</param>
/// <param name="Counts">What was counted in it.</param>
public readonly record struct TrafficMinute(long Minute, CallCounts Counts);

/// <summary>Callers of a queue by what became of them. Whoever was offered is decided once, perhaps in a later minute.</summary>
/// <param name="Offered">Callers who joined.</param>
/// <param name="Answered">Calls answered.</param>
/// <param name="AnsweredWithin">Of these, within the service-level threshold.</param>
/// <param name="Abandoned">Callers who gave up.</param>
/// <param name="AbandonedWithin">Of these, within the threshold.</param>
/// <param name="LeftOtherwise">Calls that left unanswered without being abandoned (time-out, key).</param>
public readonly record struct CallCounts(int Offered, int Answered, int AnsweredWithin, int Abandoned, int AbandonedWithin, int LeftOtherwise)
{
    /// <summary>Both together.</summary>
    public static CallCounts operator +(CallCounts left, CallCounts right) => left.Plus(right);

    /// <summary>Both together.</summary>
    public CallCounts Plus(CallCounts other) => new(
        Offered + other.Offered,
        Answered + other.Answered,
        AnsweredWithin + other.AnsweredWithin,
        Abandoned + other.Abandoned,
        AbandonedWithin + other.AbandonedWithin,
        LeftOtherwise + other.LeftOtherwise);
}

/// <summary>A call that weighs against its queue.</summary>
/// <param name="At">When it was decided.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Entry">The journal entry of the decision; where only time decided, that of the join.</param>
public readonly record struct WeighingCall(DateTimeOffset At, CallOutcome Outcome, long Entry);

/// <summary>What became of a caller.</summary>
public enum CallOutcome
{
    /// <summary>Answered within the service-level threshold.</summary>
    Answered,

    /// <summary>Answered after it.</summary>
    AnsweredLate,

    /// <summary>Gave up after it.</summary>
    Abandoned,

    /// <summary>Gave up within it.</summary>
    AbandonedEarly,

    /// <summary>Left unanswered without giving up (time-out, key).</summary>
    LeftOtherwise,
}
