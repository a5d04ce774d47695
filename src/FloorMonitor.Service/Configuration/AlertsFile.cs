using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Alerts;
using YamlDotNet.RepresentationModel;

namespace FloorMonitor.Service.Configuration;

/// <summary>alerts.yaml: who is told what, how and when.</summary>
internal static class AlertsFile
{
    public const string Name = "alerts.yaml";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly Dictionary<string, AlertGrouping> Groupings = new(StringComparer.Ordinal)
    {
        ["team"] = AlertGrouping.Team,
        ["subject"] = AlertGrouping.Subject,
        ["rule"] = AlertGrouping.Rule,
    };

    /// <summary>Reads it; without a file, desk and wall only.</summary>
    /// <param name="file">The file; null where there is none.</param>
    /// <param name="directory">Its folder: certificates may lie beside it.</param>
    /// <param name="setup">The floor: a route for a team or a shift that is not there is a slip.</param>
    public static AlertConfig Read(YamlSection? file, string directory, FloorSetup setup)
    {
        if (file is null) return AlertConfig.Default;
        var channels = AlertChannelsSection.Read(file, directory);
        var house = AlertConfig.Default;
        var quiet = AlertPeopleSection.Quiet(file, "quietHours");
        var people = AlertPeopleSection.Read(file, channels);
        var roles = AlertPeopleSection.Roles(file, people);
        var groups = ValueArray.From(channels.OfType<WebhookConfig>().Select(channel => new AlertGroupChannel(channel.Name, channel.Language)));
        var words = new AlertVocabulary(people, roles, groups, setup);
        var ladders = AlertRoutesSection.Ladders(file, words);
        var settings = house.Settings with
        {
            Quiet = quiet,
            People = ValueArray.From(people),
            Roles = ValueArray.From(roles),
            Groups = groups,
            Ladders = ladders,
            Routes = AlertRoutesSection.Read(file, words, ladders),
            Phones = Phones(file, channels, setup),
            WithoutOver = ValueArray.From(channels.OfType<SipConfig>().Select(channel => channel.Name)),
        };
        if (file.Section("grouping") is { } grouping)
        {
            settings = settings with
            {
                Grouping = grouping.Choice("by", Groupings) ?? settings.Grouping,
                Window = grouping.Duration("window", TimeSpan.Zero, TimeSpan.FromHours(1)) ?? settings.Window,
                Cooldown = grouping.Duration("cooldown", TimeSpan.Zero, Day) ?? settings.Cooldown,
            };
            grouping.Close();
        }

        if (file.Section("digest") is { } digest)
        {
            settings = settings with { DigestEvery = digest.Duration("every", TimeSpan.FromMinutes(1), Day) ?? settings.DigestEvery };
            digest.Close();
        }

        var (url, links) = ReadLinks(file);
        var retry = ReadRetry(file);
        file.Close();
        return new() { Settings = settings, Channels = ValueArray.From(channels), PublicUrl = url, LinksFor = links ?? house.LinksFor, Retry = retry };
    }

    /// <summary>A list of words, where a single word stands for a list of it.</summary>
    public static ValueArray<string> Words(YamlSection section, string key)
    {
        if (section.Find(key) is not YamlScalarNode) return ValueArray.From(section.Texts(key));
        return section.Text(key) is { Length: > 0 } text ? [text] : [];
    }

    // Asked for and not possible is an error; not asked for, phones are used where there are any.
    private static string? Phones(YamlSection file, List<ChannelConfig> channels, FloorSetup setup)
    {
        var channel = channels.OfType<SipConfig>().FirstOrDefault()?.Name;
        var hasPbx = setup.Feeds.Any(feed => feed.Kind == "sip");
        bool? asked = null;
        if (file.Section("messages") is { } messages)
        {
            asked = messages.Flag("phones");
            if (asked == true && channel is null) messages.Error("phones", $"there is no channel {AlertChannelsSection.Sip}: add it to channels");
            else if (asked == true && !hasPbx) messages.Error("phones", $"{FloorFile.Name} has no PBX of kind sip that could carry messages to phones");
            messages.Close();
        }

        return asked != false && hasPbx ? channel : null;
    }

    private static (Uri? Url, TimeSpan? For) ReadLinks(YamlSection file)
    {
        if (file.Section("links") is not { } links) return (null, null);
        Uri? url = null;
        if (links.Text("url", isRequired: true) is { } text)
        {
            if (Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var read) && read.Scheme is "http" or "https" && read.Query.Length == 0) url = read;
            else links.Error("url", "must be the address at which people reach this service, such as https://floor.example.com");
        }

        var time = links.Duration("expire", TimeSpan.FromMinutes(1), TimeSpan.FromDays(7));
        links.Close();
        return (url, time);
    }

    private static RetryConfig ReadRetry(YamlSection file)
    {
        var retry = RetryConfig.Default;
        if (file.Section("retry") is not { } section) return retry;
        retry = new(
            section.Number("attempts", 1, 100) ?? retry.Attempts,
            section.Duration("first", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10)) ?? retry.First,
            section.Duration("most", TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(6)) ?? retry.Most);
        if (retry.Most < retry.First) section.Error("most", "is shorter than first");
        section.Close();
        return retry;
    }
}

/// <summary>The words that routes and steps may use.</summary>
internal sealed class AlertVocabulary(
    IReadOnlyList<AlertPerson> people, IReadOnlyList<AlertRole> roles, ValueArray<AlertGroupChannel> groups, FloorSetup setup)
{
    /// <summary>Rules by id.</summary>
    public IReadOnlyCollection<string> Rules { get; } = [.. RuleCatalogue.Defaults.Select(rule => rule.Id)];

    /// <summary>Teams by id.</summary>
    public IReadOnlyCollection<string> Teams { get; } = [.. setup.Teams.Select(team => team.Id)];

    /// <summary>Shifts by name.</summary>
    public IReadOnlyCollection<string> Shifts { get; } = [.. setup.Shifts.Select(shift => shift.Name)];

    /// <summary>Who can be told.</summary>
    public IReadOnlyCollection<string> Recipients { get; } =
        [.. AlertWords.Places, .. roles.Select(role => role.Name), .. people.Select(person => person.Id), .. groups.Select(group => group.Channel)];
}
