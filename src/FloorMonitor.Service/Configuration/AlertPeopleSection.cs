using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using MimeKit;

namespace FloorMonitor.Service.Configuration;

/// <summary><c>people</c>, <c>roles</c> and <c>quietHours</c>: who can be told, which posts they fill and when they sleep.</summary>
internal static class AlertPeopleSection
{
    private static readonly Dictionary<string, Severity> SeverityWords = new(StringComparer.Ordinal)
    {
        ["info"] = Severity.Info,
        ["warning"] = Severity.Warning,
        ["critical"] = Severity.Critical,
    };

    public static List<AlertPerson> Read(YamlSection file, List<ChannelConfig> channels)
    {
        var people = new List<AlertPerson>();
        foreach (var section in file.Sections("people"))
        {
            var id = section.Text("id", isRequired: true) ?? "";
            if (people.Any(other => other.Id == id)) section.Error("id", $"two people have the id \"{id}\"");
            if (AlertWords.Places.Contains(id) || id is AlertWords.Desk or AlertWords.Wall) section.Error("id", $"\"{id}\" is a word of its own in routes; choose another");
            if (channels.Any(channel => channel.Name == id)) section.Error("id", $"\"{id}\" is also a channel; choose another");
            section.Choice("language", AlertChannelsSection.Languages);
            people.Add(new(id, section.Text("name") is { Length: > 0 } name ? name : id, section.Text("language") == "en" ? "en" : "zh", Addresses(section, id, channels))
            {
                Agent = section.Text("agent"),
                Quiet = Quiet(section, "quietHours"),
            });
            section.Close();
        }

        return people;
    }

    public static List<AlertRole> Roles(YamlSection file, List<AlertPerson> people)
    {
        var roles = new List<AlertRole>();
        if (file.Section("roles") is not { } section) return roles;
        foreach (var name in section.Keys.Where(name => name.Length > 0).ToList())
        {
            var who = AlertsFile.Words(section, name);
            foreach (var one in who)
                if (people.All(person => person.Id != one)) section.Error(name, $"\"{one}\" is nobody of people{NearestKey.Suggest(one, people.Select(person => person.Id))}");
            if (AlertWords.Places.Contains(name) || people.Any(person => person.Id == name)) section.Error(name, "is a word of its own already; choose another");
            roles.Add(new(name, who));
        }

        section.Close();
        return roles;
    }

    /// <summary>Hours in which to be left alone; without an end, null.</summary>
    public static QuietHours? Quiet(YamlSection parent, string key)
    {
        if (parent.Section(key) is not { } section) return null;
        var (from, to) = (section.TimeOfDay("from", isRequired: true), section.TimeOfDay("to", isRequired: true));
        var except = section.Find("except") is null ? [Severity.Critical] : Severities(section, "except");
        section.Close();
        return from is { } begin && to is { } end ? new(begin, end, except) : null;
    }

    /// <summary>One severity, or a list of them.</summary>
    public static ValueArray<Severity> Severities(YamlSection section, string key)
    {
        var found = new List<Severity>();
        foreach (var word in AlertsFile.Words(section, key))
        {
            if (SeverityWords.TryGetValue(word, out var severity)) found.Add(severity);
            else section.Error(key, $"\"{word}\" is not one of {string.Join(", ", SeverityWords.Keys)}{NearestKey.Suggest(word, SeverityWords.Keys)}");
        }

        return ValueArray.From(found);
    }

    private static ValueArray<AlertAddress> Addresses(YamlSection section, string id, List<ChannelConfig> channels)
    {
        var addresses = new List<AlertAddress>();
        if (section.Text(AlertChannelsSection.Email) is { Length: > 0 } mail)
        {
            if (!MailboxAddress.TryParse(mail, out _) || !mail.Contains('@', StringComparison.Ordinal)) section.Error(AlertChannelsSection.Email, "must be an address such as name@example.com");
            Need(AlertChannelsSection.Email);
            addresses.Add(new(AlertChannelsSection.Email, mail));
        }

        if (section.Text(AlertChannelsSection.Sip) is { Length: > 0 } phone)
        {
            if (phone.Length > 128 || phone.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))) section.Error(AlertChannelsSection.Sip, "must be an extension or a sip: address");
            Need(AlertChannelsSection.Sip);
            addresses.Add(new(AlertChannelsSection.Sip, phone));
        }

        if (section.Flag("browser") == true) addresses.Add(new(AlertWords.Browser, id));
        return ValueArray.From(addresses);

        void Need(string channel)
        {
            if (channels.All(known => known.Name != channel)) section.Error(channel, $"there is no channel {channel}: add it to channels");
        }
    }
}
