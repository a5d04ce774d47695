using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// D3.3: a raised hand is acknowledged by the lead, else it goes up to the supervisor, who is then told whatever the route says. A verdict about the floor, not about the agent
/// (principle 3); it never vanishes by itself, and a link that is down does not hide it.
/// </summary>
public sealed record RaisedHand : FloorRule, IAgentRule
{
    /// <inheritdoc/>
    public override string Id => "raised-hand";

    /// <inheritdoc/>
    public override string Clause => "D3.3";

    /// <inheritdoc/>
    public override Text Meaning => new("座席举手须及时应答", "A raised hand is acknowledged in time");

    /// <summary>Within which the lead answers.</summary>
    [Parameter("The team lead acknowledges it, or answers it, within this time", Min = "1s", Max = "24h")]
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
        // Who said in time that they come has done what is asked; the hand stays up until it is answered.
        var seen = agent.HandAcknowledgedAt;
        if (seen < raised + Lead) return null;
        var at = Sentences.Clock(raised, floor);
        var isUp = (seen ?? now) >= raised + Supervisor;
        var text = Sentences.WithClause(
            $"{agent.Name} 自 {at} 起举手,班组长 {Sentences.Zh(Lead)}内未应答{(isUp ? ",现由主管应答" : "")}",
            $"{agent.Name} has had a hand up since {at}; the lead did not answer within {Sentences.En(Lead)}{(isUp ? "; it is now the supervisor's" : "")}",
            Clause);
        return Running.Since(new("floor", floor.Setup.Site), raised, Lead, now, text, agent.HandEntry) with
        {
            Concerns = agent.Id,
            EndedAt = seen,
            GoesTo = isUp ? AlertWords.Supervisor : null,
        };
    }

    /// <summary>When somebody said that they come, or the hand went down; the sentence says who and how long it took.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now)
    {
        var raised = open.OpenedAt - open.ThresholdTime.GetValueOrDefault();
        var agent = open.Concerns is { } id ? floor.Agents.GetValueOrDefault(id) : null;
        var (at, by, seen) = agent is { HandAcknowledgedAt: { } acknowledged } && agent.HandRaisedAt == raised ? (acknowledged, agent.HandAcknowledgedBy, true)
            : agent?.LastHand is { } last && last.RaisedAt == raised ? (last.LoweredAt, last.LoweredBy, false)
            : (now, null, false);
        var took = at - raised;
        if (by is null) return new(at, took, null, open.Text);
        var clock = Sentences.Clock(at, floor);
        return new(at, took, null, seen
            ? new($"{open.Text.Zh};{clock} 由 {by} 确认,历时 {Sentences.Zh(took)}", $"{open.Text.En}; acknowledged by {by} at {clock}, after {Sentences.En(took)}")
            : new($"{open.Text.Zh};{clock} 由 {by} 放下,历时 {Sentences.Zh(took)}", $"{open.Text.En}; lowered by {by} at {clock}, after {Sentences.En(took)}"));
    }
}
