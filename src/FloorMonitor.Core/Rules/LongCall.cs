using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>P4.5: a call that goes on very long is looked at by the lead. Never about cutting it (principle 2).</summary>
public sealed record LongCall : FloorRule, IAgentRule
{
    /// <summary>The rule with its defaults.</summary>
    public LongCall() => Severity = Severity.Info;

    /// <inheritdoc/>
    public override string Id => "long-call";

    /// <inheritdoc/>
    public override string Clause => "P4.5";

    /// <inheritdoc/>
    public override Text Meaning => new("通话时间过长", "A call goes on very long");

    /// <summary>From when on it is long.</summary>
    [Parameter("A call is long from this on", Min = "1s", Max = "24h")]
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(20);

    /// <inheritdoc/>
    public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now)
    {
        // The closure is made in a method of its own, and so only for those who talk.
        return agent.Call is { Answered: true } call ? Found(agent, call, floor, now) : null;
    }

    private Finding Found(Agent agent, AgentCall call, FloorState floor, DateTimeOffset now) =>
        Running.Since(About(agent), call.Since, Limit, now, () => Say(call, floor), call.Entry);

    private Text Say(AgentCall call, FloorState floor)
    {
        var name = CallNames.Of(call.Id, call.Queue, call.Since, floor);
        return Sentences.WithClause($"{name.Zh.TrimStart()}已超过 {Sentences.Zh(Limit)}", $"{Sentences.Capital(name.En)} has gone on for over {Sentences.En(Limit)}", Clause);
    }
}
