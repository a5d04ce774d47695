using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.History;

/// <summary>
/// Something of a day that is over: a stretch of a state, a break, a call, a caller's fate. Derived from two states and the event
/// between them (<see cref="DayRecorder"/>), so a replay records the same; kept in a file for each business day, from which a day is
/// shown (an agent's timeline) and a figure explained (the calls that it counts). The hierarchy is closed.
/// </summary>
/// <param name="About">Whom it is about: see <see cref="OfAgent"/> and <see cref="OfQueue"/>.</param>
public abstract record DayRecord(string About)
{
    /// <summary>When it was over, UTC.</summary>
    public abstract DateTimeOffset EndedAt { get; }

    /// <summary>What records about an agent name.</summary>
    public static string OfAgent(string agent) => "agent " + agent;

    /// <summary>What records about a queue name.</summary>
    public static string OfQueue(string queue) => "queue " + queue;
}

/// <summary>An agent was in a state for a while.</summary>
/// <param name="About">The agent.</param>
/// <param name="State">The state.</param>
/// <param name="Since">From when.</param>
/// <param name="Until">To when.</param>
/// <param name="Detail">The kind of a break, the queue of a call; null for neither.</param>
public sealed record StateSpan(string About, AgentState State, DateTimeOffset Since, DateTimeOffset Until, string? Detail) : DayRecord(About)
{
    /// <inheritdoc/>
    public override DateTimeOffset EndedAt => Until;
}

/// <summary>An agent took a break.</summary>
/// <param name="About">The agent.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Since">From when.</param>
/// <param name="Until">To when.</param>
/// <param name="Entry">Journal entry of its beginning.</param>
public sealed record BreakSpan(string About, string Kind, DateTimeOffset Since, DateTimeOffset Until, long Entry) : DayRecord(About)
{
    /// <summary>The beginning of the hour of the shift whose break it was, wholly; null for one that belonged to the hours that it lay in.</summary>
    public DateTimeOffset? Hour { get; init; }

    /// <inheritdoc/>
    public override DateTimeOffset EndedAt => Until;
}

/// <summary>An agent had a call, talked or not.</summary>
/// <param name="About">The agent.</param>
/// <param name="Call">The call's id at the PBX; empty where only the phone's state told of it.</param>
/// <param name="Queue">The queue that brought it; null when none did.</param>
/// <param name="Direction">Which way it went.</param>
/// <param name="Party">The other side's number, unmasked: it is masked when it leaves the house; null when unknown.</param>
/// <param name="Since">Since when it rang or, once answered, since the answer.</param>
/// <param name="Until">When it was over.</param>
/// <param name="Answered">Whether they talked.</param>
/// <param name="Entry">Journal entry of its beginning.</param>
public sealed record CallSpan(
    string About, string Call, string? Queue, CallDirection Direction, string? Party, DateTimeOffset Since, DateTimeOffset Until, bool Answered, long Entry)
    : DayRecord(About)
{
    /// <inheritdoc/>
    public override DateTimeOffset EndedAt => Until;
}

/// <summary>A caller's wait in a queue was decided: exactly the calls that the queue's counters count.</summary>
/// <param name="About">The queue.</param>
/// <param name="Call">The call's id at the PBX.</param>
/// <param name="Party">The caller's number, unmasked; null when unknown.</param>
/// <param name="JoinedAt">Since when the caller waited.</param>
/// <param name="DecidedAt">When it was answered, abandoned or left.</param>
/// <param name="Waited">How long the caller waited, by the PBX.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="InTime">Whether the wait was within the queue's service-level threshold at that moment.</param>
/// <param name="Agent">Who answered; null when nobody did.</param>
/// <param name="Entry">Journal entry of the decision.</param>
public sealed record CallerFate(
    string About,
    string Call,
    string? Party,
    DateTimeOffset JoinedAt,
    DateTimeOffset DecidedAt,
    TimeSpan Waited,
    CallerOutcome Outcome,
    bool InTime,
    string? Agent,
    long Entry) : DayRecord(About)
{
    /// <inheritdoc/>
    public override DateTimeOffset EndedAt => DecidedAt;
}

/// <summary>A queue's call was handled to the end.</summary>
/// <param name="About">The queue.</param>
/// <param name="Call">The call's id; empty where the PBX no longer says.</param>
/// <param name="Agent">Who handled it.</param>
/// <param name="At">When it ended.</param>
/// <param name="Talked">Talk and hold, by the PBX.</param>
/// <param name="Entry">Journal entry of its end.</param>
public sealed record CallHandled(string About, string Call, string Agent, DateTimeOffset At, TimeSpan Talked, long Entry) : DayRecord(About)
{
    /// <inheritdoc/>
    public override DateTimeOffset EndedAt => At;
}

/// <summary>An abandoned caller was called back, by somebody's word.</summary>
/// <param name="About">The queue.</param>
/// <param name="Call">The abandoned call.</param>
/// <param name="By">Who says so.</param>
/// <param name="At">When.</param>
public sealed record CalledBack(string About, string Call, string By, DateTimeOffset At) : DayRecord(About)
{
    /// <inheritdoc/>
    public override DateTimeOffset EndedAt => At;
}

/// <summary>What became of a caller who waited.</summary>
public enum CallerOutcome
{
    /// <summary>An agent took the call.</summary>
    Answered,

    /// <summary>The caller gave up.</summary>
    Abandoned,

    /// <summary>The caller left otherwise: a time-out, a key.</summary>
    Left,
}
