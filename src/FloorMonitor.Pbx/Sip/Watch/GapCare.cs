namespace FloorMonitor.Pbx.Sip.Watch;

/// <summary>
/// When the whole state of one watch is asked for after a gap in its partial documents: at once, and as long as gaps go on, more and
/// more seldom. A PBX that answers the asking with a part again would be asked in circles otherwise.
/// </summary>
internal sealed class GapCare
{
    /// <summary>The whole should have come by then: after that, what was known before the gap is the past. Also the first wait before asking again.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);
    private DateTimeOffset? since;
    private DateTimeOffset next;
    private TimeSpan wait;
    private bool said;

    /// <summary>A part is missing.</summary>
    public void Open(DateTimeOffset now) => since ??= now;

    /// <summary>The whole has come, or the watch itself is away.</summary>
    public void Close()
    {
        since = null;
        said = false;
    }

    /// <summary>Whether the whole is to be asked for now; who is told so asks.</summary>
    public bool IsToAsk(DateTimeOffset now)
    {
        if (since is null || now < next) return false;

        // Twice the wait without a gap: that one is over, and this is another.
        wait = now - next > wait ? Least : wait * 2 < Most ? wait * 2 : Most;
        next = now + wait;
        return true;
    }

    /// <summary>Whether the whole has been missing for too long; said once for a gap.</summary>
    public bool IsLost(DateTimeOffset now)
    {
        if (said || since is not { } opened || now - opened < Least) return false;
        return said = true;
    }
}
