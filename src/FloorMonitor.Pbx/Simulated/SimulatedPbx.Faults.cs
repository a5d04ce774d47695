using System.Net;

namespace FloorMonitor.Pbx.Simulated;

/// <summary>What can go wrong with a switch and the way to it; each can be done at once or planned for an instant.</summary>
public sealed partial class SimulatedPbx
{
    private readonly Dice _disorder = new(0xD15);
    private TaskCompletionSource? _stalled;

    /// <summary>The pause between the pieces of a list answer; zero for none.</summary>
    public TimeSpan SnapshotPause { get; set; }

    /// <summary>The share of events that are told twice.</summary>
    public double DuplicateShare { get; set; }

    /// <summary>Whether every login is refused, as with a wrong secret.</summary>
    public bool RefuseLogins
    {
        get
        {
            lock (_lock) return _actions.RefuseLogins;
        }

        set
        {
            lock (_lock) _actions.RefuseLogins = value;
        }
    }

    /// <summary>Does something at an instant of the virtual clock, between two events.</summary>
    public void At(DateTimeOffset instant, Action act)
    {
        lock (_lock) _time.At(instant, act);
    }

    /// <summary>Cuts every client's link in the middle of whatever was being sent.</summary>
    public void CutLinks()
    {
        lock (_lock)
            foreach (var session in _sessions.ToArray()) session.Close();
    }

    /// <summary>Sends nothing more until <see cref="GoOn"/>, though the links stay open.</summary>
    public void Stall()
    {
        lock (_lock) _stalled ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Ends a stall; what gathered is sent.</summary>
    public void GoOn()
    {
        lock (_lock)
        {
            _stalled?.TrySetResult();
            _stalled = null;
        }
    }

    /// <summary>Sends bytes that are no message, between two messages or (without a line end of their own) into the next one.</summary>
    public void SendGarbage(string bytes)
    {
        lock (_lock) SendRaw(bytes);
    }

    /// <summary>Sends a line that does not end.</summary>
    public void SendEndlessLine(int length)
    {
        lock (_lock) SendRaw("Event: " + new string('x', length));
    }

    /// <summary>Sets the switch's clock so far ahead of the world's.</summary>
    public void SkewClock(TimeSpan ahead)
    {
        lock (_lock) Switch.Skew = ahead;
    }

    /// <summary>Lets events whose order is not promised come the other way round in this share of cases.</summary>
    public void Disorder(double share)
    {
        lock (_lock) Switch.Disorder = share;
    }

    /// <summary>The switch restarts: calls and counters are gone, links are closed, and for a while nobody answers the port.</summary>
    /// <param name="down">How long it is away, by the virtual clock.</param>
    /// <param name="persistentMembers">Whether queue members survive it (persistentmembers=yes).</param>
    /// <param name="orderly">Whether it says Shutdown first.</param>
    public void Restart(TimeSpan down, bool persistentMembers = true, bool orderly = true)
    {
        lock (_lock)
        {
            if (orderly) Switch.Voice.Plain("Shutdown", EventClass.System, ("Shutdown", "Cleanly"), ("Restart", "True"));
            var endpoint = new IPEndPoint(Endpoint.Address, Endpoint.Port);
            StopListening();
            foreach (var session in _sessions.ToArray())
            {
                if (orderly) session.Finish();
                else session.Close();
                session.In = false;
            }

            Floor.SwitchIsDown = true;
            Switch.Restart(persistentMembers);
            _time.In(down, () =>
            {
                Switch.Restart(persistentMembers);
                Floor.SwitchIsDown = false;
                if (!_stop.IsCancellationRequested) Listen(endpoint);
            });
        }
    }
}
