using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>Reads the settings of one rule; what is wrong is added to the errors and the rest is read on.</summary>
internal sealed class RuleReader(RuleDescription description, List<SettingError> errors)
{
    /// <summary>The rule that an entry of rules.yaml means.</summary>
    public FloorRule Read(SettingEntry entry)
    {
        switch (entry.Value)
        {
            case SettingScalar { Text: "" or "~" or "null" }:
                return description.Default;
            case SettingMap map:
                var rule = ReadInto(description.Create(), map, entry.Key, []);
                return ReadOverrides(rule, map, entry.Key);
            default:
                Wrong(entry.Line, entry.Key, $"the settings of {entry.Key} are a map such as {{ enabled: true }}");
                return description.Default;
        }
    }

    private FloorRule ReadInto(FloorRule rule, SettingMap map, string path, IReadOnlyList<string> scopes)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in map.Entries)
        {
            var at = $"{path}.{entry.Key}";
            if (!seen.Add(entry.Key))
            {
                Wrong(entry.Line, at, $"{entry.Key} is set twice");
                continue;
            }

            if (scopes.Contains(entry.Key) || (scopes.Count == 0 && entry.Key == RuleKeys.Overrides)) continue;
            rule = entry.Key switch
            {
                RuleKeys.Enabled => ReadEnabled(rule, entry, at),
                RuleKeys.Mode => ReadMode(rule, entry, at),
                RuleKeys.Severity => ReadSeverity(rule, entry, at),
                _ => ReadParameter(rule, entry, at, scopes),
            };
        }

        return rule;
    }

    private FloorRule ReadParameter(FloorRule rule, SettingEntry entry, string at, IReadOnlyList<string> scopes)
    {
        if (description.Parameters.FirstOrDefault(one => one.Name == entry.Key) is not { } parameter)
        {
            string[] known = [.. description.Keys.Where(key => scopes.Count == 0 || key != RuleKeys.Overrides), .. scopes];
            errors.Add(new(entry.Line, at, $"{description.Id} has no setting {entry.Key}; it has {string.Join(", ", known)}", Nearest.To(entry.Key, known)));
        }
        else if (parameter.Set(rule, entry.Value) is { } wrong)
        {
            Wrong(entry.Value.Line > 0 ? entry.Value.Line : entry.Line, at, wrong);
        }

        return rule;
    }

    private FloorRule ReadEnabled(FloorRule rule, SettingEntry entry, string at)
    {
        if (entry.Value is SettingScalar { Text: "true" or "True" or "TRUE" }) return rule with { Enabled = true };
        if (entry.Value is SettingScalar { Text: "false" or "False" or "FALSE" }) return rule with { Enabled = false };
        Wrong(entry.Line, at, "enabled is true or false");
        return rule;
    }

    private FloorRule ReadSeverity(FloorRule rule, SettingEntry entry, string at)
    {
        if (entry.Value is SettingScalar { Text: var word } && RuleKeys.SeverityOf(word) is { } severity) return rule with { Severity = severity };
        Wrong(entry.Line, at, "severity is info, warning or critical");
        return rule;
    }

    // One mode, several in a list, or several in one word ("refuse + revert"), as the rulebook's own table writes them.
    private FloorRule ReadMode(FloorRule rule, SettingEntry entry, string at)
    {
        string[]? words = entry.Value switch
        {
            SettingScalar scalar => scalar.Text.Split('+', StringSplitOptions.TrimEntries),
            SettingList list when list.Items.All(item => item is SettingScalar) => [.. list.Items.Cast<SettingScalar>().Select(item => item.Text)],
            _ => null,
        };
        var mode = EnforcementMode.Watch;
        foreach (var word in words ?? [""])
        {
            if (RuleKeys.ModeOf(word) is { } one && (one == EnforcementMode.Watch || description.Default.Modes.HasFlag(one)))
            {
                mode |= one;
                continue;
            }

            var known = description.ModeWords;
            errors.Add(new(entry.Line, at, $"mode of {description.Id} is of {string.Join(", ", known)}; it is {word}", Nearest.To(word, known)));
            return rule;
        }

        return rule with { Mode = mode };
    }

    private FloorRule ReadOverrides(FloorRule rule, SettingMap map, string path)
    {
        var at = map.Entries.FirstOrDefault(entry => entry.Key == RuleKeys.Overrides);
        if (at is null) return rule;
        if (at.Value is not SettingList list)
        {
            Wrong(at.Line, $"{path}.{RuleKeys.Overrides}", "overrides is a list such as [{ team: b, enabled: false }]");
            return rule;
        }

        var overrides = new List<RuleOverride>();
        for (var i = 0; i < list.Items.Length; i++)
            if (ReadOverride(rule, list.Items[i], $"{path}.{RuleKeys.Overrides}[{i}]") is { } one) overrides.Add(one);
        return rule with { Overrides = ValueArray.From(overrides) };
    }

    private RuleOverride? ReadOverride(FloorRule rule, SettingNode node, string path)
    {
        if (node is not SettingMap map)
        {
            Wrong(node.Line, path, "an override is a map such as { team: b, enabled: false }");
            return null;
        }

        var scopes = map.Entries.Where(entry => RuleKeys.Scopes.Contains(entry.Key)).ToList();
        if (scopes is not [{ Value: SettingScalar { Text: { Length: > 0 } id } } scope])
        {
            Wrong(map.Line, path, "an override says for whom it holds by exactly one of team, queue and shift");
            return null;
        }

        if (description.Default.Scopes is var heeded && heeded.FindIndex(scope.Key, static (one, key) => one == key) < 0)
        {
            Wrong(scope.Line, $"{path}.{scope.Key}", heeded.IsEmpty
                ? $"{description.Id} is about the floor as a whole and has no overrides"
                : $"{description.Id} has overrides for a {string.Join(" or a ", heeded.AsSpan().ToArray())} only, none for a {scope.Key}");
            return null;
        }

        // A copy: parameters are set in place, and the rule's own must stay.
        return new(scope.Key, id, ReadInto(rule with { Overrides = [] }, map, path, RuleKeys.Scopes));
    }

    private void Wrong(int line, string path, string message) => errors.Add(new(line, path, message));
}
