using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// D5.11: one leaves by signing out, not by letting the phone vanish while signed in. A member whom the PBX's configuration fixes
/// has no other way to leave, so nobody is blamed for that.
/// </summary>
public sealed record ProperSignOut : FloorRule, IAgentRule
{
    /// <inheritdoc/>
    public override string Id => "proper-sign-out";

    /// <inheritdoc/>
    public override string Clause => "D5.11";

    /// <inheritdoc/>
    public override Text Meaning => new("离岗须先签出,不得直接断开话机", "Leave by signing out, not by the phone vanishing");

    /// <summary>How long the phone is gone.</summary>
    [Parameter("The phone is gone for this long while signed in", Min = "1s", Max = "24h")]
    public TimeSpan PhoneGoneFor { get; init; } = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (agent.State != AgentState.Unreachable) return null;
        var at = Sentences.Clock(agent.Since, floor);
        var text = Sentences.WithClause(
            $"未签出而话机自 {at} 起断开,已超过 {Sentences.Zh(PhoneGoneFor)}",
            $"Not signed out, and the phone has been gone since {at}, over {Sentences.En(PhoneGoneFor)}",
            Clause);
        return Running.Since(About(agent), agent.Since, PhoneGoneFor, now, text, agent.SinceEntry);
    }
}
