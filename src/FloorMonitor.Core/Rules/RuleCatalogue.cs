using System.Collections.Immutable;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// Every rule there is, found by scan: a new rule is one file, and nothing else needs to know its name. Builds the rules that
/// rules.yaml means, and names everything that is wrong with it at once.
/// </summary>
public static class RuleCatalogue
{
    /// <summary>The rules by id.</summary>
    public static ImmutableSortedDictionary<string, RuleDescription> All { get; } = typeof(RuleCatalogue).Assembly.GetTypes()
        .Where(type => type is { IsSealed: true, IsAbstract: false } && type.IsSubclassOf(typeof(FloorRule)))
        .Select(type => new RuleDescription(type))
        .ToImmutableSortedDictionary(rule => rule.Id, rule => rule, StringComparer.Ordinal);

    /// <summary>Every rule with its defaults: what holds where rules.yaml says nothing.</summary>
    public static ImmutableArray<IFloorRule> Defaults => [.. All.Values.Select(rule => rule.Default)];

    /// <summary>The rules that rules.yaml means: a map from rule id to its settings. Rules that it does not name run with their defaults.</summary>
    /// <param name="file">The file's root; null for an empty file.</param>
    public static RuleSet Build(SettingNode? file)
    {
        var rules = All.ToDictionary(one => one.Key, one => one.Value.Default, StringComparer.Ordinal);
        var errors = new List<SettingError>();
        if (file is SettingMap map)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var entry in map.Entries)
            {
                if (!All.TryGetValue(entry.Key, out var description))
                    errors.Add(new(entry.Line, entry.Key, $"there is no rule {entry.Key}", Nearest.To(entry.Key, All.Keys)));
                else if (!seen.Add(entry.Key))
                    errors.Add(new(entry.Line, entry.Key, $"{entry.Key} is set twice"));
                else
                    rules[entry.Key] = new RuleReader(description, errors).Read(entry);
            }
        }
        else if (file is not null and not SettingScalar { Text: "" })
        {
            errors.Add(new(file.Line, "", "rules.yaml is a map from rule id to its settings"));
        }

        return new([.. rules.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value)], [.. errors.OrderBy(error => error.Line)]);
    }
}
