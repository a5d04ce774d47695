using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>D3.6, A3: signed in and on no break, but not there: calls ring out one after the other, or the phone cannot be reached.</summary>
public sealed record Away : FloorRule, IAgentRule
{
    /// <inheritdoc/>
    public override string Id => "away";

    /// <inheritdoc/>
    public override string Clause => "D3.6, A3";

    /// <inheritdoc/>
    public override Text Meaning => new("签入未休息而不在座席", "Signed in, on no break, and not there");

    /// <summary>How many calls in a row.</summary>
    [Parameter("This many calls in a row ring out unanswered; 0 judges only the phone", Min = "0", Max = "8")]
    public int Missed { get; init; } = 2;

    /// <summary>How long the phone is unreachable.</summary>
    [Parameter("The phone is unreachable for this long", Min = "1s", Max = "24h")]
    public TimeSpan For { get; init; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (agent.Break is not null || agent.Session is not { LeftAt: null }) return null;
        if (Missed > 0 && agent.MissedRings.Count >= Missed) return RangOut(agent, floor);
        return agent.State == AgentState.Unreachable ? Unreachable(agent, floor, now) : null;
    }

    /// <summary>What was counted does not grow with time.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now) => Running.Ended(open, floor, now);

    private Finding RangOut(Agent agent, FloorState floor)
    {
        var rings = agent.MissedRings;
        var at = rings[Missed - 1].At;
        var text = Sentences.WithClause(
            $"连续 {Missed} 次来电未接,最近一次 {Sentences.Clock(rings[rings.Count - 1].At, floor)}",
            $"{Missed} calls in a row rang out, the last at {Sentences.Clock(rings[rings.Count - 1].At, floor)}",
            Clause);
        var evidence = Evidence.Of([.. rings.AsSpan().ToArray().Select(ring => ring.Entry)]);
        return new(About(agent), at, at, text, null, null, evidence, []) { Threshold = Missed, Measured = rings.Count };
    }

    private Finding Unreachable(Agent agent, FloorState floor, DateTimeOffset now)
    {
        var at = Sentences.Clock(agent.Since, floor);
        var opensAt = Running.SeenFor(agent, agent.Since, For);
        var unseen = Sentences.NotCounted(opensAt - agent.Since - For);
        var text = Sentences.WithClause(
            $"话机自 {at} 起无法接通,已超过 {Sentences.Zh(For)}{unseen.Zh}",
            $"The phone has been unreachable since {at}, over {Sentences.En(For)}{unseen.En}",
            Clause);
        return Running.InSight(agent, agent.Since, opensAt, For, now, text, agent.SinceEntry);
    }
}
