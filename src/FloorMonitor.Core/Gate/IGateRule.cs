using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Gate;

/// <summary>A rule that is asked before something is done. Deriving from it is all that it takes to take part at the gate.</summary>
public interface IGateRule : IFloorRule
{
    /// <summary>Whether what it refuses comes to those who wait: a break that is asked for then gets a ticket instead of a refusal.</summary>
    bool Waits => false;

    /// <summary>Why it may not be done now; null where this rule has nothing against it. Never asked about a personal need.</summary>
    Refused? Ask(FloorCommand command, Agent agent, FloorState floor, DateTimeOffset now);
}
