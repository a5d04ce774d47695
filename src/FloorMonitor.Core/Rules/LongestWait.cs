using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>Q, P4.8: the oldest caller of a queue waits too long. It goes on as long as anybody waits too long.</summary>
public sealed record LongestWait : FloorRule, IQueueRule
{
    /// <inheritdoc/>
    public override string Id => "longest-wait";

    /// <inheritdoc/>
    public override string Clause => "Q, P4.8";

    /// <inheritdoc/>
    public override Text Meaning => new("排队等待时间过长", "The oldest caller waits too long");

    /// <summary>How long one may wait.</summary>
    [Parameter("The oldest caller waits longer than this", Min = "1s", Max = "24h")]
    public TimeSpan Max { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From when on it is critical.</summary>
    [Parameter("From this wait on it is critical", Min = "1s", Max = "24h")]
    public TimeSpan Critical { get; init; } = TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public Finding? Judge(Queue queue, FloorState floor, DateTimeOffset now)
    {
        return queue.Waiting.IsEmpty ? null : Found(queue, queue.Waiting[0], floor, now);
    }

    // A method of its own, so that its closure is only made for a queue in which somebody waits.
    private Finding Found(Queue queue, WaitingCaller oldest, FloorState floor, DateTimeOffset now) =>
        Running.Since(new("queue", queue.Name), oldest.Since, Max, now, () => Say(queue, oldest, floor), oldest.Entry) with
        {
            Severity = now - oldest.Since >= Critical ? Severity.Critical : null,
            OneAtATime = true,
        };

    private Text Say(Queue queue, WaitingCaller oldest, FloorState floor) => Sentences.WithClause(
        $"队列 {queue.Label} 有来电自 {Sentences.Clock(oldest.Since, floor)} 起等待,已超过 {Sentences.Zh(Max)}",
        $"A caller has waited in {queue.Label} since {Sentences.Clock(oldest.Since, floor)}, over {Sentences.En(Max)}",
        Clause);
}
