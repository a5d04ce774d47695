namespace FloorMonitor.Core.Floor;

/// <summary>A stretch of the day in which the floor is open, in local times of day; from a time to the same time is the whole day.</summary>
/// <param name="From">From when on.</param>
/// <param name="To">Until when; at or before <paramref name="From"/> means on the next day.</param>
/// <param name="Days">On which weekdays it begins; empty: on every day.</param>
public sealed record OpeningSpan(TimeSpan From, TimeSpan To, ValueArray<DayOfWeek> Days);

/// <summary>
/// When the floor is open: what floor.yaml says, else whenever somebody has a shift, else always. Stretches that touch are one.
/// </summary>
public static class OpeningHours
{
    /// <summary>How far back and ahead a stretch is followed: what is open for longer is always open.</summary>
    private const int Days = 2;

    /// <summary>The stretch that a moment lies in; null where the floor is closed then.</summary>
    public static (DateTimeOffset Since, DateTimeOffset Until)? At(FloorSetup setup, DateTimeOffset at)
    {
        if (setup.OpeningHours.IsEmpty && setup.Shifts.IsEmpty) return (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        var spans = Around(setup, at);
        var (since, until, found) = (at, at, false);
        // In the order of their starts: each either reaches what was found or begins after it.
        foreach (var (from, to) in spans)
        {
            if (from <= at && to > at)
            {
                if (!found || from < since) since = from;
                if (to > until) until = to;
                found = true;
            }
        }

        if (!found) return null;
        for (var i = spans.Count - 1; i >= 0; i--)
            if (spans[i].From < since && spans[i].To >= since) (since, i) = (spans[i].From, spans.Count);
        foreach (var (from, to) in spans)
            if (from <= until && to > until) until = to;
        var day = BusinessDay.LocalDateOf(setup, at);
        if (since <= BusinessDay.InstantOf(day.AddDays(1 - Days), TimeSpan.Zero, setup)) since = DateTimeOffset.MinValue;
        if (until >= BusinessDay.InstantOf(day.AddDays(Days), TimeSpan.Zero, setup)) until = DateTimeOffset.MaxValue;
        return (since, until);
    }

    private static List<(DateTimeOffset From, DateTimeOffset To)> Around(FloorSetup setup, DateTimeOffset at)
    {
        var day = BusinessDay.LocalDateOf(setup, at);
        var spans = new List<(DateTimeOffset From, DateTimeOffset To)>();
        for (var offset = -Days; offset <= Days; offset++)
        {
            var date = day.AddDays(offset);
            foreach (var span in setup.OpeningHours)
                if (span.Days.IsEmpty || span.Days.AsSpan().Contains(date.DayOfWeek)) Add(spans, date, span.From, span.To, setup);
            if (!setup.OpeningHours.IsEmpty) continue;
            foreach (var shift in setup.Shifts) Add(spans, date, shift.Start, shift.End, setup);
        }

        spans.Sort(static (left, right) => left.From.CompareTo(right.From));
        return spans;
    }

    private static void Add(List<(DateTimeOffset From, DateTimeOffset To)> spans, DateOnly date, TimeSpan from, TimeSpan to, FloorSetup setup)
    {
        var since = BusinessDay.InstantOf(date, from, setup);
        var until = BusinessDay.InstantOf(to <= from ? date.AddDays(1) : date, to, setup);
        if (until > since) spans.Add((since, until));
    }
}
