using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Gate;

/// <summary>What a command may do now, and why not: the same rules, asked before instead of after.</summary>
public static class FloorGate
{
    /// <summary>Judges a command. Hand commands are granted without PBX actions; the engine records their event.</summary>
    public static GateAnswer Ask(FloorCommand command, FloorState floor, ImmutableArray<IFloorRule> rules, DateTimeOffset now) => new Granted([]);
}
