using System.Text.RegularExpressions;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Service.Configuration;

/// <summary>walls.yaml: a map from a wall's name to what it shows. Without the file there is one wall, which shows everything.</summary>
internal static partial class WallsFile
{
    public const string Name = "walls.yaml";

    /// <summary>The pages there are: what stands between the headline and the alarms, which every page keeps.</summary>
    public static readonly IReadOnlyList<string> Pages = ["overview", "queues", "agents", "traffic"];

    private const int MostWalls = 100;
    private const int MostPages = 12;
    private const int UsualVolume = 60;
    private static readonly TimeSpan UsualStay = TimeSpan.FromSeconds(20);
    private static readonly Dictionary<string, Choice> Languages = Choices("zh", "en");
    private static readonly Dictionary<string, Choice> PageKinds = Choices([.. Pages]);
    private static readonly Dictionary<string, Choice> Severities = Choices("critical", "warning", "info");

    /// <summary>The walls by name; the default one is always there.</summary>
    /// <param name="file">The file; null where there is none.</param>
    /// <param name="setup">The floor: a wall of a team that is not there is a slip.</param>
    public static ValueArray<WallSetup> Read(YamlSection? file, FloorSetup setup)
    {
        var walls = new List<WallSetup>();
        foreach (var name in file?.Keys.Where(name => name.Length > 0).ToList() ?? [])
        {
            if (!WallName().IsMatch(name)) file!.Error(name, "a wall's name is its address: 1 to 40 letters, digits, dashes or underscores");
            if (file!.Section(name) is { } section) walls.Add(ReadWall(name, section, setup));
            else if (file.Find(name) is null) walls.Add(new(name));
        }

        if (walls.Count > MostWalls) file!.Error("", $"holds {walls.Count} walls; at most {MostWalls} are taken");
        file?.Close();
        if (walls.All(wall => wall.Name != WallSetup.DefaultName)) walls.Insert(0, new(WallSetup.DefaultName));
        return ValueArray.From(walls);
    }

    private static WallSetup ReadWall(string name, YamlSection section, FloorSetup setup)
    {
        var wall = new WallSetup(name)
        {
            Title = ReadTitle(section),
            Language = section.Choice("language", Languages)?.Word,
            Names = section.Flag("names") ?? true,
            Teams = ReadTeams(section, setup),
            // A queue need not be listed in floor.yaml to be there, so any queue may be named.
            Queues = ValueArray.From(section.Texts("queues").Distinct(StringComparer.Ordinal)),
            Pages = ReadPages(section),
            FlashAfter = section.Duration("flashAfter", TimeSpan.FromSeconds(10), TimeSpan.FromHours(1)) ?? new WallSetup(name).FlashAfter,
            Sounds = section.Section("sounds") is { } sounds ? ReadSounds(sounds) : null,
            Night = section.Section("night") is { } night ? ReadSpan(night) : null,
        };
        section.Close();
        return wall;
    }

    private static string? ReadTitle(YamlSection section)
    {
        if (section.Text("title") is not { Length: > 0 } title) return null;
        if (title.Length <= 64 && !title.Any(char.IsControl)) return title;
        section.Error("title", "must be 1 to 64 characters");
        return null;
    }

    private static ValueArray<string> ReadTeams(YamlSection section, FloorSetup setup)
    {
        var teams = section.Texts("teams").Distinct(StringComparer.Ordinal).ToList();
        foreach (var team in teams)
            if (setup.Teams.All(known => known.Id != team)) section.Error("teams", $"there is no team \"{team}\"{NearestKey.Suggest(team, setup.Teams.Select(known => known.Id))}");
        return ValueArray.From(teams);
    }

    private static ValueArray<WallPage> ReadPages(YamlSection section)
    {
        var pages = new List<WallPage>();
        foreach (var page in section.Sections("pages"))
        {
            var show = page.Choice("show", PageKinds, isRequired: true);
            var stay = page.Duration("for", TimeSpan.FromSeconds(5), TimeSpan.FromHours(1));
            page.Close();
            if (show is { } kind) pages.Add(new(kind.Word, stay ?? UsualStay));
        }

        if (pages.Count > MostPages) section.Error("pages", $"names {pages.Count} pages; at most {MostPages} take turns");
        return ValueArray.From(pages);
    }

    private static WallSounds ReadSounds(YamlSection section)
    {
        var on = new List<string>();
        foreach (var word in section.Texts("on"))
        {
            if (Severities.ContainsKey(word)) on.Add(word);
            else section.Error("on", $"\"{word}\" is not one of {string.Join(", ", Severities.Keys)}{NearestKey.Suggest(word, Severities.Keys)}");
        }

        var quiet = section.Sections("quiet").Select(ReadSpan).OfType<DaySpan>().ToList();
        var sounds = new WallSounds(on.Count == 0 ? ["critical"] : ValueArray.From(on.Distinct(StringComparer.Ordinal)), section.Number("volume", 0, 100) ?? UsualVolume, ValueArray.From(quiet));
        section.Close();
        return sounds;
    }

    private static DaySpan? ReadSpan(YamlSection section)
    {
        var from = section.TimeOfDay("from", isRequired: true);
        var to = section.TimeOfDay("to", isRequired: true);
        if (from is not null && from == to) section.Error("to", "it ends when it starts");
        section.Close();
        return from is { } start && to is { } end && start != end ? new(start, end) : null;
    }

    private static Dictionary<string, Choice> Choices(params string[] words) => words.ToDictionary(word => word, word => new Choice(word), StringComparer.Ordinal);

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,40}\z", RegexOptions.CultureInvariant)]
    private static partial Regex WallName();

    // A word of the file that stays the word it is; YamlSection's choices are values.
    private readonly record struct Choice(string Word);
}
