using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Floor;

/// <summary>Time passed. The only way in which time enters the floor besides the events' own instants.</summary>
public sealed record Tick(DateTimeOffset At) : FloorEvent(At, EventSources.Clock);

/// <summary>The configuration is now this. First event of every journal, and again when a file changed.</summary>
public sealed record FloorConfigured(DateTimeOffset At, FloorSetup Setup) : FloorEvent(At, EventSources.Config);

/// <summary>
/// The monitor is about to undo, at the switch, a change that went behind the gate's back, or could not. Recorded before
/// the action leaves, so that the member who comes back is known to be put back: the session goes on and no lock begins anew.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Verdict">The verdict whose enforcement it is.</param>
/// <param name="Agent">The agent.</param>
/// <param name="Queue">The queue; empty for all of the agent's queues.</param>
/// <param name="Step">What is done.</param>
/// <param name="Note">The PBX's answer or the reason, for the audit trail; empty for none.</param>
public sealed record EnforcementTaken(DateTimeOffset At, string Verdict, string Agent, string Queue, EnforcementStep Step, string Note)
    : FloorEvent(At, EventSources.Gate), IAboutAgent;
