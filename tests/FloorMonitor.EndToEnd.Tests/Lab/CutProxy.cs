using System.Net;
using System.Net.Sockets;

namespace FloorMonitor.EndToEnd.Tests.Lab;

/// <summary>A stretch of wire between the service and a switch that can be cut and mended.</summary>
public sealed class CutProxy : IAsyncDisposable
{
    private readonly int _target;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly List<Socket> _open = [];
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Task _accepting;
    private bool _cut;

    /// <summary>A wire to a port of loopback.</summary>
    public CutProxy(int target)
    {
        _target = target;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(16);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Its near end.</summary>
    public int Port { get; }

    /// <summary>How many connections were taken through so far.</summary>
    public int Connections { get; private set; }

    /// <summary>Cuts it: what is open breaks off, and whoever connects is turned away at once.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            _cut = true;
            foreach (var socket in _open) socket.Dispose();
            _open.Clear();
        }
    }

    /// <summary>Mends it.</summary>
    public void Mend()
    {
        lock (_lock) _cut = false;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        Cut();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptAsync(_end.Token);
                _ = CarryAsync(near);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(Socket near)
    {
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using (near)
        using (far)
        {
            try
            {
                lock (_lock)
                {
                    if (_cut) return;
                    _open.AddRange([near, far]);
                    Connections++;
                }

                await far.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
                await Task.WhenAny(CopyAsync(near, far), CopyAsync(far, near));
            }
            catch (Exception broken) when (broken is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // A cut, or the far end is down: the near end is closed just the same.
            }
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _end.Token) is var got and > 0) await to.SendAsync(buffer.AsMemory(0, got), _end.Token);
        }
        catch (Exception broken) when (broken is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Either end is gone; so is the other, at once.
        }
    }
}
