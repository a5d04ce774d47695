using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>Q, P4.8: too many callers wait in a queue.</summary>
public sealed record Waiting : FloorRule, IQueueRule
{
    /// <inheritdoc/>
    public override string Id => "waiting";

    /// <inheritdoc/>
    public override string Clause => "Q, P4.8";

    /// <inheritdoc/>
    public override Text Meaning => new("排队等待人数过多", "Too many callers wait");

    /// <summary>How many may wait.</summary>
    [Parameter("More callers than this wait", Min = "0", Max = "10000")]
    public int Max { get; init; } = 5;

    /// <summary>From how many on it is critical.</summary>
    [Parameter("From this many on it is critical", Min = "1", Max = "10000")]
    public int Critical { get; init; } = 10;

    /// <inheritdoc/>
    public Finding? Judge(Queue queue, FloorState floor, DateTimeOffset now)
    {
        var waiting = queue.Waiting.Count;
        if (waiting <= Max) return null;
        // The one too many is the one who came when there were enough already.
        var tooMany = queue.Waiting[Max];
        var text = Sentences.WithClause(
            $"队列 {queue.Label} 有 {waiting} 人排队,上限 {Max} 人",
            $"{waiting} callers wait in {queue.Label}, at most {Max} should",
            Clause);
        return new(new("queue", queue.Name), tooMany.Since, tooMany.Since, text, null, null, Evidence.Of(tooMany.Entry), [])
        {
            Threshold = Max,
            Measured = waiting,
            Severity = waiting >= Critical ? Severity.Critical : null,
            OneAtATime = true,
        };
    }
}
