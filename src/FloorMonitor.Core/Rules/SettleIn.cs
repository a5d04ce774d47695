using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// D3.2: who has just signed in stays: no sign-out and no break within the lock. Asked at the gate before, judged at the switch
/// after, and put back where it went behind the gate's back.
/// </summary>
public sealed record SettleIn : FloorRule, IAgentRule, IGateRule, IEnforcedRule
{
    /// <summary>The rule with its defaults.</summary>
    public SettleIn() => Mode = EnforcementMode.Refuse | EnforcementMode.Revert;

    /// <inheritdoc/>
    public override string Id => "settle-in";

    /// <inheritdoc/>
    public override string Clause => "D3.2";

    /// <inheritdoc/>
    public override EnforcementMode Modes => EnforcementMode.Refuse | EnforcementMode.Revert;

    /// <inheritdoc/>
    public override Text Meaning => new("签入后须满规定时间方可签出或休息", "No sign-out and no break within the lock after sign-in");

    /// <summary>How long it lasts.</summary>
    [Parameter("No sign-out and no break within this time after sign-in", Min = "0s", Max = "24h")]
    public TimeSpan Lock { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Kinds of break that are free of it besides <c>personal</c>, which always is (principle 4).</summary>
    [Parameter("Kinds of break that are free of it besides personal, which always is")]
    public ValueArray<string> Except { get; init; }

    /// <summary>How often a change is put back.</summary>
    [Parameter("How often changes of one agent are put back within 10 min; then it only watches", Min = "0", Max = "100")]
    public int RevertLimit { get; init; } = Enforcer.DefaultRevertLimit;

    /// <inheritdoc/>
    public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (agent.Session is not { SignInUnseen: false } session) return null;
        if (session.LeftAt is { } left) return SignedOut(agent, session, left, floor, now);
        return agent.Break is { } running && IsLocked(running.Kind) ? OnBreak(agent, session, running, now) : null;
    }

    /// <summary>It holds as long as the change stands and the lock runs; what was measured is the moment of the change and does not grow.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now)
    {
        var lockEnds = open.OpenedAt - open.MeasuredTime.GetValueOrDefault() + open.ThresholdTime.GetValueOrDefault();
        return new(now < lockEnds ? now : lockEnds, open.MeasuredTime, null, open.Text);
    }

    /// <summary>Until when an agent is held by it; null where no lock runs. The screens count it down.</summary>
    public DateTimeOffset? LockedUntil(Agent agent, DateTimeOffset now) =>
        Enabled && Mode.HasFlag(EnforcementMode.Refuse)
        && agent.Session is { LeftAt: null, SignInUnseen: false } session && now < session.SignedInAt + Lock
            ? session.SignedInAt + Lock
            : null;

    /// <summary>When the lock on a kind of break ends; null where that kind is free of it, or nobody saw the sign-in.</summary>
    public DateTimeOffset? LockEnds(Agent agent, string kind) =>
        agent.Session is { SignInUnseen: false } session && IsLocked(kind) ? session.SignedInAt + Lock : null;

    /// <inheritdoc/>
    public Refused? Ask(FloorCommand command, Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (!Mode.HasFlag(EnforcementMode.Refuse)) return null;
        if (agent.Session is not { LeftAt: null, SignInUnseen: false } session || now >= session.SignedInAt + Lock) return null;
        return command switch
        {
            SignOut => Refuse(new("签出", "Sign-out"), session, now),
            TakeBreak asked when IsLocked(asked.Kind) => Refuse(Asked(asked.Kind), session, now),
            _ => null,
        };
    }

    /// <inheritdoc/>
    public Remedy? RemedyFor(Verdict open, Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (!Mode.HasFlag(EnforcementMode.Revert)) return null;
        if (agent.Session is { LeftAt: not null } session)
        {
            var actions = PutBack.IntoQueues(agent, session, floor.Setup);
            return actions.IsEmpty ? null : new(EnforcementStep.Restore, VerdictSteps.Restored, new("已恢复签入", "Put back into its queues"), actions);
        }

        return new(EnforcementStep.Resume, VerdictSteps.Resumed, new("已取消示忙", "The pause was taken off"), PutBack.ToWork(agent));
    }

    private Finding? SignedOut(Agent agent, Session session, DateTimeOffset left, FloorState floor, DateTimeOffset now)
    {
        // One who was merely gone after a gap was seen by nobody; a change of queues is told from a sign-out by what follows.
        if (session.LeftUnseen || session.LeftGrant is not null || left - session.SignedInAt >= Lock) return null;
        if (now <= left + Session.QueueChangeWindow || IsHidden(agent, session, left, floor)) return null;
        var after = left - session.SignedInAt;
        var text = Sentences.WithClause(
            $"签入后 {Sentences.Zh(after)}签出,须满 {Sentences.Zh(Lock)}",
            $"Signed out {Sentences.En(after)} after sign-in; {Sentences.En(Lock)} are asked",
            Clause);
        return Find(agent, session, left, after, text, session.LeftEntry) with
        {
            NoticedFrom = left + Session.QueueChangeWindow + TimeSpan.FromTicks(1),
        };
    }

    // The link went before the leave was told from a change of queues: nobody knows what followed it. One that had opened stays.
    private bool IsHidden(Agent agent, Session session, DateTimeOffset left, FloorState floor)
    {
        foreach (var member in session.LeftMembers)
        {
            if (floor.Feeds.TryGetValue(member.Feed, out var feed) && feed.Since > left)
                return !floor.Verdicts.ContainsKey($"{Id}:{agent.Id}:{Docket.Stamp(left)}");
        }

        return false;
    }

    private Finding? OnBreak(Agent agent, Session session, Break running, DateTimeOffset now)
    {
        var after = running.Since - session.SignedInAt;
        if (running.Grant is not null || after < TimeSpan.Zero || after >= Lock || running.Since > now) return null;
        var kind = Sentences.Break(running.Kind);
        var text = Sentences.WithClause(
            $"签入后 {Sentences.Zh(after)}{kind.Zh},须满 {Sentences.Zh(Lock)}",
            $"Took a {kind.En} {Sentences.En(after)} after sign-in; {Sentences.En(Lock)} are asked",
            Clause);
        return Find(agent, session, running.Since, after, text, running.Entry);
    }

    private Finding Find(Agent agent, Session session, DateTimeOffset at, TimeSpan after, Text text, long entry) =>
        new(About(agent), at, at, text, Lock, after, Evidence.Of(session.Entry, entry), [], session.SignedInAt + Lock);

    private Refused Refuse(Text asked, Session session, DateTimeOffset now)
    {
        var since = now - session.SignedInAt;
        var left = Sentences.Left(session.SignedInAt + Lock - now);
        var text = Sentences.WithClause(
            $"签入后 {Sentences.Zh(since)}申请{asked.Zh},须满 {Sentences.Zh(Lock)},还需 {Sentences.Zh(left)}",
            $"{asked.En} asked {Sentences.En(since)} after sign-in; {Sentences.En(Lock)} are asked, {Sentences.En(left)} to go",
            Clause);
        return new(Id, Clause, text, session.SignedInAt + Lock);
    }

    private static Text Asked(string kind)
    {
        var name = Sentences.Break(kind);
        return new(name.Zh, Sentences.Capital(name.En));
    }

    // A pause whose reason means no kind of break is shown and judged by nothing.
    private bool IsLocked(string kind)
    {
        if (kind is BreakKinds.Personal or Break.OtherKind) return false;
        foreach (var free in Except)
            if (string.Equals(free, kind, StringComparison.OrdinalIgnoreCase)) return false;
        return true;
    }
}
