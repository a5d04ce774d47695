using System.Collections.Immutable;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>The rules in force and the life of their verdicts. Pure: states in, state and changed verdicts out.</summary>
public sealed class RuleBook(ImmutableArray<IFloorRule> rules)
{
    /// <summary>The rules in force.</summary>
    public ImmutableArray<IFloorRule> Rules { get; } = rules;

    /// <summary>Judges what an event changed: opens, updates and closes verdicts.</summary>
    /// <param name="before">The state before the event.</param>
    /// <param name="after">The state after it, verdicts not yet judged.</param>
    /// <param name="cause">The event.</param>
    public Judgement Judge(FloorState before, FloorState after, FloorEvent cause) => new(after, [], Rules.IsEmpty ? [] : []);
}

/// <summary>What judging led to.</summary>
/// <param name="State">The state with its verdicts.</param>
/// <param name="Changed">Verdicts that opened, changed or closed, as they are now; for the store and the alerts.</param>
/// <param name="Enforcements">What is to be done at the switch, in order: first the event is folded and journalled, then the actions leave.</param>
public readonly record struct Judgement(FloorState State, ImmutableArray<Verdict> Changed, ImmutableArray<Enforcement> Enforcements);

/// <summary>A decision to hold the line at the switch (or why not), with the actions it takes; none when it is left alone.</summary>
public sealed record Enforcement(EnforcementTaken Event, ValueArray<Gate.PbxAction> Actions);
