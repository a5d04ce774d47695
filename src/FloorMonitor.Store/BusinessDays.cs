using FloorMonitor.Core.Floor;

namespace FloorMonitor.Store;

/// <summary>To which business day of a site an instant belongs: the local date, counted from the hour at which the day begins.</summary>
internal static class BusinessDays
{
    /// <summary>The business day of an instant.</summary>
    public static DateOnly Of(FloorSetup setup, DateTimeOffset at)
    {
        // A zone that this machine does not know cannot come from the configuration, which checks it; an old snapshot may hold one.
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(setup.TimeZone, out var known) ? known : TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        return DateOnly.FromDateTime(local.Ticks > setup.BusinessDayStart.Ticks ? local - setup.BusinessDayStart : local);
    }
}
