using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Alerts;

/// <summary>Hours in which nothing but the gravest leaves the house, by the site's clock; <paramref name="To"/> before <paramref name="From"/> passes midnight.</summary>
/// <param name="From">When they begin; that instant is quiet.</param>
/// <param name="To">When they end; that instant is not.</param>
/// <param name="Except">What is sent all the same.</param>
public sealed record QuietHours(TimeSpan From, TimeSpan To, ValueArray<Severity> Except)
{
    /// <summary>Whether something is to wait.</summary>
    public bool Holds(Severity severity, DateTimeOffset at, FloorSetup setup)
    {
        foreach (var one in Except)
            if (one == severity) return false;
        var local = TimeZoneInfo.ConvertTime(at, SiteZone.Of(setup)).TimeOfDay;
        return From <= To ? local >= From && local < To : local >= From || local < To;
    }
}
