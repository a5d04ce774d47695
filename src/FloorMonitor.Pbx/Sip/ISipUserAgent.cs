namespace FloorMonitor.Pbx.Sip;

/// <summary>
/// One account at one PBX: it registers itself, watches phones (RFC 6665), sends short texts (RFC 3428), and knows whether the PBX
/// is there. What it hears it says through callbacks that run on the network's reading loops, in order for each watch: whoever is
/// called must return at once and must not throw.
/// </summary>
public interface ISipUserAgent
{
    /// <summary>Its name in floor.yaml.</summary>
    string Name { get; }

    /// <summary>Whether the PBX is there, as of now.</summary>
    SipLinkState Link { get; }

    /// <summary>Every change of <see cref="Link"/>, and every measured round trip, in order.</summary>
    IObservable<SipLinkState> LinkChanges { get; }

    /// <summary>How many bytes of UTF-8 a text may have: a datagram must not be larger than what every network carries (RFC 3261 section 18.1.1).</summary>
    int LongestText { get; }

    /// <summary>
    /// Watches something from now on, for as long as the agent runs: asks at a measured pace, refreshes in time, and asks again after
    /// whatever went wrong. May be called before and while the agent runs.
    /// </summary>
    /// <param name="watch">What to watch.</param>
    /// <param name="heard">Is told every document and every change of the subscription.</param>
    /// <exception cref="ArgumentException">The target is no SIP address.</exception>
    ISipSubscription Subscribe(SipWatch watch, Action<SipNotice> heard);

    /// <summary>Sends a short text as MESSAGE, and waits for the word of whoever answers for the phone.</summary>
    /// <param name="to">Whom: <c>sip:201@pbx.example</c>, or a bare extension of the account's own domain.</param>
    /// <param name="text">The text; it goes out as UTF-8, at most <see cref="LongestText"/> bytes of it.</param>
    /// <param name="id">Becomes the Call-ID, so that whoever gets the same text a second time can tell; letters, digits, <c>-</c> and <c>_</c>. Null: a random one.</param>
    /// <param name="stop">Calls the waiting off.</param>
    /// <returns>How it went; never throws for what a PBX or a network does.</returns>
    Task<SipDelivery> SendMessageAsync(string to, string text, string? id, CancellationToken stop);

    /// <summary>Connects, registers, follows, and begins again without end, until cancelled; then takes its leave from the PBX.</summary>
    Task RunAsync(CancellationToken stop);

    /// <summary>Lets go of the link and makes everything anew: registration and all watches.</summary>
    /// <param name="reason">Why, for the log and the desk.</param>
    void Restart(string reason);
}

/// <summary>A watch that is being kept.</summary>
public interface ISipSubscription : IDisposable
{
    /// <summary>What is watched.</summary>
    SipWatch Watch { get; }

    /// <summary>How it stands.</summary>
    SipWatchState State { get; }

    /// <summary>Asks for the whole state again, within the same dialog where there is one: after a gap in partial documents, say. Also wakes a watch that the PBX refused.</summary>
    void Refresh();
}
