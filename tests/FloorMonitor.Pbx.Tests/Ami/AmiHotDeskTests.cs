using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx.Ami;

namespace FloorMonitor.Pbx.Tests.Ami;

/// <summary>Phones of nobody's: whose they are while somebody is a member there, and whose no longer.</summary>
public sealed class AmiHotDeskTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1795418200);

    private readonly AmiTranslator translator = new(
        "main", new AgentDirectory(FloorSetup.Default with { Agents = [new("wei", "Li Wei", "a", "PJSIP/1001"), new("fang", "Wang Fang", "a", "Local/1002@agents")] }), new SwitchClock());

    private FloorEvent? Translate(string text) =>
        translator.Translate(Assert.Single(Splits.Read(new AmiParser(AmiEventSet.All, AmiLimits.Default, false), text.ReplaceLineEndings("\r\n") + "\r\n\r\n")), At);

    private T Translate<T>(string text)
        where T : FloorEvent => Assert.IsType<T>(Translate(text));

    [Fact]
    public void At_a_phone_of_nobodys_the_member_is_whose_id_it_bears_and_no_longer()
    {
        static string HotDesk(string @event, string name) => Desk(@event, name, "support");
        Assert.Equal("wei", Translate<MemberJoined>(HotDesk("QueueMemberAdded", "wei")).Member.Agent);
        Assert.Equal("wei", Translate<CallDialed>("Event: DialBegin\nDestChannel: PJSIP/hot7-00000001\nDestUniqueid: 1.2\nDestLinkedid: 1.2").ToAgent);
        Assert.Equal("wei", Translate<MemberLeft>(HotDesk("QueueMemberRemoved", "wei")).Agent);
        // Who sits down there and dials without having signed in is nobody: not the one who left.
        Assert.Null(Translate(DialFrom("PJSIP/hot7")));
        Assert.Null(Translate("Event: DialBegin\nDestChannel: PJSIP/hot7-00000003\nDestUniqueid: 1.5\nDestLinkedid: 1.5"));
        Assert.Equal("fang", Translate<MemberJoined>(HotDesk("QueueMemberAdded", "fang")).Member.Agent);
        // A name is no id: who is called like an agent is not that agent.
        Assert.Equal("main:PJSIP/hot7", Translate<MemberJoined>(HotDesk("QueueMemberAdded", "Li Wei")).Member.Agent);
        // And a phone that has an owner is the owner's, whatever the member is called.
        Assert.Equal("wei", Translate<MemberJoined>(Desk("QueueMemberAdded", "fang", "support", "PJSIP/1001")).Member.Agent);
    }

    [Fact]
    public void A_hot_desk_is_left_with_the_last_of_its_queues_and_so_is_the_phone_behind_it()
    {
        const string local = "Local/hot7@agents/n";
        Translate<MemberJoined>(Desk("QueueMemberAdded", "wei", "support", local));
        Translate<MemberJoined>(Desk("QueueMemberAdded", "wei", "sales", local));
        Translate<MemberLeft>(Desk("QueueMemberRemoved", "wei", "sales", local));
        Assert.Equal("wei", Translate<CallDialed>(DialFrom("PJSIP/hot7")).FromAgent);
        Translate<MemberLeft>(Desk("QueueMemberRemoved", "wei", "support", local));
        Assert.Null(Translate(DialFrom("PJSIP/hot7")));
        // Put back as it was, it rests on the same phone.
        Assert.Equal("PJSIP/hot7", translator.Members.StateInterfaceOf(local));
    }

    [Fact]
    public void Of_two_at_a_hot_desk_the_one_who_stays_has_it()
    {
        Translate<MemberJoined>(Desk("QueueMemberAdded", "wei", "support"));
        Translate<MemberJoined>(Desk("QueueMemberAdded", "fang", "sales"));
        Translate<MemberLeft>(Desk("QueueMemberRemoved", "fang", "sales"));
        Assert.Equal("wei", Translate<CallDialed>(DialFrom("PJSIP/hot7")).FromAgent);
    }

    [Fact]
    public void A_phone_of_no_agents_keeps_its_own_name_whoever_leaves_it()
    {
        Translate<MemberJoined>(Desk("QueueMemberAdded", "Li Wei", "support"));
        Translate<MemberLeft>(Desk("QueueMemberRemoved", "Li Wei", "support"));
        Assert.Equal("main:PJSIP/hot7", Translate<CallDialed>(DialFrom("PJSIP/hot7")).FromAgent);
    }

    [Fact]
    public void A_snapshot_leaves_the_hot_desks_that_it_does_not_name()
    {
        Translate<MemberJoined>(Desk("QueueMemberAdded", "wei", "support"));
        new AmiSnapshot().Build(translator, new SwitchClock(), At, null);
        Assert.Null(Translate(DialFrom("PJSIP/hot7")));
    }

    [Theory]
    [InlineData(false, "Uniqueid: 1.1\n")]
    [InlineData(false, "")]
    [InlineData(true, "Uniqueid: 1.1\n")]
    public void A_call_that_was_under_way_at_the_removal_stays_the_one_s_who_took_it(bool isTakenOver, string named)
    {
        Translate<MemberJoined>(Desk("QueueMemberAdded", "wei", "support"));
        Assert.Equal("wei", Translate<CallAnswered>(OfQueue("AgentConnect", "Uniqueid: 1.1\nDestUniqueid: 1.2\n")).Agent);
        Translate<MemberLeft>(Desk("QueueMemberRemoved", "wei", "support"));
        if (isTakenOver) Translate<MemberJoined>(Desk("QueueMemberAdded", "fang", "support"));
        Assert.Equal("wei", Translate<CallHeld>("Event: Hold\nChannel: PJSIP/hot7-00000001\nUniqueid: 1.2\nLinkedid: 1.1").Agent);
        Assert.Equal("wei", Translate<CallUnheld>("Event: Unhold\nChannel: PJSIP/hot7-00000001\nUniqueid: 1.2\nLinkedid: 1.1").Agent);
        Assert.Equal("wei", Translate<CallCompleted>(OfQueue("AgentComplete", $"{named}TalkTime: 60\nReason: caller\n")).Agent);
        Assert.Equal("1.1", Translate<CallHungUp>("Event: Hangup\nUniqueid: 1.1\nCause: 16").Call);
        // Another call there is another one's.
        Assert.Equal(isTakenOver ? "fang" : null, (Translate("Event: Hold\nChannel: PJSIP/hot7-00000004\nUniqueid: 1.9\nLinkedid: 1.9") as CallHeld)?.Agent);
    }

    [Fact]
    public void A_ring_that_ends_after_the_removal_is_still_who_was_rung()
    {
        Translate<MemberJoined>(Desk("QueueMemberAdded", "wei", "support"));
        Translate<AgentRinging>(OfQueue("AgentCalled", "Uniqueid: 1.1\n"));
        Translate<MemberLeft>(Desk("QueueMemberRemoved", "wei", "support"));
        Assert.Equal("wei", Translate<RingUnanswered>(OfQueue("AgentRingNoAnswer", "Uniqueid: 1.1\nRingTime: 5000\n")).Agent);
        Assert.Null(Translate(DialFrom("PJSIP/hot7")));
    }

    private static string Desk(string @event, string name, string queue, string address = "PJSIP/hot7") =>
        $"Event: {@event}\nQueue: {queue}\nMemberName: {name}\nInterface: {address}\nStateInterface: {(address.StartsWith("Local", StringComparison.Ordinal) ? "PJSIP/hot7" : address)}\nMembership: dynamic";

    private static string OfQueue(string @event, string more) => $"Event: {@event}\nQueue: support\nInterface: PJSIP/hot7\n{more}";

    private static string DialFrom(string phone) =>
        $"Event: DialBegin\nChannel: {phone}-00000009\nUniqueid: 1.3\nDestChannel: PJSIP/trunk-0000000a\nDestUniqueid: 1.4\nDestLinkedid: 1.3";
}
