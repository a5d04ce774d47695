using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Planning;

/// <summary>Where in time a break fits: under its team's cap, on whole minutes, never into the lock after sign-in and never into a meal.</summary>
internal static class BreakSlots
{
    /// <summary>The first start at which a break fits; null where none does.</summary>
    /// <param name="agent">Whose break.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="team">The places of the team.</param>
    /// <param name="cap">How many may be taken.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="earliest">Not before this.</param>
    /// <param name="latest">Not later than this.</param>
    /// <param name="floor">The floor.</param>
    public static DateTimeOffset? Find(
        Agent agent, string kind, TeamCount team, int cap, TimeSpan length, DateTimeOffset earliest, DateTimeOffset latest, FloorState floor)
    {
        if (cap <= 0) return null;
        DateTimeOffset? best = null;
        Consider(earliest);
        foreach (var stay in team.Stays)
            if (stay.Until > earliest) Consider(stay.Until);
        if (Roster.Of(floor, agent.Id, earliest) is { } shift)
        {
            foreach (var meal in shift.Meals)
                Consider(Later(earliest, kind == BreakKinds.MealBreak ? meal.From : meal.To));
        }

        return best;

        void Consider(DateTimeOffset moment)
        {
            var start = OnTheMinute(moment);
            if (start > latest || start >= best || !IsOutsideMeals(agent, kind, start, length, floor)) return;
            if (team.MostBeside(agent.Id, start, start + length) < cap) best = start;
        }
    }

    /// <summary>
    /// Whether a short break lies outside of the meal, and a meal within its window. A window that is longer than its meal says only when
    /// the meal may be: short breaks go on beside it.
    /// </summary>
    public static bool IsOutsideMeals(Agent agent, string kind, DateTimeOffset start, TimeSpan length, FloorState floor)
    {
        if (Roster.Of(floor, agent.Id, start) is not { Meals.IsEmpty: false } shift || !shift.Holds(start)) return true;
        var isMeal = kind == BreakKinds.MealBreak;
        foreach (var meal in shift.Meals)
        {
            var isFixed = meal.To - meal.From <= meal.Length;
            if (isMeal && start >= meal.From && start < meal.To) return true;
            if (!isMeal && isFixed && start < meal.To && start + length > meal.From) return false;
        }

        return !isMeal;
    }

    // People keep appointments by the minute.
    private static DateTimeOffset OnTheMinute(DateTimeOffset moment)
    {
        var rest = moment.Ticks % TimeSpan.TicksPerMinute;
        return rest == 0 ? moment : moment.AddTicks(TimeSpan.TicksPerMinute - rest);
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
