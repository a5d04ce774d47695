using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;

namespace FloorMonitor.Core.Rules;

/// <summary>A rule that the monitor holds at the switch, where its mode says so.</summary>
public interface IEnforcedRule : IFloorRule
{
    /// <summary>What is to be done now about an open verdict; null for nothing (the mode only watches, or it is not yet due).</summary>
    Remedy? RemedyFor(Verdict open, Agent agent, FloorState floor, DateTimeOffset now);

    /// <summary>How often the monitor undoes changes of one agent within <see cref="Enforcer.RevertWindow"/>; then it only watches.</summary>
    int RevertLimit => Enforcer.DefaultRevertLimit;
}

/// <summary>What is to be done at the switch.</summary>
/// <param name="Step">What it is.</param>
/// <param name="Word">The word for the verdict's history, of <see cref="VerdictSteps"/>.</param>
/// <param name="Note">The sentence for it.</param>
/// <param name="Actions">The actions, in order.</param>
public sealed record Remedy(EnforcementStep Step, string Word, Text Note, ValueArray<PbxAction> Actions);
