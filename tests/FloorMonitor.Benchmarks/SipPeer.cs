using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FloorMonitor.Benchmarks;

/// <summary>
/// A presence server of the fewest lines: takes every SUBSCRIBE over UDP, answers every OPTIONS, and sends NOTIFYs when it is told
/// to. What it does with a request costs less than what is measured beside it.
/// </summary>
internal sealed class SipPeer : IDisposable
{
    private readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly ConcurrentDictionary<(string Seat, string Package), Watch> watches = new();
    private long branch;
    private long answered;

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)socket.Client.LocalEndPoint!).Port;

    /// <summary>How many of its NOTIFYs were answered.</summary>
    public long Answered => Interlocked.Read(ref answered);

    /// <summary>Answers until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var datagram = await socket.ReceiveAsync(stop);
            Hear(Encoding.UTF8.GetString(datagram.Buffer), datagram.RemoteEndPoint);
        }
    }

    /// <summary>Tells a watcher of a seat's dialog.</summary>
    public void Notify(string seat, bool talks)
    {
        var state = talks ? "confirmed" : "terminated";
        Send((seat, "dialog"), version => $"""
            <?xml version="1.0"?>
            <dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="{version}" state="full" entity="sip:{seat}@127.0.0.1"><dialog id="d{version / 2}" direction="recipient"><state>{state}</state><remote><identity>sip:13800001234@127.0.0.1</identity></remote></dialog></dialog-info>
            """);
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();

    private void Hear(string text, IPEndPoint from)
    {
        if (text.StartsWith("SIP/2.0 200", StringComparison.Ordinal)) Interlocked.Increment(ref answered);
        if (!text.StartsWith("SUBSCRIBE", StringComparison.Ordinal) && !text.StartsWith("OPTIONS", StringComparison.Ordinal)) return;
        var to = Header(text, "To");
        if (!to.Contains(";tag=", StringComparison.Ordinal)) to += ";tag=peer";
        var expires = Header(text, "Expires");
        socket.Send(Encoding.UTF8.GetBytes(
            $"SIP/2.0 200 OK\r\nVia: {Header(text, "Via")}\r\nFrom: {Header(text, "From")}\r\nTo: {to}\r\nCall-ID: {Header(text, "Call-ID")}\r\nCSeq: {Header(text, "CSeq")}\r\n"
            + $"Contact: <sip:peer@127.0.0.1:{Port}>\r\n{(expires.Length > 0 ? $"Expires: {expires}\r\n" : "")}Content-Length: 0\r\n\r\n"), from);
        if (!text.StartsWith("SUBSCRIBE", StringComparison.Ordinal)) return;
        var seat = text[(text.IndexOf("sip:", StringComparison.Ordinal) + 4)..text.IndexOf('@', StringComparison.Ordinal)];
        var package = Header(text, "Event");
        var known = watches.GetValueOrDefault((seat, package));
        watches[(seat, package)] = new(to, Header(text, "From"), Header(text, "Call-ID"), from, known?.CallId == Header(text, "Call-ID") ? known.Sequence : 0);
        if (expires is "0") return;
        if (package == "presence")
            Send((seat, package), _ => $"""<presence xmlns="urn:ietf:params:xml:ns:pidf" entity="sip:{seat}@127.0.0.1"><tuple id="t"><status><basic>open</basic></status></tuple></presence>""");
        else Notify(seat, talks: false);
    }

    private void Send((string Seat, string Package) key, Func<long, string> document)
    {
        if (!watches.TryGetValue(key, out var watch)) return;
        var sequence = watch.Sequence + 1;
        watches[key] = watch with { Sequence = sequence };
        var body = Encoding.UTF8.GetBytes(document(sequence));
        var type = key.Package == "dialog" ? "application/dialog-info+xml" : "application/pidf+xml";
        var head = $"NOTIFY sip:monitor@{watch.At} SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:{Port};branch=z9hG4bK{Interlocked.Increment(ref branch).ToString(CultureInfo.InvariantCulture)}\r\n"
            + $"From: {watch.Ours}\r\nTo: {watch.Theirs}\r\nCall-ID: {watch.CallId}\r\nCSeq: {sequence} NOTIFY\r\nMax-Forwards: 70\r\nEvent: {key.Package}\r\n"
            + $"Contact: <sip:peer@127.0.0.1:{Port}>\r\nSubscription-State: active;expires=600\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\n\r\n";
        socket.Send([.. Encoding.UTF8.GetBytes(head), .. body], watch.At);
    }

    private static string Header(string text, string name)
    {
        var at = text.IndexOf($"\r\n{name}: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return "";
        at += name.Length + 4;
        return text[at..text.IndexOf("\r\n", at, StringComparison.Ordinal)];
    }

    private sealed record Watch(string Ours, string Theirs, string CallId, IPEndPoint At, long Sequence);
}
