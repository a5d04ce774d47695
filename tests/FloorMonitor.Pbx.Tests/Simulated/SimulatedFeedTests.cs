using System.Net;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Pbx.Simulated;
using FloorMonitor.Tests.Simulated;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Pbx.Tests.Simulated;

/// <summary>The real feed on the simulated switch: it is taken for an Asterisk, in good days and bad.</summary>
public sealed class SimulatedFeedTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(SmallFloor.Start);
    private readonly SimulatedPbx _pbx;
    private FeedWatch _watch = null!;

    public SimulatedFeedTests() => _pbx = new SimulatedPbx(SmallFloor.Plan(), SmallFloor.Stepped, _clock);

    private static FloorSetup Setup => FloorSetup.Default with
    {
        Agents = [new("1001", "李伟", "A", "PJSIP/1001"), new("1002", "张敏", "A", "PJSIP/1002")],
    };

    public async ValueTask InitializeAsync()
    {
        await _pbx.StartAsync(new IPEndPoint(IPAddress.Loopback, 0));
        _pbx.Do(it =>
        {
            it.AddMember(it.FindQueue("support")!, "PJSIP/1001", "Li Wei", 0, dynamic: true, paused: false, "");
            it.AddMember(it.FindQueue("sales")!, "PJSIP/1002", "张敏", 0, dynamic: true, paused: true, "meal");
        });
        _watch = new FeedWatch(_pbx, _clock, Setup);
        await _watch.SyncAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        await _pbx.DisposeAsync();
    }

    [Fact]
    public void The_snapshot_names_every_queue_and_member()
    {
        var snapshot = Snapshots().Single();
        Assert.Equal(["fixed", "sales", "support"], snapshot.Queues.Select(queue => queue.Name).Order(StringComparer.Ordinal));
        Assert.Equal(3, snapshot.Members.Count);
        var paused = snapshot.Members.Single(member => member.Agent == "1002");
        Assert.Equal((true, "meal", false), (paused.Paused, paused.PauseReason, paused.IsStatic));
        Assert.Equal(SmallFloor.Start, paused.PausedAt);
        Assert.True(snapshot.Members.Single(member => member.Queue == "fixed").IsStatic);
        Assert.NotNull(snapshot.SwitchStartedAt);
    }

    [Fact]
    public async Task A_call_comes_through_the_feeds_own_filter()
    {
        _watch.Take();
        _pbx.Do(it => it.CallIn(it.FindQueue("support")!, "13800001111"));
        await _watch.StepAsync(TimeSpan.FromSeconds(30));
        await _watch.StepAsync(TimeSpan.FromMinutes(30));
        var told = Told();
        Assert.Contains(told, @event => @event is CallerJoined { Queue: "support", Party: "13800001111" });
        Assert.Contains(told, @event => @event is AgentRinging { Agent: "1001" });
        Assert.Contains(told, @event => @event is CallAnswered { Agent: "1001" });
        Assert.Contains(told, @event => @event is CallCompleted { Agent: "1001" });
    }

    [Fact]
    public async Task An_action_of_the_monitor_changes_the_switch_and_comes_back_as_an_event()
    {
        _watch.Take();
        Assert.True((await _watch.Feed.ExecuteAsync(new SetPause("sim", "PJSIP/1002", null, false, ""), TestContext.Current.CancellationToken)).Done);
        await _watch.BarrierAsync();
        Assert.Contains(Told(), @event => @event is MemberResumed { Agent: "1002", Queue: "sales" });
        Assert.False(_pbx.Do(it => it.FindQueue("sales")!.Members[0].Paused));
    }

    [Fact]
    public async Task A_cut_link_is_lost_and_found_again()
    {
        _watch.Take();
        _pbx.CutLinks();
        await _watch.LostAsync();
        await _watch.SyncAsync();
        Assert.Equal(2, Snapshots().Single().Members.Count(member => !member.IsStatic));
    }

    [Fact]
    public async Task A_restart_with_persistent_members_brings_them_back_with_the_restarts_times()
    {
        var before = Snapshots().Single();
        _pbx.Restart(TimeSpan.FromSeconds(4));
        await _watch.LostAsync();
        await _watch.SyncAsync();
        var after = Snapshots().Single();
        var restarted = _pbx.Do(it => it.StartedAt);
        Assert.True(after.SwitchStartedAt - before.SwitchStartedAt > TimeSpan.FromHours(1));
        Assert.InRange((after.SwitchStartedAt!.Value - restarted).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
        var paused = after.Members.Single(member => member.Agent == "1002");
        Assert.True(paused.Paused);
        Assert.Equal("meal", paused.PauseReason);
        Assert.InRange((paused.PausedAt!.Value - restarted).Duration(), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_restart_without_them_leaves_only_the_static_ones()
    {
        _pbx.Restart(TimeSpan.FromSeconds(4), persistentMembers: false, orderly: false);
        await _watch.LostAsync();
        _watch.Take();
        await _watch.SyncAsync();
        Assert.True(Snapshots().Single().Members.Single().IsStatic);
    }

    [Fact]
    public async Task A_refused_login_is_said_and_tried_again_slowly()
    {
        _pbx.RefuseLogins = true;
        _pbx.CutLinks();
        await _watch.LostAsync();
        for (var i = 0; i < 50; i++) await _watch.StepAsync(TimeSpan.FromMilliseconds(100));
        Assert.Contains(Told(), @event => @event is FeedLost lost && lost.Reason.Contains("refuses", StringComparison.Ordinal));
        _pbx.RefuseLogins = false;
        await _watch.SyncAsync();
    }

    [Theory]
    [InlineData("\0\u0001\u0002garbage without an end")]
    [InlineData("Event: QueueCallerJoin\r\nQueue: \r\n\r\n")]
    public async Task Garbage_never_ends_the_feed(string garbage)
    {
        _pbx.SendGarbage(garbage);
        _pbx.SendGarbage("\r\n\r\n");
        await _watch.SyncAsync();
        _watch.Take();
        _pbx.Do(it => it.CallIn(it.FindQueue("support")!, "13800001111"));
        await _watch.BarrierAsync();
        Assert.Contains(Told(), @event => @event is CallerJoined { Queue: "support" });
    }

    [Fact]
    public async Task An_endless_line_loses_the_link_and_a_new_one_is_made()
    {
        _pbx.SendEndlessLine(4 << 20);
        await _watch.LostAsync();
        await _watch.SyncAsync();
    }

    [Fact]
    public async Task What_happens_during_a_slow_snapshot_is_told_after_it()
    {
        _pbx.SnapshotPause = TimeSpan.FromMilliseconds(700);
        _pbx.At(_pbx.Now + TimeSpan.FromSeconds(3), () => _pbx.Switch.CallIn(_pbx.Switch.FindQueue("sales")!, "13900000000"));
        _watch.Take();
        _pbx.CutLinks();
        await _watch.LostAsync();
        await _watch.SyncAsync();
        for (var i = 0; i < 40; i++) await _watch.StepAsync(TimeSpan.FromMilliseconds(100));
        var told = Told();
        var synced = told.FindIndex(@event => @event is FeedSynced);
        Assert.True(synced >= 0);
        var snapshot = ((FeedSynced)told[synced]).Snapshot;
        var joined = told.FindIndex(@event => @event is CallerJoined { Queue: "sales" });
        Assert.True(snapshot.Callers.Any(caller => caller.Queue == "sales") || joined > synced, "either the snapshot or a later event tells of the caller");
    }

    private List<FloorEvent> Told() => [.. _watch.Take().SelectMany(message => message.Events)];

    private List<FeedSnapshot> Snapshots() => [.. Told().OfType<FeedSynced>().Select(synced => synced.Snapshot)];
}
