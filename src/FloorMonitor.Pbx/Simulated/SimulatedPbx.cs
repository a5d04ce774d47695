using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FloorMonitor.Pbx.Simulated;

/// <summary>
/// A PBX that speaks the Asterisk manager interface over a loopback socket, with a seeded floor behind it: the demo, the load
/// generator, the fault injector. What happens is decided by the seed and the virtual clock alone; sockets only carry it.
/// </summary>
public sealed partial class SimulatedPbx : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly SimulatedPbxOptions _options;
    private readonly TimeProvider _clock;
    private readonly Timeline _time;
    private readonly AmiActions _actions;
    private readonly List<AmiSession> _sessions = [];
    private readonly List<AmiEvent> _held = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly DateTimeOffset _realStart;
    private readonly DateTimeOffset _virtualStart;
    private Socket? _listener;
    private IPEndPoint? _endpoint;
    private Task _running = Task.CompletedTask;
    private bool _holding;

    /// <summary>A switch with the floor of a plan.</summary>
    /// <param name="plan">The floor.</param>
    /// <param name="options">How it is reached and how fast its time goes.</param>
    /// <param name="clock">The world's clock; the switch's own begins at it.</param>
    public SimulatedPbx(FloorPlan plan, SimulatedPbxOptions options, TimeProvider clock)
    {
        _options = options;
        _clock = clock;
        _realStart = _virtualStart = clock.GetUtcNow();
        _time = new Timeline(_virtualStart - plan.WarmUp);
        Switch = new SimulatedSwitch(plan, _time, _virtualStart - plan.WarmUp - TimeSpan.FromDays(3));
        _actions = new AmiActions(Switch, options);
        Floor = new SimulatedFloor(plan, Switch, _time);
    }

    /// <summary>Where it listens, once started.</summary>
    public IPEndPoint Endpoint => _endpoint ?? throw new InvalidOperationException("The simulated PBX was not started.");

    /// <summary>The switch's virtual time (its clock's skew not counted).</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (_lock) return _time.Now;
        }
    }

    /// <summary>When the warm-up ends and the floor can be seen.</summary>
    public DateTimeOffset OpensAt => _virtualStart;

    internal SimulatedSwitch Switch { get; }

    internal SimulatedFloor Floor { get; }

    /// <summary>Plays the warm-up, so that the floor is in the middle of its work, and listens.</summary>
    /// <param name="endpoint">Where to listen; port 0 for any free one.</param>
    public Task StartAsync(IPEndPoint endpoint)
    {
        lock (_lock)
        {
            _time.AdvanceTo(_virtualStart);
            Switch.Voice.Listener = Hear;
            Listen(endpoint);
        }

        if (_options.Speed > 0) _running = RunAsync(_stop.Token);
        return Task.CompletedTask;
    }

    /// <summary>A connection to it, over its socket like everybody else's.</summary>
    public async Task<Stream> ConnectAsync(CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(Endpoint, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Closes the link to every client and stops its time.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        lock (_lock)
        {
            StopListening();
            foreach (var session in _sessions.ToArray()) session.Close();
        }

        await _running;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    /// <summary>Moves the virtual clock and lets everything happen that is due; for those who set the speed to 0.</summary>
    public void Step(TimeSpan by)
    {
        lock (_lock) _time.AdvanceTo(_time.Now + by);
    }

    /// <summary>Looks at, or changes, the model while nothing else does.</summary>
    internal T Do<T>(Func<SimulatedSwitch, T> look)
    {
        lock (_lock)
        {
            var seen = look(Switch);
            _time.AdvanceTo(_time.Now);
            return seen;
        }
    }

    internal void Do(Action<SimulatedSwitch> act) => Do(pbx =>
    {
        act(pbx);
        return true;
    });

    private async Task RunAsync(CancellationToken stop)
    {
        // Shorter than anything a person could see, longer than a busy loop.
        var longest = TimeSpan.FromMilliseconds(50);
        while (!stop.IsCancellationRequested)
        {
            TimeSpan wait;
            lock (_lock)
            {
                CatchUp();
                wait = _time.NextDue is { } due ? (due - _time.Now) / _options.Speed : longest;
            }

            wait = wait > longest ? longest : wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait;
            await Task.Delay(wait, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void CatchUp()
    {
        if (_options.Speed > 0) _time.AdvanceTo(_virtualStart + ((_clock.GetUtcNow() - _realStart) * _options.Speed));
    }

    private void Listen(IPEndPoint endpoint)
    {
        var listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(endpoint);
        listener.Listen(16);
        _endpoint = (IPEndPoint)listener.LocalEndPoint!;
        _listener = listener;
        _ = AcceptAsync(listener);
    }

    private void StopListening()
    {
        _listener?.Dispose();
        _listener = null;
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptAsync(_stop.Token);
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }

            client.NoDelay = true;
            AmiSession session;
            lock (_lock)
            {
                if (_sessions.Count >= _options.MaxClients || _listener != listener)
                {
                    client.Dispose();
                    continue;
                }

                session = new AmiSession(client, _options.MaxQueuedBytes) { Gate = () => _stalled?.Task ?? Task.CompletedTask };
                _sessions.Add(session);
                session.Send("Asterisk Call Manager/11.0.0\r\n");
            }

            _ = ServeAsync(session);
        }
    }

    private async Task ServeAsync(AmiSession session)
    {
        await session.RunAsync(Handle);
        lock (_lock) _sessions.Remove(session);
        session.Dispose();
    }

    /// <summary>One action: the clock first, then the answer, then what the action caused, in the order in which the real one sends them.</summary>
    private void Handle(AmiSession session, AmiRequest request)
    {
        lock (_lock)
        {
            if (session.IsClosed || _stop.IsCancellationRequested) return;
            CatchUp();
            var wasIn = session.In;
            _holding = true;
            var reply = _actions.Answer(request, session);
            _holding = false;
            SendPieces(session, reply);
            if (!wasIn && session.In) Welcome(session);
            foreach (var @event in _held) Tell(@event);
            _held.Clear();
            _time.AdvanceTo(_time.Now);
        }
    }

    /// <summary>A list goes out piece by piece when the snapshot is to be slow; what happens meanwhile comes in between, as it does on a busy switch.</summary>
    private void SendPieces(AmiSession session, AmiReply reply)
    {
        if (SnapshotPause <= TimeSpan.Zero || reply.Close)
        {
            foreach (var piece in reply.Pieces) session.Send(piece);
            if (reply.Close) session.Finish();
            return;
        }

        var pieces = reply.Pieces.GetEnumerator();
        void Next()
        {
            if (session.IsClosed || !pieces.MoveNext())
            {
                pieces.Dispose();
                return;
            }

            session.Send(pieces.Current);
            _time.In(SnapshotPause, Next);
        }

        Next();
    }

    private void Welcome(AmiSession session)
    {
        var uptime = (int)(Switch.Now - Switch.StartedAt).TotalSeconds;
        var booted = AmiText.Event("FullyBooted", EventClass.System)
            .Line("Uptime", uptime).Line("LastReload", uptime).Line("Status", "Fully Booted").End();
        var @event = new AmiEvent("FullyBooted", EventClass.System, booted);
        if (session.Filter.Wants(@event)) session.Send(@event.Bytes);
        Switch.Voice.Plain("SuccessfulAuth", EventClass.Security,
            ("EventTV", $"{Switch.Now:yyyy-MM-ddTHH:mm:ss.fff}+0000"), ("Severity", "Informational"), ("Service", "AMI"), ("EventVersion", "1"),
            ("AccountID", _options.Username), ("SessionID", "0x7f01580015a0"), ("LocalAddress", $"IPV4/TCP/{Endpoint.Address}/{Endpoint.Port}"),
            ("RemoteAddress", $"IPV4/TCP/{session.RemoteEnd.Replace(':', '/')}"), ("UsingPassword", "0"),
            ("SessionTV", $"{Switch.Now:yyyy-MM-ddTHH:mm:ss.fff}+0000"));
    }

    private void Hear(AmiEvent @event)
    {
        if (_holding) _held.Add(@event);
        else Tell(@event);
    }

    private void Tell(AmiEvent @event)
    {
        var twice = DuplicateShare > 0 && _disorder.Chance(DuplicateShare);
        foreach (var session in _sessions)
        {
            if (!session.In || !session.Filter.Wants(@event)) continue;
            session.Send(@event.Bytes);
            if (twice) session.Send(@event.Bytes);
        }
    }

    /// <summary>Sends bytes as they are to every client, signed in or not.</summary>
    private void SendRaw(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        foreach (var session in _sessions) session.Send(bytes);
    }
}
