using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Pbx;
using FloorMonitor.Pbx.Ami;
using FloorMonitor.Pbx.Simulated;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Tests.Simulated;

/// <summary>
/// An <see cref="AmiFeed"/> on a simulated switch, both in virtual time. The only real waiting is for bytes on the loopback
/// socket: a barrier (an action and its answer) shows that everything sent before has been read.
/// </summary>
internal sealed class FeedWatch : IAsyncDisposable, ILogger<AmiFeed>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly SimulatedPbx _pbx;
    private readonly FakeTimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _signal = new(0);
    private readonly Lock _lock = new();
    private readonly List<FeedMessage> _received = [];
    private readonly Task _running;
    private readonly IDisposable _subscription;
    private DateTimeOffset? _nextTryAt;
    private bool _synced;

    public FeedWatch(SimulatedPbx pbx, FakeTimeProvider clock, FloorSetup setup, AmiFeedOptions? options = null)
    {
        _pbx = pbx;
        _clock = clock;
        options ??= new AmiFeedOptions("sim", "127.0.0.1", pbx.Endpoint.Port, DemoFloor.Username, DemoFloor.Secret);
        Feed = new AmiFeed(options, new AgentDirectory(setup), clock, this, random: () => 0.5);
        _subscription = Feed.Messages.Subscribe(new Inbox(Receive));
        _running = Feed.RunAsync(_stop.Token);
    }

    public AmiFeed Feed { get; }

    public bool IsSynced
    {
        get
        {
            lock (_lock) return _synced;
        }
    }

    /// <summary>What the feed said since this was last asked.</summary>
    public List<FeedMessage> Take()
    {
        lock (_lock)
        {
            var taken = _received.ToList();
            _received.Clear();
            return taken;
        }
    }

    /// <summary>
    /// Waits until everything that the switch has sent so far was read and told: an action's answer comes after it. False where
    /// there is no link to ask over.
    /// </summary>
    public async Task<bool> BarrierAsync()
    {
        var answer = await Feed.ExecuteAsync(new SetPause("sim", "PJSIP/nobody", null, true, ""), _stop.Token).AsTask().WaitAsync(Patience);
        return answer.Answer.En.Contains("Interface not found", StringComparison.Ordinal);
    }

    /// <summary>Waits until the feed has noticed that its link is gone.</summary>
    public async Task LostAsync()
    {
        while (IsSynced) Assert.True(await _signal.WaitAsync(Patience), "The feed does not notice.");
    }

    /// <summary>Moves both clocks by small steps until the feed is synced, handing over what it says.</summary>
    public async Task SyncAsync(Action? afterEachStep = null)
    {
        for (var steps = 0; !await BarrierAsync(); steps++)
        {
            if (steps > 3000) throw new TimeoutException("The feed does not come back.");
            if (IsSynced) await _signal.WaitAsync(TimeSpan.FromMilliseconds(20));
            else await StepAsync(TimeSpan.FromMilliseconds(100));
            afterEachStep?.Invoke();
        }
    }

    /// <summary>Moves both clocks once. What the switch says meanwhile carries the instant at which the step began.</summary>
    public async Task StepAsync(TimeSpan by)
    {
        _pbx.Step(by);
        await ReadOrLostAsync();
        _clock.Advance(by);
        await ReadOrLostAsync();
        if (IsSynced) return;

        // Between two tries only the clock wakes the feed. During one it works by itself or waits for the switch's next step.
        if (_nextTryAt is { } next && _clock.GetUtcNow() < next) return;
        await _signal.WaitAsync(TimeSpan.FromMilliseconds(20));
    }

    /// <summary>A link that is breaking is found out at once: virtual time must not run on while the news is on its way.</summary>
    private async Task ReadOrLostAsync()
    {
        for (var tries = 0; IsSynced && !await BarrierAsync(); tries++)
        {
            Assert.True(tries < 2000, "The feed neither answers nor says that it lost the link.");
            await _signal.WaitAsync(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <summary>Moves both clocks while the switch says nothing, so that no answer can be waited for.</summary>
    public async Task StepWithoutWaitingAsync(TimeSpan by)
    {
        _pbx.Step(by);
        _clock.Advance(by);
        await _signal.WaitAsync(TimeSpan.FromMilliseconds(2));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _subscription.Dispose();
        Feed.Dispose();
        _signal.Dispose();
        _stop.Dispose();
    }

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values) return;
        foreach (var (name, value) in values)
        {
            if (name != "Wait" || value is not double seconds) continue;
            lock (_lock) _nextTryAt = _clock.GetUtcNow() + TimeSpan.FromSeconds(seconds);
            _signal.Release();
        }
    }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    private void Receive(FeedMessage message)
    {
        lock (_lock)
        {
            _received.Add(message);
            foreach (var @event in message.Events)
            {
                if (@event is FeedSynced) (_synced, _nextTryAt) = (true, null);
                else if (@event is FeedLost) _synced = false;
                else continue;
                _signal.Release();
            }
        }
    }

    private sealed class Inbox(Action<FeedMessage> receive) : IObserver<FeedMessage>
    {
        public void OnCompleted()
        {
        }

        public void OnError(Exception error) => throw error;

        public void OnNext(FeedMessage value) => receive(value);
    }
}
