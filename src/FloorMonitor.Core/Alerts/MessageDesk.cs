using System.Collections.Immutable;
using System.Globalization;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Alerts;

/// <summary>
/// Decides which messages of people to agents also go to a phone, and to which. Pure. Everything stands on the agent's page in any case;
/// quiet hours do not hold it, because a person wrote it to somebody by name and chose the moment.
/// </summary>
public static class MessageDesk
{
    /// <summary>What is older than this when it is first looked at (the monitor was away) is not sent any more: "come here, please" misleads an hour later.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromHours(1);

    /// <summary>The part of a message's key that makes it one of these.</summary>
    private const string Prefix = "message:";

    /// <summary>What goes to phones of the messages that came after a journal entry, oldest first.</summary>
    /// <param name="floor">The floor as it is: messages, and who sits where.</param>
    /// <param name="settings">By which channel; none: nothing goes.</param>
    /// <param name="after">The journal entry up to which messages were looked at before.</param>
    /// <param name="at">Now.</param>
    public static ImmutableArray<AlertMessage> Decide(FloorState floor, AlertSettings settings, long after, DateTimeOffset at)
    {
        if (settings.Phones is not { } channel) return [];
        var found = new List<(long Entry, AlertMessage Message)>();
        foreach (var (_, agent) in floor.Agents)
        {
            foreach (var message in agent.Messages)
            {
                // What was read on the page already is not said a second time.
                if (EntryOf(message) <= after || message.ReadAt is not null || at - message.At > StaleAfter) continue;
                if (PhoneOf(agent, message, floor, settings) is { } phone) found.Add((EntryOf(message), Of(agent, message, floor, new(channel, phone, "", agent.Id))));
            }
        }

        return [.. found.OrderBy(one => one.Entry).ThenBy(one => one.Message.Key, StringComparer.Ordinal).Select(one => one.Message)];
    }

    /// <summary>The key under which a message goes to an agent's phone: the same for every look at it, and another for one of a journal that was begun anew.</summary>
    public static string KeyOf(string agent, AgentMessage message) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{message.Id}:{message.At.ToUnixTimeMilliseconds()}@{agent}");

    /// <summary>The id that such a message has on the floor.</summary>
    public static string IdOf(AlertMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Alert[Prefix.Length..];
    }

    /// <summary>
    /// The phone. Whom alerts.yaml gives one of their own (a lead's desk phone) has that one; everybody else the one where they sit. A
    /// team's message is for those who are at work, so it goes only to members who are signed in. A message to one person goes to
    /// the phone that agents.csv gives them even when they are signed out, unless somebody else is signed in at it: at a shared seat, as at a
    /// hot desk that they have left, it would be read by another. Whom the file gives none reads it on the page.
    /// </summary>
    private static string? PhoneOf(Agent agent, AgentMessage message, FloorState floor, AlertSettings settings)
    {
        var isIn = !agent.Members.IsEmpty;
        if (message.ToTeam && !isIn) return null;
        foreach (var person in settings.People)
        {
            if (person.Agent != agent.Id) continue;
            foreach (var address in person.Addresses)
                if (address.Channel == settings.Phones) return address.To;
        }

        if (isIn) return AddressOf(agent);
        if (OwnOf(agent, floor.Setup) is not { } phone) return null;
        foreach (var (_, other) in floor.Agents)
            if (other.Id != agent.Id && !other.Members.IsEmpty && AddressOf(other) == phone) return null;
        return phone;
    }

    private static string? AddressOf(Agent agent) => IsSip(agent.Address) ? agent.Address : agent.Seat ?? AgentDirectory.SeatOf(agent.Address);

    private static string? OwnOf(Agent agent, FloorSetup setup)
    {
        foreach (var line in setup.Agents)
            if (line.Id == agent.Id) return IsSip(line.Address) ? line.Address : AgentDirectory.SeatOf(line.Address);
        return null;
    }

    private static bool IsSip(string address) => address.StartsWith("sip:", StringComparison.OrdinalIgnoreCase);

    // In the words in which it was typed, whatever language that is, with who wrote them.
    private static AlertMessage Of(Agent agent, AgentMessage message, FloorState floor, AlertTarget target) => new()
    {
        Key = KeyOf(agent.Id, message),
        Alert = Prefix + message.Id,
        Subject = Prefix + agent.Id,
        News = AlertNews.Message,
        Target = target,
        Rule = "",
        Severity = Severity.Info,
        At = message.At,
        Title = $"{(floor.Agents.TryGetValue(message.From, out var writer) ? writer.Name : message.From)}: {message.Text}",
    };

    private static long EntryOf(AgentMessage message) => long.TryParse(message.Id.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var entry) ? entry : 0;
}
