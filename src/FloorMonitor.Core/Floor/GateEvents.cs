using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Floor;

/// <summary>A house event that concerns one agent and changes nobody else: it stands in that agent's audit trail.</summary>
public interface IAboutAgent
{
    /// <summary>Whom it concerns.</summary>
    string Agent { get; }
}

/// <summary>
/// Somebody asked something of the gate and was answered. Changes nothing on the floor: what was granted comes back as events of
/// its own. It is written down so that every asking can be seen afterwards, the refused ones too.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Agent">Whom it concerned.</param>
/// <param name="By">Who asked.</param>
/// <param name="Door">Through which door they came.</param>
/// <param name="Command">What: the command's word (<c>sign-out</c>).</param>
/// <param name="Detail">With what: the kind of break, the queues, the reason; empty for nothing.</param>
/// <param name="Answer">What the gate said.</param>
/// <param name="Rule">The rule that refused; null for none.</param>
/// <param name="Text">The sentence of a refusal, or what the switch said; null for a plain yes.</param>
/// <param name="AllowedAt">From when on it would have been granted; null when not known.</param>
public sealed record GateAnswered(
    DateTimeOffset At,
    string Agent,
    string By,
    GateDoor Door,
    string Command,
    string Detail,
    GateVerdict Answer,
    string? Rule,
    Text? Text,
    DateTimeOffset? AllowedAt) : FloorEvent(At, EventSources.Gate), IAboutAgent;

/// <summary>
/// Somebody asked something of the house itself (the duty, a round, a word to a team, a message that could not be delivered) and was
/// answered. Like <see cref="GateAnswered"/>, of what concerns no single agent: it stands in the house's trail.
/// </summary>
/// <param name="At">When.</param>
/// <param name="By">Who asked.</param>
/// <param name="Door">Through which door they came.</param>
/// <param name="Command">What: the command's word (<c>take-duty</c>).</param>
/// <param name="Detail">With what: to whom, of which team, the reason; empty for nothing.</param>
/// <param name="Answer">What the gate said.</param>
/// <param name="Text">The sentence of a refusal; null for a plain yes.</param>
public sealed record HouseAnswered(
    DateTimeOffset At, string By, GateDoor Door, string Command, string Detail, GateVerdict Answer, Text? Text) : FloorEvent(At, EventSources.Gate);

/// <summary>How an asking ended.</summary>
public enum GateVerdict
{
    /// <summary>Granted.</summary>
    Granted,

    /// <summary>Refused, by a rule or because it cannot be.</summary>
    Refused,

    /// <summary>Granted, and not done: the switch refused it or did not answer.</summary>
    Failed,
}
