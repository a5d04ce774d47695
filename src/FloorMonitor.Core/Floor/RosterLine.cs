namespace FloorMonitor.Core.Floor;

/// <summary>
/// A line of roster.csv: who works which shift on which day, at which seat. A line without a date stands for every day, or for every
/// such weekday, on which the agent has no line that is closer: a date goes before a weekday, a weekday before every day.
/// </summary>
/// <param name="Date">The day on which the shift begins, by the site's clock; null for a standing line.</param>
/// <param name="Agent">The agent's id.</param>
/// <param name="Shift">The shift's name; empty for a whole day of leave.</param>
/// <param name="Seat">The extension to sign in from; null where any will do.</param>
/// <param name="Status">Why they are there, or not.</param>
public sealed record RosterLine(DateOnly? Date, string Agent, string Shift, string? Seat, RosterStatus Status)
{
    /// <summary>Of a standing line: the weekday that it stands for; null for every day.</summary>
    public DayOfWeek? Weekday { get; init; }

    /// <summary>Whether it speaks of a day at all.</summary>
    public bool IsFor(DateOnly day) => Date is { } date ? date == day : Weekday is not { } weekday || weekday == day.DayOfWeek;

    /// <summary>How closely it speaks of a day: a date before a weekday, a weekday before every day.</summary>
    internal int Closeness => Date is not null ? 2 : Weekday is not null ? 1 : 0;
}

/// <summary>What the roster says of an agent's day: the words of roster.csv.</summary>
public enum RosterStatus
{
    /// <summary>An ordinary shift.</summary>
    Work,

    /// <summary>Approved leave: expected nowhere.</summary>
    Leave,

    /// <summary>A shift that was swapped; worked like any other.</summary>
    Swap,

    /// <summary>Overtime; worked like any other.</summary>
    Overtime,

    /// <summary>Training on a shift; worked like any other.</summary>
    Training,
}
