namespace FloorMonitor.Pbx.Sip.Transactions;

/// <summary>The RFC's timers (RFC 3261 section 17, table 4).</summary>
internal static class SipTimers
{
    /// <summary>The round trip that is assumed.</summary>
    public static readonly TimeSpan T1 = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait between two repetitions.</summary>
    public static readonly TimeSpan T2 = TimeSpan.FromSeconds(4);

    /// <summary>Timers F and J, and N of RFC 6665: how long a final response may take, how long an answer is kept, how long a NOTIFY may take.</summary>
    public static readonly TimeSpan Patience = 64 * T1;
}
