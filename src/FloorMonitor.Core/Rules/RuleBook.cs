using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Planning;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// The rules in force and the life of their verdicts. Pure: states in, state and changed verdicts out. An event judges only
/// what it changed, a <see cref="Tick"/> or a new configuration judges everybody.
/// </summary>
public sealed class RuleBook(ImmutableArray<IFloorRule> rules)
{
    private readonly Rulings rulings = new(rules);
    private readonly BreakPlanner planner = new(rules);

    // Only a memo of what the last judgement left: any other state's verdicts are indexed anew. Immutable, so that a race
    // between two callers costs time and nothing else.
    private volatile OpenVerdicts lastOpen = OpenVerdicts.Of(ImmutableDictionary<string, Verdict>.Empty);
    private volatile TeamBook lastTeams = TeamBook.Of(FloorSetup.Default);

    // When everybody was judged last: what came and went since then was seen by no judgement. Before the first one, the state's
    // own last news stands for it.
    private volatile Sweep? lastSweep;

    /// <summary>The rules in force.</summary>
    public ImmutableArray<IFloorRule> Rules { get; } = rules;

    /// <summary>Judges what an event changed: opens, updates and closes verdicts.</summary>
    /// <param name="before">The state before the event.</param>
    /// <param name="after">The state after it, verdicts not yet judged.</param>
    /// <param name="cause">The event.</param>
    public Judgement Judge(FloorState before, FloorState after, FloorEvent cause)
    {
        var judgesAll = cause is Tick or FloorConfigured;
        if (!judgesAll && ReferenceEquals(before, after) && cause is not (EnforcementTaken or VerdictDisposed)) return new(after, [], []);

        var open = lastOpen;
        if (!ReferenceEquals(open.ById, after.Verdicts)) open = OpenVerdicts.Of(after.Verdicts);
        var teams = lastTeams;
        if (!ReferenceEquals(teams.Setup, after.Setup)) lastTeams = teams = TeamBook.Of(after.Setup);

        var swept = lastSweep?.At ?? before.At;
        var judging = new Judging(rulings, open, teams, before, after, cause.At, swept) { HasPast = HasPast(before, cause) };
        if (cause is EnforcementTaken { Step: EnforcementStep.Failed } failed) judging.NoteFailure(failed);
        if (cause is VerdictDisposed disposed) judging.Note(disposed);
        if (cause is ShiftExcused) judging.ExcuseOpen();
        if (judgesAll)
        {
            judging.JudgeEverybody();
            if (lastSweep is null || cause.At > swept) lastSweep = new(cause.At);
        }
        else
        {
            judging.JudgeChanged(cause);
        }

        lastOpen = judging.Open;
        return judging.Result();
    }

    /// <summary>
    /// The countdowns that run: verdicts that will open at a known instant unless something changes, the next one first. Computed
    /// from the state whenever asked; they are neither stored nor counted.
    /// </summary>
    public ImmutableArray<Verdict> Pending(FloorState floor)
    {
        var judging = new Judging(rulings, OpenVerdicts.Of(floor.Verdicts), TeamBook.Of(floor.Setup), floor, floor, floor.At, floor.At);
        return judging.Pending();
    }

    /// <summary>
    /// What is due about the tickets of breaks at a moment, asked after a tick was judged. Like an enforcement it is journalled and folded
    /// by who asks; a replay finds it in the journal and does not ask.
    /// </summary>
    public ImmutableArray<TicketEvent> Plan(FloorState floor, DateTimeOffset now) => planner.Advance(floor, now);

    // An event that is older than what the floor has already heard has nothing to tell of the time since. One of the very same instant has:
    // what came before it in that instant was about somebody else, or changed nothing. Only what a judgement decided follows that judgement
    // at once, about an agent who was judged then, as what it decided makes them.
    private static bool HasPast(FloorState before, FloorEvent cause) =>
        cause.At > before.At || (cause.At == before.At && cause is not EnforcementTaken);

    private sealed record Sweep(DateTimeOffset At);
}

/// <summary>What judging led to.</summary>
/// <param name="State">The state with its verdicts.</param>
/// <param name="Changed">Verdicts that opened, changed or closed, as they are now; for the store and the alerts.</param>
/// <param name="Enforcements">What is to be done at the switch, in order: first the event is folded and journalled, then the actions leave.</param>
public readonly record struct Judgement(FloorState State, ImmutableArray<Verdict> Changed, ImmutableArray<Enforcement> Enforcements)
{
    private readonly ImmutableArray<RuleFault> faults;

    /// <summary>Rules that threw: shown as notes on the desk, one for each rule. Empty as long as all is well.</summary>
    public ImmutableArray<RuleFault> Faults
    {
        get => faults.IsDefault ? [] : faults;
        init => faults = value;
    }
}

/// <summary>A decision to hold the line at the switch (or why not), with the actions it takes; none when it is left alone.</summary>
public sealed record Enforcement(EnforcementTaken Event, ValueArray<Gate.PbxAction> Actions);

/// <summary>A rule that threw where it should have judged: a defect of the program, isolated and shown.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Subject">About whom it was asked.</param>
/// <param name="At">When.</param>
/// <param name="What">The exception's type and message.</param>
public sealed record RuleFault(string Rule, string Subject, DateTimeOffset At, string What)
{
    /// <summary>The note that the desk shows.</summary>
    public Text Note => new($"规则 {Rule} 程序出错,暂不能完整判定:{What}", $"A bug in rule {Rule}: it does not judge everybody now: {What}");
}
