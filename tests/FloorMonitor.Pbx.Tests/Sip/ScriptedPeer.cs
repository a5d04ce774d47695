using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;
using FloorMonitor.Pbx.Sip.Messages;
using FloorMonitor.Pbx.Sip.Transactions;
using FloorMonitor.Pbx.Sip.Transport;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>
/// A PBX on real loopback sockets that does what a test tells it to. Unless told otherwise it takes everything, and says of each
/// watch at once that it is active.
/// </summary>
internal sealed class ScriptedPeer : IAsyncDisposable
{
    private readonly SipProtocol protocol;
    private readonly SipAnswers answers = new();
    private readonly SipTransport transport;
    private int branches;

    public ScriptedPeer(SipProtocol protocol, SipTransportOptions? options = null)
    {
        this.protocol = protocol;
        transport = new((options ?? new()) with { Address = IPAddress.Loopback }, protocol, TimeProvider.System) { Received = OnReceived };
    }

    /// <summary>Where it is.</summary>
    public SipTarget Target => new(protocol, protocol == SipProtocol.Tls ? "localhost" : "127.0.0.1", transport.Port);

    /// <summary>Asked first about every request; true: it was seen to.</summary>
    public Func<SipMessage, SipFlow, bool>? Script { get; set; }

    /// <summary>Every request, in order.</summary>
    public ConcurrentQueue<SipMessage> Requests { get; } = new();

    /// <summary>Every response, in order.</summary>
    public ConcurrentQueue<SipMessage> Responses { get; } = new();

    /// <summary>The last SUBSCRIBE, and the way that it came.</summary>
    public (SipMessage Message, SipFlow Flow)? Subscribed { get; private set; }

    /// <summary>Connections that are open.</summary>
    public int Flows => transport.Flows;

    public ValueTask DisposeAsync() => transport.DisposeAsync();

    /// <summary>Answers a request.</summary>
    public void Reply(SipMessage request, SipFlow flow, int status = 200, params ImmutableArray<SipField> fields) =>
        flow.Send(answers.Encode(request, new SipReply(status, "So", fields) { ToTag = "pbx-tag" }, flow.Remote));

    /// <summary>A NOTIFY in the dialog of a SUBSCRIBE.</summary>
    public byte[] NotifyOf(SipMessage subscribe, int sequence, string state = "active;expires=600", string body = "") =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
            NOTIFY {SipAddress.Parse(subscribe.Find(SipHeader.Contact))!.Uri} SIP/2.0
            Via: SIP/2.0/{protocol.ToString().ToUpperInvariant()} 127.0.0.1:{transport.Port};branch=z9hG4bKn{Interlocked.Increment(ref branches)}
            From: {subscribe.Find(SipHeader.To)}{(subscribe.To.Tag is null ? ";tag=pbx-tag" : "")}
            To: {subscribe.Find(SipHeader.From)}
            Call-ID: {subscribe.CallId}
            CSeq: {sequence} NOTIFY
            Event: {subscribe.Find(SipHeader.Event)}
            Subscription-State: {state}
            Contact: <sip:presence@127.0.0.1:{transport.Port}>
            Content-Length: {Encoding.UTF8.GetByteCount(body)}


            """).ReplaceLineEndings("\r\n") + body);

    /// <summary>A way to the Contact of a SUBSCRIBE: over TCP and TLS a connection of its own.</summary>
    public Task<SipFlow> ReachContactAsync(SipMessage subscribe)
    {
        var contact = SipUri.Parse(SipAddress.Parse(subscribe.Find(SipHeader.Contact))!.Uri)!;
        return transport.ReachAsync(new(protocol, contact.Host, contact.Port!.Value), TestContext.Current.CancellationToken);
    }

    private void OnReceived(SipFlow flow, ReadOnlyMemory<byte> bytes)
    {
        if (SipParser.Parse(bytes, SipLimits.Default, out var fault) is not { } message || fault is not null) return;
        if (!message.IsRequest)
        {
            Responses.Enqueue(message);
            return;
        }

        Requests.Enqueue(message);
        if (message.Method == "SUBSCRIBE") Subscribed = (message, flow);
        if (Script?.Invoke(message, flow) == true) return;
        Reply(message, flow, 200, new("Expires", message.Find(SipHeader.Expires) ?? "0"), new("Contact", $"<sip:presence@127.0.0.1:{transport.Port}>"));
        if (message.Method == "SUBSCRIBE")
            flow.Send(NotifyOf(message, (int)message.SequenceNumber, message.Find(SipHeader.Expires) == "0" ? "terminated;reason=timeout" : "active;expires=600"));
    }
}
