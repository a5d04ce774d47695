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

/// <summary>What became of a message on its way to the agent's phone. Written down for every change, not for every try.</summary>
/// <param name="At">When.</param>
/// <param name="Agent">Whose message.</param>
/// <param name="Message">Which.</param>
/// <param name="State">How it stands.</param>
/// <param name="Said">The PBX's words, or why there are none; empty while it is on its way.</param>
public sealed record MessagePhoned(DateTimeOffset At, string Agent, string Message, PhoneDelivery State, string Said) : FloorEvent(At, EventSources.Gate), IAboutAgent;

/// <summary>A message to an agent.</summary>
/// <param name="Id">Its id: the journal entry that holds it.</param>
/// <param name="At">When it was said.</param>
/// <param name="From">Who said it.</param>
/// <param name="Text">What.</param>
/// <param name="ReadAt">When it was read; null while it was not.</param>
public sealed record AgentMessage(string Id, DateTimeOffset At, string From, string Text, DateTimeOffset? ReadAt)
{
    /// <summary>Whether it was said to the whole team.</summary>
    public bool ToTeam { get; init; }

    /// <summary>How it stands with the agent's phone; null for a message that is on the page alone.</summary>
    public MessageOnPhone? Phone { get; init; }
}

/// <summary>How a message stands with a phone.</summary>
/// <param name="State">In a word.</param>
/// <param name="At">Since when.</param>
/// <param name="Said">The PBX's words; empty for none.</param>
public sealed record MessageOnPhone(PhoneDelivery State, DateTimeOffset At, string Said);

/// <summary>How a message stands with a phone, in a word.</summary>
public enum PhoneDelivery
{
    /// <summary>On its way.</summary>
    Waiting,

    /// <summary>The phone has it.</summary>
    Delivered,

    /// <summary>The PBX took it and hands it on by itself; whether the phone has it, it does not say (RFC 3428 section 7).</summary>
    Accepted,

    /// <summary>Not yet: it is tried again.</summary>
    Retrying,

    /// <summary>It will not arrive unless somebody sends it again.</summary>
    Failed,
}
