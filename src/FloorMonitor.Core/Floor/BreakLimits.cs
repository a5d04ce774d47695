using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Floor;

/// <summary>
/// Limits of breaks that rules.yaml gives (<c>break-limit</c> and its overrides). The fold needs them, since the end of a break is a
/// fact that screens and enforcement share; so they are part of the setup, and a replay uses those of its day.
/// </summary>
/// <param name="Scope">Of what they hold: <see cref="RuleOverride.Team"/>, <see cref="RuleOverride.Queue"/> or <see cref="RuleOverride.Shift"/>; null: for everybody else.</param>
/// <param name="Id">Which team, queue or shift; null likewise.</param>
/// <param name="Kinds">The kinds that they name.</param>
public sealed record BreakLimitSetup(string? Scope, string? Id, ValueArray<KindLimit> Kinds);

/// <summary>How long a break of a kind may last.</summary>
public sealed record KindLimit(string Kind, TimeSpan Limit);

/// <summary>How long an agent's break may last: the nearer word goes before the wider one.</summary>
public static class BreakLimits
{
    /// <summary>
    /// What rules.yaml says for the agent's team, queue or shift; else the meal as the agent's shift has it; else what rules.yaml says
    /// for everybody; else the kind's own limit in floor.yaml; null where nobody says.
    /// </summary>
    public static TimeSpan? Of(FloorSetup setup, Agent agent, string kind, DateTimeOffset at) =>
        Scoped(setup, agent, kind, at) ?? MealOf(setup, agent, kind, at) ?? General(setup, kind);

    /// <summary>What holds for everybody of whom nothing nearer is said: what rules.yaml says, else the kind's own limit in floor.yaml.</summary>
    public static TimeSpan? General(FloorSetup setup, string kind)
    {
        foreach (var those in setup.BreakLimits)
            if (those.Scope is null) return LimitIn(those, kind) ?? OwnOf(setup, kind);
        return OwnOf(setup, kind);
    }

    // Of overrides only the first that fits holds, as everywhere.
    private static TimeSpan? Scoped(FloorSetup setup, Agent agent, string kind, DateTimeOffset at)
    {
        foreach (var those in setup.BreakLimits)
            if (those.Scope is not null && RuleScope.Holds(those.Scope, those.Id!, agent, setup, at)) return LimitIn(those, kind);
        return null;
    }

    private static TimeSpan? LimitIn(BreakLimitSetup those, string kind)
    {
        foreach (var one in those.Kinds)
            if (one.Kind == kind) return one.Limit;
        return null;
    }

    // Of several meals of a shift the nearest to the moment is meant.
    private static TimeSpan? MealOf(FloorSetup setup, Agent agent, string kind, DateTimeOffset at)
    {
        if (kind != BreakKinds.MealBreak || Roster.Of(setup, agent.Id, at) is not { IsWorked: true } shift) return null;
        MealSpan? nearest = null;
        foreach (var meal in shift.Meals)
            if (nearest is null || AwayFrom(meal, at) < AwayFrom(nearest, at)) nearest = meal;
        return nearest?.Length;
    }

    private static TimeSpan? OwnOf(FloorSetup setup, string kind)
    {
        foreach (var known in setup.Breaks)
            if (known.Kind == kind) return known.Limit;
        return null;
    }

    private static TimeSpan AwayFrom(MealSpan meal, DateTimeOffset at) =>
        at < meal.From ? meal.From - at : at > meal.To ? at - meal.To : TimeSpan.Zero;
}
