using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Floor;

/// <summary>A phone as a feed sees it that watches phones and not queues.</summary>
/// <param name="Agent">Whose phone it is, by agents.csv.</param>
/// <param name="Phone">Its state: everything that the PBX says of it, merged into one.</param>
/// <param name="Word">Which of the PBX's words decided (<c>dialog</c>, <c>presence</c>, <c>reg</c>); empty where none did.</param>
public sealed record SeenPhone(string Agent, PhoneState Phone, string Word)
{
    /// <summary>Which way its call goes; null where none is on or the PBX does not say.</summary>
    public CallDirection? Direction { get; init; }

    /// <summary>The other side's number, unmasked; null where unknown.</summary>
    public string? Party { get; init; }

    /// <summary>Why nothing can be said of this one phone, though the PBX is in sight; null while it is watched.</summary>
    public Text? Lost { get; init; }
}

/// <summary>What a feed that watches phones said last of an agent's phone.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="Phone">What it sees.</param>
/// <param name="Since">Since when it sees that.</param>
/// <param name="Entry">Journal entry of it.</param>
public sealed record PhoneSight(string Feed, SeenPhone Phone, DateTimeOffset Since, long Entry)
{
    /// <summary>Since when it says something else than the switch whose queues the agent is in; null while they agree.</summary>
    public DateTimeOffset? DisagreesSince { get; init; }
}

/// <summary>A feed that watches phones sees a change of one.</summary>
public sealed record PhoneSeen(DateTimeOffset At, string Source, SeenPhone Phone) : FloorEvent(At, Source);
