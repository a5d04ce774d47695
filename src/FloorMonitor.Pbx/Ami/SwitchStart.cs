using System.Globalization;

namespace FloorMonitor.Pbx.Ami;

/// <summary>When the switch started, so that a restart is known for one.</summary>
internal static class SwitchStart
{
    /// <summary>Zones differ by quarters of an hour.</summary>
    private static readonly TimeSpan ZoneStep = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The start to the second. FullyBooted's Uptime tells it roughly but without a zone; CoreStatus tells it exactly but in the
    /// switch's local time of a zone that it does not name. The zone is whatever whole quarter of an hour reconciles the two.
    /// </summary>
    /// <param name="estimate">Now minus Uptime, in switch time; null where the switch told no uptime.</param>
    /// <param name="status">The answer to CoreStatus; null where it was refused.</param>
    /// <returns>The start in switch time; null when it cannot be told.</returns>
    public static DateTimeOffset? Of(DateTimeOffset? estimate, AmiMessage? status)
    {
        if (estimate is not { } rough) return null;
        if (status is null || !DateTimeOffset.TryParseExact(
            $"{status.Find("CoreStartupDate")} {status.Find("CoreStartupTime")}", "yyyy-MM-dd HH:mm:ss",
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var local)) return rough;
        var zone = ZoneStep * Math.Round((local - rough) / ZoneStep);
        var exact = local - zone;
        return (exact - rough).Duration() <= TimeSpan.FromMinutes(2) ? exact : rough;
    }
}
