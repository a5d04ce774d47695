using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Pbx.Tests.Ami;

/// <summary>Actions out: what is sent, what the answers mean, and what is never sent.</summary>
public sealed class AmiControlTests
{
    private const string Address = "Local/2001@localagents/n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static string[] Sent(FakeSwitch.Peer peer, string action) =>
        [.. peer.Actions.Last(sent => sent["Action"] == action).Lines.Where(line => !line.StartsWith("ActionID", StringComparison.Ordinal))];

    [Fact]
    public async Task Joining_leaving_and_pausing_are_sent_in_the_switch_own_words()
    {
        await using var test = new FeedUnderTest();
        var (peer, _) = await test.SyncedAsync();
        Assert.True((await test.Feed.ExecuteAsync(new JoinQueue("main", Address, "support", 3, "张敏"), Stop)).Done);
        Assert.Equal(
            ["Action: QueueAdd", "Queue: support", $"Interface: {Address}", "Penalty: 3", "MemberName: 张敏"], Sent(peer, "QueueAdd"));
        Assert.True((await test.Feed.ExecuteAsync(new LeaveQueue("main", Address, "support"), Stop)).Done);
        Assert.Equal(["Action: QueueRemove", "Queue: support", $"Interface: {Address}"], Sent(peer, "QueueRemove"));
        Assert.True((await test.Feed.ExecuteAsync(new SetPause("main", Address, null, true, "meal"), Stop)).Done);
        Assert.Equal(["Action: QueuePause", $"Interface: {Address}", "Paused: true", "Reason: meal"], Sent(peer, "QueuePause"));
        Assert.True((await test.Feed.ExecuteAsync(new SetPause("main", Address, "support", false, ""), Stop)).Done);
        Assert.Equal(["Action: QueuePause", $"Interface: {Address}", "Paused: false", "Queue: support"], Sent(peer, "QueuePause"));
    }

    [Theory]
    [InlineData("QueueAdd", "Unable to add interface: Already there", true)]
    [InlineData("QueueAdd", "Unable to add interface to queue: No such queue", false)]
    [InlineData("QueueRemove", "Unable to remove interface: Not there", true)]
    [InlineData("QueueRemove", "Member not dynamic", false)]
    [InlineData("QueueRemove", "Unable to remove interface from queue: No such queue", false)]
    [InlineData("QueuePause", "Interface not found", false)]
    public async Task What_already_was_so_counts_as_done_and_a_refusal_is_told_in_its_words(string action, string answer, bool done)
    {
        var pbx = new FakeSwitch();
        pbx.On(action, $"Response: Error\r\nActionID: {{id}}\r\nMessage: {answer}\r\n\r\n");
        await using var test = new FeedUnderTest(pbx);
        await test.SyncedAsync();
        PbxAction asked = action switch
        {
            "QueueAdd" => new JoinQueue("main", Address, "support", 0, "x"),
            "QueueRemove" => new LeaveQueue("main", Address, "support"),
            _ => new SetPause("main", Address, null, true, "meal"),
        };
        Assert.Equal(new ControlResult(done, answer), await test.Feed.ExecuteAsync(asked, Stop));
    }

    [Theory]
    [InlineData("\r\nAction: Originate")]
    [InlineData("\nAction: Originate")]
    [InlineData("\rAction: Originate")]
    [InlineData("a\0b")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    public async Task A_value_that_would_begin_a_header_of_its_own_is_refused_and_nothing_is_sent(string evil)
    {
        await using var test = new FeedUnderTest();
        var (peer, _) = await test.SyncedAsync();
        var before = peer.Actions.Count;
        PbxAction[] actions =
        [
            new JoinQueue("main", evil, "support", 0, "x"), new JoinQueue("main", Address, evil, 0, "x"), new JoinQueue("main", Address, "support", 0, evil),
            new LeaveQueue("main", evil, "support"), new LeaveQueue("main", Address, evil),
            new SetPause("main", evil, null, true, "x"), new SetPause("main", Address, evil, true, "x"), new SetPause("main", Address, null, true, evil),
        ];
        foreach (var action in actions) Assert.False((await test.Feed.ExecuteAsync(action, Stop)).Done);
        Assert.Equal(before, peer.Actions.Count);
    }

    [Fact]
    public async Task A_value_that_the_switch_would_cut_or_misread_in_its_own_records_is_refused()
    {
        await using var test = new FeedUnderTest();
        await test.SyncedAsync();
        Assert.False((await test.Feed.ExecuteAsync(new SetPause("main", Address, null, true, new string('x', 1100)), Stop)).Done);
        Assert.False((await test.Feed.ExecuteAsync(new SetPause("main", Address, null, true, "a;b"), Stop)).Done);
        Assert.False((await test.Feed.ExecuteAsync(new LeaveQueue("main", "", "support"), Stop)).Done);
        Assert.False((await test.Feed.ExecuteAsync(new JoinQueue("main", Address, "support", -1, "x"), Stop)).Done);
    }

    [Fact]
    public async Task Without_a_link_nothing_is_done_and_the_answer_says_so()
    {
        await using var test = new FeedUnderTest(new FakeSwitch { BlackHole = true });
        Assert.Equal(
            new ControlResult(false, new Text("目前与 main 没有连接", "There is no link to main now.")), await test.Feed.ExecuteAsync(new LeaveQueue("main", Address, "support"), Stop));
    }

    [Fact]
    public async Task An_action_that_is_not_answered_in_time_is_not_done()
    {
        var pbx = new FakeSwitch();
        pbx.On("QueueRemove", (string?)null);
        await using var test = new FeedUnderTest(pbx);
        await test.SyncedAsync();
        var result = test.Feed.ExecuteAsync(new LeaveQueue("main", Address, "support"), Stop);
        await test.Clock.RunOutAsync(FeedUnderTest.Options.AnswerWithin);
        Assert.Equal(new ControlResult(false, new Text("交换机在 12 秒内没有答复 QueueRemove", "The switch did not answer QueueRemove within 12 s.")), await result);
    }

    [Fact]
    public async Task An_action_whose_link_is_lost_before_the_answer_is_not_done()
    {
        var pbx = new FakeSwitch();
        pbx.On("QueueRemove", (peer, _) =>
        {
            peer.Close();
            return null;
        });
        await using var test = new FeedUnderTest(pbx);
        await test.SyncedAsync();
        Assert.False((await test.Feed.ExecuteAsync(new LeaveQueue("main", Address, "support"), Stop)).Done);
    }

    [Fact]
    public async Task Answers_find_their_actions_though_they_come_in_another_order()
    {
        var pbx = new FakeSwitch();
        string? first = null;
        pbx.On("QueueRemove", (_, action) =>
        {
            first = action["ActionID"];
            return null;
        });
        pbx.On("QueuePause", (_, _) => "Response: Success\r\nActionID: {id}\r\nMessage: second\r\n\r\n"
            + $"Response: Success\r\nActionID: {first}\r\nMessage: first\r\n\r\n");
        await using var test = new FeedUnderTest(pbx);
        await test.SyncedAsync();
        var leave = test.Feed.ExecuteAsync(new LeaveQueue("main", Address, "support"), Stop).AsTask();
        var pause = test.Feed.ExecuteAsync(new SetPause("main", Address, null, true, "meal"), Stop).AsTask();
        Assert.Equal("first", (await leave).Answer.En);
        Assert.Equal("second", (await pause).Answer.En);
    }

    [Fact]
    public async Task A_member_is_put_back_with_the_state_interface_that_it_had()
    {
        var pbx = new FakeSwitch();
        pbx.On("QueueStatus", FakeSwitch.Queues(
            FakeSwitch.Member("support", "Local/1001@from-queue/n", "StateInterface: hint:1001@ext-local\r\n")));
        await using var test = new FeedUnderTest(pbx);
        var (peer, _) = await test.SyncedAsync();
        await test.Feed.ExecuteAsync(new JoinQueue("main", "Local/1001@from-queue/n", "support", 0, ""), Stop);
        Assert.Contains("StateInterface: hint:1001@ext-local", Sent(peer, "QueueAdd"));
    }
}
