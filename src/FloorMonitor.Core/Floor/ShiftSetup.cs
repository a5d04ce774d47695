namespace FloorMonitor.Core.Floor;

/// <summary>A shift as floor.yaml has it, in local times of day.</summary>
/// <param name="Name">Its name, as the roster and the overrides of rules use it.</param>
/// <param name="Start">When it starts; at least 0, below 24 h.</param>
/// <param name="End">When it ends, by the same clock; at or before <paramref name="Start"/> means on the next day.</param>
/// <param name="Meals">When its people eat.</param>
public sealed record ShiftSetup(string Name, TimeSpan Start, TimeSpan End, ValueArray<MealWindow> Meals)
{
    /// <summary>Whether it ends on the day after the one that it began on.</summary>
    public bool PassesMidnight => End <= Start;
}

/// <summary>When a meal of a shift may be taken, in local times of day, and how long it is.</summary>
public sealed record MealWindow(TimeSpan From, TimeSpan To, TimeSpan Length);
