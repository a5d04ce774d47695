using System.Collections.Immutable;

namespace FloorMonitor.Core.Rules;

/// <summary>The rules sorted by what they are asked about.</summary>
internal sealed class Rulings(ImmutableArray<IFloorRule> rules)
{
    /// <summary>The rules by id.</summary>
    public Dictionary<string, IFloorRule> ById { get; } = rules.ToDictionary(rule => rule.Id, StringComparer.Ordinal);

    /// <summary>Those about agents; first those that the monitor holds, so that the others know what it undoes.</summary>
    public IAgentRule[] Agents { get; } = [.. rules.OfType<IAgentRule>().OrderBy(rule => rule is IEnforcedRule ? 0 : 1)];

    /// <summary>Those about queues.</summary>
    public IQueueRule[] Queues { get; } = [.. rules.OfType<IQueueRule>()];

    /// <summary>Those about teams.</summary>
    public ITeamRule[] Teams { get; } = [.. rules.OfType<ITeamRule>()];

    /// <summary>Those about the floor as a whole.</summary>
    public ISiteRule[] Sites { get; } = [.. rules.OfType<ISiteRule>()];
}
