using System.Net;
using FloorMonitor.Pbx.Simulated;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Pbx.Tests.Simulated;

/// <summary>The queue actions and the command line, byte for byte as Asterisk 22.10 answered them.</summary>
public sealed class SimulatedQueueActionTests : IAsyncLifetime
{
    private readonly SimulatedPbx _pbx = new(SmallFloor.Plan(), SmallFloor.Stepped, new FakeTimeProvider(SmallFloor.Start));

    public async ValueTask InitializeAsync()
    {
        await _pbx.StartAsync(new IPEndPoint(IPAddress.Loopback, 0));
        _pbx.Do(it => it.AddMember(it.FindQueue("support")!, "PJSIP/1001", "Li Wei", 0, dynamic: true, paused: false, ""));
    }

    public ValueTask DisposeAsync() => _pbx.DisposeAsync();

    [Theory]
    [InlineData("QueueAdd|Queue: support|Interface: PJSIP/1001", "Error", "Unable to add interface: Already there")]
    [InlineData("QueueAdd|Queue: nope|Interface: PJSIP/1001", "Error", "Unable to add interface to queue: No such queue")]
    [InlineData("QueueAdd|Queue: support", "Error", "'Interface' not specified.")]
    [InlineData("QueueAdd|Interface: PJSIP/1001", "Error", "'Queue' not specified.")]
    [InlineData("QueueAdd|Queue: sales|Interface: PJSIP/1999|MemberName: Ghost", "Success", "Added interface to queue")]
    [InlineData("QueuePenalty|Interface: PJSIP/1001|Penalty: 2", "Success", "Interface penalty set successfully")]
    [InlineData("QueuePenalty|Interface: PJSIP/1777|Penalty: 2", "Error", "Invalid interface, queuename or penalty")]
    [InlineData("QueuePause|Interface: PJSIP/1001|Paused: yes|Reason: meal", "Success", "Interface paused successfully")]
    [InlineData("QueuePause|Interface: PJSIP/1001|Paused: false", "Success", "Interface unpaused successfully")]
    [InlineData("QueuePause|Interface: PJSIP/1777|Paused: true", "Error", "Interface not found")]
    [InlineData("QueuePause|Paused: true", "Error", "Need 'Interface' and 'Paused' parameters.")]
    [InlineData("QueuePause|Interface: PJSIP/1001", "Error", "Need 'Interface' and 'Paused' parameters.")]
    [InlineData("QueuePause|Interface: PJSIP/1001|Queue: nope|Paused: true", "Error", "Interface not found")]
    [InlineData("QueueRemove|Queue: support|Interface: PJSIP/1777", "Error", "Unable to remove interface: Not there")]
    [InlineData("QueueRemove|Queue: nope|Interface: PJSIP/1777", "Error", "Unable to remove interface from queue: No such queue")]
    [InlineData("QueueRemove|Queue: fixed|Interface: PJSIP/1003", "Error", "Member not dynamic")]
    [InlineData("QueueRemove|Queue: fixed", "Error", "Need 'Queue' and 'Interface' parameters.")]
    [InlineData("QueueRemove|Queue: support|Interface: PJSIP/1001", "Success", "Removed interface from queue")]
    [InlineData("QueueReset|Queue: support", "Success", "Queue stats reset successfully")]
    [InlineData("Originate", "Error", "Channel not specified")]
    [InlineData("Command", "Error", "No command provided")]
    public async Task An_action_is_answered_as_the_real_switch_answers_it(string action, string response, string message)
    {
        using var client = await RawAmiClient.LoginAsync(_pbx.Endpoint, "off");
        var asked = $"Action: {action.Replace("|", "\r\n", StringComparison.Ordinal)}\r\nActionID: b\r\n\r\n";
        Assert.Equal($"Response: {response}\r\nActionID: b\r\nMessage: {message}\r\n\r\n", await client.AskAsync(asked));
    }

    [Fact]
    public async Task A_member_who_is_added_paused_says_so_after_the_answer()
    {
        using var client = await RawAmiClient.LoginAsync(_pbx.Endpoint, "call,agent");
        var answer = await client.AskAsync("Action: QueueAdd\r\nActionID: b15\r\nQueue: sales\r\nInterface: PJSIP/1002\r\nPenalty: 3\r\nPaused: 1\r\nReason: meal\r\n\r\n");
        Assert.StartsWith("Response: Success\r\n", answer, StringComparison.Ordinal);
        var login = SmallFloor.Start.ToUnixTimeSeconds();
        Assert.Equal(
            "Event: DeviceStateChange\r\nPrivilege: call,all\r\nDevice: Queue:sales_pause_PJSIP/1002\r\nState: INUSE\r\n\r\n"
            + "Event: QueueMemberAdded\r\nPrivilege: agent,all\r\nQueue: sales\r\nMemberName: PJSIP/1002\r\nInterface: PJSIP/1002\r\n"
            + "StateInterface: PJSIP/1002\r\nMembership: dynamic\r\nPenalty: 3\r\nCallsTaken: 0\r\nLastCall: 0\r\n"
            + $"LastPause: {login}\r\nLoginTime: {login}\r\nInCall: 0\r\nStatus: 1\r\nPaused: 1\r\nPausedReason: meal\r\nRinginuse: 0\r\nWrapuptime: 5\r\n\r\n",
            await client.ReadToAsync("\r\n\r\n") + await client.ReadToAsync("\r\n\r\n"));
    }

    [Fact]
    public async Task A_pause_without_a_queue_pauses_everywhere_and_a_second_one_moves_LastPause()
    {
        _pbx.Do(it => it.AddMember(it.FindQueue("sales")!, "PJSIP/1001", "Li Wei", 0, dynamic: true, paused: false, ""));
        using var client = await RawAmiClient.LoginAsync(_pbx.Endpoint, "agent");
        await client.AskAsync("Action: QueuePause\r\nInterface: PJSIP/1001\r\nPaused: true\r\nReason: short\r\n\r\n");
        Assert.Contains("Queue: support\r\n", await client.ReadUntilAsync("Event: QueueMemberPause"), StringComparison.Ordinal);
        Assert.Contains("Queue: sales\r\n", await client.ReadUntilAsync("Event: QueueMemberPause"), StringComparison.Ordinal);
        _pbx.Step(TimeSpan.FromSeconds(7));
        await client.AskAsync("Action: QueuePause\r\nInterface: PJSIP/1001\r\nQueue: sales\r\nPaused: true\r\nReason: short\r\n\r\n");
        var again = await client.ReadUntilAsync("Event: QueueMemberPause");
        Assert.Contains($"LastPause: {SmallFloor.Start.ToUnixTimeSeconds() + 7}\r\n", again, StringComparison.Ordinal);
        await client.AskAsync("Action: QueuePause\r\nInterface: PJSIP/1001\r\nQueue: sales\r\nPaused: false\r\n\r\n");
        var resumed = await client.ReadUntilAsync("Event: QueueMemberPause");
        Assert.Contains($"LastPause: {SmallFloor.Start.ToUnixTimeSeconds() + 7}\r\n", resumed, StringComparison.Ordinal);
        Assert.Contains("Paused: 0\r\nPausedReason: \r\n", resumed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Queue_show_reads_like_the_command_line()
    {
        _pbx.Do(it =>
        {
            it.AddMember(it.FindQueue("sales")!, "PJSIP/1002", null, 2, dynamic: true, paused: true, "short");
            it.CallIn(it.FindQueue("sales")!, "13800001111");
        });
        _pbx.Step(TimeSpan.FromSeconds(6));
        using var client = await RawAmiClient.LoginAsync(_pbx.Endpoint, "off");
        Assert.Equal(
            """
            Response: Success
            ActionID: b35
            Message: Command output follows
            Output: fixed has 0 calls (max unlimited) in 'ringall' strategy (0s holdtime, 0s talktime), W:0, C:0, A:0, SL:0.0%, SL2:0.0% within 0s
            Output:    Members: 
            Output:       Static San (PJSIP/1003) (ringinuse disabled) (Not in use) has taken no calls yet (login was 66 secs ago)
            Output:    No Callers
            Output: 
            Output: sales has 1 calls (max unlimited) in 'leastrecent' strategy (0s holdtime, 0s talktime), W:0, C:0, A:0, SL:0.0%, SL2:0.0% within 10s
            Output:    Members: 
            Output:       PJSIP/1002 with penalty 2 (ringinuse disabled) (dynamic) (paused:short was 6 secs ago) (Not in use) has taken no calls yet (login was 6 secs ago)
            Output:    Callers: 
            Output:       1. PJSIP/trunk-00000000 (wait: 0:06, prio: 0)
            Output: 
            Output: support has 0 calls (max unlimited) in 'rrmemory' strategy (0s holdtime, 0s talktime), W:0, C:0, A:0, SL:0.0%, SL2:0.0% within 20s
            Output:    Members: 
            Output:       Li Wei (PJSIP/1001) (ringinuse disabled) (dynamic) (Not in use) has taken no calls yet (login was 6 secs ago)
            Output:    No Callers
            Output: 
            Output: 


            """.ReplaceLineEndings("\r\n"),
            await client.AskAsync("Action: Command\r\nActionID: b35\r\nCommand: queue show\r\n\r\n"));
        Assert.Equal(
            "Response: Success\r\nMessage: Command output follows\r\nOutput: No such queue: nope.\r\n\r\n",
            await client.AskAsync("Action: Command\r\nCommand: queue show nope\r\n\r\n"));
        Assert.Equal(
            "Response: Error\r\nMessage: Command output follows\r\nOutput: No such command 'nonsense here' (type 'core show help nonsense here' for other possible commands)\r\n\r\n",
            await client.AskAsync("Action: Command\r\nCommand: nonsense here\r\n\r\n"));
    }

    [Fact]
    public async Task QueueStatus_narrows_to_a_queue_and_a_member_and_counts_its_items()
    {
        using var client = await RawAmiClient.LoginAsync(_pbx.Endpoint, "off");
        var one = await client.ListAsync("Action: QueueStatus\r\nActionID: s\r\nQueue: support\r\nMember: PJSIP/1001\r\n\r\n");
        Assert.EndsWith("Event: QueueStatusComplete\r\nActionID: s\r\nEventList: Complete\r\nListItems: 2\r\n\r\n", one, StringComparison.Ordinal);
        var none = await client.ListAsync("Action: QueueStatus\r\nActionID: s\r\nQueue: nope\r\n\r\n");
        Assert.Equal(
            "Response: Success\r\nActionID: s\r\nEventList: start\r\nMessage: Queue status will follow\r\n\r\n"
            + "Event: QueueStatusComplete\r\nActionID: s\r\nEventList: Complete\r\nListItems: 0\r\n\r\n",
            none);
        var others = await client.ListAsync("Action: QueueStatus\r\nActionID: s\r\nMember: PJSIP/1003\r\n\r\n");
        Assert.Contains("ListItems: 4\r\n", others, StringComparison.Ordinal);
        Assert.Empty(HeaderOrder.Complaints(one + none + others));
    }
}
