using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>P4.5: wrap-up goes on too long. Only a queue whose own wrap-up time is longer than the limit can bring it about.</summary>
public sealed record LongWrapUp : FloorRule, IAgentRule
{
    /// <summary>The rule with its defaults.</summary>
    public LongWrapUp() => Severity = Severity.Info;

    /// <inheritdoc/>
    public override string Id => "long-wrap-up";

    /// <inheritdoc/>
    public override string Clause => "P4.5";

    /// <inheritdoc/>
    public override Text Meaning => new("话后处理时间过长", "Wrap-up goes on too long");

    /// <summary>From when on it is long.</summary>
    [Parameter("A wrap-up is long from this on", Min = "1s", Max = "24h")]
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (agent.WrapUp is not { } wrapUp) return null;
        var opensAt = Running.SeenFor(agent, wrapUp.Since, Limit);
        // One that ends by itself before the limit is no countdown.
        if (wrapUp.EndsAt <= opensAt) return null;
        var unseen = Sentences.NotCounted(opensAt - wrapUp.Since - Limit);
        var at = Sentences.Clock(wrapUp.Since, floor);
        var text = Sentences.WithClause(
            $"自 {at} 起话后处理已超过 {Sentences.Zh(Limit)}(队列 {wrapUp.Queue}){unseen.Zh}",
            $"In wrap-up since {at}, over {Sentences.En(Limit)} (queue {wrapUp.Queue}){unseen.En}",
            Clause);
        return Running.InSight(agent, wrapUp.Since, opensAt, Limit, now, text, agent.LastCall?.Entry ?? 0);
    }

    /// <summary>Measured without what nobody saw.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now) => Running.Ended(open, floor, now);
}
