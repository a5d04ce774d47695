using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>P4.5: a caller is left on hold too long.</summary>
public sealed record LongHold : FloorRule, IAgentRule
{
    /// <summary>The rule with its defaults.</summary>
    public LongHold() => Severity = Severity.Info;

    /// <inheritdoc/>
    public override string Id => "long-hold";

    /// <inheritdoc/>
    public override string Clause => "P4.5";

    /// <inheritdoc/>
    public override Text Meaning => new("保持通话时间过长", "A caller is on hold too long");

    /// <summary>From when on it is long.</summary>
    [Parameter("A hold is long from this on", Min = "1s", Max = "24h")]
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (agent.Call is not { HeldSince: { } held } call) return null;
        var at = Sentences.Clock(held, floor);
        var opensAt = Running.SeenFor(agent, held, Limit);
        var unseen = Sentences.NotCounted(opensAt - held - Limit);
        var text = Sentences.WithClause(
            $"自 {at} 起保持通话已超过 {Sentences.Zh(Limit)}{unseen.Zh}", $"The caller has been on hold since {at}, over {Sentences.En(Limit)}{unseen.En}", Clause);
        // The hold began the state that the agent is in; the call's own entry shows which call it is.
        return Running.InSight(agent, held, opensAt, Limit, now, text, call.Entry, agent.State == AgentState.OnHold ? agent.SinceEntry : 0);
    }

    /// <summary>Measured without what nobody saw.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now) => Running.Ended(open, floor, now);
}
