using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// Decides whether a remedy is carried out now. Holds for every rule: never during a live call (principle 2: what falls into a
/// call moves to the end of it and of its wrap-up, and the verdict says so), once for a verdict, and only so often for an agent.
/// </summary>
public static class Enforcer
{
    /// <summary>The time within which reverts are counted.</summary>
    public static readonly TimeSpan RevertWindow = TimeSpan.FromMinutes(10);

    /// <summary>How many reverts an agent may have within that time, where a rule sets no other number.</summary>
    public const int DefaultRevertLimit = 3;

    /// <summary>A verdict with its new step, and what is to be done; null when there is nothing new.</summary>
    internal static Decision? Decide(IEnforcedRule rule, Verdict verdict, Agent agent, FloorState floor, DateTimeOffset now)
    {
        // What was excused or overturned is held against nobody, so nothing is undone for it.
        if (IsSettled(verdict) || Dispositions.IsForgiven(verdict)) return null;
        if (rule.RemedyFor(verdict, agent, floor, now) is not { } remedy) return null;

        if (LiveCall.IsOn(agent))
        {
            if (Has(verdict, VerdictSteps.LeftOnCall)) return null;
            return Leave(verdict, agent, EnforcementStep.LeftOnCall, VerdictSteps.LeftOnCall, OnCall(agent, floor), now);
        }

        // Still the work of that call; its end comes with a tick.
        if (agent.WrapUp is { } wrapUp && wrapUp.EndsAt > now) return null;

        if (remedy.Step != EnforcementStep.End && RevertsWithin(agent, now) >= rule.RevertLimit)
            return Leave(verdict, agent, EnforcementStep.LimitReached, VerdictSteps.LimitReached, Limit(rule.RevertLimit), now);

        return new(
            WithStep(verdict, new(now, "monitor", remedy.Word, remedy.Note)),
            new(new EnforcementTaken(now, verdict.Id, agent.Id, "", remedy.Step, ""), remedy.Actions));
    }

    /// <summary>The verdict, with the switch's answer where it did not do what was asked.</summary>
    internal static Verdict WithFailure(Verdict verdict, EnforcementTaken failed)
    {
        var answer = failed.Note.Length == 0 ? new Text("没有答复", "no answer") : new Text(failed.Note, failed.Note);
        var note = new Text($"交换机未执行:{answer.Zh}", $"The switch did not do it: {answer.En}");
        return WithStep(verdict, new(failed.At, "monitor", VerdictSteps.Failed, note));
    }

    /// <summary>A rule's sentence with what the monitor adds to it: why it leaves things as they are.</summary>
    internal static Text Complete(Text sentence, ValueArray<VerdictStep> history)
    {
        var complete = sentence;
        foreach (var step in history)
            if (step.Step is VerdictSteps.LimitReached or VerdictSteps.LeftOnCall or VerdictSteps.Failed)
                complete = new($"{complete.Zh};{step.Note.Zh}", $"{complete.En}; {step.Note.En}");
        return complete;
    }

    private static Verdict WithStep(Verdict verdict, VerdictStep step) => verdict with
    {
        History = verdict.History.Add(step),
        Text = Complete(verdict.Text, [step]),
    };

    private static Decision Leave(Verdict verdict, Agent agent, EnforcementStep step, string word, Text note, DateTimeOffset now) => new(
        WithStep(verdict, new(now, "monitor", word, note)),
        new(new EnforcementTaken(now, verdict.Id, agent.Id, "", step, note.En), []));

    private static Text OnCall(Agent agent, FloorState floor)
    {
        var name = CallNames.Of(agent.Call?.Id ?? "", agent.Call?.Queue, agent.Call?.Since ?? agent.Since, floor);
        return new($"正在{name.Zh}中,通话及话后处理结束后再处置", $"On {name.En}: left alone until the call and its wrap-up are over");
    }

    private static Text Limit(int limit) => new(
        $"10 分钟内已恢复 {limit} 次,不再恢复,仅作记录",
        $"Put back {limit} times within 10 min already: it stays as it is and is only watched");

    private static int RevertsWithin(Agent agent, DateTimeOffset now)
    {
        var count = 0;
        foreach (var at in agent.Reverts)
            if (at > now - RevertWindow) count++;
        return count;
    }

    private static bool IsSettled(Verdict verdict)
    {
        foreach (var step in verdict.History)
            if (step.Step is VerdictSteps.Restored or VerdictSteps.Resumed or VerdictSteps.Ended or VerdictSteps.LimitReached) return true;
        return false;
    }

    private static bool Has(Verdict verdict, string word)
    {
        foreach (var step in verdict.History)
            if (step.Step == word) return true;
        return false;
    }
}

/// <summary>What was decided about a verdict: its new form, and what is to be done.</summary>
internal sealed record Decision(Verdict Verdict, Enforcement? Enforcement);
