using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>The site's time zone by its IANA name. Times are compared in UTC; only what a person reads is local.</summary>
public static class SiteZone
{
    // A site has one zone: the last one asked for is kept. Immutable, so that a race between two callers costs a look-up only.
    private static volatile Named last = new("Etc/UTC", TimeZoneInfo.Utc);

    /// <summary>The zone of a setup; UTC where the machine does not know the name (the configuration check says so).</summary>
    public static TimeZoneInfo Of(FloorSetup setup)
    {
        var known = last;
        if (known.Name == setup.TimeZone) return known.Zone;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(setup.TimeZone, out var zone)) zone = TimeZoneInfo.Utc;
        last = new(setup.TimeZone, zone);
        return zone;
    }

    private sealed record Named(string Name, TimeZoneInfo Zone);
}
