using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace FloorMonitor.Pbx.Agi;

/// <summary>
/// The phone's door: a FastAGI server. The dialplan sends a call here (<c>AGI(agi://host:4573/…)</c>), the handler answers it, and the
/// dialplan goes on. Every connection has a task and limits of its own; one that hangs, lies or floods costs nobody else anything.
/// </summary>
public sealed class AgiServer(AgiOptions options, Func<AgiSession, CancellationToken, Task> handle, TimeProvider time, ILogger<AgiServer> log) : IAsyncDisposable
{
    private static readonly TimeSpan BreathBetweenFailures = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource stop = new();
    private readonly HashSet<Task> calls = [];
    private readonly Lock gate = new();
    private Socket? listener;
    private Task accepting = Task.CompletedTask;

    /// <summary>Where it listens, once started.</summary>
    public IPEndPoint Endpoint => listener?.LocalEndPoint as IPEndPoint ?? throw new InvalidOperationException("The phone's door was not opened.");

    /// <summary>Opens it.</summary>
    /// <exception cref="SocketException">The address is not to be had.</exception>
    public void Start()
    {
        var socket = new Socket(options.Listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(options.Listen);
            socket.Listen(128);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }

        listener = socket;
        accepting = Task.Run(() => AcceptAsync(socket));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener?.Dispose();
        await accepting;
        Task[] open;
        lock (gate) open = [.. calls];
        await Task.WhenAll(open);
        stop.Dispose();
    }

    private async Task AcceptAsync(Socket socket)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Take(await socket.AcceptAsync(stop.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception trouble) when (trouble is SocketException or ObjectDisposedException)
            {
                if (stop.IsCancellationRequested) return;
                // Out of descriptors, or a caller gone before it was taken: the door stays open.
                log.LogWarning("The phone's door could not take a call: {Trouble}", trouble.Message);
                await Task.Delay(BreathBetweenFailures, time, CancellationToken.None);
            }
        }
    }

    private void Take(Socket socket)
    {
        lock (gate)
        {
            calls.RemoveWhere(call => call.IsCompleted);
            if (IsWelcome(socket) && calls.Count < options.MaxConnections)
            {
                calls.Add(Task.Run(() => ServeAsync(socket)));
                return;
            }
        }

        // Closed at once, so that the dialplan learns of it at once (AGISTATUS=FAILURE) and fails open.
        AgiMeter.Count("turned-away");
        log.LogWarning("A connection from {Peer} to the phone's door was turned away", socket.RemoteEndPoint);
        socket.Dispose();
    }

    private bool IsWelcome(Socket socket)
    {
        if (socket.RemoteEndPoint is not IPEndPoint { Address: var address }) return false;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return options.From.FindIndex(address, static (known, peer) => known.Equals(peer)) >= 0;
    }

    private async Task ServeAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(options.SessionWithin, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop.Token);
        socket.NoDelay = true;
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        var end = "served";
        try
        {
            var session = await AgiSession.OpenAsync(stream, options, time, both.Token);
            await handle(session, both.Token);
        }
        catch (OperationCanceledException)
        {
            end = "late";
            if (!stop.IsCancellationRequested) log.LogWarning("A call at the phone's door took too long and was let go");
        }
        catch (Exception trouble) when (trouble is IOException or SocketException or ObjectDisposedException or AgiProtocolException)
        {
            end = "broken";
            log.LogInformation("A call at the phone's door broke off: {Trouble}", trouble.Message);
        }
        catch (Exception bug)
        {
            // A defect of the handler costs this call its answer, and the dialplan goes on without one; the door stays open for the others.
            end = "bug";
            log.LogError(bug, "A call at the phone's door met a bug");
        }

        AgiMeter.Count(end);
    }
}
