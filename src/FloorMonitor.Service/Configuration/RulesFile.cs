using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using YamlDotNet.RepresentationModel;

namespace FloorMonitor.Service.Configuration;

/// <summary>rules.yaml: the rules' parameters. What a rule may be told is described by the rule itself (<see cref="RuleCatalogue"/>).</summary>
internal static class RulesFile
{
    public const string Name = "rules.yaml";

    /// <summary>The rules in force; without a file, all of them with their defaults.</summary>
    /// <param name="section">The file; null where there is none.</param>
    /// <param name="setup">The floor: an override for a team or a shift that is not there is a slip.</param>
    public static ImmutableArray<IFloorRule> Read(YamlSection? section, FloorSetup setup)
    {
        if (section is null) return RuleCatalogue.Defaults;
        var (rules, errors) = RuleCatalogue.Build(Node(section.Node));
        foreach (var error in errors)
            section.ErrorAt(error.Line, error.Path, error.Message + (error.Nearest is { } nearest ? $"; did you mean \"{nearest}\"?" : ""));
        foreach (var rule in rules)
            foreach (var one in rule.Overrides)
                if (Unknown(one, setup) is { } unknown) section.Error(rule.Id, unknown);
        return rules;
    }

    private static string? Unknown(RuleOverride one, FloorSetup setup)
    {
        // A queue need not be listed in floor.yaml to be there, so any queue may be named.
        if (one.Kind == RuleOverride.Queue) return null;
        string[] known = one.Kind == RuleOverride.Team ? [.. setup.Teams.Select(team => team.Id)] : [.. setup.Shifts.Select(shift => shift.Name)];
        return known.Contains(one.Id, StringComparer.Ordinal) ? null : $"an override is for {one.Kind} \"{one.Id}\", which is not configured{NearestKey.Suggest(one.Id, known)}";
    }

    private static SettingNode Node(YamlNode node)
    {
        var line = (int)node.Start.Line;
        return node switch
        {
            YamlMappingNode map => new SettingMap([.. map.Children.Select(entry => Entry(entry.Key, entry.Value))], line),
            YamlSequenceNode list => new SettingList([.. list.Children.Select(Node)], line),
            YamlScalarNode scalar => new SettingScalar(scalar.Value ?? "", line),
            _ => new SettingScalar("", line),
        };
    }

    private static SettingEntry Entry(YamlNode key, YamlNode value) => new((key as YamlScalarNode)?.Value ?? "", (int)key.Start.Line, Node(value));
}
