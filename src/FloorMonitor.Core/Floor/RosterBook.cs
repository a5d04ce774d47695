using System.Runtime.CompilerServices;

namespace FloorMonitor.Core.Floor;

/// <summary>
/// A setup's roster as instants around a day. It belongs to the setup that it was made of and lives as long as that, and is worked out
/// anew when the day changes: only a memo, so that a race between two callers costs time and nothing else.
/// </summary>
internal sealed class RosterBook
{
    private static readonly ConditionalWeakTable<FloorSetup, RosterBook> Books = [];

    private readonly FloorSetup setup;
    private readonly Dictionary<string, ShiftSetup> shifts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RosterLine[]> lines;
    private volatile Days? last;

    private RosterBook(FloorSetup setup)
    {
        this.setup = setup;
        foreach (var shift in setup.Shifts) shifts.TryAdd(shift.Name, shift);
        lines = setup.Roster.AsSpan().ToArray().GroupBy(line => line.Agent, StringComparer.Ordinal)
            .ToDictionary(one => one.Key, one => one.ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The book of a setup.</summary>
    public static RosterBook Of(FloorSetup setup) => Books.GetValue(setup, static one => new(one));

    /// <summary>An agent's shifts of the day of a moment, the day before and the day after, in the order of their starts.</summary>
    public ReadOnlySpan<WorkShift> ShiftsOf(string agent, DateTimeOffset now)
    {
        var days = last;
        if (days is null || now < days.From || now >= days.Until) last = days = Make(now);
        return days.Shifts.TryGetValue(agent, out var found) ? found : default;
    }

    private Days Make(DateTimeOffset now)
    {
        var day = BusinessDay.LocalDateOf(setup, now);
        var around = new Dictionary<string, WorkShift[]>(lines.Count, StringComparer.Ordinal);
        var found = new List<WorkShift>();
        foreach (var (agent, those) in lines)
        {
            found.Clear();
            for (var offset = -1; offset <= 1; offset++) Add(found, those, day.AddDays(offset));
            if (found.Count == 0) continue;
            found.Sort(static (left, right) => left.StartsAt.CompareTo(right.StartsAt));
            around.Add(agent, [.. found]);
        }

        return new(BusinessDay.InstantOf(day, TimeSpan.Zero, setup), BusinessDay.InstantOf(day.AddDays(1), TimeSpan.Zero, setup), around);
    }

    private void Add(List<WorkShift> found, RosterLine[] those, DateOnly day)
    {
        var closest = -1;
        foreach (var line in those)
            if (line.IsFor(day) && line.Closeness > closest) closest = line.Closeness;
        if (closest < 0) return;
        foreach (var line in those)
            if (line.Closeness == closest && line.IsFor(day) && shifts.TryGetValue(line.Shift, out var shift) && OnDay(line, shift, day) is { } one) found.Add(one);
    }

    private WorkShift? OnDay(RosterLine line, ShiftSetup shift, DateOnly day)
    {
        var startsAt = At(day, shift.Start, shift);
        var endsAt = BusinessDay.InstantOf(shift.PassesMidnight ? day.AddDays(1) : day, shift.End, setup);
        // A shift that lies wholly within the hour that a clock change skips does not take place.
        if (endsAt <= startsAt) return null;
        return new(shift.Name, day, startsAt, endsAt, line.Seat, line.Status, ValueArray.From(shift.Meals.Select(meal => OnDay(meal, shift, day))));
    }

    private MealSpan OnDay(MealWindow meal, ShiftSetup shift, DateOnly day)
    {
        var from = At(day, meal.From, shift);
        var to = At(day, meal.To, shift);
        return new(from, to, meal.Length);
    }

    // A time of day within the shift: before its start by the clock is after midnight.
    private DateTimeOffset At(DateOnly day, TimeSpan time, ShiftSetup shift) =>
        BusinessDay.InstantOf(time < shift.Start ? day.AddDays(1) : day, time, setup);

    /// <summary>The shifts around a local day, good for the moments of that day.</summary>
    private sealed record Days(DateTimeOffset From, DateTimeOffset Until, Dictionary<string, WorkShift[]> Shifts);
}
