using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.WebSockets;

namespace FloorMonitor.Benchmarks;

/// <summary>When each probe was sent, and how long after it each client read it.</summary>
internal sealed class FanoutProbe(TimeProvider time)
{
    private readonly ConcurrentDictionary<int, (long Sent, ConcurrentQueue<double> Read)> probes = new();

    /// <summary>How many were sent.</summary>
    public int Sent => probes.Count;

    /// <summary>The reason that marks the next one; the clock runs from here.</summary>
    public string Next()
    {
        var number = probes.Count;
        probes[number] = (time.GetTimestamp(), new());
        return $"p{number}";
    }

    /// <summary>A client has read one.</summary>
    public void Read(int number)
    {
        if (probes.TryGetValue(number, out var probe)) probe.Read.Enqueue(time.GetElapsedTime(probe.Sent).TotalMilliseconds);
    }

    /// <summary>How many clients have read one.</summary>
    public int Seen(int number) => probes.TryGetValue(number, out var probe) ? probe.Read.Count : 0;

    /// <summary>The times of every probe from a number on, in milliseconds.</summary>
    public List<double> Take(int first) => [.. probes.Where(probe => probe.Key >= first).SelectMany(probe => probe.Value.Read)];
}

/// <summary>
/// A SignalR client (JSON over WebSocket) that does no more than look for the probes in what it reads, so that a hundred of
/// them leave the machine to the service that is measured.
/// </summary>
internal sealed class FanoutClient(Uri url, FanoutProbe probe)
{
    private const int NeverReadsFor = 8;

    private readonly HashSet<int> seen = [];

    /// <summary>Reads until stopped.</summary>
    public async Task ReadAsync(CancellationToken stop)
    {
        using var socket = await ConnectAsync(url, stop);
        var buffer = new byte[1 << 20];
        var filled = 0;
        var pinged = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled), stop);
            if (read.MessageType == WebSocketMessageType.Close) throw new InvalidOperationException("The service closed a client that reads.");
            filled += read.Count;
            // A message may be cut anywhere; it is looked at when it is whole.
            if (buffer[filled - 1] == 0x1E)
            {
                Look(buffer.AsSpan(0, filled));
                filled = 0;
            }

            if (TimeProvider.System.GetElapsedTime(pinged) < TimeSpan.FromSeconds(10)) continue;
            pinged = TimeProvider.System.GetTimestamp();
            await socket.SendAsync("{\"type\":6}\x1E"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, stop);
        }
    }

    /// <summary>Connects and never reads. The service cuts such a client after a while; another takes its place.</summary>
    public static async Task NeverReadAsync(Uri url, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var socket = await ConnectAsync(url, stop);
            await Task.Delay(TimeSpan.FromSeconds(NeverReadsFor), TimeProvider.System, stop);
        }
    }

    private static async Task<ClientWebSocket> ConnectAsync(Uri url, CancellationToken stop)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(url) { Scheme = "ws", Path = "/hubs/floor" }.Uri, stop);
        await socket.SendAsync("{\"protocol\":\"json\",\"version\":1}\x1E"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, stop);
        return socket;
    }

    private void Look(ReadOnlySpan<byte> message)
    {
        var mark = "\"reason\":\"p"u8;
        for (var at = message.IndexOf(mark); at >= 0; at = message.IndexOf(mark))
        {
            message = message[(at + mark.Length)..];
            if (Utf8Parser.TryParse(message, out int number, out _) && seen.Add(number)) probe.Read(number);
        }
    }
}
