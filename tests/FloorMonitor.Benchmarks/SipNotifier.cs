using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FloorMonitor.Pbx.Sip.Messages;
using FloorMonitor.Pbx.Sip.Transport;

namespace FloorMonitor.Benchmarks;

/// <summary>A notifier on loopback that grants every watch for a minute and sends NOTIFYs whose document is the instant at which it was sent.</summary>
internal sealed class SipNotifier : IAsyncDisposable
{
    private const int Granted = 60;
    private sealed record Dialog(string Head, string Tail, Func<byte[], Task> Send)
    {
        public int Sequence { get; set; }
    }

    private readonly SipProtocol protocol;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentDictionary<string, Dialog> dialogs = new();
    private readonly Socket socket;
    private readonly Task serving;
    private int branches;

    public SipNotifier(SipProtocol protocol)
    {
        this.protocol = protocol;
        var udp = protocol == SipProtocol.Udp;
        socket = new(AddressFamily.InterNetwork, udp ? SocketType.Dgram : SocketType.Stream, udp ? ProtocolType.Udp : ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (udp) socket.ReceiveBufferSize = 4 * 1024 * 1024;
        else socket.Listen();
        serving = udp ? ServeDatagramsAsync() : AcceptAsync();
    }

    /// <summary>Where it is.</summary>
    public SipTarget Target => new(protocol, "127.0.0.1", ((IPEndPoint)socket.LocalEndPoint!).Port);

    /// <summary>How long each answer to a NOTIFY of <see cref="NotifyAsync"/> took, in ms; only 200s.</summary>
    public ConcurrentBag<double> Answers { get; } = [];

    /// <summary>SUBSCRIBEs within a dialog.</summary>
    public int Refreshes { get; private set; }

    /// <summary>The instant in a document.</summary>
    public static bool TryTicks(ReadOnlySpan<byte> body, out long ticks) => Utf8Parser.TryParse(body, out ticks, out _);

    /// <summary>Sends NOTIFYs to all dialogs in turn, so many a second. Says how many.</summary>
    public async Task<int> NotifyAsync(int perSecond, TimeSpan duration, CancellationToken stop)
    {
        var all = dialogs.Values.ToArray();
        var began = Stopwatch.GetTimestamp();
        var sent = 0;
        while (Stopwatch.GetElapsedTime(began) < duration)
        {
            for (var due = (int)(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond); sent < due; sent++)
            {
                var now = Stopwatch.GetTimestamp();
                await SayAsync(all[sent % all.Length], now.ToString(CultureInfo.InvariantCulture), now);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(4), TimeProvider.System, stop);
        }

        return sent;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        socket.Dispose();
        await serving;
        stop.Dispose();
    }

    private Task SayAsync(Dialog dialog, string body, long now)
    {
        int sequence;
        lock (dialog) sequence = ++dialog.Sequence;
        return dialog.Send(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{dialog.Head};branch=z9hG4bK{now}.{Interlocked.Increment(ref branches)}\r\n{dialog.Tail}CSeq: {sequence} NOTIFY\r\nSubscription-State: active;expires={Granted}\r\nContent-Length: {body.Length}\r\n\r\n{body}")));
    }

    private async Task ServeDatagramsAsync()
    {
        var buffer = new byte[65_536];
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var got = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), stop.Token);
                await TakeAsync(buffer.AsSpan(0, got.ReceivedBytes).ToArray(), bytes => socket.SendToAsync(bytes, got.RemoteEndPoint));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                if (stop.IsCancellationRequested) return;
            }
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeStreamAsync(await socket.AcceptAsync(stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Ended.
        }
    }

    private async Task ServeStreamAsync(Socket peer)
    {
        using var writing = new SemaphoreSlim(1);
        await using var stream = new NetworkStream(peer, ownsSocket: true);
        var framer = new SipFramer(SipLimits.Default);
        var reader = PipeReader.Create(stream);
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(stop.Token);
                var buffer = result.Buffer;
                while (framer.TryRead(ref buffer, out var message)) await TakeAsync(message, WriteAsync);
                reader.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted) return;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Ended.
        }

        async Task WriteAsync(byte[] bytes)
        {
            await writing.WaitAsync(stop.Token);
            await stream.WriteAsync(bytes, stop.Token);
            writing.Release();
        }
    }

    private async Task TakeAsync(byte[] bytes, Func<byte[], Task> send)
    {
        if (SipParser.Parse(bytes, SipLimits.Default, out _) is not { } message) return;
        if (!message.IsRequest)
        {
            var branch = message.Via!.Branch!.AsSpan(SipVia.Cookie.Length);
            if (message.StatusCode == 200 && long.TryParse(branch[..branch.IndexOf('.')], CultureInfo.InvariantCulture, out var at) && at > 0)
                Answers.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            return;
        }

        var tag = message.To.Tag is null ? ";tag=n" : "";
        var expires = message.Find(SipHeader.Expires) == "0" ? 0 : Granted;
        await send(Encoding.UTF8.GetBytes(
            $"SIP/2.0 200 OK\r\nVia: {message.Find(SipHeader.Via)}\r\nFrom: {message.Find(SipHeader.From)}\r\nTo: {message.Find(SipHeader.To)}{tag}\r\nCall-ID: {message.CallId}\r\n"
            + $"CSeq: {message.Find(SipHeader.CSeq)}\r\nContact: <sip:n@127.0.0.1:{Target.Port}>\r\nExpires: {expires}\r\nContent-Length: 0\r\n\r\n"));
        if (message.Method != "SUBSCRIBE" || expires == 0) return;
        if (dialogs.TryGetValue(message.CallId, out var known)) Refreshes++;
        else dialogs[message.CallId] = known = Begin(message, send);
        await SayAsync(known, "", 0);
    }

    private Dialog Begin(SipMessage subscribe, Func<byte[], Task> send) =>
        new($"NOTIFY {SipAddress.Parse(subscribe.Find(SipHeader.Contact))!.Uri} SIP/2.0\r\nVia: SIP/2.0/{protocol.ToString().ToUpperInvariant()} 127.0.0.1:{Target.Port};rport",
            $"From: {subscribe.Find(SipHeader.To)};tag=n\r\nTo: {subscribe.Find(SipHeader.From)}\r\nCall-ID: {subscribe.CallId}\r\nEvent: {subscribe.Find(SipHeader.Event)}\r\n"
            + $"Contact: <sip:n@127.0.0.1:{Target.Port}>\r\n",
            send);
}

/// <summary>A peer that accepts and never reads.</summary>
internal sealed class BlackHole : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public BlackHole() => listener.Start();

    /// <summary>Where it is.</summary>
    public SipTarget Target => new(SipProtocol.Tcp, "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        listener.Dispose();
        return ValueTask.CompletedTask;
    }
}
