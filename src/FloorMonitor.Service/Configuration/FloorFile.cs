using System.Text.RegularExpressions;
using FloorMonitor.Core.Floor;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Configuration;

/// <summary>floor.yaml: the site, its PBXs, queues, teams, shifts and kinds of break.</summary>
internal static partial class FloorFile
{
    public const string Name = "floor.yaml";

    private static readonly Dictionary<string, PbxKind> Kinds = new(StringComparer.Ordinal)
    {
        ["ami"] = PbxKind.Ami,
        ["sip"] = PbxKind.Sip,
        ["esl"] = PbxKind.Esl,
        ["simulated"] = PbxKind.Simulated,
    };

    private static readonly Dictionary<string, ServiceLevelFormula> Formulas = new(StringComparer.Ordinal)
    {
        ["offered"] = ServiceLevelFormula.Offered,
        ["asterisk"] = ServiceLevelFormula.Asterisk,
        ["asterisk2"] = ServiceLevelFormula.Asterisk2,
    };

    /// <summary>Reads it; what is wrong is added to the section's errors and replaced by something harmless, so that the rest is checked too.</summary>
    public static FloorConfig Read(YamlSection floor, string directory, DateTimeOffset readAt)
    {
        var entries = ReadPbxs(floor, directory);
        var pbxs = entries.ConvertAll(entry => entry.Pbx);
        var zone = ReadTimeZone(floor);
        var setup = FloorSetup.Default with
        {
            Site = ReadSite(floor),
            TimeZone = zone,
            BusinessDayStart = floor.TimeOfDay("businessDayStart") ?? FloorSetup.Default.BusinessDayStart,
            Feeds = ValueArray.From(pbxs.Select(pbx => new FeedSetup(pbx.Name, Kinds.First(kind => kind.Value == pbx.Kind).Key))),
            Queues = ValueArray.From(ReadQueues(floor)),
            Teams = ValueArray.From(ReadTeams(floor)),
            Breaks = ValueArray.From(BreakKindsSection.Read(floor)),
            OpeningHours = ValueArray.From(OpeningHoursSection.Read(floor)),
            Shifts = ValueArray.From(ShiftsSection.Read(floor, zone, pbxs.All(pbx => pbx.Kind == PbxKind.Simulated) ? readAt : null)),
        };
        var config = new FloorConfig
        {
            Directory = directory,
            ReadAt = readAt,
            Setup = setup,
            Pbxs = ValueArray.From(pbxs),
            Store = ReadStore(floor),
            Phone = PhoneSection.Read(floor),
        };
        SipSection.Check(entries, [.. setup.Teams.Select(team => team.Id)]);
        floor.Close();
        return config;
    }

    private static string ReadSite(YamlSection floor)
    {
        if (floor.Text("site") is not { } site) return FloorSetup.Default.Site;
        if (site.Length is > 0 and <= 64 && !site.Any(char.IsControl)) return site;
        floor.Error("site", "must be 1 to 64 characters");
        return FloorSetup.Default.Site;
    }

    private static string ReadStore(YamlSection floor)
    {
        if (floor.Text("store") is not { Length: > 0 } store) return StoreOptions.Embedded;
        if (StoreProbe.WhatIsWrongWith(store) is not { } wrong) return store;
        floor.Error("store", $"must be {StoreOptions.Embedded} or a StackExchange.Redis connection string: {wrong}");
        return StoreOptions.Embedded;
    }

    private static string ReadTimeZone(YamlSection floor)
    {
        if (floor.Text("timeZone") is not { } zone) return FloorSetup.Default.TimeZone;
        if (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _)) return zone;
        var zones = TimeZoneInfo.GetSystemTimeZones();
        var suggestion = zones.Count > 1 ? NearestKey.Suggest(zone, zones.Select(known => known.Id)) : "; this machine has no time zone data (package tzdata)";
        floor.Error("timeZone", $"\"{zone}\" is not an IANA time zone such as Asia/Shanghai{suggestion}");
        return FloorSetup.Default.TimeZone;
    }

    private static List<(PbxConfig Pbx, YamlSection Section)> ReadPbxs(YamlSection floor, string directory)
    {
        var pbxs = new List<(PbxConfig Pbx, YamlSection Section)>();
        var sections = floor.Sections("pbxs");
        if (sections.Count == 0) floor.Error("pbxs", "is required: a list with at least one PBX");
        foreach (var section in sections)
        {
            var pbx = ReadPbx(section, directory);
            if (pbxs.Any(other => other.Pbx.Name == pbx.Name)) section.Error("name", $"two PBXs are named \"{pbx.Name}\"");
            pbxs.Add((pbx, section));
        }

        return pbxs;
    }

    private static PbxConfig ReadPbx(YamlSection section, string directory)
    {
        var name = section.Text("name", isRequired: true) ?? "";
        if (name.Length > 0 && !FeedName().IsMatch(name))
            section.Error("name", "must be 1 to 64 letters, digits, dots, dashes or underscores (it appears in ids and metrics)");
        if (name is EventSources.Clock or EventSources.Config or EventSources.Gate)
            section.Error("name", $"\"{name}\" names one of the monitor's own sources; choose another");
        var kind = section.Choice("kind", Kinds, isRequired: true);
        if (kind is PbxKind.Esl)
            section.Error("kind", $"\"{section.Text("kind")}\" is planned but not in this version; use ami (Asterisk, FreePBX), sip (any PBX with SIP event packages) or simulated");
        var pbx = kind is PbxKind.Sip ? SipSection.Read(name, section, directory) : ReadManager(name, kind, section);
        // A line break inside a value would end a header and begin another.
        foreach (var (key, value) in new[] { ("host", pbx.Host), ("username", pbx.Username), ("secret", pbx.Secret) })
            if (value.Any(char.IsControl)) section.Error(key, "must not hold control characters");
        section.Close();
        return pbx;
    }

    private static PbxConfig ReadManager(string name, PbxKind? kind, YamlSection section)
    {
        var isAmi = kind is PbxKind.Ami;
        var tls = section.Flag("tls") ?? false;
        return new(
            name,
            kind ?? PbxKind.Simulated,
            section.Text("host", isRequired: isAmi) ?? "127.0.0.1",
            section.Number("port", 1, 65535) ?? (tls ? 5039 : 5038),
            section.Text("username", isRequired: isAmi) ?? "",
            section.Text("secret", isRequired: isAmi) ?? "",
            tls);
    }

    private static List<QueueSetup> ReadQueues(YamlSection floor)
    {
        var queues = new List<QueueSetup>();
        foreach (var section in floor.Sections("queues"))
        {
            var name = section.Text("name", isRequired: true) ?? "";
            if (name.Length > 0 && queues.Any(other => other.Name == name)) section.Error("name", $"two queues are named \"{name}\"");
            var level = section.Section("serviceLevel");
            queues.Add(new(
                name,
                section.Text("label") is { Length: > 0 } label ? label : name,
                level?.Duration("within", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
                level?.Choice("formula", Formulas) ?? ServiceLevelFormula.Offered));
            level?.Close();
            section.Close();
        }

        return queues;
    }

    private static List<TeamSetup> ReadTeams(YamlSection floor)
    {
        var teams = new List<TeamSetup>();
        foreach (var section in floor.Sections("teams"))
        {
            var id = section.Text("id", isRequired: true) ?? "";
            if (id.Length > 0 && teams.Any(other => other.Id == id)) section.Error("id", $"two teams have the id \"{id}\"");
            teams.Add(new(id, section.Text("label") is { Length: > 0 } label ? label : id, section.Text("lead"), section.Text("supervisor")));
            section.Close();
        }

        return teams;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex FeedName();
}
