using System.Globalization;

namespace FloorMonitor.Pbx.Ami;

/// <summary>
/// What must be added to the switch's own instants (LoginTime, LastPause, LastCall, Timestamp) to get the monitor's: two machines'
/// clocks differ, and half an hour counted from a clock that runs two minutes ahead is not half an hour.
/// </summary>
public sealed class SwitchClock
{
    /// <summary>
    /// Differences below this are taken for none. The switch's instants are whole seconds anyway, and an offset that wavers by
    /// milliseconds with every measurement would move instants that did not move.
    /// </summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(500);

    /// <summary>Monitor time minus switch time.</summary>
    public TimeSpan Offset { get; private set; }

    /// <summary>Takes a measurement: the answer to a Ping says the switch's time somewhere between sending and receiving.</summary>
    public void Measure(DateTimeOffset sentAt, DateTimeOffset receivedAt, DateTimeOffset switchTime)
    {
        var measured = sentAt + ((receivedAt - sentAt) / 2) - switchTime;
        if ((measured - Offset).Duration() <= Tolerance) return;
        Offset = measured.Duration() <= Tolerance ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Round(measured.TotalMilliseconds));
    }

    /// <summary>An instant that the switch gives in whole seconds, in monitor time; null for its "never" (0) and for nonsense. Never later than now.</summary>
    public DateTimeOffset? FromEpoch(long? seconds, DateTimeOffset now)
    {
        if (seconds is not (> 0 and < 253402300800)) return null;
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds.Value);
        if (at - now > TimeSpan.FromDays(1) || now - at > TimeSpan.FromDays(3650)) return null;
        at += Offset;
        return at > now ? now : at;
    }

    /// <summary>The instant of a message: its own Timestamp (timestampevents=yes) in monitor time, else when it was received.</summary>
    public DateTimeOffset InstantOf(AmiMessage message, DateTimeOffset receivedAt)
    {
        // Asterisk writes it right after Privilege.
        if (!message.TryFindEarly("Timestamp", out var text) || !TryParse(text, out var at)) return receivedAt;
        var instant = at + Offset;
        return (receivedAt - instant).Duration() > TimeSpan.FromHours(1) || instant > receivedAt ? receivedAt : instant;
    }

    /// <summary>Reads <c>1795446923.349614</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        instant = default;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            || seconds is < 0 or >= 253402300800m) return false;
        instant = DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return true;
    }
}
