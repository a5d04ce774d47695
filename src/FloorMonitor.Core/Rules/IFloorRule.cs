using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// A rule of the handbook. A rule is a sealed record whose properties are its parameters of RULEBOOK.md (found by scan,
/// filled from rules.yaml), and a pure function from the floor to what it finds. It keeps nothing between calls: the facts
/// that it needs lie in the state. So one file holds a whole rule, and a replay judges as the day did.
/// </summary>
public interface IFloorRule
{
    /// <summary>Its id, kebab-case, stable: config, API, metrics and translations use it.</summary>
    string Id { get; }

    /// <summary>The handbook's clause.</summary>
    string Clause { get; }

    /// <summary>How grave its verdicts are.</summary>
    Severity Severity { get; }

    /// <summary>Whether the monitor only watches, refuses at the gate, or also puts things back.</summary>
    EnforcementMode Mode { get; }

    /// <summary>Whether it judges at all; an override may turn it on or off for some.</summary>
    bool Enabled => true;

    /// <summary>Settings of their own for some teams, queues or shifts; the first that matches holds.</summary>
    ValueArray<RuleOverride> Overrides => [];

    /// <summary>Whether it says nothing on a floor without a roster; <c>check</c> says so.</summary>
    bool NeedsRoster => false;

    /// <summary>
    /// How one of its verdicts ends, asked when it is no longer found. By default at this moment, and what ran beyond the
    /// threshold since it opened is added to what was measured.
    /// </summary>
    /// <param name="open">The verdict that ends.</param>
    /// <param name="floor">The floor now.</param>
    /// <param name="now">This moment.</param>
    Closing Close(Verdict open, FloorState floor, DateTimeOffset now) =>
        new(now, open.ThresholdTime is { } allowed ? allowed + (now - open.OpenedAt) : null, open.Measured, open.Text);
}

/// <summary>
/// A rule about single agents: asked whenever the agent changed and on every tick, but never while they are out of sight (principle
/// 1): then nothing opens, nothing closes and nothing is done.
/// </summary>
public interface IAgentRule : IFloorRule
{
    /// <summary>Whether it is about what the PBX shows, and so says nothing while that is out of sight; false for what only the house knows.</summary>
    bool NeedsSight => true;

    /// <summary>What holds of this agent at this moment, or will at a known instant; null for nothing. Never about what nobody saw.</summary>
    Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now);
}

/// <summary>A rule about queues: asked whenever the queue changed and on every tick.</summary>
public interface IQueueRule : IFloorRule
{
    /// <summary>What holds of this queue at this moment, or will at a known instant; null for nothing.</summary>
    Finding? Judge(Queue queue, FloorState floor, DateTimeOffset now);
}

/// <summary>A rule about teams: asked whenever one of its agents changed and on every tick.</summary>
public interface ITeamRule : IFloorRule
{
    /// <summary>Whether it finds out by itself which of its overrides hold, since a team may have several shifts at once.</summary>
    bool HeedsOverrides => false;

    /// <summary>What holds of this team at this moment, or will at a known instant; null for nothing.</summary>
    /// <param name="team">The team.</param>
    /// <param name="agents">Its agents, in the order of agents.csv.</param>
    /// <param name="floor">The floor.</param>
    /// <param name="now">This moment.</param>
    Finding? Judge(TeamSetup team, ReadOnlySpan<Agent> agents, FloorState floor, DateTimeOffset now);
}

/// <summary>
/// A rule about the floor as a whole: asked on every tick, and whenever the feeds, the duty or the technology changed. It is asked while a PBX is out of
/// sight too, since that may be the very thing that it is about; what it says of agents it must not say blindly (principle 1).
/// Its findings are about the site: their subject's id is the site's name.
/// </summary>
public interface ISiteRule : IFloorRule
{
    /// <summary>What holds of the floor at this moment, or will at a known instant; null for nothing.</summary>
    Finding? Judge(FloorState floor, DateTimeOffset now);
}

/// <summary>How a verdict ends.</summary>
/// <param name="At">When it stopped holding; never before it opened.</param>
/// <param name="MeasuredTime">What was measured in the end; null where a number is.</param>
/// <param name="Measured">What was measured in the end, as a number; null where time is.</param>
/// <param name="Text">The sentence that stays.</param>
public sealed record Closing(DateTimeOffset At, TimeSpan? MeasuredTime, double? Measured, Text Text)
{
    /// <summary>How grave it was in the end, where the end tells more than the beginning did; null: as it was.</summary>
    public Severity? Severity { get; init; }
}

/// <summary>How a rule is enforced.</summary>
[Flags]
public enum EnforcementMode
{
    /// <summary>The verdict alone.</summary>
    Watch = 0,

    /// <summary>A request through the gate is refused.</summary>
    Refuse = 1,

    /// <summary>A change behind the gate's back is put back.</summary>
    Revert = 2,

    /// <summary>A break past its limit is ended.</summary>
    End = 4,
}

/// <summary>What a rule finds: a verdict to be, pending while <paramref name="OpensAt"/> lies ahead.</summary>
/// <param name="Subject">About whom.</param>
/// <param name="OpensAt">The exact instant at which it holds.</param>
/// <param name="Occurrence">The instant of the fact that it is about (sign-in, break start): with rule and subject it makes the verdict's id, so that one fact is one verdict.</param>
/// <param name="Text">The sentence.</param>
/// <param name="ThresholdTime">What is allowed; null where a number is.</param>
/// <param name="MeasuredTime">What was measured so far; null where a number is.</param>
/// <param name="Evidence">Journal entries it rests on.</param>
/// <param name="Gaps">What gaps hid.</param>
/// <param name="EndedAt">When it stopped holding, where the rule knows better than the moment at which it is no longer found; null otherwise.</param>
public sealed record Finding(
    Subject Subject,
    DateTimeOffset OpensAt,
    DateTimeOffset Occurrence,
    Text Text,
    TimeSpan? ThresholdTime,
    TimeSpan? MeasuredTime,
    ValueArray<long> Evidence,
    ValueArray<Gap> Gaps,
    DateTimeOffset? EndedAt = null)
{
    /// <summary>A finding whose sentence is only made for whoever reads it: most lie ahead, are found with every tick, and are read by nobody.</summary>
    public static Finding Saying(
        Subject subject, DateTimeOffset opensAt, DateTimeOffset occurrence, Func<Text> say,
        TimeSpan? thresholdTime, TimeSpan? measuredTime, ValueArray<long> evidence, ValueArray<Gap> gaps) =>
        new(subject, opensAt, occurrence, Text: null!, thresholdTime, measuredTime, evidence, gaps) { Say = say };

    /// <summary>The sentence.</summary>
    public Text Text { get => field ?? Say!(); init; } = Text;

    private Func<Text>? Say { get; init; }

    /// <summary>What is allowed, as a number; null where time is measured.</summary>
    public double? Threshold { get; init; }

    /// <summary>What was measured, as a number; null where time is measured.</summary>
    public double? Measured { get; init; }

    /// <summary>How grave this one is, where it grows heavier; null: as the rule says.</summary>
    public Severity? Severity { get; init; }

    /// <summary>The agent whose situation it is when the subject is the floor or a team (principle 3); null otherwise.</summary>
    public string? Concerns { get; init; }

    /// <summary>Whose it has become by now: a word of <see cref="Alerts.AlertWords"/>, who is then told; null for nobody's.</summary>
    public string? GoesTo { get; init; }

    /// <summary>
    /// When it could first be found, where that is later than <see cref="OpensAt"/>. One that is over before it is found is
    /// recorded only by the judgement that first could, so that it is recorded once.
    /// </summary>
    public DateTimeOffset? NoticedFrom { get; init; }

    /// <summary>
    /// Whether the open verdict of this rule about this subject goes on whatever its occurrence: for rules that count many,
    /// where no single fact is the one it is about.
    /// </summary>
    public bool OneAtATime { get; init; }
}
