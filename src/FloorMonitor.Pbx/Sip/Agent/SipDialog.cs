using System.Collections.Immutable;
using FloorMonitor.Pbx.Sip.Messages;

namespace FloorMonitor.Pbx.Sip.Agent;

/// <summary>
/// A subscription dialog (RFC 6665 section 4.4.1): made by whatever comes first, the NOTIFY or the 2xx to SUBSCRIBE. Guarded by the
/// subscription's lock.
/// </summary>
internal sealed class SipDialog(string target)
{
    private const int MostRoutes = 16;

    /// <summary>Its Call-ID.</summary>
    public string CallId { get; } = SipAccount.NewId();

    /// <summary>Our tag. Nobody who was not told it can speak in this dialog.</summary>
    public string LocalTag { get; } = SipAccount.NewId();

    /// <summary>The other side's tag; null before it is known.</summary>
    public string? RemoteTag { get; private set; }

    /// <summary>The CSeq of our last request.</summary>
    public uint LocalSequence { get; private set; }

    /// <summary>The CSeq of the last NOTIFY; -1 before the first.</summary>
    public long RemoteSequence { get; private set; } = -1;

    /// <summary>The Request-URI of what is sent within it.</summary>
    public string RemoteTarget { get; private set; } = target;

    /// <summary>The route set: values of Route.</summary>
    public ImmutableArray<string> Routes { get; private set; } = [];

    /// <summary>The next CSeq of ours.</summary>
    public uint NextSequence() => ++LocalSequence;

    /// <summary>Whether a NOTIFY speaks in this dialog: by our tag, and by the other side's once that is known.</summary>
    public bool Holds(SipMessage notify) =>
        notify.To.Tag == LocalTag && notify.From.Tag is { } remote && (RemoteTag is null || RemoteTag == remote);

    /// <summary>Takes a NOTIFY that is in order. False when it is older than one that was heard already (RFC 3261 section 12.2.2).</summary>
    public bool Take(SipMessage notify)
    {
        if (notify.SequenceNumber <= RemoteSequence) return false;
        RemoteSequence = notify.SequenceNumber;
        if (notify.From.Tag is { } tag) Establish(tag, notify, notify.Values(SipHeader.RecordRoute));
        return true;
    }

    /// <summary>Takes the 2xx to our SUBSCRIBE. Its routes are named from the other end (section 12.1.2).</summary>
    public void Accept(SipMessage response)
    {
        if (response.To.Tag is { } tag && (RemoteTag is null || RemoteTag == tag)) Establish(tag, response, response.Values(SipHeader.RecordRoute).Reverse());
    }

    private void Establish(string tag, SipMessage message, IEnumerable<string> routes)
    {
        if (RemoteTag is null)
        {
            RemoteTag = tag;
            Routes = [.. routes.Select(route => SipAddress.Parse(route)?.Uri).OfType<string>().Take(MostRoutes).Select(uri => $"<{uri}>")];
        }

        // Every request and 2xx within the dialog may name a new target.
        if (message.Values(SipHeader.Contact) is [var contact, ..] && SipAddress.Parse(contact) is { } address && SipUri.Parse(address.Uri) is not null)
            RemoteTarget = address.Uri;
    }
}
