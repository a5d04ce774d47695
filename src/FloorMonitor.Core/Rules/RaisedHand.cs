using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// D3.3: a raised hand is answered by the lead, else it goes up to the supervisor. A verdict about the floor, not about the agent
/// (principle 3); it never vanishes by itself, and a link that is down does not hide it.
/// </summary>
public sealed record RaisedHand : FloorRule, IAgentRule
{
    /// <inheritdoc/>
    public override string Id => "raised-hand";

    /// <inheritdoc/>
    public override string Clause => "D3.3";

    /// <inheritdoc/>
    public override Text Meaning => new("座席举手须及时应答", "A raised hand is answered in time");

    /// <summary>Within which the lead answers.</summary>
    [Parameter("The team lead answers within this time", Min = "1s", Max = "24h")]
    public TimeSpan Lead { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>After which it is the supervisor's.</summary>
    [Parameter("After this time it goes up to the supervisor", Min = "1s", Max = "24h")]
    public TimeSpan Supervisor { get; init; } = TimeSpan.FromMinutes(3);

    /// <inheritdoc/>
    public bool NeedsSight => false;

    /// <inheritdoc/>
    public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (agent.HandRaisedAt is not { } raised) return null;
        var at = Sentences.Clock(raised, floor);
        var isUp = now >= raised + Supervisor;
        var text = Sentences.WithClause(
            $"{agent.Name} 自 {at} 起举手,班组长 {Sentences.Zh(Lead)}内未应答{(isUp ? ",已上报主管" : "")}",
            $"{agent.Name} has had a hand up since {at}; the lead did not answer within {Sentences.En(Lead)}{(isUp ? "; it is now the supervisor's" : "")}",
            Clause);
        return Running.Since(new("floor", floor.Setup.Site), raised, Lead, now, text, agent.HandEntry) with { Concerns = agent.Id };
    }
}
