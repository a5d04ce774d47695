using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// D5.11: one leaves by signing out, not by letting the phone vanish while signed in, be it on a break. A member whom the PBX's configuration fixes
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
        if (agent.PhoneGone is not { } gone || agent.Session is not { LeftAt: null } || agent.Break is { Kind: BreakKinds.Personal }) return null;
        var since = AfterPersonal(agent, gone.Since);
        var due = Running.SeenFor(agent, since, PhoneGoneFor);
        if (CallDeadline.Of(agent, due, now) is not { } opensAt) return null;
        var at = Sentences.Clock(since, floor);
        var (unseen, behind) = (Sentences.NotCounted(due - since - PhoneGoneFor), CallDeadline.Because(agent, due, floor));
        var text = Sentences.WithClause(
            $"未签出而话机自 {at} 起断开,已超过 {Sentences.Zh(PhoneGoneFor)}{unseen.Zh}{behind.Zh}",
            $"Not signed out, and the phone has been gone since {at}, over {Sentences.En(PhoneGoneFor)}{unseen.En}{behind.En}",
            Clause);
        return Running.InSight(agent, since, opensAt, PhoneGoneFor, now, text, gone.Entry);
    }

    /// <summary>Measured without what nobody saw.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now) => Running.Ended(open, floor, now);

    // A personal need opens nothing (principle 4): of a phone that went in one, what comes after it counts.
    private static DateTimeOffset AfterPersonal(Agent agent, DateTimeOffset since)
    {
        foreach (var ended in agent.EndedBreaks)
            if (ended.Kind == BreakKinds.Personal && ended.Until > since) since = ended.Until;
        return since;
    }
}
