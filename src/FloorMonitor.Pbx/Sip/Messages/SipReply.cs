using System.Collections.Immutable;

namespace FloorMonitor.Pbx.Sip.Messages;

/// <summary>What a request is answered: what it must repeat of the request (RFC 3261 section 8.2.6) is added when it is sent.</summary>
/// <param name="Status">The status.</param>
/// <param name="Reason">The reason phrase.</param>
/// <param name="Fields">Further header fields.</param>
public sealed record SipReply(int Status, string Reason, ImmutableArray<SipField> Fields)
{
    /// <summary>An answer without further fields.</summary>
    public SipReply(int status, string reason)
        : this(status, reason, [])
    {
    }

    /// <summary>The To tag of answers within a dialog of ours; null: the request's own, or one made for the answer.</summary>
    public string? ToTag { get; init; }
}
