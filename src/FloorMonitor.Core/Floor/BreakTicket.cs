namespace FloorMonitor.Core.Floor;

/// <summary>
/// A break that an agent asked for or was given and has not begun (D2.4: at the time the supervisor arranges). The pause itself uses
/// it up, wherever it was set: <see cref="Break.Ticket"/> then holds it.
/// </summary>
/// <param name="Kind">The kind of break.</param>
/// <param name="Status">How far it is.</param>
/// <param name="RequestedAt">Since when it is asked for; who waits longest comes first among those whose hour ends at the same time.</param>
/// <param name="By">Who asked for it or gave it: the agent, a lead, or <see cref="Monitor"/>.</param>
/// <param name="Hour">When the hour of the shift began whose break it is; its end is what it is due by.</param>
/// <param name="Entry">Journal entry of its last step.</param>
public sealed record BreakTicket(string Kind, TicketStatus Status, DateTimeOffset RequestedAt, string By, DateTimeOffset Hour, long Entry)
{
    /// <summary>Who gives what nobody asked for.</summary>
    public const string Monitor = "monitor";

    /// <summary>When its slot starts; null while it waits for room.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>When its slot ends; null while it waits for room.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>How long a person granted the break, of a kind that has no limit of its own; null where nobody said.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>The call that its slot was moved behind (RULEBOOK example 4); null for none.</summary>
    public EndedCall? MovedBehind { get; init; }
}

/// <summary>How far a ticket is.</summary>
public enum TicketStatus
{
    /// <summary>Waits until there is room.</summary>
    Queued,

    /// <summary>Has a slot that lies ahead.</summary>
    Planned,

    /// <summary>May be begun.</summary>
    Granted,
}
