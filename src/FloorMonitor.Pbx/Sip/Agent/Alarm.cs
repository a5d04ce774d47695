namespace FloorMonitor.Pbx.Sip.Agent;

/// <summary>One who waits, until an instant or until somebody rings: one timer for a lifetime, however often it waits.</summary>
internal sealed class Alarm : IDisposable
{
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private TaskCompletionSource? waiting;
    private bool rung;

    public Alarm(TimeProvider time)
    {
        this.time = time;
        timer = time.CreateTimer(static me => ((Alarm)me!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits until the instant (null: for ever) or the next ring; a ring since the last waiting counts.</summary>
    public Task WaitAsync(DateTimeOffset? until)
    {
        lock (gate)
        {
            if (rung)
            {
                rung = false;
                return Task.CompletedTask;
            }

            waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            SetTimer(until);
            return waiting.Task;
        }
    }

    /// <summary>Moves the end of the waiting that is under way; nothing happens where nobody waits.</summary>
    public void Move(DateTimeOffset until)
    {
        lock (gate)
            if (waiting is not null) SetTimer(until);
    }

    /// <summary>Ends the waiting, or the next one before it begins.</summary>
    public void Ring()
    {
        lock (gate)
        {
            if (waiting is null)
            {
                rung = true;
                return;
            }

            waiting.SetResult();
            waiting = null;
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => timer.Dispose();

    private void SetTimer(DateTimeOffset? until)
    {
        var wait = until is { } instant ? instant - time.GetUtcNow() : Timeout.InfiniteTimeSpan;
        if (until is not null && wait < TimeSpan.Zero) wait = TimeSpan.Zero;
        timer.Change(wait, Timeout.InfiniteTimeSpan);
    }
}
