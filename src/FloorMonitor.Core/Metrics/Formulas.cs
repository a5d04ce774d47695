using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Metrics;

/// <summary>
/// The field's figures, each with its source. A figure of which nothing was counted is null: neither 0 nor 100 % would be true.
/// </summary>
public static class Formulas
{
    /// <summary>
    /// Callers whose case is decided: those who still wait are neither a success nor a failure yet (Koole, Call Center
    /// Optimization, on service levels measured while calls wait).
    /// </summary>
    public static int Decided(CallCounts counts) => counts.Answered + counts.Abandoned + counts.LeftOtherwise;

    /// <summary>The service level: the share of calls that were answered within the threshold, by the formula named.</summary>
    /// <remarks>
    /// <see cref="ServiceLevelFormula.Offered"/>: answered within ÷ (decided − abandoned within), the field's usual one (Cleveland,
    /// Call Center Management on Fast Forward: callers who hang up within the threshold never had the chance to be answered late).
    /// <see cref="ServiceLevelFormula.Asterisk"/>: AMI QueueSummary and QueueParams, <c>ServicelevelPerf</c> (app_queue.c).
    /// <see cref="ServiceLevelFormula.Asterisk2"/>: the same events' <c>ServicelevelPerf2</c>.
    /// </remarks>
    public static double? ServiceLevel(CallCounts counts, ServiceLevelFormula formula)
    {
        var (part, whole) = ServiceLevelOf(counts, formula);
        return Share(part, whole);
    }

    /// <summary>The service level as its two numbers: so many calls of so many.</summary>
    public static (int Part, int Whole) ServiceLevelOf(CallCounts counts, ServiceLevelFormula formula) => formula switch
    {
        ServiceLevelFormula.Offered => (counts.AnsweredWithin, Decided(counts) - counts.AbandonedWithin),
        ServiceLevelFormula.Asterisk => (counts.AnsweredWithin, counts.Answered),
        ServiceLevelFormula.Asterisk2 => (counts.AnsweredWithin + counts.AbandonedWithin, counts.Answered + counts.Abandoned),
        _ => throw new ArgumentOutOfRangeException(nameof(formula), formula, "No such formula."),
    };

    /// <summary>ASA, the average speed of answer: waits of answered calls, ringing included ÷ answered calls (Cleveland).</summary>
    public static TimeSpan? AverageSpeedOfAnswer(QueueCounters counters) => Mean(counters.Waited, counters.Answered);

    /// <summary>AHT, the average handle time: talk, hold and wrap-up ÷ handled calls (Koole; Cleveland).</summary>
    public static TimeSpan? AverageHandleTime(QueueCounters counters) => Mean(counters.Talked + counters.WrappedUp, counters.Handled);

    /// <summary>Abandon rate: abandoned ÷ decided calls (RULEBOOK <c>abandon-rate</c>; Cleveland).</summary>
    public static double? AbandonRate(CallCounts counts) => Share(counts.Abandoned, Decided(counts));

    /// <summary>Connect rate 接通率: answered ÷ offered, of those decided (RULEBOOK <c>connect-rate</c>, handbook section Q).</summary>
    public static double? ConnectRate(CallCounts counts) => Share(counts.Answered, Decided(counts));

    /// <summary>Occupancy: talk, hold and wrap-up ÷ that and the time available (Koole; breaks are in neither).</summary>
    public static double? Occupancy(TimeSpan handling, TimeSpan available)
    {
        var whole = handling + available;
        return whole <= TimeSpan.Zero ? null : Math.Clamp(handling / whole, 0, 1);
    }

    private static double? Share(int part, int whole) => whole <= 0 ? null : Math.Min(1, (double)part / whole);

    private static TimeSpan? Mean(TimeSpan sum, int count) => count <= 0 ? null : sum / count;
}
