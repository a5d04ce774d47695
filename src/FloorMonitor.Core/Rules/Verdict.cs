using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// One finding of one rule about one subject, with everything a person needs to check it with a watch. Nothing deletes a
/// verdict; every step is added to its history.
/// </summary>
public sealed record Verdict
{
    /// <summary>Stable and the same in every replay: rule, subject and the instant that it is about.</summary>
    public required string Id { get; init; }

    /// <summary>The rule's id, as in RULEBOOK and rules.yaml.</summary>
    public required string Rule { get; init; }

    /// <summary>The handbook's clause, such as <c>D3.2</c>.</summary>
    public required string Clause { get; init; }

    /// <summary>How grave.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Whom or what it is about.</summary>
    public required Subject Subject { get; init; }

    /// <summary>The agent whose situation it is when the subject is the floor or a team (principle 3); null otherwise.</summary>
    public string? Concerns { get; init; }

    /// <summary>Whose it has become, where the rule itself says so: a word of <see cref="Alerts.AlertWords"/>; null for nobody's beyond those who are told anyway.</summary>
    public string? GoesTo { get; init; }

    /// <summary>The exact instant it opened: the event's own, or the deadline's; for one that is pending, when it will.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it closed; null while open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What is allowed or asked; null where the rule counts instead.</summary>
    public TimeSpan? ThresholdTime { get; init; }

    /// <summary>What was measured, final once closed; null where the rule counts instead.</summary>
    public TimeSpan? MeasuredTime { get; init; }

    /// <summary>What is allowed or asked, as a number; null where the rule measures time.</summary>
    public double? Threshold { get; init; }

    /// <summary>What was measured, as a number; null where the rule measures time.</summary>
    public double? Measured { get; init; }

    /// <summary>The sentence.</summary>
    public required Text Text { get; init; }

    /// <summary>Ids of the journal entries that it rests on.</summary>
    public ValueArray<long> Evidence { get; init; }

    /// <summary>What gaps hid of it.</summary>
    public ValueArray<Gap> Gaps { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required VerdictStatus Status { get; init; }

    /// <summary>What was done about it, oldest first.</summary>
    public ValueArray<VerdictStep> History { get; init; }

    /// <summary>
    /// This record after an earlier one of the same fact: where something that had closed is found again, what was done and said about it
    /// stays in its history. The very same where it holds all of it already, as every ordinary change does.
    /// </summary>
    public Verdict After(Verdict earlier)
    {
        if (History.AsSpan().StartsWith(earlier.History.AsSpan())) return this;
        var own = History;
        var steps = earlier.History.Where(step => own.FindIndex(step, static (known, one) => known == one) < 0).Concat(own);
        return this with { History = ValueArray.From(steps.OrderBy(step => step.At)) };
    }

    /// <summary>What people last said about it; null for nothing. Read from the history, which is the truth.</summary>
    public Disposition? Disposition => Dispositions.Of(History);
}

/// <summary>How grave a verdict is.</summary>
public enum Severity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Somebody should act.</summary>
    Warning,

    /// <summary>Somebody must act now.</summary>
    Critical,
}

/// <summary>Where a verdict is in its life.</summary>
public enum VerdictStatus
{
    /// <summary>A countdown runs: it opens at a known instant unless something changes.</summary>
    Pending,

    /// <summary>It holds.</summary>
    Open,

    /// <summary>It held.</summary>
    Closed,
}

/// <summary>Whom or what a verdict is about.</summary>
/// <param name="Kind"><c>agent</c>, <c>team</c>, <c>queue</c>, <c>floor</c>, <c>roster</c> or <c>duty</c>.</param>
/// <param name="Id">Its id; for the floor, the site.</param>
public sealed record Subject(string Kind, string Id);

/// <summary>A sentence in both languages of the house.</summary>
public sealed record Text(string Zh, string En);

/// <summary>A step in a verdict's life.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who: a person's id, <c>rule</c> or <c>monitor</c>.</param>
/// <param name="Step">What: a word of <see cref="VerdictSteps"/>, or of <see cref="Dispositions"/>.</param>
/// <param name="Note">Why, or what the PBX answered; both languages where the monitor speaks.</param>
public sealed record VerdictStep(DateTimeOffset At, string By, string Step, Text Note);

/// <summary>What the monitor did at the switch to hold the line.</summary>
public enum EnforcementStep
{
    /// <summary>Puts the member back into the queue.</summary>
    Restore,

    /// <summary>Takes the pause off.</summary>
    Resume,

    /// <summary>Leaves it: the revert limit is reached.</summary>
    LimitReached,

    /// <summary>Leaves it: the agent is on a call.</summary>
    LeftOnCall,

    /// <summary>The PBX refused or did not answer.</summary>
    Failed,

    /// <summary>Ends a break past its limit: takes the pause off, and counts toward no revert limit.</summary>
    End,
}

/// <summary>The words of <see cref="VerdictStep.Step"/>: what the monitor itself writes, and what people say (<see cref="Dispositions"/>).</summary>
public static class VerdictSteps
{
    /// <summary>It opened.</summary>
    public const string Opened = "opened";

    /// <summary>It closed.</summary>
    public const string Closed = "closed";

    /// <summary>The member is being put back.</summary>
    public const string Restored = "restored";

    /// <summary>The pause is being taken off.</summary>
    public const string Resumed = "resumed";

    /// <summary>The break is being ended.</summary>
    public const string Ended = "ended";

    /// <summary>Left alone: the revert limit is reached.</summary>
    public const string LimitReached = "limit-reached";

    /// <summary>Waits: the agent is on a call.</summary>
    public const string LeftOnCall = "left-on-call";

    /// <summary>The PBX refused or did not answer.</summary>
    public const string Failed = "failed";

    /// <summary>Somebody has seen it and acts.</summary>
    public const string Acknowledged = "acknowledged";

    /// <summary>Nobody is to blame, for a reason (A1).</summary>
    public const string Excused = "excused";

    /// <summary>The agent says that it is wrong.</summary>
    public const string Disputed = "disputed";

    /// <summary>Decided after a dispute: it stays.</summary>
    public const string Upheld = "upheld";

    /// <summary>Decided after a dispute: it was wrong.</summary>
    public const string Overturned = "overturned";
}
