namespace FloorMonitor.Core.Floor;

/// <summary>
/// A step of a break's ticket. Decided once (at the gate, or by the planner on a tick) and journalled, so that a replay folds what was
/// decided and never decides anew. That a ticket was used is no event of its own: the pause is.
/// </summary>
public abstract record TicketEvent : FloorEvent, IAboutAgent
{
    private protected TicketEvent(DateTimeOffset at, string agent)
        : base(at, EventSources.Gate) => Agent = agent;

    /// <summary>Whose ticket.</summary>
    public string Agent { get; init; }
}

/// <summary>A break is asked for and waits for room.</summary>
/// <param name="At">When.</param>
/// <param name="Agent">For whom.</param>
/// <param name="Kind">The kind of break.</param>
/// <param name="Hour">When the hour of the shift began whose break it is.</param>
/// <param name="By">Who asks.</param>
public sealed record BreakRequested(DateTimeOffset At, string Agent, string Kind, DateTimeOffset Hour, string By) : TicketEvent(At, Agent);

/// <summary>A break has a slot that lies ahead.</summary>
/// <param name="At">When that was decided.</param>
/// <param name="Agent">For whom.</param>
/// <param name="Kind">The kind of break.</param>
/// <param name="Hour">When the hour of the shift began whose break it is.</param>
/// <param name="StartsAt">When the slot starts.</param>
/// <param name="EndsAt">When it ends.</param>
/// <param name="By">Who asked for it or gave it.</param>
public sealed record BreakPlanned(
    DateTimeOffset At, string Agent, string Kind, DateTimeOffset Hour, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string By) : TicketEvent(At, Agent)
{
    /// <summary>How long a person granted it, of a kind without a limit; null where nobody said (the slot's length is then a guess).</summary>
    public TimeSpan? For { get; init; }
}

/// <summary>A break may be begun.</summary>
/// <param name="At">When that was decided.</param>
/// <param name="Agent">For whom.</param>
/// <param name="Kind">The kind of break.</param>
/// <param name="Hour">When the hour of the shift began whose break it is.</param>
/// <param name="StartsAt">From when on.</param>
/// <param name="EndsAt">When it is over, begun in time.</param>
/// <param name="By">Who asked for it or gave it.</param>
public sealed record BreakGranted(
    DateTimeOffset At, string Agent, string Kind, DateTimeOffset Hour, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string By) : TicketEvent(At, Agent)
{
    /// <summary>How long a person granted it, of a kind without a limit; null where nobody said (the slot's length is then a guess).</summary>
    public TimeSpan? For { get; init; }
}

/// <summary>A slot was moved: by a person, or behind a call (principle 2).</summary>
/// <param name="At">When that was decided.</param>
/// <param name="Agent">Whose slot.</param>
/// <param name="StartsAt">When it starts now.</param>
/// <param name="EndsAt">When it ends now.</param>
/// <param name="By">Who moved it.</param>
/// <param name="Call">The call that it was moved behind; null for none.</param>
public sealed record BreakDeferred(DateTimeOffset At, string Agent, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string By, EndedCall? Call)
    : TicketEvent(At, Agent);

/// <summary>The slot came and there was no room: the ticket waits again, in its old place.</summary>
public sealed record BreakQueued(DateTimeOffset At, string Agent) : TicketEvent(At, Agent);

/// <summary>The break is not wanted any more.</summary>
/// <param name="At">When.</param>
/// <param name="Agent">Whose.</param>
/// <param name="By">Who says so.</param>
public sealed record BreakCancelled(DateTimeOffset At, string Agent, string By) : TicketEvent(At, Agent);

/// <summary>The agent does without the break of an hour (RULEBOOK <c>hourly-break</c>).</summary>
/// <param name="At">When.</param>
/// <param name="Agent">Who.</param>
/// <param name="Hour">When that hour of the shift began.</param>
/// <param name="By">Who says so.</param>
public sealed record BreakDeclined(DateTimeOffset At, string Agent, DateTimeOffset Hour, string By) : TicketEvent(At, Agent);

/// <summary>The time to begin the break passed, or its agent left.</summary>
public sealed record BreakExpired(DateTimeOffset At, string Agent) : TicketEvent(At, Agent);
