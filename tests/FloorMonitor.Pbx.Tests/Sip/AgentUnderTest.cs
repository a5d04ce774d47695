using System.Threading.Channels;
using FloorMonitor.Pbx.Sip;
using FloorMonitor.Pbx.Sip.Transport;
using FloorMonitor.Pbx.Tests.Ami;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>An agent over a scripted layer, with one watch, and a clock that only the test moves. Its dice always fall on zero.</summary>
internal sealed class AgentUnderTest : IAsyncDisposable
{
    public static readonly SipUserAgentOptions Options = new("main", new(SipProtocol.Udp, "192.0.2.1", 5060), "monitor", "pbx.test", "s3cret-m")
    {
        // Each patience has a length of its own, so that a test can tell the timers apart.
        AliveEvery = TimeSpan.FromSeconds(15),
        RetryMin = TimeSpan.FromSeconds(2),
        RetryMax = TimeSpan.FromSeconds(64),
        AccountRetry = TimeSpan.FromSeconds(71),
        RefusedRetry = TimeSpan.FromSeconds(601),
        GoodbyeWithin = TimeSpan.FromSeconds(3),
        AskHolds = TimeSpan.FromSeconds(1.7),
    };

    public static readonly SipWatch Watch = new("201", "dialog", "application/dialog-info+xml") { Expires = TimeSpan.FromSeconds(300) };

    private readonly CancellationTokenSource stop = new();
    private readonly Channel<SipNotice> notices = Channel.CreateUnbounded<SipNotice>();
    private readonly Channel<SipLinkState> links = Channel.CreateUnbounded<SipLinkState>();
    private readonly Task running;

    public AgentUnderTest(SipUserAgentOptions? options = null, SipWatch? watch = null, Action<ScriptedLayer>? script = null)
    {
        script?.Invoke(Layer);
        Agent = new(options ?? Options, Clock, null, (_, _) => Layer, () => 0);
        Agent.LinkChanges.Subscribe(state => links.Writer.TryWrite(state));
        Subscription = Agent.Subscribe(watch ?? Watch, notice => notices.Writer.TryWrite(notice));
        running = Agent.RunAsync(stop.Token);
    }

    public SipUserAgent Agent { get; }

    public ScriptedLayer Layer { get; } = new();

    public SipClock Clock { get; } = new();

    public ISipSubscription Subscription { get; }

    /// <summary>The next thing that the watch says.</summary>
    public async Task<T> HeardAsync<T>()
        where T : SipNotice => Assert.IsType<T>(await notices.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(FeedUnderTest.Patience));

    /// <summary>The next thing that the watch says, whatever it is.</summary>
    public async Task<SipNotice> HeardAnyAsync() => await notices.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(FeedUnderTest.Patience);

    /// <summary>Waits until the watch stands like this.</summary>
    public async Task<SipWatchChanged> StandsAsync(SipWatchStanding standing)
    {
        while (true)
            if (await notices.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(FeedUnderTest.Patience) is SipWatchChanged changed && changed.State.Standing == standing) return changed;
    }

    /// <summary>The next change of the link.</summary>
    public async Task<SipLinkState> LinkAsync() => await links.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(FeedUnderTest.Patience);

    /// <summary>A watch that is kept: taken for so many seconds, and heard of.</summary>
    public async Task<ScriptedLayer.Asked> WatchedAsync(int seconds = 300)
    {
        var subscribe = await Layer.NextAsync();
        subscribe.Answer($"200 OK\nExpires: {seconds}\nContact: <sip:presence@192.0.2.1:5060>");
        await Clock.TimerOfAsync(TimeSpan.FromSeconds(Math.Min(32, seconds * 0.6)));
        Assert.Equal(200, Layer.Notify(subscribe, $"active;expires={seconds}").Status);
        await StandsAsync(SipWatchStanding.Active);
        await Clock.TimerOfAsync(TimeSpan.FromSeconds(seconds * 0.6));
        return subscribe;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();

        // The goodbye is answered by nobody, and ends with its time.
        while (!running.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System));
        }

        await running;
        Agent.Dispose();
        stop.Dispose();
    }
}
