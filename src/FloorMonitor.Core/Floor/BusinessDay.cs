namespace FloorMonitor.Core.Floor;

/// <summary>The site's business day: from its day start, by its own zone's clock, to the next. A shift across midnight lies in one.</summary>
public static class BusinessDay
{
    /// <summary>The business day that an instant lies in.</summary>
    public static DateOnly Of(FloorSetup setup, DateTimeOffset at)
    {
        var zone = Zone(setup.TimeZone);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        // Counted from boundary to boundary, so that an hour which a DST change repeats lies in one day only.
        if (at < StartOf(day, setup, zone)) return day.AddDays(-1);
        return at >= StartOf(day.AddDays(1), setup, zone) ? day.AddDays(1) : day;
    }

    /// <summary>When a business day begins, UTC.</summary>
    public static DateTimeOffset StartOf(DateOnly day, FloorSetup setup) => StartOf(day, setup, Zone(setup.TimeZone));

    /// <summary>Whether the machine knows the zone; the fold falls back to UTC where it does not.</summary>
    public static bool IsKnownZone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);

    /// <summary>The calendar date of an instant by the site's clock.</summary>
    public static DateOnly LocalDateOf(FloorSetup setup, DateTimeOffset at) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone(setup.TimeZone)).DateTime);

    /// <summary>When the site's clock shows a time of day on a date, UTC.</summary>
    public static DateTimeOffset InstantOf(DateOnly day, TimeSpan timeOfDay, FloorSetup setup) => InstantOf(day, timeOfDay, Zone(setup.TimeZone));

    private static DateTimeOffset StartOf(DateOnly day, FloorSetup setup, TimeZoneInfo zone) => InstantOf(day, setup.BusinessDayStart, zone);

    private static DateTimeOffset InstantOf(DateOnly day, TimeSpan timeOfDay, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue) + timeOfDay;
        // A time that the spring change skips happens when the clock has jumped: the first minute that exists.
        while (zone.IsInvalidTime(local)) local = local.AddMinutes(1);
        // A time that the autumn change repeats happens the first time, which is the one with the larger offset.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static TimeZoneInfo Zone(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
}
