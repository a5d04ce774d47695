using System.Collections.Concurrent;
using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Hubs;
using FloorMonitor.Service.Tests.Support;
using FloorMonitor.Service.Wire;

namespace FloorMonitor.Service.Tests.Hubs;

public sealed class ScreenPumpTests
{
    private static readonly DateTimeOffset At = Floors.Start;

    [Fact]
    public async Task A_screen_that_does_not_read_has_one_message_waiting_and_gets_one_difference_to_the_newest_when_it_does()
    {
        using var engine = await new EngineUnderTest().StartAsync();
        engine.Say(Floors.Synced("pbx", At, Floors.Member("1001", "support", At)));
        var views = new FloorViews(engine.Board, engine.Store, engine.Notes, engine.Time);
        using var meter = new EngineMeter();
        using var broadcaster = new Broadcaster(engine.Board, views, new WallBook(Floors.Config()), engine.Notes, engine.Time, meter);
        using var gone = new CancellationTokenSource();
        using var slow = new Screen("slow", broadcaster, views);
        using var quick = new Screen("quick", broadcaster, views);
        quick.Read(1000);
        var pumps = new[] { slow.Pump.RunAsync(gone.Token), quick.Pump.RunAsync(gone.Token) };

        for (var i = 0; i < 100; i++)
        {
            FloorEvent said = i % 2 == 0 ? new MemberPaused(At, "pbx", "1001", "support", "meal", At) : new MemberResumed(At, "pbx", "1001", "support");
            engine.Say(Floors.Said(said));
            broadcaster.Publish();
            await quick.UntilAsync(broadcaster.Newest.View.Version);
        }

        Assert.Equal(FloorHub.Snapshot, Assert.Single(slow.Begun).Method);
        slow.Read(2);
        await slow.UntilAsync(broadcaster.Newest.View.Version);
        Assert.Equal(2, slow.Begun.Count);
        var delta = Assert.IsType<WireDelta>(slow.Begun.Last().Message);
        Assert.True(delta.Version - delta.From >= 99);
        Assert.Equal(101, quick.Begun.Count);
        await gone.CancelAsync();
        await Task.WhenAll(pumps);
    }

    [Fact]
    public async Task A_screen_that_asks_for_everything_gets_it_and_goes_on_from_there()
    {
        using var engine = await new EngineUnderTest().StartAsync();
        var views = new FloorViews(engine.Board, engine.Store, engine.Notes, engine.Time);
        using var meter = new EngineMeter();
        using var broadcaster = new Broadcaster(engine.Board, views, new WallBook(Floors.Config()), engine.Notes, engine.Time, meter);
        using var gone = new CancellationTokenSource();
        using var screen = new Screen("screen", broadcaster, views);
        screen.Read(1000);
        var pump = screen.Pump.RunAsync(gone.Token);
        engine.Say(Floors.Synced("pbx", At, Floors.Member("1001", "support", At)));
        broadcaster.Publish();
        await screen.UntilAsync(broadcaster.Newest.View.Version);

        broadcaster.Refresh("screen");
        while (screen.Begun.Count(sent => sent.Method == FloorHub.Snapshot) < 2) await Task.Yield();
        var last = Assert.IsType<WireSnapshot>(screen.Begun.Last().Message);
        engine.Say(Floors.Said(new MemberPaused(At, "pbx", "1001", "support", "meal", At)));
        broadcaster.Publish();
        await screen.UntilAsync(broadcaster.Newest.View.Version);
        Assert.Equal(last.Version, Assert.IsType<WireDelta>(screen.Begun.Last().Message).From);
        await gone.CancelAsync();
        await pump;
    }

    private sealed class Screen : IDisposable
    {
        private readonly SemaphoreSlim reads = new(0);
        private long version = -1;

        public Screen(string name, Broadcaster broadcaster, FloorViews views)
        {
            Pump = new ScreenPump(name, SendAsync, broadcaster, views);
            broadcaster.Add(Pump);
        }

        public ScreenPump Pump { get; }

        public ConcurrentQueue<(string Method, object Message)> Begun { get; } = new();

        public void Dispose() => reads.Dispose();

        public void Read(int messages) => reads.Release(messages);

        public async Task UntilAsync(long wanted)
        {
            while (Interlocked.Read(ref version) < wanted)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }

        private async Task SendAsync(string method, object message, CancellationToken gone)
        {
            Begun.Enqueue((method, message));
            await reads.WaitAsync(gone);
            Interlocked.Exchange(ref version, message is WireDelta delta ? delta.Version : ((WireSnapshot)message).Version);
        }
    }
}
