namespace FloorMonitor.Pbx.Sip.Messages;

/// <summary>What a peer can make us hold.</summary>
/// <param name="MaxMessage">The longest message, body included. A datagram cannot be longer.</param>
/// <param name="MaxHead">The longest start line and header together.</param>
/// <param name="MaxHeaders">The most header fields of one message.</param>
/// <param name="MaxValues">The most values of one header field that are looked at.</param>
public sealed record SipLimits(int MaxMessage, int MaxHead, int MaxHeaders, int MaxValues)
{
    /// <summary>Far beyond what phones and PBXs send.</summary>
    public static readonly SipLimits Default = new(MaxMessage: 65_535, MaxHead: 16_384, MaxHeaders: 128, MaxValues: 64);
}

/// <summary>Why a message is refused.</summary>
/// <param name="Status">What its sender is answered, if it is a request that can be answered: 400, 416, 420, 505, 513.</param>
/// <param name="Sentence">Why, for the reason phrase and the log; never holds text of the message.</param>
public sealed record SipFault(int Status, string Sentence);
