namespace FloorMonitor.Core.Floor;

/// <summary>A feed is trying to reach its PBX.</summary>
public sealed record FeedConnecting(DateTimeOffset At, string Source) : FloorEvent(At, Source);

/// <summary>The link to a PBX is gone: what it said is now the past, and its agents are unknown, not gone.</summary>
public sealed record FeedLost(DateTimeOffset At, string Source, string Reason) : FloorEvent(At, Source)
{
    /// <summary>Whether it was the monitor that went away, and nobody knows of the link.</summary>
    public bool MonitorAway { get; init; }
}

/// <summary>
/// A feed has seen everything that its PBX holds and follows it live from here. Replaces that feed's part of the floor
/// atomically; live events that arrived meanwhile follow as ordinary events and must be harmless when already contained.
/// </summary>
public sealed record FeedSynced(DateTimeOffset At, string Source, FeedSnapshot Snapshot) : FloorEvent(At, Source);

/// <summary>Everything that one PBX says of queues, members, callers and calls at one moment.</summary>
/// <param name="SwitchStartedAt">When the switch itself started, by its own word; null where it does not say. A later value than before means it restarted, and LoginTime/LastPause equal to it are not the people's.</param>
/// <param name="Queues">Its queues.</param>
/// <param name="Members">Its queue members, one for each queue and agent.</param>
/// <param name="Callers">Callers waiting in its queues.</param>
/// <param name="Calls">Agents' calls under way.</param>
public sealed record FeedSnapshot(
    DateTimeOffset? SwitchStartedAt,
    ValueArray<SeenQueue> Queues,
    ValueArray<SeenMember> Members,
    ValueArray<SeenCaller> Callers,
    ValueArray<SeenCall> Calls)
{
    /// <summary>The phones that the feed watches; a feed that does not watch phones has none.</summary>
    public ValueArray<SeenPhone> Phones { get; init; }
}

/// <summary>A queue as the PBX reports it. Its own counters, since its own reset, let a gap be measured.</summary>
/// <param name="Name">The queue's name at the PBX.</param>
/// <param name="Completed">Calls it completed since its own start; null where it does not say.</param>
/// <param name="Abandoned">Calls abandoned since its own start; null where it does not say.</param>
/// <param name="ServiceLevelWithin">The PBX's own service-level threshold; null where it has none.</param>
public sealed record SeenQueue(string Name, int? Completed, int? Abandoned, TimeSpan? ServiceLevelWithin);

/// <summary>One agent in one queue as the PBX reports it.</summary>
/// <param name="Agent">The agent's id: by agents.csv, else <c>feed:address</c> (unknown members are shown as themselves).</param>
/// <param name="Name">The name that the PBX shows; agents.csv's name goes before it.</param>
/// <param name="Address">How the PBX addresses the member (opaque to the floor; handed back with actions).</param>
/// <param name="Seat">The extension in that address, such as <c>1001</c>; null where none can be read.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Penalty">The member's penalty, kept so that putting a member back puts it back as it was.</param>
/// <param name="IsStatic">Whether the membership is fixed in the PBX's configuration: such an agent is signed in while the phone can be reached.</param>
/// <param name="SignedInAt">Since when the PBX counts it a member, by its own word in monitor time; null where it does not say.</param>
/// <param name="Paused">Whether it takes no calls from this queue.</param>
/// <param name="PauseReason">The reason code of the pause; empty when not paused or not given.</param>
/// <param name="PausedAt">Since when the PBX counts it paused; null where it does not say.</param>
/// <param name="Phone">The phone's state.</param>
/// <param name="InCall">Whether the PBX counts it on a call of this queue.</param>
/// <param name="WrapUp">How long this queue lets the agent wrap up after a call; zero for none.</param>
/// <param name="LastCallAt">When its last call of this queue ended; null for none.</param>
public sealed record SeenMember(
    string Agent,
    string Name,
    string Address,
    string? Seat,
    string Queue,
    int Penalty,
    bool IsStatic,
    DateTimeOffset? SignedInAt,
    bool Paused,
    string PauseReason,
    DateTimeOffset? PausedAt,
    PhoneState Phone,
    bool InCall,
    TimeSpan WrapUp,
    DateTimeOffset? LastCallAt);

/// <summary>A caller who waits in a queue.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Call">The call's id at the PBX.</param>
/// <param name="Party">The caller's number as the PBX gives it (masked only when it leaves the house); null when unknown.</param>
/// <param name="Since">Since when the caller waits.</param>
public sealed record SeenCaller(string Queue, string Call, string? Party, DateTimeOffset Since);

/// <summary>An agent's call under way.</summary>
/// <param name="Call">The call's id at the PBX.</param>
/// <param name="Agent">The agent's id.</param>
/// <param name="Queue">The queue that brought it; null when none did.</param>
/// <param name="Direction">Which way it goes.</param>
/// <param name="Party">The other side's number; null when unknown.</param>
/// <param name="Since">Since when they talk.</param>
public sealed record SeenCall(string Call, string Agent, string? Queue, CallDirection Direction, string? Party, DateTimeOffset Since);

/// <summary>What the PBX knows of a phone.</summary>
public enum PhoneState
{
    /// <summary>Nothing is known; never a reason for blame.</summary>
    Unknown,

    /// <summary>Reachable and free.</summary>
    Idle,

    /// <summary>It rings.</summary>
    Ringing,

    /// <summary>In use.</summary>
    InUse,

    /// <summary>In use with everything on hold.</summary>
    OnHold,

    /// <summary>Not registered, or not answering the PBX.</summary>
    Unreachable,
}

/// <summary>Which way a call goes, seen from the agent.</summary>
public enum CallDirection
{
    /// <summary>From outside to the agent.</summary>
    Inbound,

    /// <summary>From the agent to the outside.</summary>
    Outbound,

    /// <summary>Between two seats of the floor.</summary>
    Internal,
}
