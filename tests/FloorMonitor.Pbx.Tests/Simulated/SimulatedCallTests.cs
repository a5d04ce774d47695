using System.Net;
using System.Text;
using FloorMonitor.Pbx.Simulated;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Pbx.Tests.Simulated;

/// <summary>What a call sounds like on the manager interface: events, order, headers, as a real 22.10 told them for PJSIP phones.</summary>
public sealed class SimulatedCallTests : IAsyncDisposable
{
    private readonly SimulatedPbx _pbx = new(SmallFloor.Plan(), SmallFloor.Stepped, new FakeTimeProvider(SmallFloor.Start));
    private readonly StringBuilder _told = new();
    private readonly List<string> _queueEvents = [];

    public SimulatedCallTests()
    {
        _pbx.Step(SmallFloor.Plan().WarmUp);
        _pbx.Do(it =>
        {
            it.AddMember(it.FindQueue("support")!, "PJSIP/1001", "Li Wei", 0, dynamic: true, paused: false, "");
            it.AddMember(it.FindQueue("sales")!, "PJSIP/1002", "张敏", 0, dynamic: true, paused: false, "");
            // Nobody answers or hangs up unless the test does.
            it.Rang = null;
            it.Connected = null;
            it.Voice.Listener = @event =>
            {
                _told.Append(@event.Text);
                if (@event.Class == EventClass.Agent) _queueEvents.Add(@event.Name);
            };
        });
    }

    public ValueTask DisposeAsync() => _pbx.DisposeAsync();

    private SimRing Ringing => _pbx.Do(it => it.Calls[0].Ringing[0]);

    private SimCall Call(string queue = "support") => _pbx.Do(it => it.CallIn(it.FindQueue(queue)!, "13800001111"));

    [Fact]
    public void An_answered_call_is_told_in_the_real_ones_order()
    {
        var call = Call();
        _pbx.Step(TimeSpan.FromSeconds(3));
        _pbx.Do(it => it.Answer(Ringing));
        _pbx.Step(TimeSpan.FromSeconds(10));
        _pbx.Do(it => it.CallerHangsUp(call));
        Assert.Equal(
            [
                "QueueCallerJoin", "AgentCalled", "QueueMemberStatus", "QueueCallerLeave", "QueueMemberStatus", "AgentConnect", "AgentComplete", "QueueMemberStatus",
            ],
            _queueEvents);
        Assert.Contains("HoldTime: 3\r\nRingTime: 3\r\n", _told.ToString(), StringComparison.Ordinal);
        Assert.Contains("HoldTime: 3\r\nTalkTime: 10\r\nReason: caller\r\n", _told.ToString(), StringComparison.Ordinal);
        Assert.Contains("CallsTaken: 1\r\nLastCall: ", _told.ToString(), StringComparison.Ordinal);
        Assert.Empty(HeaderOrder.Complaints(_told.ToString()));
        Assert.Equal(0, _pbx.Do(it => it.Channels.Count + it.Calls.Count));
        Assert.Equal((1, 1, 2), _pbx.Do(it => (it.FindQueue("support")!.Completed, it.FindQueue("support")!.CompletedInLevel, it.FindQueue("support")!.TalkTime)));
    }

    [Fact]
    public void While_the_agent_talks_the_switch_counts_the_member_in_call()
    {
        var call = Call();
        _pbx.Step(TimeSpan.FromSeconds(1));
        _pbx.Do(it => it.Answer(Ringing));
        var member = _pbx.Do(it => it.FindQueue("support")!.Members[0]);
        Assert.True(member.InCall);
        Assert.Equal(2, member.Device.Status);
        _pbx.Do(it => it.AgentHangsUp(call));
        Assert.False(member.InCall);
        Assert.Equal(1, member.Device.Status);
        Assert.Contains("Reason: agent\r\n", _told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_ring_that_nobody_takes_is_told_in_milliseconds_and_tried_again()
    {
        Call("sales");
        _pbx.Step(TimeSpan.FromSeconds(5));
        Assert.Equal(["QueueCallerJoin", "AgentCalled", "QueueMemberStatus", "AgentRingNoAnswer", "QueueMemberStatus"], _queueEvents);
        Assert.Contains("MemberName: 张敏\r\nRingTime: 5000\r\n", _told.ToString(), StringComparison.Ordinal);
        _pbx.Step(TimeSpan.FromSeconds(2));
        Assert.Equal("AgentCalled", _queueEvents[^2]);
        Assert.Empty(HeaderOrder.Complaints(_told.ToString()));
    }

    [Fact]
    public void An_abandoned_call_says_abandon_and_then_leave()
    {
        var call = Call();
        _pbx.Step(TimeSpan.FromSeconds(4));
        _pbx.Do(it => it.CallerHangsUp(call));
        Assert.Equal(["QueueCallerJoin", "AgentCalled", "QueueMemberStatus", "QueueCallerAbandon", "QueueCallerLeave", "QueueMemberStatus"], _queueEvents);
        Assert.Contains("Position: 1\r\nOriginalPosition: 1\r\nHoldTime: 4\r\n", _told.ToString(), StringComparison.Ordinal);
        Assert.Empty(HeaderOrder.Complaints(_told.ToString()));
        Assert.Equal(0, _pbx.Do(it => it.Channels.Count));
    }

    [Fact]
    public void Orders_that_are_not_promised_come_the_other_way_round_when_asked_to()
    {
        _pbx.Disorder(1);
        var call = Call();
        _pbx.Step(TimeSpan.FromSeconds(1));
        _pbx.Do(it => it.Answer(Ringing));
        Assert.Equal(["AgentConnect", "QueueCallerLeave"], _queueEvents[^2..]);
        _pbx.Do(it => it.AgentHangsUp(call));
        Assert.Equal(["QueueMemberStatus", "AgentComplete"], _queueEvents[^2..]);
        call = Call();
        _pbx.Do(it => it.CallerHangsUp(call));
        Assert.Equal(["QueueCallerLeave", "QueueCallerAbandon"], _queueEvents.FindAll(name => name.StartsWith("QueueCaller", StringComparison.Ordinal))[^2..]);
        Assert.Empty(HeaderOrder.Complaints(_told.ToString()));
    }

    [Fact]
    public void A_held_call_leaves_the_agents_phone_in_use_and_shows_the_other_side_on_hold()
    {
        var call = Call();
        _pbx.Step(TimeSpan.FromSeconds(1));
        _pbx.Do(it => it.Answer(Ringing));
        _pbx.Do(it => it.Hold(call, true));
        Assert.Equal((2, 8), _pbx.Do(it => (it.Device("PJSIP/1001").Status, it.Device("PJSIP/trunk").Status)));
        _pbx.Do(it => it.Hold(call, false));
        Assert.Contains("MusicClass: default", _told.ToString(), StringComparison.Ordinal);
        Assert.Contains("Event: Unhold\r\n", _told.ToString(), StringComparison.Ordinal);
        Assert.Empty(HeaderOrder.Complaints(_told.ToString()));
    }

    [Fact]
    public void A_member_removed_while_talking_keeps_the_call()
    {
        var call = Call();
        _pbx.Step(TimeSpan.FromSeconds(1));
        _pbx.Do(it => it.Answer(Ringing));
        _pbx.Do(it => it.RemoveMember(it.FindQueue("support")!.Members[0]));
        Assert.Equal(2, _pbx.Do(it => it.Channels.Count));
        _pbx.Do(it => it.CallerHangsUp(call));
        Assert.Equal("AgentComplete", _queueEvents[^1]);
    }

    [Fact]
    public void Wrap_up_keeps_the_next_caller_waiting()
    {
        var first = Call("sales");
        _pbx.Step(TimeSpan.FromSeconds(1));
        _pbx.Do(it => it.Answer(Ringing));
        _pbx.Do(it => it.CallerHangsUp(first));
        var second = Call("sales");
        _pbx.Step(TimeSpan.FromSeconds(4));
        Assert.Empty(second.Ringing);
        _pbx.Step(TimeSpan.FromSeconds(2));
        Assert.Single(second.Ringing);
    }

    [Fact]
    public void With_ringall_every_free_phone_rings_and_the_first_wins()
    {
        _pbx.Do(it => it.AddMember(it.FindQueue("fixed")!, "PJSIP/1001", "Li Wei", 0, dynamic: true, paused: false, ""));
        var call = Call("fixed");
        _pbx.Step(TimeSpan.FromSeconds(1));
        Assert.Equal(2, call.Ringing.Count);
        _pbx.Do(it => it.Answer(call.Ringing[1]));
        Assert.Equal(2, _pbx.Do(it => it.Channels.Count));
        Assert.Equal("PJSIP/1001", call.Answered!.Leg.Device.Address);
    }

    [Theory]
    [InlineData("PJSIP/trunk", "13900000000")]
    [InlineData("PJSIP/1002", "1002")]
    public void A_seat_that_dials_is_in_use_and_no_queue_rings_it(string to, string number)
    {
        var dialled = _pbx.Do(it => it.Dial(it.Device("PJSIP/1001"), "Li Wei", number, it.Device(to)));
        _pbx.Step(TimeSpan.FromSeconds(2));
        _pbx.Do(it => it.Answer(dialled.Ringing[0]));
        var waiting = Call();
        _pbx.Step(TimeSpan.FromSeconds(5));
        Assert.Empty(waiting.Ringing);
        _pbx.Do(it => it.HangUpDialled(dialled));
        _pbx.Step(TimeSpan.FromSeconds(1));
        Assert.Single(waiting.Ringing);
        Assert.Empty(HeaderOrder.Complaints(_told.ToString()));
    }

    [Fact]
    public void A_phone_that_is_gone_is_not_rung()
    {
        _pbx.Do(it => it.Register(it.Device("PJSIP/1001"), false));
        var call = Call();
        _pbx.Step(TimeSpan.FromSeconds(5));
        Assert.Empty(call.Ringing);
        Assert.Contains("Status: 5\r\n", _told.ToString(), StringComparison.Ordinal);
        _pbx.Do(it => it.Register(it.Device("PJSIP/1001"), true));
        _pbx.Step(TimeSpan.FromSeconds(1));
        Assert.Single(call.Ringing);
    }

    [Fact]
    public async Task Originate_brings_a_caller_over_a_local_channel_and_Hangup_takes_it_away()
    {
        await using var pbx = new SimulatedPbx(SmallFloor.Plan(), SmallFloor.Stepped, new FakeTimeProvider(SmallFloor.Start));
        await pbx.StartAsync(new IPEndPoint(IPAddress.Loopback, 0));
        using var client = await RawAmiClient.LoginAsync(pbx.Endpoint, "call,agent");
        Assert.Equal(
            "Response: Success\r\nActionID: a6\r\nMessage: Originate successfully queued\r\n\r\n",
            await client.AskAsync("Action: Originate\r\nActionID: a6\r\nChannel: Local/s@callers/n\r\nContext: agents\r\nExten: 600\r\nPriority: 1\r\nAsync: true\r\nCallerID: Cust <13800001111>\r\n\r\n"));
        var join = await client.ReadUntilAsync("Event: QueueCallerJoin");
        Assert.Contains("Channel: Local/s@callers-00000000;1\r\n", join, StringComparison.Ordinal);
        Assert.Contains("CallerIDNum: 13800001111\r\nCallerIDName: Cust\r\n", join, StringComparison.Ordinal);
        Assert.StartsWith("Event: OriginateResponse\r\nPrivilege: call,all\r\nActionID: a6\r\nResponse: Success\r\n", await client.ReadUntilAsync("Event: OriginateResponse"), StringComparison.Ordinal);
        await client.SendAsync("Action: Hangup\r\nActionID: h\r\nChannel: /^Local/.*/\r\n\r\n");
        var abandoned = await client.ReadUntilAsync("Event: QueueCallerAbandon");
        Assert.Contains("Queue: support\r\n", abandoned, StringComparison.Ordinal);
        Assert.Equal(0, pbx.Do(it => it.Channels.Count));
    }
}
