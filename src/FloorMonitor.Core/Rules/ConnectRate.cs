using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;

namespace FloorMonitor.Core.Rules;

/// <summary>Q: 接通率, the calls answered of those offered. Unlike the abandon rate it also counts who left by a time-out or a key.</summary>
public sealed record ConnectRate : QueueShareRule
{
    /// <inheritdoc/>
    public override string Id => "connect-rate";

    /// <inheritdoc/>
    public override string Clause => "Q";

    /// <inheritdoc/>
    public override Text Meaning => new("队列接通率过低", "Too few calls of a queue are answered");

    /// <summary>What is asked.</summary>
    [Parameter("At least this share of the decided calls is answered", IsShare = true)]
    public double Min { get; init; } = 0.95;

    /// <summary>Below which it is critical.</summary>
    [Parameter("Below this it is critical", IsShare = true)]
    public double Critical { get; init; } = 0.85;

    /// <inheritdoc/>
    protected override double Limit => Min;

    /// <inheritdoc/>
    protected override double CriticalLimit => Critical;

    /// <inheritdoc/>
    protected override bool IsWorse(double share, double limit) => share < limit;

    /// <inheritdoc/>
    protected override double? ShareOf(CallCounts counts, Queue queue) => Formulas.ConnectRate(counts);

    /// <inheritdoc/>
    protected override bool Weighs(CallOutcome outcome, Queue queue) =>
        outcome is CallOutcome.Abandoned or CallOutcome.AbandonedEarly or CallOutcome.LeftOtherwise;

    /// <inheritdoc/>
    protected override Text Say(double share, CallCounts counts, Queue queue, Text window)
    {
        var (value, min, whole) = (Sentences.Percent(share), Sentences.Percent(Min), Formulas.Decided(counts));
        return new(
            $"队列 {queue.Label} 近 {window.Zh}接通率 {value}({whole} 通中接通 {counts.Answered} 通),应不低于 {min}",
            $"{value} of the calls of {queue.Label} over the last {window.En} were answered ({counts.Answered} of {whole}), at least {min} is asked");
    }
}
