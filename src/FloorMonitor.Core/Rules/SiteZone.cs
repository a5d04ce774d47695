using System.Collections.Concurrent;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>The site's time zone by its IANA name. Times are compared in UTC; only what a person reads is local.</summary>
public static class SiteZone
{
    private const int MostNames = 64;
    private static readonly ConcurrentDictionary<string, TimeZoneInfo> Known = new(StringComparer.Ordinal);

    /// <summary>The zone of a setup; UTC where the machine does not know the name (the configuration check says so).</summary>
    public static TimeZoneInfo Of(FloorSetup setup)
    {
        if (Known.TryGetValue(setup.TimeZone, out var zone)) return zone;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(setup.TimeZone, out zone)) zone = TimeZoneInfo.Utc;
        // A site has one zone; the bound only keeps a test of many names from growing it without end.
        if (Known.Count < MostNames) Known.TryAdd(setup.TimeZone, zone);
        return zone;
    }
}
