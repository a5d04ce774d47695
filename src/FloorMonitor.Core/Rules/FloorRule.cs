using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// What every rule of the handbook has in common. A rule derives from it as a sealed record, marks its own parameters with
/// <see cref="ParameterAttribute"/>, and is found by <see cref="RuleCatalogue"/>: nothing else needs to know its name.
/// </summary>
public abstract record FloorRule : IFloorRule
{
    /// <inheritdoc/>
    public abstract string Id { get; }

    /// <inheritdoc/>
    public abstract string Clause { get; }

    /// <inheritdoc/>
    public bool Enabled { get; init; } = true;

    /// <inheritdoc/>
    public Severity Severity { get; init; } = Severity.Warning;

    /// <inheritdoc/>
    public EnforcementMode Mode { get; init; } = EnforcementMode.Watch;

    /// <inheritdoc/>
    public ValueArray<RuleOverride> Overrides { get; init; }

    /// <summary>The modes that it can be given besides <c>watch</c>; rules.yaml may ask for no other.</summary>
    public virtual EnforcementMode Modes => EnforcementMode.Watch;

    /// <inheritdoc/>
    public virtual bool NeedsRoster => false;

    /// <summary>
    /// Of what its overrides may speak: an agent is in a team, in queues and on a shift, a queue is itself, and so is a team; of the floor
    /// there is only one. What could not be heeded is refused when rules.yaml is read.
    /// </summary>
    public virtual ValueArray<string> Scopes => this switch
    {
        IAgentRule => [RuleOverride.Team, RuleOverride.Queue, RuleOverride.Shift],
        ITeamRule => [RuleOverride.Team],
        IQueueRule => [RuleOverride.Queue],
        _ => [],
    };

    /// <summary>What it asks, in a sentence, for <c>check</c> and the documentation.</summary>
    public abstract Text Meaning { get; }

    /// <summary>A finding about an agent, measured in time.</summary>
    protected static Subject About(Agent agent) => new("agent", agent.Id);
}

/// <summary>Settings of their own for some: the rule as it holds for them.</summary>
/// <param name="Kind">Of what: <see cref="Team"/>, <see cref="Queue"/> or <see cref="Shift"/>.</param>
/// <param name="Id">Which team, queue or shift.</param>
/// <param name="Rule">The same rule with the settings that hold there.</param>
public sealed record RuleOverride(string Kind, string Id, IFloorRule Rule)
{
    /// <summary>For the agents of a team.</summary>
    public const string Team = "team";

    /// <summary>For a queue and for the agents who are in it, or left it last.</summary>
    public const string Queue = "queue";

    /// <summary>For the agents whom the roster gives a shift; matches nobody without a roster.</summary>
    public const string Shift = "shift";
}

/// <summary>Which settings of a rule hold for whom.</summary>
public static class RuleScope
{
    /// <summary>The rule as it holds for an agent at a moment. Allocates nothing.</summary>
    public static IFloorRule For(IFloorRule rule, Agent agent, FloorState floor, DateTimeOffset now)
    {
        foreach (var one in rule.Overrides)
            if (Holds(one.Kind, one.Id, agent, floor.Setup, now)) return one.Rule;

        return rule;
    }

    /// <summary>Whether an agent belongs to a team, a queue or a shift at a moment. Allocates nothing.</summary>
    public static bool Holds(string kind, string id, Agent agent, FloorSetup setup, DateTimeOffset at) => kind switch
    {
        RuleOverride.Team => id == agent.Team,
        RuleOverride.Queue => IsIn(agent, id),
        RuleOverride.Shift => Roster.Of(setup, agent.Id, at) is { IsWorked: true } shift && shift.Name == id,
        _ => false,
    };

    /// <summary>The rule as it holds for the people of a team on a shift.</summary>
    public static IFloorRule ForTeam(IFloorRule rule, string team, string shift)
    {
        foreach (var one in rule.Overrides)
            if ((one.Kind == RuleOverride.Team && one.Id == team) || (one.Kind == RuleOverride.Shift && one.Id == shift)) return one.Rule;
        return rule;
    }

    /// <summary>The rule as it holds for a queue.</summary>
    public static IFloorRule ForQueue(IFloorRule rule, string queue) => Find(rule, RuleOverride.Queue, queue);

    /// <summary>The rule as it holds for a team.</summary>
    public static IFloorRule ForTeam(IFloorRule rule, string team) => Find(rule, RuleOverride.Team, team);

    private static IFloorRule Find(IFloorRule rule, string kind, string id)
    {
        foreach (var one in rule.Overrides)
            if (one.Kind == kind && one.Id == id) return one.Rule;
        return rule;
    }

    private static bool IsIn(Agent agent, string queue)
    {
        // One who just left is judged by the settings of the queues that were left.
        var members = agent.Members.IsEmpty ? agent.Session?.LeftMembers ?? [] : agent.Members;
        foreach (var member in members)
            if (member.Queue == queue) return true;
        return false;
    }
}
