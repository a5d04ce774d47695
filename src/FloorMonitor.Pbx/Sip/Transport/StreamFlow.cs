using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using FloorMonitor.Pbx.Sip.Messages;

namespace FloorMonitor.Pbx.Sip.Transport;

/// <summary>
/// One TCP or TLS connection. A peer that does not read fills only its own queue: callers never wait, and when the queue is full, or
/// one write takes too long, the connection is given up.
/// </summary>
#pragma warning disable CA1001 // The source of the token holds no timer and nothing to give back; whoever closes late must still be able to use it.
internal sealed class StreamFlow : SipFlow
#pragma warning restore CA1001
{
    private readonly Socket socket;
    private readonly Stream stream;
    private readonly SipTransportOptions options;
    private readonly TimeProvider time;
    private readonly Channel<ReadOnlyMemory<byte>> queue;
    private readonly CancellationTokenSource ending = new();
    private string? lostBecause;

    /// <summary>A connection that is made, not followed yet.</summary>
    public StreamFlow(Socket socket, Stream stream, SipProtocol protocol, SipTransportOptions options, TimeProvider time)
    {
        this.socket = socket;
        this.stream = stream;
        this.options = options;
        this.time = time;
        Protocol = protocol;
        Remote = SipTransport.Plain((IPEndPoint)socket.RemoteEndPoint!);
        Local = SipTransport.Plain((IPEndPoint)socket.LocalEndPoint!);
        queue = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(options.MaxQueued) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    }

    /// <inheritdoc/>
    public override SipProtocol Protocol { get; }

    /// <inheritdoc/>
    public override IPEndPoint Remote { get; }

    /// <summary>Our own end of it.</summary>
    public IPEndPoint Local { get; }

    /// <inheritdoc/>
    public override bool IsOpen => Volatile.Read(ref lostBecause) is null;

    /// <inheritdoc/>
    public override bool Send(ReadOnlyMemory<byte> message)
    {
        if (!IsOpen) return false;
        if (queue.Writer.TryWrite(message)) return true;
        Close($"{Remote} does not read: {options.MaxQueued} messages wait for it.");
        return false;
    }

    /// <summary>Ends it; the first reason counts.</summary>
    public void Close(string reason)
    {
        // Whoever closes may hold a lock of the layers above: what the end sets in motion runs elsewhere.
        if (Interlocked.CompareExchange(ref lostBecause, reason, null) is null) _ = ending.CancelAsync();
    }

    /// <summary>Reads and writes until it is lost or closed, and says why. Nothing that the peer or the network does throws out of it.</summary>
    public async Task<string> FollowAsync(Action<SipFlow, ReadOnlyMemory<byte>> received)
    {
        var writing = WriteAsync();
        try
        {
            await ReadAsync(received);
        }
        finally
        {
            // Also when the one who is told threw: the socket is not left behind.
            Close("It was closed.");
            queue.Writer.TryComplete();
            await writing;
            await stream.DisposeAsync();
            socket.Dispose();
        }

        return lostBecause!;
    }

    private async Task ReadAsync(Action<SipFlow, ReadOnlyMemory<byte>> received)
    {
        var framer = new SipFramer(options.Limits);
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16 * 1024, minimumReadSize: 2048, leaveOpen: true));
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(ending.Token);
                var buffer = result.Buffer;
                while (framer.TryRead(ref buffer, out var message)) received(this, message);
                reader.AdvanceTo(buffer.Start, buffer.End);
                if (!result.IsCompleted) continue;
                Close($"{Remote} closed the connection.");
                return;
            }
        }
        catch (SipFramingException e)
        {
            Close($"{Remote} sent what is no SIP: {e.Message}");
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            Close($"{Remote}: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            // Closed from our side, with its reason.
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var message in queue.Reader.ReadAllAsync(ending.Token))
            {
                using var deadline = new CancellationTokenSource(options.WriteWithin, time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(ending.Token, deadline.Token);
                try
                {
                    await stream.WriteAsync(message, either.Token);
                }
                catch (OperationCanceledException) when (deadline.IsCancellationRequested)
                {
                    Close($"{Remote} did not read for {options.WriteWithin.TotalSeconds:0.#} s.");
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            Close($"{Remote}: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            // Closed, with its reason.
        }
    }
}
