using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>Whether the floor is without a duty supervisor (D3.8), and since when: what the rule judges by and the wall shows.</summary>
/// <param name="Since">Since when nobody holds the duty or the holder's page is gone, within the opening hours.</param>
/// <param name="OpensAt">When that is a verdict.</param>
/// <param name="ClosesAt">When the floor closes.</param>
/// <param name="Holder">Whose page is gone; null where nobody holds the duty.</param>
public sealed record Cover(DateTimeOffset Since, DateTimeOffset OpensAt, DateTimeOffset ClosesAt, string? Holder)
{
    /// <summary>
    /// The floor without a duty supervisor at a moment; null while it has one, while it is closed, and where nobody ever had the duty on a
    /// floor that does not say when it is open.
    /// </summary>
    public static Cover? Missing(FloorState floor, DateTimeOffset now, TimeSpan within, TimeSpan unseen)
    {
        var since = floor.Duty is { } duty ? duty.UnseenSince : floor.DutyWatch.VacantSince;
        if (since is not { } gone || OpeningHours.At(floor.Setup, now) is not var (openSince, openUntil)) return null;
        if (floor.Duty is null)
        {
            var from = gone > openSince ? gone : openSince;
            return new(from, from + within, openUntil, null);
        }

        // A page that was gone before the floor opened is missed like anybody who is not there when it opens.
        var counts = gone + unseen;
        if (now < counts) return null;
        return counts >= openSince ? new(gone > openSince ? gone : openSince, counts, openUntil, floor.Duty.Holder) : new(openSince, openSince + within, openUntil, floor.Duty.Holder);
    }
}
