using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;

namespace FloorMonitor.Core.Rules;

/// <summary>Q: enough calls are answered in time, by the queue's own threshold and formula (<c>queues</c> in floor.yaml).</summary>
public sealed record ServiceLevel : QueueShareRule
{
    /// <inheritdoc/>
    public override string Id => "service-level";

    /// <inheritdoc/>
    public override string Clause => "Q";

    /// <inheritdoc/>
    public override Text Meaning => new("队列服务水平过低", "Too few calls of a queue are answered in time");

    /// <summary>What is asked.</summary>
    [Parameter("The service level is at least this; within how many seconds is the queue's own setting", IsShare = true)]
    public double Min { get; init; } = 0.80;

    /// <summary>Below which it is critical.</summary>
    [Parameter("Below this it is critical", IsShare = true)]
    public double Critical { get; init; } = 0.60;

    /// <inheritdoc/>
    protected override double Limit => Min;

    /// <inheritdoc/>
    protected override double CriticalLimit => Critical;

    /// <inheritdoc/>
    protected override bool IsWorse(double share, double limit) => share < limit;

    /// <inheritdoc/>
    protected override double? ShareOf(CallCounts counts, Queue queue) => Formulas.ServiceLevel(counts, queue.Formula);

    /// <inheritdoc/>
    protected override bool Weighs(CallOutcome outcome, Queue queue) => queue.Formula switch
    {
        ServiceLevelFormula.Asterisk => outcome == CallOutcome.AnsweredLate,
        ServiceLevelFormula.Asterisk2 => outcome is CallOutcome.AnsweredLate or CallOutcome.Abandoned,
        _ => outcome is CallOutcome.AnsweredLate or CallOutcome.Abandoned or CallOutcome.LeftOtherwise,
    };

    /// <inheritdoc/>
    protected override Text Say(double share, CallCounts counts, Queue queue, Text window)
    {
        var (part, whole) = Formulas.ServiceLevelOf(counts, queue.Formula);
        var (value, min) = (Sentences.Percent(share), Sentences.Percent(Min));
        var within = queue.ServiceLevelWithin;
        return new(
            $"队列 {queue.Label} 近 {window.Zh}服务水平 {value}({Sentences.Zh(within)}内 {part} 通,计入 {whole} 通),应不低于 {min}",
            $"Service level of {queue.Label} over the last {window.En} is {value} ({part} of {whole} calls within {Sentences.En(within)}), at least {min} is asked");
    }
}
