using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;

namespace FloorMonitor.Core.Rules;

/// <summary>Q: few callers give up before anybody answers.</summary>
public sealed record AbandonRate : QueueShareRule
{
    /// <inheritdoc/>
    public override string Id => "abandon-rate";

    /// <inheritdoc/>
    public override string Clause => "Q";

    /// <inheritdoc/>
    public override Text Meaning => new("队列放弃率过高", "Too many callers of a queue give up");

    /// <summary>How much may be.</summary>
    [Parameter("At most this share of the decided calls is abandoned", IsShare = true)]
    public double Max { get; init; } = 0.05;

    /// <summary>Above which it is critical.</summary>
    [Parameter("Above this it is critical", IsShare = true)]
    public double Critical { get; init; } = 0.15;

    /// <inheritdoc/>
    protected override double Limit => Max;

    /// <inheritdoc/>
    protected override double CriticalLimit => Critical;

    /// <inheritdoc/>
    protected override bool IsWorse(double share, double limit) => share > limit;

    /// <inheritdoc/>
    protected override double? ShareOf(CallCounts counts, Queue queue) => Formulas.AbandonRate(counts);

    /// <inheritdoc/>
    protected override bool Weighs(CallOutcome outcome, Queue queue) => outcome is CallOutcome.Abandoned or CallOutcome.AbandonedEarly;

    /// <inheritdoc/>
    protected override Text Say(double share, CallCounts counts, Queue queue, Text window)
    {
        var (value, max, whole) = (Sentences.Percent(share), Sentences.Percent(Max), Formulas.Decided(counts));
        return new(
            $"队列 {queue.Label} 近 {window.Zh}放弃率 {value}({whole} 通中放弃 {counts.Abandoned} 通),上限 {max}",
            $"{value} of the calls of {queue.Label} over the last {window.En} were abandoned ({counts.Abandoned} of {whole}), at most {max} should be");
    }
}
