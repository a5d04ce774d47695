using System.Collections.Concurrent;
using System.Threading.Channels;
using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx.Ami;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Pbx.Tests.Ami;

/// <summary>A feed, its switch, and a clock that only the test moves.</summary>
internal sealed class FeedUnderTest : IAsyncDisposable
{
    /// <summary>How long a test waits for what must come; nothing waits this long unless it fails.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static readonly AmiFeedOptions Options = new("main", "pbx.example", 5038, "floor", "s3cret-of-the-account")
    {
        // Each patience has a length of its own, so that a test can tell the timers apart.
        ConnectWithin = TimeSpan.FromSeconds(11),
        AnswerWithin = TimeSpan.FromSeconds(12),
        SnapshotWithin = TimeSpan.FromSeconds(61),
        KeepAliveEvery = TimeSpan.FromSeconds(15),
    };

    private readonly CancellationTokenSource stop = new();
    private readonly Channel<FeedMessage> said = Channel.CreateUnbounded<FeedMessage>();
    private readonly Task running;

    public FeedUnderTest(FakeSwitch? pbx = null, AmiFeedOptions? options = null, FloorSetup? setup = null)
    {
        Switch = pbx ?? new FakeSwitch();
        Feed = new AmiFeed(options ?? Options, new AgentDirectory(setup ?? FloorSetup.Default), Clock, Log, Switch.ConnectAsync, () => 1);
        Feed.Messages.Subscribe(new Observer(said.Writer));
        running = Feed.RunAsync(stop.Token);
    }

    public FakeSwitch Switch { get; }

    public AmiFeed Feed { get; }

    public WatchedClock Clock { get; } = new();

    public Logs Log { get; } = new();

    /// <summary>Everything that the feed has said so far and the test has read.</summary>
    public List<FeedMessage> Heard { get; } = [];

    /// <summary>The next event, which must be of this kind.</summary>
    public async Task<T> NextAsync<T>()
        where T : FloorEvent
    {
        var message = await said.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);
        Heard.Add(message);
        return Assert.IsType<T>(Assert.Single(message.Events));
    }

    /// <summary>The connection of a feed that has come as far as its snapshot.</summary>
    public async Task<(FakeSwitch.Peer Peer, FeedSnapshot Snapshot)> SyncedAsync()
    {
        await NextAsync<FeedConnecting>();
        var peer = await Switch.NextPeerAsync();
        var synced = await NextAsync<FeedSynced>();
        await Clock.TimerOfAsync(Options.KeepAliveEvery);
        return (peer, synced.Snapshot);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.WaitAsync(Patience);
        Feed.Dispose();
        stop.Dispose();
    }

    private sealed class Observer(ChannelWriter<FeedMessage> said) : IObserver<FeedMessage>
    {
        public void OnNext(FeedMessage value) => said.TryWrite(value);

        public void OnCompleted() => said.Complete();

        public void OnError(Exception error) => said.Complete(error);
    }
}

/// <summary>A clock that stands still, and says which timers were set on it, so that a test moves it only when something waits.</summary>
internal sealed class WatchedClock : FakeTimeProvider
{
    private readonly Channel<TimeSpan> timers = Channel.CreateUnbounded<TimeSpan>();

    public WatchedClock()
        : base(DateTimeOffset.FromUnixTimeSeconds(1795418200))
    {
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until a timer of this length is set.</summary>
    public async Task TimerOfAsync(TimeSpan due)
    {
        while (await timers.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(FeedUnderTest.Patience) != due)
        {
        }
    }

    /// <summary>Waits until a timer of this length is set, then lets it run out.</summary>
    public async Task RunOutAsync(TimeSpan due)
    {
        await TimerOfAsync(due);
        Advance(due);
    }
}

/// <summary>What a feed logs.</summary>
internal sealed class Logs : ILogger<AmiFeed>
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, formatter(state, exception)));
}
