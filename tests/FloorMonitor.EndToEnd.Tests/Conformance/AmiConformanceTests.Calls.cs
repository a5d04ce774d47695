using System.Globalization;

namespace FloorMonitor.EndToEnd.Tests.Conformance;

/// <summary>Callers wait, are answered, hang up, ring out.</summary>
public abstract partial class AmiConformanceTests
{
    private static readonly string[] s_channel =
    [
        "Channel", "ChannelState", "ChannelStateDesc", "CallerIDNum", "CallerIDName", "ConnectedLineNum", "ConnectedLineName", "Language",
        "AccountCode", "Context", "Exten", "Priority", "Uniqueid", "Linkedid",
    ];

    private static readonly string[] s_destination = [.. s_channel.Select(name => "Dest" + name)];

    [Fact]
    public async Task A_caller_who_gives_up_is_told_joined_abandoned_and_gone()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await pbx.SignInAsync();
        var joined = await ami.CallAsync(pbx, "support", "13800001234");
        Assert.Equal(["Event", "Privilege", .. s_channel, "Queue", "Position", "Count"], joined.Names);
        Assert.Equal(("1", "1"), (joined["Position"], joined["Count"]));
        await ami.DoAsync("Hangup", ("Channel", joined["Channel"]));
        var abandoned = await ami.EventAsync("QueueCallerAbandon", packet => packet["Uniqueid"] == joined["Uniqueid"]);
        Assert.Equal(["Event", "Privilege", .. s_channel, "Queue", "Position", "OriginalPosition", "HoldTime"], abandoned.Names);
        var left = await ami.EventAsync("QueueCallerLeave", packet => packet["Uniqueid"] == joined["Uniqueid"]);
        Assert.Equal(["Event", "Privilege", .. s_channel, "Queue", "Position", "Count"], left.Names);
        Assert.Equal("0", left["Count"]);
        var queue = Assert.Single(await ami.ListAsync("QueueStatus", ("Queue", "support")), packet => packet.Event == "QueueParams");
        Assert.Equal(("1", "0"), (queue["Abandoned"], queue["Completed"]));
    }

    [Fact]
    public async Task An_answered_call_rings_connects_and_completes()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await pbx.SignInAsync();
        await ami.DoAsync("QueueAdd", ("Queue", "support"), ("Interface", pbx.Agent), ("MemberName", "Li Wei"));
        var joined = await ami.CallAsync(pbx, "support", "13800001234");
        var call = joined["Uniqueid"];

        var rings = await ami.EventAsync("AgentCalled", packet => packet["Uniqueid"] == call);
        Assert.Equal(["Event", "Privilege", .. s_channel, .. s_destination, "Queue", "Interface", "MemberName"], rings.Names);
        Assert.Equal((pbx.Agent, "Li Wei"), (rings["Interface"], rings["MemberName"]));

        var answered = await ami.EventAsync("AgentConnect", packet => packet["Uniqueid"] == call);
        Assert.Equal(["Event", "Privilege", .. s_channel, .. s_destination, "Queue", "Interface", "MemberName", "HoldTime", "RingTime"], answered.Names);
        await ami.EventAsync("QueueCallerLeave", packet => packet["Uniqueid"] == call);
        await ami.EventAsync("QueueMemberStatus", packet => packet["Status"] == "2");
        Assert.Equal("1", Assert.Single(await ami.ListAsync("QueueStatus", ("Queue", "support")), packet => packet.Event == "QueueMember")["InCall"]);

        // Hung up in the very instant of the answer, a call may never be told complete (seen on 22.10): they talk first.
        await ami.EventAsync("BridgeEnter", packet => packet["Uniqueid"] == call);
        await ami.DoAsync("Hangup", ("Channel", joined["Channel"]));
        var completed = await ami.EventAsync("AgentComplete");
        // A leg that is gone by then takes its headers with it, Uniqueid too (seen on 22.10, by timing): the interface remains.
        Assert.Equal(["Event", "Privilege", "Queue", "Interface", "MemberName", "HoldTime", "TalkTime", "Reason"], completed.Names.Except(s_channel).Except(s_destination));
        Assert.Equal(pbx.Agent, completed["Interface"]);
        Assert.Equal("caller", completed["Reason"]);
        var status = await ami.EventAsync("QueueMemberStatus", packet => packet["InCall"] == "0" && packet["CallsTaken"] == "1");
        Assert.NotEqual("0", status["LastCall"]);
        Assert.DoesNotContain(ami.Heard, packet => packet.Event == "QueueCallerAbandon");
        var queue = Assert.Single(await ami.ListAsync("QueueStatus", ("Queue", "support")), packet => packet.Event == "QueueParams");
        Assert.Equal(("0", "1", "0"), (queue["Abandoned"], queue["Completed"], queue["Calls"]));
    }

    [Fact]
    public async Task A_call_that_the_agent_ends_says_so()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await pbx.SignInAsync();
        await ami.DoAsync("QueueAdd", ("Queue", "support"), ("Interface", pbx.Agent));
        await ami.CallAsync(pbx, "support", "13800001234");
        var answered = await ami.EventAsync("AgentConnect");
        await ami.EventAsync("BridgeEnter", packet => packet["Uniqueid"] == answered["Uniqueid"]);
        // The far half of a Local channel is the agent's own hand; other channels have one half only.
        await ami.DoAsync("Hangup", ("Channel", answered["DestChannel"].Replace(";1", ";2", StringComparison.Ordinal)));
        Assert.Equal("agent", (await ami.EventAsync("AgentComplete"))["Reason"]);
    }

    [Fact]
    public async Task A_call_that_nobody_takes_rings_out_and_rings_again()
    {
        await using var pbx = await StartAsync(agentsAnswer: false);
        await using var ami = await pbx.SignInAsync();
        await ami.DoAsync("QueueAdd", ("Queue", "support"), ("Interface", pbx.Agent));
        await ami.CallAsync(pbx, "support", "13800001234");
        var missed = await ami.EventAsync("AgentRingNoAnswer");
        Assert.Equal(["Event", "Privilege", .. s_channel, .. s_destination, "Queue", "Interface", "MemberName", "RingTime"], missed.Names);
        // In milliseconds, unlike AgentConnect's.
        Assert.InRange(int.Parse(missed["RingTime"], CultureInfo.InvariantCulture), 1000, 60_000);
        var mark = ami.Heard.ToList().FindIndex(packet => packet.Event == "AgentRingNoAnswer");
        await ami.EventAsync("AgentCalled", after: mark);
        Assert.DoesNotContain(ami.Heard, packet => packet.Event is "AgentConnect");
    }

    [Fact]
    public async Task A_member_who_is_removed_while_talking_goes_on_talking()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await pbx.SignInAsync();
        await ami.DoAsync("QueueAdd", ("Queue", "support"), ("Interface", pbx.Agent));
        var joined = await ami.CallAsync(pbx, "support", "13800001234");
        await ami.EventAsync("AgentConnect");
        await ami.DoAsync("QueueRemove", ("Queue", "support"), ("Interface", pbx.Agent));
        await ami.EventAsync("QueueMemberRemoved");
        await ami.AskAsync("Ping");
        Assert.DoesNotContain(ami.Heard, packet => packet.Event == "Hangup" && packet["Uniqueid"] == joined["Uniqueid"]);
        await ami.DoAsync("Hangup", ("Channel", joined["Channel"]));
    }

    [Fact]
    public async Task A_second_caller_waits_behind_the_first()
    {
        await using var pbx = await StartAsync(agentsAnswer: true);
        await using var ami = await pbx.SignInAsync();
        await ami.CallAsync(pbx, "support", "13800001111");
        var second = await ami.CallAsync(pbx, "support", "13800002222");
        Assert.Equal(("2", "2"), (second["Position"], second["Count"]));
    }
}
