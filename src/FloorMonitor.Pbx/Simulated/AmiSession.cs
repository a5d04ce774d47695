using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace FloorMonitor.Pbx.Simulated;

/// <summary>What a session may hear and do.</summary>
internal class AmiLogin
{
    public bool In { get; set; }

    public EventFilter Filter { get; } = new();
}

/// <summary>
/// One client. What it is told is queued up to a bound and written by a task of its own, so that a client who does not
/// read holds up nobody; past the bound it is dropped, as the real switch drops one.
/// </summary>
internal sealed class AmiSession(Socket socket, int maxQueued) : AmiLogin, IDisposable
{
    private readonly Channel<ReadOnlyMemory<byte>> _queue = Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new() { SingleReader = true });
    private readonly CancellationTokenSource _closed = new();
    private long _queued;

    public bool IsClosed => _closed.IsCancellationRequested;

    public string RemoteEnd { get; } = $"{socket.RemoteEndPoint}";

    /// <summary>While this is not completed nothing is written: a stalled switch.</summary>
    public Func<Task> Gate { get; init; } = () => Task.CompletedTask;

    public void Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    /// <summary>The bound of the unbounded channel is counted in bytes here.</summary>
    public void Send(ReadOnlyMemory<byte> bytes)
    {
        if (IsClosed) return;
        if (Interlocked.Add(ref _queued, bytes.Length) > maxQueued) Close();
        else _queue.Writer.TryWrite(bytes);
    }

    /// <summary>Closes once everything queued is written.</summary>
    public void Finish() => _queue.Writer.TryComplete();

    /// <summary>Closes at once; what is queued is lost, as with a cut link.</summary>
    public void Close()
    {
        if (IsClosed) return;
        _closed.Cancel();
        _queue.Writer.TryComplete();
        socket.Dispose();
    }

    public void Dispose()
    {
        Close();
        _closed.Dispose();
    }

    /// <summary>Reads actions until the link ends; each is handled before the next is read.</summary>
    public async Task RunAsync(Action<AmiSession, AmiRequest> handle)
    {
        var writing = WriteAsync();
        var reader = new AmiRequestReader();
        var buffer = new byte[8192];
        try
        {
            while (!IsClosed)
            {
                var read = await socket.ReceiveAsync(buffer, SocketFlags.None, _closed.Token);
                if (read == 0) break;
                foreach (var request in reader.Read(buffer.AsMemory(0, read))) handle(this, request);
            }
        }
        catch (Exception ended) when (ended is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // A link that ends is the client's ordinary way to leave.
        }

        // A client may close its sending side and still read the answer.
        Finish();
        await writing;
        Close();
    }

    private async Task WriteAsync()
    {
        try
        {
            while (await _queue.Reader.WaitToReadAsync(_closed.Token))
            {
                await Gate().WaitAsync(_closed.Token);
                if (!_queue.Reader.TryRead(out var bytes)) continue;
                for (var rest = bytes; rest.Length > 0;)
                    rest = rest[await socket.SendAsync(rest, SocketFlags.None, _closed.Token)..];
                Interlocked.Add(ref _queued, -bytes.Length);
            }
        }
        catch (Exception ended) when (ended is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Nobody reads any more; the reading side ends the session.
        }

        Close();
    }
}
