namespace FloorMonitor.Core.Floor;

/// <summary>Somebody said something to an agent: it stands on the agent's page until it is read.</summary>
/// <param name="At">When.</param>
/// <param name="Agent">To whom.</param>
/// <param name="From">Who.</param>
/// <param name="Text">What.</param>
public sealed record MessageSent(DateTimeOffset At, string Agent, string From, string Text) : FloorEvent(At, EventSources.Gate), IAboutAgent;

/// <summary>Somebody said something to everybody of a team.</summary>
/// <param name="At">When.</param>
/// <param name="Team">To which team.</param>
/// <param name="From">Who.</param>
/// <param name="Text">What.</param>
public sealed record TeamMessageSent(DateTimeOffset At, string Team, string From, string Text) : FloorEvent(At, EventSources.Gate);

/// <summary>An agent read a message.</summary>
/// <param name="At">When.</param>
/// <param name="Agent">Who.</param>
/// <param name="Message">Which.</param>
public sealed record MessageRead(DateTimeOffset At, string Agent, string Message) : FloorEvent(At, EventSources.Gate), IAboutAgent;

/// <summary>A message to an agent.</summary>
/// <param name="Id">Its id: the journal entry that holds it.</param>
/// <param name="At">When it was said.</param>
/// <param name="From">Who said it.</param>
/// <param name="Text">What.</param>
/// <param name="ReadAt">When it was read; null while it was not.</param>
public sealed record AgentMessage(string Id, DateTimeOffset At, string From, string Text, DateTimeOffset? ReadAt);
