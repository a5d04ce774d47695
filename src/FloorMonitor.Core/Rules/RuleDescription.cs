using System.Collections.Immutable;
using System.Reflection;

namespace FloorMonitor.Core.Rules;

/// <summary>A rule as it may be configured.</summary>
public sealed class RuleDescription
{
    private readonly Type type;

    internal RuleDescription(Type type)
    {
        this.type = type;
        Default = Create();
        Parameters =
        [
            .. type.GetProperties()
                .Select(property => (Property: property, Described: property.GetCustomAttribute<ParameterAttribute>()))
                .Where(one => one.Described is not null)
                .OrderBy(one => one.Property.MetadataToken)
                .Select(one => new RuleParameter(one.Property, one.Described!, Default)),
        ];
    }

    /// <summary>The rule with its defaults.</summary>
    public FloorRule Default { get; }

    /// <summary>Its id.</summary>
    public string Id => Default.Id;

    /// <summary>Its own parameters.</summary>
    public ImmutableArray<RuleParameter> Parameters { get; }

    /// <summary>Every key that it takes in rules.yaml.</summary>
    public IEnumerable<string> Keys => [.. Parameters.Select(parameter => parameter.Name), .. RuleKeys.Common];

    /// <summary>The modes that it can be given, as words.</summary>
    public ImmutableArray<string> ModeWords =>
        ["watch", .. RuleKeys.Modes.Where(word => Default.Modes.HasFlag(RuleKeys.ModeOf(word)!.Value)).Where(word => word != "watch")];

    internal FloorRule Create() => (FloorRule)Activator.CreateInstance(type)!;
}

/// <summary>The keys and words that every rule of rules.yaml shares.</summary>
internal static class RuleKeys
{
    public const string Enabled = "enabled", Mode = "mode", Severity = "severity", Overrides = "overrides";

    public static readonly ImmutableArray<string> Common = [Enabled, Mode, Severity, Overrides];

    public static readonly ImmutableArray<string> Scopes = [RuleOverride.Team, RuleOverride.Queue, RuleOverride.Shift];

    public static readonly ImmutableArray<string> Modes = ["watch", "refuse", "revert", "end"];

    public static EnforcementMode? ModeOf(string word) => word switch
    {
        "watch" => EnforcementMode.Watch,
        "refuse" => EnforcementMode.Refuse,
        "revert" => EnforcementMode.Revert,
        "end" => EnforcementMode.End,
        _ => null,
    };

    public static Severity? SeverityOf(string word) => word switch
    {
        "info" => Rules.Severity.Info,
        "warning" => Rules.Severity.Warning,
        "critical" => Rules.Severity.Critical,
        _ => null,
    };
}
