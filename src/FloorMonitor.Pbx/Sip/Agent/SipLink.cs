using System.Reactive.Subjects;

namespace FloorMonitor.Pbx.Sip.Agent;

/// <summary>What is known of the PBX being there, and everybody who waits for it.</summary>
internal sealed class SipLink(TimeProvider time, SipMeter meter) : IDisposable
{
    private readonly Subject<SipLinkState> changes = new();
    private readonly Lock gate = new();
    private TaskCompletionSource<long> up = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>As of now.</summary>
    public SipLinkState State { get; private set; } = new(false, time.GetUtcNow(), 0, "not connected yet", null);

    /// <summary>Every change.</summary>
    public IObservable<SipLinkState> Changes => changes;

    /// <summary>Waits until the PBX is there, and says in which epoch.</summary>
    public Task<long> UpAsync(CancellationToken stop)
    {
        lock (gate) return up.Task.WaitAsync(stop);
    }

    /// <summary>The PBX is there.</summary>
    public void Rise(TimeSpan? roundTrip)
    {
        lock (gate)
        {
            Set(new(true, time.GetUtcNow(), State.Epoch + 1, null, roundTrip));
            up.TrySetResult(State.Epoch);
        }
    }

    /// <summary>The PBX answered in this time.</summary>
    public void Measure(TimeSpan roundTrip)
    {
        meter.RecordRoundTrip(roundTrip);
        lock (gate)
            if (State.Up) Set(State with { RoundTrip = roundTrip });
    }

    /// <summary>The PBX is away, or is still.</summary>
    public void Fall(string reason)
    {
        lock (gate)
        {
            if (!State.Up && State.Reason == reason) return;
            if (State.Up)
            {
                meter.CountDown();
                up = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            Set(State with { Up = false, Since = State.Up ? time.GetUtcNow() : State.Since, Reason = reason });
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        changes.OnCompleted();
        changes.Dispose();
    }

    private void Set(SipLinkState next)
    {
        State = next;
        changes.OnNext(next);
    }
}
