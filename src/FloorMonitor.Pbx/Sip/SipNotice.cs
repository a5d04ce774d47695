namespace FloorMonitor.Pbx.Sip;

/// <summary>What a watch has to say: a document (<see cref="SipNotify"/>) or how the watch itself stands (<see cref="SipWatchChanged"/>).</summary>
/// <param name="Watch">The watch.</param>
/// <param name="At">When it was received or noticed.</param>
/// <param name="Epoch">
/// The <see cref="SipLinkState.Epoch"/> in which the PBX was last asked. Whoever has heard, for every watch, a notice of the current
/// epoch that is a document or <see cref="SipWatchStanding.Refused"/> or <see cref="SipWatchStanding.Waiting"/>, knows the whole floor again.
/// </param>
public abstract record SipNotice(SipWatch Watch, DateTimeOffset At, long Epoch);

/// <summary>A NOTIFY that belongs to the watch, was in order, and was answered 200.</summary>
/// <param name="Watch">The watch.</param>
/// <param name="At">When it was received.</param>
/// <param name="Epoch">See <see cref="SipNotice"/>.</param>
/// <param name="ContentType">The type of the document, without parameters and in lower case; null when there is none.</param>
/// <param name="Body">The document as received, possibly empty (the first NOTIFY may have none). Hostile until parsed.</param>
/// <param name="SequenceNumber">Its CSeq: within one subscription later ones are higher. Documents are ordered by it, never by their own versions alone.</param>
/// <param name="Dialog">Grows with every new subscription dialog of the watch: versions of documents count within one of them.</param>
public sealed record SipNotify(SipWatch Watch, DateTimeOffset At, long Epoch, string? ContentType, ReadOnlyMemory<byte> Body, long SequenceNumber, long Dialog)
    : SipNotice(Watch, At, Epoch)
{
    /// <summary>The whole message as received: evidence.</summary>
    public required string Raw { get; init; }
}

/// <summary>The watch itself stands differently now.</summary>
/// <param name="Watch">The watch.</param>
/// <param name="At">When.</param>
/// <param name="Epoch">See <see cref="SipNotice"/>.</param>
/// <param name="State">How it stands.</param>
public sealed record SipWatchChanged(SipWatch Watch, DateTimeOffset At, long Epoch, SipWatchState State) : SipNotice(Watch, At, Epoch);

/// <summary>How a watch stands.</summary>
/// <param name="Standing">In one word.</param>
/// <param name="Reason">Why, in the PBX's words where it gave any (<c>489 Bad Event</c>, <c>terminated;reason=noresource</c>).</param>
/// <param name="RetryAt">When it is asked again by itself; null: when the refresh is due, or not at all.</param>
public sealed record SipWatchState(SipWatchStanding Standing, string? Reason = null, DateTimeOffset? RetryAt = null);

/// <summary>How a watch stands, in one word.</summary>
public enum SipWatchStanding
{
    /// <summary>Not asked yet, or asked and not answered.</summary>
    Asking,

    /// <summary>The PBX took it, but whoever is watched has not agreed yet (<c>Subscription-State: pending</c>).</summary>
    Pending,

    /// <summary>It is watched.</summary>
    Active,

    /// <summary>It went wrong and is asked again at <see cref="SipWatchState.RetryAt"/>.</summary>
    Waiting,

    /// <summary>The PBX does not want it (rejected, noresource, 404, 489, …): asked again only slowly, or by <see cref="ISipSubscription.Refresh"/>.</summary>
    Refused,

    /// <summary>Given up by us.</summary>
    Ended,
}
