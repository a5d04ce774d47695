using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>What people last said about a verdict: the newest of its steps that a person took.</summary>
/// <param name="Step">A word of <see cref="VerdictSteps"/>: <c>acknowledged</c>, <c>excused</c>, <c>disputed</c>, <c>upheld</c>, <c>overturned</c>.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why; null where none was asked and none given.</param>
public sealed record Disposition(string Step, string By, DateTimeOffset At, string? Reason);

/// <summary>
/// What people may say about a verdict, and in which order (RULEBOOK, "What a verdict is"): acknowledge it, excuse it with a reason, the
/// agent may dispute it, somebody else then upholds or overturns it. Nothing deletes a verdict, nothing said is taken back: every step
/// is added to its history.
/// </summary>
public static class Dispositions
{
    /// <summary>The newest step of a person; null where nobody has said anything.</summary>
    public static Disposition? Of(ValueArray<VerdictStep> history)
    {
        for (var i = history.Count - 1; i >= 0; i--)
            if (IsDisposition(history[i].Step)) return new(history[i].Step, history[i].By, history[i].At, history[i].Note.Zh.Length > 0 ? history[i].Note.Zh : null);
        return null;
    }

    /// <summary>Whether a word of a history is a person's.</summary>
    public static bool IsDisposition(string step) =>
        step is VerdictSteps.Acknowledged or VerdictSteps.Excused or VerdictSteps.Disputed or VerdictSteps.Upheld or VerdictSteps.Overturned;

    /// <summary>Whether nobody is to blame for it any more: nothing is enforced for it and no count holds it against anybody.</summary>
    public static bool IsForgiven(Verdict verdict) => verdict.Disposition is { Step: VerdictSteps.Excused or VerdictSteps.Overturned };

    /// <summary>Why somebody may not say that now; null where they may.</summary>
    public static Text? Objection(Verdict verdict, string step, string by, string? reason)
    {
        var last = verdict.Disposition?.Step;
        if (step != VerdictSteps.Acknowledged && string.IsNullOrWhiteSpace(reason)) return new("须写明原因", "A reason is needed");
        var agent = AgentOf(verdict);
        return step switch
        {
            VerdictSteps.Acknowledged when last is not null => Already(verdict),
            VerdictSteps.Acknowledged => null,
            VerdictSteps.Excused when by == agent => new("不能免除自己的记录", "Nobody excuses a verdict about themselves"),
            VerdictSteps.Excused when last is VerdictSteps.Excused or VerdictSteps.Overturned => Already(verdict),
            VerdictSteps.Excused => null,
            VerdictSteps.Disputed when agent is null => new("只有关于座席的记录可以申诉", "Only a verdict about an agent can be disputed"),
            VerdictSteps.Disputed when by != agent => new($"只有座席 {agent} 本人可以申诉", $"Only {agent}, whom it is about, may dispute it"),
            VerdictSteps.Disputed when last is not (null or VerdictSteps.Acknowledged) => Already(verdict),
            VerdictSteps.Disputed => null,
            VerdictSteps.Upheld or VerdictSteps.Overturned when last != VerdictSteps.Disputed => new("没有待处理的申诉", "It is not disputed: there is nothing to decide"),
            VerdictSteps.Upheld or VerdictSteps.Overturned when by == agent => new("不能裁定自己的申诉", "Nobody decides a dispute of their own"),
            VerdictSteps.Upheld or VerdictSteps.Overturned => null,
            _ => throw new ArgumentOutOfRangeException(nameof(step)),
        };
    }

    /// <summary>The verdict with the step; the same again changes nothing.</summary>
    public static Verdict With(Verdict verdict, VerdictStep step)
    {
        foreach (var known in verdict.History)
            if (known.At == step.At && known.By == step.By && known.Step == step.Step) return verdict;
        return verdict with { History = verdict.History.Add(step) };
    }

    /// <summary>The step that an event tells of. What a person wrote is shown as written, in whatever language.</summary>
    public static VerdictStep StepOf(VerdictDisposed e) => new(e.At, e.By, e.Step, new(e.Reason, e.Reason));

    /// <summary>The agent whom it is about; null where it is about the floor, a team or a queue, even if it concerns an agent (principle 3).</summary>
    public static string? AgentOf(Verdict verdict) => verdict.Subject.Kind == "agent" ? verdict.Subject.Id : null;

    private static Text Already(Verdict verdict)
    {
        var done = verdict.Disposition!;
        return done.Step switch
        {
            VerdictSteps.Acknowledged => new($"{done.By} 已确认", $"Acknowledged already by {done.By}"),
            VerdictSteps.Excused => new($"{done.By} 已免除", $"Excused already by {done.By}"),
            VerdictSteps.Disputed => new($"{done.By} 已申诉,待裁定", $"Disputed already by {done.By}, not yet decided"),
            VerdictSteps.Upheld => new($"{done.By} 已裁定维持", $"Upheld already by {done.By}"),
            _ => new($"{done.By} 已裁定撤销", $"Overturned already by {done.By}"),
        };
    }
}
