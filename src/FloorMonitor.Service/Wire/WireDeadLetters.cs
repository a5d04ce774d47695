using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Alerts;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Store.Outbox;

namespace FloorMonitor.Service.Wire;

/// <summary>Messages that could not be delivered, the newest first, and how many each channel has.</summary>
internal sealed record WireDeadLetters(IReadOnlyList<WireDeadLetter> Letters, int Count, IReadOnlyList<WireDeadChannel> Channels);

/// <summary>How many dead letters a channel has.</summary>
internal sealed record WireDeadChannel(string Channel, int Count);

/// <summary>
/// A message that could not be delivered. <c>recipient</c> is a name, null for a group; addresses stay inside. <c>since</c> is when it was
/// to be sent first, <c>failedAt</c> when it was given up; <c>obstacle</c> says why it cannot be sent again as things are, null where it can.
/// </summary>
internal sealed record WireDeadLetter(
    string Id,
    string Channel,
    string? Recipient,
    string News,
    string Alert,
    string Title,
    DateTimeOffset Since,
    DateTimeOffset FailedAt,
    int Attempts,
    string? Error,
    WireText? Obstacle);

/// <summary>What was done to dead letters: how many of them.</summary>
internal sealed record WireDeadDone(int Count);

/// <summary>Dead letters as they leave the house.</summary>
internal static class DeadLetterMapping
{
    public static WireDeadLetter Of(OutboxLetter letter, DeadLetterDesk desk, AlertConfig config, FloorState floor) => new(
        DeadLetterDesk.IdOf(letter),
        letter.Target.Channel,
        letter.Target.Person is { } person ? NameOf(person, config, floor) : null,
        WireWords.Of(letter.News),
        letter.Alert,
        letter.Title,
        letter.Message?.At ?? letter.At,
        letter.At,
        letter.Attempts,
        letter.Error,
        desk.Objection(letter) is { } why ? WireMapping.Of(why) : null);

    private static string NameOf(string person, AlertConfig config, FloorState floor) =>
        config.Settings.People.FirstOrDefault(one => one.Id == person)?.Name ?? floor.Agents.GetValueOrDefault(person)?.Name ?? person;
}
