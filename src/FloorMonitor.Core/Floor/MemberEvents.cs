namespace FloorMonitor.Core.Floor;

/// <summary>An agent became a member of a queue; the first membership is the sign-in.</summary>
public sealed record MemberJoined(DateTimeOffset At, string Source, SeenMember Member) : FloorEvent(At, Source);

/// <summary>An agent left a queue; leaving the last one is the sign-out, unless another is joined at once (a change of queues).</summary>
public sealed record MemberLeft(DateTimeOffset At, string Source, string Agent, string Queue) : FloorEvent(At, Source);

/// <summary>
/// An agent takes no calls from a queue, with the reason given. The same reason again is no new pause: a break whose reason
/// did not change goes on from its first instant, though the switch moves its own LastPause.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Source">The feed.</param>
/// <param name="Agent">The agent.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Reason">The reason code; empty where none was given.</param>
/// <param name="PausedAt">The PBX's own instant of the pause, in monitor time; null where it does not say.</param>
public sealed record MemberPaused(DateTimeOffset At, string Source, string Agent, string Queue, string Reason, DateTimeOffset? PausedAt)
    : FloorEvent(At, Source);

/// <summary>An agent takes calls from a queue again. The PBX gives no reason with it.</summary>
public sealed record MemberResumed(DateTimeOffset At, string Source, string Agent, string Queue) : FloorEvent(At, Source);

/// <summary>What the PBX says of a member's phone and work in one queue.</summary>
/// <param name="At">When.</param>
/// <param name="Source">The feed.</param>
/// <param name="Agent">The agent.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Phone">The phone's state.</param>
/// <param name="InCall">Whether the PBX counts it on a call of this queue.</param>
/// <param name="WrapUp">The queue's wrap-up time; zero for none.</param>
/// <param name="LastCallAt">When its last call of this queue ended; null for none.</param>
public sealed record MemberStatusChanged(
    DateTimeOffset At, string Source, string Agent, string Queue, PhoneState Phone, bool InCall, TimeSpan WrapUp, DateTimeOffset? LastCallAt)
    : FloorEvent(At, Source);
