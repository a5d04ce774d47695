using FloorMonitor.Core.Floor;

namespace FloorMonitor.Service.Configuration;

/// <summary><c>shifts</c>: when people work, and when they eat.</summary>
internal static class ShiftsSection
{
    /// <summary>Nobody works longer: a shift across midnight that would is one whose times were swapped.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(16);

    /// <summary>Reads them.</summary>
    /// <param name="floor">floor.yaml.</param>
    /// <param name="zone">The site's time zone.</param>
    /// <param name="now">What "now" means, on a floor whose PBXs are all made up; null where the word may not be used.</param>
    public static IReadOnlyList<ShiftSetup> Read(YamlSection floor, string zone, DateTimeOffset? now)
    {
        if (floor.Section("shifts") is not { } section) return [];
        var shifts = new List<ShiftSetup>();
        foreach (var name in section.Keys.Where(name => name.Length > 0).ToList())
        {
            if (section.Section(name) is { } shift) shifts.Add(ReadShift(name, shift, new(zone, now)));
            else section.Error(name, "must hold start and end");
        }

        section.Close();
        return shifts;
    }

    private static ShiftSetup ReadShift(string name, YamlSection section, ShiftClock clock)
    {
        var start = clock.Time(section, "start");
        var end = clock.Time(section, "end");
        if (start is not null && end is not null)
        {
            var length = Between(start.Value, end.Value);
            if (start == end) section.Error("end", "the shift ends when it starts");
            else if (length > Longest) section.Error("end", $"the shift ends before it starts: as one across midnight it would last {(int)length.TotalHours} h {length.Minutes} min, more than {(int)Longest.TotalHours} h");
        }

        var meals = new List<MealWindow>();
        foreach (var meal in section.Sections("meals"))
        {
            var from = clock.Time(meal, "from");
            var to = clock.Time(meal, "to");
            var length = meal.Duration("length", TimeSpan.FromMinutes(1), TimeSpan.FromHours(4));
            if (length is null && meal.Find("length") is null) meal.Error("length", "is required");
            meal.Close();
            if (from is null || to is null || length is null) continue;
            if (Between(from.Value, to.Value) < length) meal.Error("length", "is longer than the window from which it is taken");
            else if (start is not null && end is not null && !Lies(from.Value, to.Value, start.Value, end.Value)) meal.Error("from", "the window lies outside the shift");
            else meals.Add(new(from.Value, to.Value, length.Value));
        }

        section.Close();
        return new(name, start ?? default, end ?? default, ValueArray.From(meals));
    }

    // Local times on a circle of 24 h: a night shift passes midnight.
    private static TimeSpan Between(TimeSpan from, TimeSpan to) => to > from ? to - from : to - from + TimeSpan.FromDays(1);

    private static bool Lies(TimeSpan from, TimeSpan to, TimeSpan start, TimeSpan end)
    {
        var offset = from >= start ? from - start : from - start + TimeSpan.FromDays(1);
        return offset + Between(from, to) <= Between(start, end);
    }
}
