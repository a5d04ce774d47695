namespace FloorMonitor.Core.Floor;

/// <summary>A caller joined a queue and waits.</summary>
public sealed record CallerJoined(DateTimeOffset At, string Source, string Queue, string Call, string? Party) : FloorEvent(At, Source);

/// <summary>A caller left a queue, for whatever reason; the reason comes before or after it, in no promised order.</summary>
public sealed record CallerLeft(DateTimeOffset At, string Source, string Queue, string Call) : FloorEvent(At, Source);

/// <summary>A caller hung up before anybody answered.</summary>
/// <param name="At">When.</param>
/// <param name="Source">The feed.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Call">The call.</param>
/// <param name="Waited">How long the caller had waited, by the PBX.</param>
public sealed record CallerAbandoned(DateTimeOffset At, string Source, string Queue, string Call, TimeSpan Waited) : FloorEvent(At, Source);

/// <summary>A waiting call rings at an agent.</summary>
public sealed record AgentRinging(DateTimeOffset At, string Source, string Agent, string Queue, string Call, string? Party)
    : FloorEvent(At, Source);

/// <summary>It rang at an agent and nobody took it.</summary>
/// <param name="At">When.</param>
/// <param name="Source">The feed.</param>
/// <param name="Agent">The agent.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Call">The call; null where the PBX does not say.</param>
/// <param name="RangFor">How long it rang.</param>
public sealed record RingUnanswered(DateTimeOffset At, string Source, string Agent, string Queue, string? Call, TimeSpan RangFor)
    : FloorEvent(At, Source);

/// <summary>An agent took a waiting call.</summary>
/// <param name="At">When.</param>
/// <param name="Source">The feed.</param>
/// <param name="Agent">The agent.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Call">The call.</param>
/// <param name="Party">The caller's number; null when unknown.</param>
/// <param name="Waited">How long the caller waited, ringing included, by the PBX.</param>
/// <param name="RangFor">How long it rang at this agent.</param>
public sealed record CallAnswered(
    DateTimeOffset At, string Source, string Agent, string Queue, string Call, string? Party, TimeSpan Waited, TimeSpan RangFor)
    : FloorEvent(At, Source);

/// <summary>An agent's call of a queue ended.</summary>
/// <param name="At">When.</param>
/// <param name="Source">The feed.</param>
/// <param name="Agent">The agent.</param>
/// <param name="Queue">The queue.</param>
/// <param name="Call">The call; null where the PBX no longer says (the agent's one call of that queue is meant).</param>
/// <param name="Talked">How long they talked, by the PBX.</param>
/// <param name="End">Who ended it.</param>
public sealed record CallCompleted(
    DateTimeOffset At, string Source, string Agent, string Queue, string? Call, TimeSpan Talked, CallEnd End)
    : FloorEvent(At, Source);

/// <summary>
/// A seat calls or is called outside of any queue. Calls that a queue brings are told by the queue's own events; one whose
/// <paramref name="Linked"/> call waits in a queue is ignored here.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Source">The feed.</param>
/// <param name="Call">The id of the called leg; ends with <see cref="CallHungUp"/>.</param>
/// <param name="Linked">The id of the call that this leg belongs to.</param>
/// <param name="FromAgent">The agent who calls; null when the caller is no agent.</param>
/// <param name="ToAgent">The agent who is called; null when the called one is no agent.</param>
/// <param name="Direction">Which way it goes.</param>
/// <param name="Party">The other side's number; null when unknown.</param>
public sealed record CallDialed(
    DateTimeOffset At, string Source, string Call, string Linked, string? FromAgent, string? ToAgent, CallDirection Direction, string? Party)
    : FloorEvent(At, Source);

/// <summary>A dialled call was answered.</summary>
public sealed record CallPickedUp(DateTimeOffset At, string Source, string Call) : FloorEvent(At, Source);

/// <summary>A call or a leg of it is over. Unknown ids are no news.</summary>
public sealed record CallHungUp(DateTimeOffset At, string Source, string Call) : FloorEvent(At, Source)
{
    /// <summary>The call whose leg it is, where that is another id; null where it is the call itself.</summary>
    public string? Of { get; init; }

    /// <summary>Why it ended.</summary>
    public HangupCause Cause { get; init; }
}

/// <summary>An agent put the call on hold.</summary>
public sealed record CallHeld(DateTimeOffset At, string Source, string Agent) : FloorEvent(At, Source);

/// <summary>An agent came back to the call.</summary>
public sealed record CallUnheld(DateTimeOffset At, string Source, string Agent) : FloorEvent(At, Source);

/// <summary>Who ended a call.</summary>
public enum CallEnd
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>The agent.</summary>
    Agent,

    /// <summary>The caller.</summary>
    Caller,

    /// <summary>It was transferred away.</summary>
    Transferred,
}
