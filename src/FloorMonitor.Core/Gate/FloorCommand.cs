using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Gate;

/// <summary>What somebody asks of the floor. Judged by the gate; when granted it leaves as PBX actions and comes back as ordinary events.</summary>
/// <param name="Agent">Whom it concerns.</param>
/// <param name="By">Who asks: the agent's id, or a supervisor's acting for them.</param>
public abstract record FloorCommand(string Agent, string By)
{
    /// <summary>Through which door they came.</summary>
    public GateDoor Door { get; init; }
}

/// <summary>Sign in to queues; none named: the queues of the last session.</summary>
public sealed record SignIn(string Agent, string By, Floor.ValueArray<string> Queues) : FloorCommand(Agent, By)
{
    /// <summary>The address of the phone from which it is asked; null where it came by another door.</summary>
    public string? Phone { get; init; }
}

/// <summary>Sign out of every queue.</summary>
public sealed record SignOut(string Agent, string By) : FloorCommand(Agent, By);

/// <summary>Take a break of a kind.</summary>
public sealed record TakeBreak(string Agent, string By, string Kind) : FloorCommand(Agent, By);

/// <summary>Ask for a break: it is granted now, gets a slot, waits for room, or is refused.</summary>
public sealed record RequestBreak(string Agent, string By, string Kind) : FloorCommand(Agent, By);

/// <summary>Take back what was asked for or given and has not begun.</summary>
public sealed record CancelBreak(string Agent, string By) : FloorCommand(Agent, By);

/// <summary>A lead gives a break.</summary>
/// <param name="Agent">To whom.</param>
/// <param name="By">Who gives it; never the agent.</param>
/// <param name="Kind">The kind of break; null: what was asked for, else a short one.</param>
/// <param name="At">When it may begin; null: now.</param>
public sealed record GrantBreak(string Agent, string By, string? Kind, DateTimeOffset? At) : FloorCommand(Agent, By)
{
    /// <summary>For how long, of a kind that has no limit of its own (training, meeting); null: that is not said, and nothing is held against it.</summary>
    public TimeSpan? For { get; init; }
}

/// <summary>A lead moves a break that has a slot.</summary>
/// <param name="Agent">Whose.</param>
/// <param name="By">Who moves it; never the agent.</param>
/// <param name="For">By how much.</param>
public sealed record DeferBreak(string Agent, string By, TimeSpan For) : FloorCommand(Agent, By);

/// <summary>Do without the break of the hour that runs.</summary>
public sealed record DeclineBreak(string Agent, string By) : FloorCommand(Agent, By);

/// <summary>Come back from a break.</summary>
public sealed record Resume(string Agent, string By) : FloorCommand(Agent, By);

/// <summary>Work in these queues from now on, without signing out in between.</summary>
/// <param name="Agent">Whom it concerns.</param>
/// <param name="By">Who asks.</param>
/// <param name="Queues">All the queues to be in afterwards.</param>
/// <param name="Reason">Why; empty for none.</param>
public sealed record MoveQueues(string Agent, string By, Floor.ValueArray<string> Queues, string Reason) : FloorCommand(Agent, By);

/// <summary>Raise the hand (D3.3).</summary>
public sealed record RaiseHand(string Agent, string By) : FloorCommand(Agent, By);

/// <summary>Lower the hand.</summary>
public sealed record LowerHand(string Agent, string By) : FloorCommand(Agent, By);

/// <summary>Say that one saw a raised hand and is coming.</summary>
public sealed record AcknowledgeHand(string Agent, string By) : FloorCommand(Agent, By);

/// <summary>Say something to an agent, on the agent's page.</summary>
public sealed record SendMessage(string Agent, string By, string Text) : FloorCommand(Agent, By);

/// <summary>Say that one read a message.</summary>
public sealed record ReadMessage(string Agent, string By, string Message) : FloorCommand(Agent, By);

/// <summary>Say that one is here for the shift (D2.1): the agent on the own page.</summary>
public sealed record CheckIn(string Agent, string By) : FloorCommand(Agent, By);

/// <summary>Say that an agent is here for the shift (D2.1): the lead who calls the roll.</summary>
public sealed record RollCall(string Agent, string By) : FloorCommand(Agent, By);

/// <summary>Allow an agent one exception for a limited time (RULEBOOK, enforcement modes).</summary>
/// <param name="Agent">To whom.</param>
/// <param name="By">Who allows it; never the agent.</param>
/// <param name="Allow">What: a word of <see cref="Floor.GrantWords"/>.</param>
/// <param name="Reason">Why.</param>
/// <param name="For">For how long.</param>
public sealed record GiveGrant(string Agent, string By, string Allow, string Reason, TimeSpan For) : FloorCommand(Agent, By);

/// <summary>Take an exception back that was not used yet.</summary>
public sealed record RevokeGrant(string Agent, string By, string Grant) : FloorCommand(Agent, By);

/// <summary>The gate's answer.</summary>
public abstract record GateAnswer;

/// <summary>Granted, with what has to happen at the PBX, in order; empty where nothing has to.</summary>
public sealed record Granted(Floor.ValueArray<PbxAction> Actions) : GateAnswer
{
    /// <summary>What was decided with it: written down before the actions leave.</summary>
    public Floor.ValueArray<Floor.FloorEvent> Decided { get; init; }
}

/// <summary>Refused.</summary>
/// <param name="Rule">The rule that refuses; null where the state itself does (not signed in, on a call).</param>
/// <param name="Clause">Its clause; null likewise.</param>
/// <param name="Text">The sentence.</param>
/// <param name="AllowedAt">From when on it would be granted; null when not known.</param>
public sealed record Refused(string? Rule, string? Clause, Text Text, DateTimeOffset? AllowedAt) : GateAnswer;

/// <summary>What is to be done at a PBX.</summary>
/// <param name="Feed">The feed whose PBX is meant.</param>
/// <param name="Address">How that PBX addresses the member.</param>
public abstract record PbxAction(string Feed, string Address);

/// <summary>Add the member to a queue.</summary>
public sealed record JoinQueue(string Feed, string Address, string Queue, int Penalty, string Name) : PbxAction(Feed, Address)
{
    /// <summary>The reason for which the member joins paused (who moves during a break stays on it); null to join ready for calls.</summary>
    public string? PausedFor { get; init; }
}

/// <summary>Take the member out of a queue.</summary>
public sealed record LeaveQueue(string Feed, string Address, string Queue) : PbxAction(Feed, Address);

/// <summary>Pause or un-pause the member.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="Address">The member.</param>
/// <param name="Queue">The queue; null for all of the member's queues.</param>
/// <param name="Paused">Whether to pause.</param>
/// <param name="Reason">The reason; empty when un-pausing.</param>
public sealed record SetPause(string Feed, string Address, string? Queue, bool Paused, string Reason) : PbxAction(Feed, Address);
