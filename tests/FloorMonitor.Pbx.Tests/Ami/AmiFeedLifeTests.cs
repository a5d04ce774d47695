using FloorMonitor.Core.Floor;

namespace FloorMonitor.Pbx.Tests.Ami;

/// <summary>A live feed: lost links, restarts, the keepalive, the clock of the switch.</summary>
public sealed class AmiFeedLifeTests
{
    [Fact]
    public async Task A_lost_link_is_said_and_sought_again()
    {
        await using var test = new FeedUnderTest();
        var (peer, _) = await test.SyncedAsync();
        peer.Close(new IOException("Connection reset by peer"));
        Assert.Equal("Connection reset by peer", (await test.NextAsync<FeedLost>()).Reason);
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(1));
        await test.NextAsync<FeedConnecting>();
        await test.NextAsync<FeedSynced>();
    }

    [Fact]
    public async Task After_a_good_link_the_waits_begin_anew()
    {
        await using var test = new FeedUnderTest();
        var (peer, _) = await test.SyncedAsync();
        test.Clock.Advance(TimeSpan.FromSeconds(11));
        peer.Close();
        await test.NextAsync<FeedLost>();
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(0.5));
        await test.NextAsync<FeedConnecting>();
    }

    [Fact]
    public async Task A_restart_of_the_switch_is_known_by_its_later_start()
    {
        var pbx = new FakeSwitch();
        pbx.On("CoreStatus", "Response: Success\r\nActionID: {id}\r\nCoreStartupDate: 2026-11-23\r\nCoreStartupTime: 14:16:40\r\n\r\n");
        await using var test = new FeedUnderTest(pbx);
        var (peer, before) = await test.SyncedAsync();

        // The clock says 07:16:40 UTC and Uptime an hour: 14:16:40 is the same start in the switch's zone, eight hours ahead.
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 6, 16, 40, TimeSpan.Zero), before.SwitchStartedAt);
        test.Clock.Advance(TimeSpan.FromSeconds(12));
        peer.Send("Event: Shutdown\r\nPrivilege: system,all\r\nShutdown: Cleanly\r\nRestart: True\r\n\r\n");
        peer.Close();
        Assert.Equal("The switch was shut down.", (await test.NextAsync<FeedLost>()).Reason);
        pbx.On("CoreStatus", "Response: Success\r\nActionID: {id}\r\nCoreStartupDate: 2026-11-23\r\nCoreStartupTime: 15:16:50\r\n\r\n");
        pbx.On("Login", FakeSwitch.Ok + "Event: FullyBooted\r\nUptime: 2\r\n\r\n");
        pbx.On("QueueStatus", FakeSwitch.Queues(FakeSwitch.Member("support", "Local/2001@localagents/n", "LoginTime: 1795418210\r\n")));
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(0.5));
        await test.NextAsync<FeedConnecting>();
        var after = (await test.NextAsync<FeedSynced>()).Snapshot;
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 7, 16, 50, TimeSpan.Zero), after.SwitchStartedAt);

        // persistentmembers: the members come back as of the restart; the floor, which knows better, can tell by the two instants.
        Assert.Equal(after.SwitchStartedAt, Assert.Single(after.Members).SignedInAt);
    }

    [Fact]
    public async Task A_start_that_wavers_by_a_second_is_no_restart()
    {
        var pbx = new FakeSwitch();
        await using var test = new FeedUnderTest(pbx);
        var (peer, before) = await test.SyncedAsync();
        peer.Close();
        await test.NextAsync<FeedLost>();
        pbx.On("Login", FakeSwitch.Ok + "Event: FullyBooted\r\nUptime: 3600\r\n\r\n");
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(1));
        await test.NextAsync<FeedConnecting>();
        Assert.Equal(before.SwitchStartedAt, (await test.NextAsync<FeedSynced>()).Snapshot.SwitchStartedAt);
    }

    [Fact]
    public async Task A_switch_that_was_still_loading_is_read_anew_when_it_has_started()
    {
        var pbx = new FakeSwitch();
        pbx.On("Login", FakeSwitch.Ok);
        await using var test = new FeedUnderTest(pbx);
        var (peer, seen) = await test.SyncedAsync();
        Assert.True(seen.Members.IsEmpty);
        pbx.On("QueueStatus", FakeSwitch.Queues(FakeSwitch.Member("support", "Local/2001@localagents/n")));
        peer.Send("Event: FullyBooted\r\nUptime: 1\r\nStatus: Fully Booted\r\n\r\n");
        Assert.Single((await test.NextAsync<FeedSynced>()).Snapshot.Members);
    }

    [Fact]
    public async Task A_switch_that_takes_logins_before_its_queues_are_loaded_is_waited_for_not_taken_for_a_refusal()
    {
        var pbx = new FakeSwitch();
        pbx.On("Login", FakeSwitch.Ok);
        pbx.On("QueueStatus", "Response: Error\r\nActionID: {id}\r\nMessage: Invalid/unknown command: QueueStatus.\r\n\r\n");
        await using var test = new FeedUnderTest(pbx);
        await test.NextAsync<FeedConnecting>();
        var peer = await pbx.NextPeerAsync();
        await test.Clock.TimerOfAsync(FeedUnderTest.Options.SnapshotWithin);
        await test.Clock.TimerOfAsync(FeedUnderTest.Options.SnapshotWithin);
        await test.Clock.TimerOfAsync(FeedUnderTest.Options.SnapshotWithin);
        pbx.On("QueueStatus", FakeSwitch.Queues(FakeSwitch.Member("support", "Local/2001@localagents/n")));
        peer.Send("Event: FullyBooted\r\nUptime: 1\r\n\r\n");
        Assert.Single((await test.NextAsync<FeedSynced>()).Snapshot.Members);
    }

    [Fact]
    public async Task A_switch_that_has_told_once_that_it_was_booted_is_not_read_before_it_tells_again()
    {
        var pbx = new FakeSwitch();
        pbx.On("QueueStatus", FakeSwitch.Queues(FakeSwitch.Member("support", "Local/2001@localagents/n")));
        await using var test = new FeedUnderTest(pbx);
        var (first, _) = await test.SyncedAsync();
        pbx.On("Login", FakeSwitch.Ok);
        first.Close();
        await test.NextAsync<FeedLost>();
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(1));
        await test.NextAsync<FeedConnecting>();
        var second = await pbx.NextPeerAsync();
        await test.Clock.TimerOfAsync(FeedUnderTest.Options.SnapshotWithin);
        Assert.DoesNotContain(second.Actions, action => action["Action"] == "QueueStatus");
        second.Send("Event: FullyBooted\r\nUptime: 1\r\n\r\n");
        await test.NextAsync<FeedSynced>();
    }

    [Fact]
    public async Task A_switch_that_never_finishes_starting_is_let_go_and_tried_again()
    {
        var pbx = new FakeSwitch();
        await using var test = new FeedUnderTest(pbx);
        var (first, _) = await test.SyncedAsync();
        pbx.On("Login", FakeSwitch.Ok);
        first.Close();
        await test.NextAsync<FeedLost>();
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(1));
        await test.NextAsync<FeedConnecting>();
        await test.Clock.RunOutAsync(FeedUnderTest.Options.SnapshotWithin);
        Assert.Equal("The switch is still starting after 61 s.", (await test.NextAsync<FeedLost>()).Reason);
    }

    [Fact]
    public async Task A_reload_of_the_configuration_is_read_anew_and_events_meanwhile_are_held()
    {
        var pbx = new FakeSwitch();
        await using var test = new FeedUnderTest(pbx);
        var (peer, _) = await test.SyncedAsync();
        pbx.On("QueueStatus", (to, action) =>
        {
            to.Send(AmiFeedTests.Pause("short"));
            return FakeSwitch.Queues("Event: QueueParams\r\nQueue: new\r\n");
        });
        peer.Send("Event: Reload\r\nPrivilege: system,all\r\nModule: app_queue.so\r\nStatus: 0\r\n\r\n");
        Assert.Equal("new", Assert.Single((await test.NextAsync<FeedSynced>()).Snapshot.Queues).Name);
        await test.NextAsync<MemberPaused>();
    }

    [Fact]
    public async Task A_ping_that_is_answered_too_late_means_the_link_is_lost()
    {
        var pbx = new FakeSwitch();
        await using var test = new FeedUnderTest(pbx);
        await test.SyncedAsync();
        pbx.On("Ping", (string?)null);
        test.Clock.Advance(FeedUnderTest.Options.KeepAliveEvery);
        await test.Clock.RunOutAsync(FeedUnderTest.Options.AnswerWithin);
        Assert.Equal("The switch did not answer Ping within 12 s.", (await test.NextAsync<FeedLost>()).Reason);
    }

    [Fact]
    public async Task A_ping_that_is_answered_keeps_the_link()
    {
        await using var test = new FeedUnderTest();
        var (peer, _) = await test.SyncedAsync();
        for (var i = 0; i < 3; i++)
        {
            test.Clock.Advance(FeedUnderTest.Options.KeepAliveEvery);
            await test.Clock.TimerOfAsync(FeedUnderTest.Options.KeepAliveEvery);
        }

        Assert.Equal(4, peer.Actions.Count(action => action["Action"] == "Ping"));
        peer.Send(AmiFeedTests.Pause("meal"));
        await test.NextAsync<MemberPaused>();
    }

    [Fact]
    public async Task Nothing_but_the_keepalive_is_asked_regularly()
    {
        await using var test = new FeedUnderTest();
        var (peer, _) = await test.SyncedAsync();
        var before = peer.Actions.Count;
        test.Clock.Advance(FeedUnderTest.Options.KeepAliveEvery);
        await test.Clock.TimerOfAsync(FeedUnderTest.Options.KeepAliveEvery);
        Assert.Equal("Ping", Assert.Single(peer.Actions.Skip(before))["Action"]);
    }

    [Fact]
    public async Task Instants_of_a_switch_whose_clock_runs_ahead_are_corrected()
    {
        var pbx = new FakeSwitch();
        pbx.On("Ping", "Response: Success\r\nActionID: {id}\r\nPing: Pong\r\nTimestamp: 1795418320.000000\r\n\r\n");
        pbx.On("QueueStatus", FakeSwitch.Queues(FakeSwitch.Member("support", "Local/2001@localagents/n", "LoginTime: 1795418220\r\n")));
        await using var test = new FeedUnderTest(pbx);
        var (peer, seen) = await test.SyncedAsync();

        // Two minutes ahead: what it calls 220 was 100 here.
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795418100), Assert.Single(seen.Members).SignedInAt);
        peer.Send("Event: QueueCallerJoin\r\nTimestamp: 1795418319.500000\r\nQueue: support\r\nUniqueid: 1.1\r\n\r\n");
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1795418199500), (await test.NextAsync<CallerJoined>()).At);
    }

    [Fact]
    public async Task A_resync_drops_the_link_says_why_and_reads_everything_anew()
    {
        await using var test = new FeedUnderTest();
        await test.SyncedAsync();
        test.Feed.Resync("overflow");
        Assert.Equal("The floor asked to read the switch anew: overflow.", (await test.NextAsync<FeedLost>()).Reason);
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(1));
        await test.NextAsync<FeedConnecting>();
        await test.NextAsync<FeedSynced>();
    }

    [Fact]
    public async Task Cancelling_ends_the_feed_quietly()
    {
        var test = new FeedUnderTest();
        await test.SyncedAsync();
        await test.DisposeAsync();
        Assert.IsType<FeedSynced>(Assert.Single(test.Heard[^1].Events));
    }
}
