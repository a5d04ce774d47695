using System.Net.Sockets;
using FloorMonitor.Core.Floor;
using Microsoft.Extensions.Logging;

namespace FloorMonitor.Pbx.Tests.Ami;

/// <summary>From the first connection to a live floor, and what may go wrong on the way.</summary>
public sealed class AmiFeedTests
{
    [Fact]
    public async Task The_feed_logs_in_reads_the_snapshot_and_is_synced()
    {
        var pbx = new FakeSwitch();
        pbx.On("QueueStatus", FakeSwitch.Queues(
            "Event: QueueParams\r\nQueue: support\r\nCompleted: 7\r\nAbandoned: 2\r\nServiceLevel: 20\r\n",
            FakeSwitch.Member("support", "Local/2001@localagents/n"),
            "Event: QueueEntry\r\nQueue: support\r\nPosition: 1\r\nUniqueid: 17.1\r\nCallerIDNum: 13800001111\r\nWait: 30\r\n"));
        await using var test = new FeedUnderTest(pbx);
        var (_, seen) = await test.SyncedAsync();
        Assert.Equal(new SeenQueue("support", 7, 2, TimeSpan.FromSeconds(20)), Assert.Single(seen.Queues));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795418140), Assert.Single(seen.Members).SignedInAt);
        Assert.Equal(
            new SeenCaller("support", "17.1", "13800001111", test.Clock.GetUtcNow() - TimeSpan.FromSeconds(30)), Assert.Single(seen.Callers));
        Assert.Equal(test.Clock.GetUtcNow() - TimeSpan.FromHours(1), seen.SwitchStartedAt);
        Assert.Contains("Event: QueueEntry", test.Heard[^1].Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_switch_offers_a_challenge_the_secret_never_crosses_the_wire()
    {
        await using var test = new FeedUnderTest();
        var (peer, _) = await test.SyncedAsync();
        var login = peer.Actions.Single(action => action["Action"] == "Login");
        Assert.Equal("MD5", login["AuthType"]);
        Assert.Equal(AmiLoginKey("597666490", "s3cret-of-the-account"), login["Key"]);
        Assert.DoesNotContain(peer.Actions, action => action.Lines.Any(line => line.Contains("s3cret", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Where_the_switch_offers_no_challenge_the_login_is_plain()
    {
        var pbx = new FakeSwitch();
        pbx.On("Challenge", "Response: Error\r\nActionID: {id}\r\nMessage: Must specify AuthType\r\n\r\n");
        await using var test = new FeedUnderTest(pbx);
        var (peer, _) = await test.SyncedAsync();
        Assert.Equal("s3cret-of-the-account", peer.Actions.Single(action => action["Action"] == "Login")["Secret"]);
    }

    [Fact]
    public async Task A_wrong_secret_is_said_plainly_and_tried_again_slowly()
    {
        var pbx = new FakeSwitch();
        pbx.On("Login", (peer, _) =>
        {
            peer.Send("Response: Error\r\nMessage: Authentication failed\r\n\r\n");
            peer.Close();
            return null;
        });
        await using var test = new FeedUnderTest(pbx);
        await test.NextAsync<FeedConnecting>();
        var lost = await test.NextAsync<FeedLost>();
        Assert.Equal("The switch refuses the account floor: Authentication failed.", lost.Reason);
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(60));
        await test.NextAsync<FeedConnecting>();
    }

    [Fact]
    public async Task The_secret_is_in_no_log_no_text_and_no_evidence()
    {
        var pbx = new FakeSwitch();
        pbx.On("Challenge", "Response: Error\r\nActionID: {id}\r\nMessage: no\r\n\r\n");
        await using var test = new FeedUnderTest(pbx);
        var (peer, _) = await test.SyncedAsync();
        peer.Close();
        await test.NextAsync<FeedLost>();
        Assert.DoesNotContain(test.Heard, message => message.Raw.Contains("s3cret", StringComparison.Ordinal));
        Assert.DoesNotContain(test.Log.Lines, line => line.Text.Contains("s3cret", StringComparison.Ordinal));
        Assert.DoesNotContain("s3cret", FeedUnderTest.Options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_may_not_filter_is_followed_all_the_same()
    {
        var pbx = new FakeSwitch();
        pbx.On("Filter", "Response: Error\r\nActionID: {id}\r\nMessage: Permission denied\r\n\r\n");
        await using var test = new FeedUnderTest(pbx);
        var (peer, _) = await test.SyncedAsync();
        Assert.Equal("system,call,agent", peer.Actions.Single(action => action["Action"] == "Events")["EventMask"]);
        Assert.Contains(test.Log.Lines, line => line.Text.Contains("may not set filters", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_account_that_may_not_list_channels_is_followed_all_the_same()
    {
        var pbx = new FakeSwitch();
        pbx.On("CoreShowChannels", "Response: Error\r\nActionID: {id}\r\nMessage: Permission denied\r\n\r\n");
        await using var test = new FeedUnderTest(pbx);
        var (_, seen) = await test.SyncedAsync();
        Assert.True(seen.Calls.IsEmpty);
    }

    [Fact]
    public async Task Events_during_the_snapshot_are_held_and_applied_after_it()
    {
        var pbx = new FakeSwitch();
        pbx.On("QueueStatus", (peer, action) =>
        {
            peer.Send(Pause("short"));
            peer.Send(FakeSwitch.Queues(FakeSwitch.Member("support", "Local/2001@localagents/n")).Replace("{id}", action["ActionID"], StringComparison.Ordinal));
            peer.Send(Pause("meal"));
            return null;
        });
        await using var test = new FeedUnderTest(pbx);
        await test.NextAsync<FeedConnecting>();
        await test.NextAsync<FeedSynced>();
        Assert.Equal("short", (await test.NextAsync<MemberPaused>()).Reason);
        Assert.Equal("meal", (await test.NextAsync<MemberPaused>()).Reason);
    }

    [Fact]
    public async Task What_is_held_is_bounded()
    {
        var pbx = new FakeSwitch();
        pbx.On("QueueStatus", (peer, _) =>
        {
            for (var i = 0; i < 4; i++) peer.Send(Pause("short"));
            return null;
        });
        await using var test = new FeedUnderTest(pbx, FeedUnderTest.Options with { MaxHeld = 3 });
        await test.NextAsync<FeedConnecting>();
        Assert.Contains("More than 3 events", (await test.NextAsync<FeedLost>()).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_snapshot_that_never_ends_is_given_up()
    {
        var pbx = new FakeSwitch();
        pbx.On("QueueStatus", "Response: Success\r\nActionID: {id}\r\nEventList: start\r\n\r\n");
        await using var test = new FeedUnderTest(pbx);
        await test.NextAsync<FeedConnecting>();
        await test.Clock.TimerOfAsync(FeedUnderTest.Options.SnapshotWithin);
        await test.Clock.TimerOfAsync(FeedUnderTest.Options.SnapshotWithin);
        await test.Clock.RunOutAsync(FeedUnderTest.Options.SnapshotWithin);
        await test.NextAsync<FeedLost>();
    }

    [Fact]
    public async Task Another_service_at_the_port_is_never_sent_the_account()
    {
        var pbx = new FakeSwitch { Banner = "SSH-2.0-OpenSSH_9.2\r\n" };
        await using var test = new FeedUnderTest(pbx);
        await test.NextAsync<FeedConnecting>();
        var peer = await pbx.NextPeerAsync();
        Assert.Contains("does not greet as an Asterisk manager", (await test.NextAsync<FeedLost>()).Reason, StringComparison.Ordinal);
        Assert.Empty(peer.Actions);
    }

    [Fact]
    public async Task A_switch_that_cannot_be_reached_is_said_once_and_sought_with_growing_waits()
    {
        var pbx = new FakeSwitch { Refuses = new SocketException((int)SocketError.ConnectionRefused) };
        await using var test = new FeedUnderTest(pbx);
        await test.NextAsync<FeedConnecting>();
        Assert.StartsWith("pbx.example:5038 cannot be reached: ", (await test.NextAsync<FeedLost>()).Reason, StringComparison.Ordinal);
        foreach (var wait in new[] { 1, 2, 4, 8, 16, 30, 30 }) await test.Clock.RunOutAsync(TimeSpan.FromSeconds(wait));
        pbx.Refuses = null;
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(30));
        await test.NextAsync<FeedConnecting>();
        await test.NextAsync<FeedSynced>();
    }

    [Fact]
    public async Task A_host_that_swallows_connections_is_given_up_in_time()
    {
        await using var test = new FeedUnderTest(new FakeSwitch { BlackHole = true });
        await test.NextAsync<FeedConnecting>();
        await test.Clock.RunOutAsync(FeedUnderTest.Options.ConnectWithin);
        Assert.Equal("pbx.example:5038 did not answer within 11 s.", (await test.NextAsync<FeedLost>()).Reason);
    }

    [Fact]
    public async Task Garbage_drops_the_link_and_is_logged_once_for_its_kind()
    {
        await using var test = new FeedUnderTest();
        var (peer, _) = await test.SyncedAsync();
        peer.Send("\u0001\u0002\u0003 what\r\n\r\n");
        Assert.Contains("begins with no header", (await test.NextAsync<FeedLost>()).Reason, StringComparison.Ordinal);
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(1));
        var (second, _) = await test.SyncedAsync();
        second.Send("\u0001\u0002\u0003 what\r\n\r\n");
        await test.NextAsync<FeedLost>();
        Assert.Single(test.Log.Lines, line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task A_reply_without_an_action_id_answers_the_oldest_question()
    {
        var pbx = new FakeSwitch();
        pbx.On("Ping", "Response: Success\r\nPing: Pong\r\n\r\n");
        await using var test = new FeedUnderTest(pbx);
        await test.SyncedAsync();
    }

    internal static string Pause(string reason) =>
        $"Event: QueueMemberPause\r\nQueue: support\r\nMemberName: Li Wei\r\nInterface: Local/2001@localagents/n\r\nPaused: 1\r\nPausedReason: {reason}\r\nLastPause: 1795418150\r\n\r\n";

    private static string AmiLoginKey(string challenge, string secret)
    {
#pragma warning disable CA5351 // The digest that AMI asks for.
        return Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(challenge + secret)));
#pragma warning restore CA5351
    }
}
