using System.Globalization;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>What becomes of findings: the life of verdicts from opening to close, within one judgement.</summary>
internal sealed class Docket(
    OpenVerdicts open, FloorState before, FloorState after, DateTimeOffset now, DateTimeOffset sweptAt, RuleGuard guard)
{
    private Dictionary<string, Verdict>? changed;
    private List<Enforcement>? enforcements;

    /// <summary>What is open now.</summary>
    public OpenVerdicts Open { get; private set; } = open;

    /// <summary>A verdict as a finding describes it, not yet open.</summary>
    public static Verdict Draft(IFloorRule rule, Finding finding) => new()
    {
        Id = IdOf(rule, finding),
        Rule = rule.Id,
        Clause = rule.Clause,
        Severity = finding.Severity ?? rule.Severity,
        Subject = finding.Subject,
        Concerns = finding.Concerns,
        GoesTo = finding.GoesTo,
        OpenedAt = finding.OpensAt,
        ThresholdTime = finding.ThresholdTime,
        MeasuredTime = finding.MeasuredTime,
        Threshold = finding.Threshold,
        Measured = finding.Measured,
        Text = finding.Text,
        Evidence = finding.Evidence,
        Gaps = finding.Gaps,
        Status = VerdictStatus.Pending,
    };

    /// <summary>What a rule finds about a subject in a floor at a moment; null: nothing any more.</summary>
    public void Enter(IFloorRule rule, string subject, Finding? finding, FloorState floor, DateTimeOffset moment)
    {
        string? id = null;
        Verdict? same = null;
        var those = Open.About(subject);
        foreach (var verdict in those)
        {
            if (verdict.Rule != rule.Id) continue;
            if (same is null && finding is not null && (finding.OneAtATime || verdict.Id == (id ??= IdOf(rule, finding))))
                same = verdict;
            else
                Close(rule, verdict, floor, moment);
        }

        if (finding is null) return;
        if (finding.OpensAt > moment)
        {
            // What was open and now lies ahead no longer holds: a longer limit was configured.
            if (same is not null) Close(rule, same, floor, moment);
        }
        else if (same is not null)
        {
            var updated = Update(rule, same, finding);
            if (finding.EndedAt <= moment) Close(rule, updated, floor, moment);
        }
        else if (finding.EndedAt is not { } ended || ended > moment)
        {
            OpenOne(rule, finding);
        }
        else if ((finding.NoticedFrom ?? finding.OpensAt) > sweptAt)
        {
            // It came and went since the last judgement: recorded once, by the judgement that first could.
            Close(rule, OpenOne(rule, finding), floor, moment);
        }
    }

    /// <summary>Asks an enforced rule what is to be done about its open verdicts, and decides it. Whether the agent is put back into queues.</summary>
    public bool Enforce(IEnforcedRule rule, Agent agent)
    {
        var restores = false;
        foreach (var verdict in Open.About(agent.Id))
        {
            if (verdict.Rule != rule.Id) continue;
            restores |= EnforceOne(rule, verdict, agent) is EnforcementStep.Restore;
        }

        return restores;
    }

    /// <summary>Whether the agent would be put back at a moment that is over, which is not done any more.</summary>
    public bool WouldRestore(IEnforcedRule rule, Agent agent, FloorState floor, DateTimeOffset moment)
    {
        foreach (var verdict in Open.About(agent.Id))
            if (verdict.Rule == rule.Id && Decide(rule, verdict, agent, floor, moment)?.Enforcement?.Event.Step is EnforcementStep.Restore) return true;
        return false;
    }

    private EnforcementStep? EnforceOne(IEnforcedRule rule, Verdict verdict, Agent agent)
    {
        if (Decide(rule, verdict, agent, after, now) is not { } decided) return null;
        Put(decided.Verdict);
        if (decided.Enforcement is { } enforcement) (enforcements ??= []).Add(enforcement);
        return decided.Enforcement?.Event.Step;
    }

    // A method of its own, so that its closure is only made for a verdict that is open.
    private Decision? Decide(IEnforcedRule rule, Verdict verdict, Agent agent, FloorState floor, DateTimeOffset moment) =>
        guard.Try(rule, agent.Id, () => Enforcer.Decide(rule, verdict, agent, floor, moment));

    /// <summary>The switch did not do it.</summary>
    public void NoteFailure(EnforcementTaken failed)
    {
        if (Open.ById.TryGetValue(failed.Verdict, out var verdict)) Put(Enforcer.WithFailure(verdict, failed));
    }

    /// <summary>What a person said is added to its history. A closed one stays closed and out of the state; the store writes it anew.</summary>
    public void Note(VerdictDisposed said)
    {
        var step = Dispositions.StepOf(said);
        if (Open.ById.TryGetValue(said.Verdict, out var verdict))
        {
            if (Dispositions.With(verdict, step) is var told && !ReferenceEquals(told, verdict)) Put(told);
        }
        else if (said.Closed is { } closed)
        {
            (changed ??= new(StringComparer.Ordinal))[closed.Id] = Dispositions.With(closed, step);
        }
    }

    /// <summary>What is open of the shifts that are excused, and was not yet.</summary>
    public void ExcuseOpen()
    {
        foreach (var (_, verdict) in Open.ById)
            if (Excused(verdict) is var excused && !ReferenceEquals(excused, verdict)) Put(excused);
    }

    // The excuse of a whole shift, on each verdict of it by itself: who, when and why stand in its history (RULEBOOK example 9).
    private Verdict Excused(Verdict verdict)
    {
        foreach (var excuse in after.Excuses)
        {
            if (!excuse.Covers(verdict, after.Setup) || Dispositions.Objection(verdict, VerdictSteps.Excused, excuse.By, excuse.Reason) is not null) continue;
            var at = excuse.At > verdict.OpenedAt ? excuse.At : verdict.OpenedAt;
            return Dispositions.With(verdict, new(at, excuse.By, VerdictSteps.Excused, new(excuse.Reason, excuse.Reason)));
        }

        return verdict;
    }

    /// <summary>Closes a verdict whose rule or subject is no longer there.</summary>
    public void CloseOrphan(Verdict verdict) => Finish(
        verdict,
        new(now, verdict.MeasuredTime, verdict.Measured, verdict.Text),
        new("规则已停用或对象已不存在", "The rule was turned off, or its subject is no longer there"));

    /// <summary>The judgement as a whole, in an order that is the same in every replay.</summary>
    public Judgement Result()
    {
        if (changed is null && enforcements is null) return new(after, [], []) { Faults = guard.Faults };
        var state = after with
        {
            Verdicts = Open.ById,
            Version = after.Version == before.Version ? after.Version + 1 : after.Version,
            // A verdict is news, at the moment at which it was found.
            At = now,
        };
        return new(
            state,
            changed is null ? [] : [.. changed.Values.OrderBy(one => one.OpenedAt).ThenBy(one => one.Id, StringComparer.Ordinal)],
            enforcements is null ? [] : [.. enforcements.OrderBy(one => one.Event.Verdict, StringComparer.Ordinal)])
        {
            Faults = guard.Faults,
        };
    }

    /// <summary>An instant as verdict ids hold it.</summary>
    public static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss.fff'Z'", CultureInfo.InvariantCulture);

    private static string IdOf(IFloorRule rule, Finding finding)
    {
        var occurrence = Stamp(finding.Occurrence);
        // Two agents may raise their hands in the same millisecond: what the floor owes each is a verdict of its own.
        return finding.Concerns is { } agent
            ? $"{rule.Id}:{finding.Subject.Id}/{agent}:{occurrence}"
            : $"{rule.Id}:{finding.Subject.Id}:{occurrence}";
    }

    private Verdict OpenOne(IFloorRule rule, Finding finding)
    {
        var verdict = Draft(rule, finding) with
        {
            Status = VerdictStatus.Open,
            History = [new(finding.OpensAt, "rule", VerdictSteps.Opened, finding.Text)],
        };
        if (!after.Excuses.IsEmpty) verdict = Excused(verdict);
        Put(verdict);
        return verdict;
    }

    private Verdict Update(IFloorRule rule, Verdict verdict, Finding finding)
    {
        var updated = verdict with
        {
            Severity = finding.Severity ?? rule.Severity,
            GoesTo = finding.GoesTo,
            // The instant of one that goes on stays; a deadline that a gap moved is moved for good.
            OpenedAt = finding.OneAtATime ? verdict.OpenedAt : finding.OpensAt,
            ThresholdTime = finding.ThresholdTime,
            MeasuredTime = finding.MeasuredTime,
            Threshold = finding.Threshold,
            Measured = finding.Measured,
            Text = Enforcer.Complete(finding.Text, verdict.History),
            Evidence = finding.Evidence,
            Gaps = finding.Gaps,
        };
        if (updated == verdict) return verdict;
        Put(updated);
        return updated;
    }

    private void Close(IFloorRule rule, Verdict verdict, FloorState floor, DateTimeOffset moment)
    {
        var closing = guard.Try(rule, verdict.Subject.Id, () => rule.Close(verdict, floor, moment));
        if (closing is null) return;
        Finish(verdict, closing with { Text = Enforcer.Complete(closing.Text, verdict.History) }, closing.Text);
    }

    private void Finish(Verdict verdict, Closing closing, Text why)
    {
        var at = closing.At < verdict.OpenedAt ? verdict.OpenedAt : closing.At;
        var closed = verdict with
        {
            Status = VerdictStatus.Closed,
            Severity = closing.Severity ?? verdict.Severity,
            ClosedAt = at,
            MeasuredTime = closing.MeasuredTime,
            Measured = closing.Measured,
            Text = closing.Text,
            History = verdict.History.Add(new(at, "rule", VerdictSteps.Closed, why)),
        };
        Open = Open.Without(verdict);
        (changed ??= new(StringComparer.Ordinal))[closed.Id] = closed;
    }

    private void Put(Verdict verdict)
    {
        Open = Open.With(verdict);
        (changed ??= new(StringComparer.Ordinal))[verdict.Id] = verdict;
    }
}
