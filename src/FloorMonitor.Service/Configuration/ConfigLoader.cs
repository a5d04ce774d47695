using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Service.Configuration;

/// <summary>What reading a configuration folder led to: a configuration, or everything that is wrong with it.</summary>
internal sealed record ConfigResult(FloorConfig? Config, IReadOnlyList<ConfigError> Errors);

/// <summary>Reads the configuration folder, all files together, all errors at once.</summary>
internal static class ConfigLoader
{
    private const long MaxFileSize = 8 << 20;

    /// <summary>The files that make a configuration; only the first is required.</summary>
    public static readonly ImmutableArray<string> Files = [FloorFile.Name, AgentsFile.Name, RosterFile.Name, RulesFile.Name, AlertsFile.Name, WallsFile.Name];

    public static ConfigResult Load(string directory) => Load(directory, TimeProvider.System.GetUtcNow());

    /// <summary>Reads it anew as it was read first: what the demo says of "now" means that moment.</summary>
    public static ConfigResult Load(string directory, DateTimeOffset readAt) => Load(directory, Environment.GetEnvironmentVariable, readAt);

    public static ConfigResult Load(string directory, Func<string, string?> environment, DateTimeOffset readAt)
    {
        var errors = new ConfigErrors();
        var remarks = new List<string>();
        var pins = new PinBook();
        var floorFile = Path.Combine(directory, FloorFile.Name);
        if (!Directory.Exists(directory)) errors.Add(directory, 0, 0, "", "there is no such folder");
        else if (!File.Exists(floorFile)) errors.Add(floorFile, 0, 0, "", "is missing; a configuration needs at least this file, with pbxs");
        if (errors.Any) return new(null, errors.All);

        FloorConfig? config = null;
        if (Content(directory, FloorFile.Name, errors) is { } floor && YamlFile.Read(floorFile, floor, errors, environment) is { } section)
            config = FloorFile.Read(section, directory, readAt);
        var agentsFile = Path.Combine(directory, AgentsFile.Name);
        IReadOnlyList<AgentSetup> agents = Content(directory, AgentsFile.Name, errors) is { } csv ? AgentsFile.Read(agentsFile, csv, config?.Setup.Teams ?? [], errors, remarks, pins) : [];
        if (config is not null) config = config with { Setup = Join(config.Setup, agents) };
        if (config is not null && Content(directory, RosterFile.Name, errors) is { } roster)
            config = Join(config, RosterFile.Read(Path.Combine(directory, RosterFile.Name), roster, config.Setup, errors, remarks));
        var rulesFile = Path.Combine(directory, RulesFile.Name);
        var rules = Content(directory, RulesFile.Name, errors) is { } yaml ? YamlFile.Read(rulesFile, yaml, errors, environment) : null;
        if (config is not null) config = Join(config, RulesFile.Read(rules, config.Setup));
        var alertsFile = Path.Combine(directory, AlertsFile.Name);
        var alerts = Content(directory, AlertsFile.Name, errors) is { } told ? YamlFile.Read(alertsFile, told, errors, environment) : null;
        if (config is not null) config = config with { Alerts = AlertsFile.Read(alerts, directory, config.Setup) };
        var wallsFile = Path.Combine(directory, WallsFile.Name);
        var walls = Content(directory, WallsFile.Name, errors) is { } wall ? YamlFile.Read(wallsFile, wall, errors, environment) : null;
        if (config is not null) config = config with { Walls = WallsFile.Read(walls, config.Setup) };
        return errors.Any ? new(null, errors.All) : new(config! with { Pins = pins, Remarks = [.. remarks] }, []);
    }

    // Teams that only agents.csv names are teams too, unless floor.yaml lists the teams.
    private static FloorSetup Join(FloorSetup setup, IReadOnlyList<AgentSetup> agents) => setup with
    {
        Agents = ValueArray.From(agents),
        Teams = setup.Teams.IsEmpty
            ? ValueArray.From(agents.Select(agent => agent.Team).OfType<string>().Distinct(StringComparer.Ordinal).Select(team => new TeamSetup(team, team, null, null)))
            : setup.Teams,
    };

    private static FloorConfig Join(FloorConfig config, RosterRead roster) => config with
    {
        Setup = config.Setup with { Roster = roster.Lines, Shifts = ValueArray.From([.. config.Setup.Shifts, .. roster.Shifts]) },
        LeftOut = roster.LeftOut,
    };

    // How long a break may last is a fact of the floor, whoever says so: the fold ends it by the setup alone.
    private static FloorConfig Join(FloorConfig config, ImmutableArray<IFloorRule> rules) => config with
    {
        Rules = rules,
        Setup = config.Setup with { BreakLimits = rules.OfType<BreakLimit>().SingleOrDefault()?.Limits() ?? [] },
    };

    private static byte[]? Content(string directory, string name, ConfigErrors errors)
    {
        var file = Path.Combine(directory, name);
        try
        {
            if (!File.Exists(file)) return null;
            if (new FileInfo(file).Length <= MaxFileSize) return File.ReadAllBytes(file);
            errors.Add(file, 0, 0, "", "is larger than 8 MB");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            errors.Add(file, 0, 0, "", $"cannot be read: {wrong.Message}");
        }

        return null;
    }
}
