namespace FloorMonitor.Core.Floor;

/// <summary>An agent raised a hand (D3.3). It never vanishes by itself.</summary>
public sealed record HandRaised(DateTimeOffset At, string Agent) : FloorEvent(At, EventSources.Gate), IAboutAgent;

/// <summary>The lead saw a raised hand and is coming: it stays up until it is answered.</summary>
/// <param name="At">When.</param>
/// <param name="Agent">Whose hand.</param>
/// <param name="By">Who saw it.</param>
public sealed record HandAcknowledged(DateTimeOffset At, string Agent, string By) : FloorEvent(At, EventSources.Gate), IAboutAgent;

/// <summary>A raised hand was answered or withdrawn.</summary>
/// <param name="At">When.</param>
/// <param name="Agent">Whose hand.</param>
/// <param name="By">Who lowered it: the agent's id, or a lead's.</param>
public sealed record HandLowered(DateTimeOffset At, string Agent, string By) : FloorEvent(At, EventSources.Gate), IAboutAgent;

/// <summary>A hand that is down again: how long it took.</summary>
/// <param name="RaisedAt">When it went up.</param>
/// <param name="AcknowledgedAt">When somebody saw it; null where nobody said so.</param>
/// <param name="AcknowledgedBy">Who; null likewise.</param>
/// <param name="LoweredAt">When it went down.</param>
/// <param name="LoweredBy">Who answered it, or the agent who withdrew it.</param>
public sealed record AnsweredHand(DateTimeOffset RaisedAt, DateTimeOffset? AcknowledgedAt, string? AcknowledgedBy, DateTimeOffset LoweredAt, string LoweredBy);
