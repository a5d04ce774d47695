using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx.Ami;

namespace FloorMonitor.Pbx.Tests.Ami;

/// <summary>AMI's traps, one a test: what a real Asterisk says that means something else than it seems.</summary>
public sealed class AmiTranslatorTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1795418200);

    private static readonly FloorSetup Setup = FloorSetup.Default with
    {
        Agents =
        [
            new("wei", "Li Wei", "a", "PJSIP/1001"), new("fang", "Wang Fang", "a", "Local/1002@agents"), new("min", "张敏", "b", "hint:1003@ext-local"),
        ],
    };

    private readonly AmiTranslator translator = new("main", new AgentDirectory(Setup), new SwitchClock());

    private FloorEvent? Translate(string text) =>
        translator.Translate(Assert.Single(Splits.Read(new AmiParser(AmiEventSet.All, AmiLimits.Default, false), text.ReplaceLineEndings("\r\n") + "\r\n\r\n")), At);

    private T Translate<T>(string text)
        where T : FloorEvent => Assert.IsType<T>(Translate(text));

    private static string Member(string @event, string more = "", string address = "PJSIP/1001") =>
        $"Event: {@event}\nQueue: support\nMemberName: Li Wei\nInterface: {address}\nStateInterface: {address}\nMembership: dynamic\nLoginTime: 1795418140\n{more}";

    private static string Pause(string reason, int at) => Member("QueueMemberPause", $"LastPause: {at}\nPaused: 1\nPausedReason: {reason}");

    [Theory]
    [InlineData(0, PhoneState.Unknown)]
    [InlineData(1, PhoneState.Idle)]
    [InlineData(2, PhoneState.InUse)]
    [InlineData(3, PhoneState.InUse)]
    [InlineData(4, PhoneState.Unreachable)]
    [InlineData(5, PhoneState.Unreachable)]
    [InlineData(6, PhoneState.Ringing)]
    [InlineData(7, PhoneState.InUse)]
    [InlineData(8, PhoneState.OnHold)]
    [InlineData(99, PhoneState.Unknown)]
    public void Status_is_the_device_state(int status, PhoneState phone) =>
        Assert.Equal(phone, Translate<MemberStatusChanged>(Member("QueueMemberStatus", $"Status: {status}")).Phone);

    [Fact]
    public void Re_pausing_with_the_same_reason_is_told_with_the_later_LastPause_and_left_to_the_floor_to_judge()
    {
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795418150), Translate<MemberPaused>(Pause("short", 1795418150)).PausedAt);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1795418160), Translate<MemberPaused>(Pause("short", 1795418160)).PausedAt);
    }

    [Fact]
    public void An_un_pause_carries_an_empty_reason_and_an_old_LastPause_and_is_a_return_to_work() =>
        Assert.Equal(
            new MemberResumed(At, "main", "wei", "support"),
            Translate(Member("QueueMemberPause", "LastPause: 1795418150\nPaused: 0\nPausedReason: ")));

    [Fact]
    public void A_pause_in_all_queues_comes_as_one_event_a_queue()
    {
        Assert.Equal("support", Translate<MemberPaused>(Pause("meal", 1795418150)).Queue);
        Assert.Equal("sales", Translate<MemberPaused>(Pause("meal", 1795418150).Replace("support", "sales", StringComparison.Ordinal)).Queue);
    }

    [Fact]
    public void A_change_of_reason_logged_as_un_pause_and_pause_is_two_events_back_to_back()
    {
        Translate<MemberPaused>(Pause("short", 1795418150));
        Translate<MemberResumed>(Member("QueueMemberPause", "Paused: 0\nPausedReason: "));
        Assert.Equal("meal", Translate<MemberPaused>(Pause("meal", 1795418150)).Reason);
    }

    [Fact]
    public void The_list_says_Name_and_Location_where_the_events_say_MemberName_and_Interface()
    {
        var parser = new AmiParser(AmiEventSet.All, AmiLimits.Default, false);
        var listed = Assert.Single(Splits.Read(parser, "Event: QueueMember\r\nQueue: support\r\nName: Li Wei\r\nLocation: PJSIP/1001\r\nMembership: static\r\n\r\n"));
        var seen = new AmiSnapshot();
        seen.Add(listed);
        var member = Assert.Single(seen.Build(translator, new SwitchClock(), At, null).Members);
        Assert.Equal(("wei", "Li Wei", "PJSIP/1001", "1001", true), (member.Agent, member.Name, member.Address, member.Seat, member.IsStatic));
    }

    [Theory]
    [InlineData("static", true)]
    [InlineData("dynamic", false)]
    [InlineData("realtime", false)]
    public void Only_a_static_membership_is_fixed(string membership, bool isStatic) =>
        Assert.Equal(isStatic, Translate<MemberJoined>(Member("QueueMemberAdded").Replace("dynamic", membership, StringComparison.Ordinal)).Member.IsStatic);

    [Theory]
    [InlineData("PJSIP/1001", "wei")]
    [InlineData("pjsip/1001", "wei")]
    [InlineData("Local/1002@agents/n", "fang")]
    [InlineData("hint:1003@ext-local", "min")]
    [InlineData("Local/1003@from-queue/n", "min")]
    [InlineData("SIP/1001", "wei")]
    [InlineData("Agent/1002", "fang")]
    [InlineData("Local/7777@agents/n", "main:Local/7777@agents/n")]
    public void Interfaces_of_every_form_are_mapped_to_agents_and_unknown_members_are_themselves(string address, string agent) =>
        Assert.Equal(agent, Translate<MemberJoined>(Member("QueueMemberAdded", address: address)).Member.Agent);

    [Fact]
    public void A_member_known_only_by_its_state_interface_is_that_agent_in_events_that_name_no_state_interface()
    {
        Translate<MemberJoined>(
            "Event: QueueMemberAdded\nQueue: support\nMemberName: x\nInterface: Local/50@from-queue/n\nStateInterface: PJSIP/1001\nMembership: dynamic");
        Assert.Equal("wei", Translate<AgentRinging>("Event: AgentCalled\nUniqueid: 1.1\nQueue: support\nInterface: Local/50@from-queue/n").Agent);
    }

    [Fact]
    public void RingTime_is_milliseconds_when_nobody_answered_and_seconds_when_somebody_did()
    {
        Assert.Equal(
            TimeSpan.FromSeconds(15),
            Translate<RingUnanswered>("Event: AgentRingNoAnswer\nUniqueid: 1.1\nQueue: support\nInterface: PJSIP/1001\nRingTime: 15000").RangFor);
        var answered = Translate<CallAnswered>("Event: AgentConnect\nUniqueid: 1.1\nQueue: support\nInterface: PJSIP/1001\nHoldTime: 20\nRingTime: 4");
        Assert.Equal((TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(4)), (answered.Waited, answered.RangFor));
    }

    [Fact]
    public void A_completion_without_a_channel_names_no_call() =>
        Assert.Equal(
            new CallCompleted(At, "main", "wei", "support", null, TimeSpan.FromSeconds(3), CallEnd.Caller),
            Translate("Event: AgentComplete\nQueue: support\nInterface: PJSIP/1001\nMemberName: Li Wei\nHoldTime: 0\nTalkTime: 3\nReason: caller"));

    [Fact]
    public void A_member_removed_while_on_a_call_has_left_and_the_call_ends_with_the_caller_should_no_completion_come()
    {
        Translate<CallAnswered>("Event: AgentConnect\nUniqueid: 1.1\nQueue: support\nInterface: PJSIP/1001\nHoldTime: 0\nRingTime: 0");
        Translate<MemberLeft>(Member("QueueMemberRemoved", "InCall: 1"));
        Assert.Equal(new CallHungUp(At, "main", "1.1"), Translate("Event: Hangup\nChannel: SIP/t-1\nUniqueid: 1.1\nLinkedid: 1.1"));
    }

    [Fact]
    public void Wrap_up_is_no_event_so_its_length_and_the_last_call_are_handed_on()
    {
        var status = Translate<MemberStatusChanged>(Member("QueueMemberStatus", "LastCall: 1795418190\nInCall: 0\nStatus: 1\nWrapuptime: 30"));
        Assert.Equal((TimeSpan.FromSeconds(30), DateTimeOffset.FromUnixTimeSeconds(1795418190)), (status.WrapUp, status.LastCallAt));
    }

    [Fact]
    public void Abandon_and_leave_are_told_in_either_order()
    {
        const string caller = "Uniqueid: 1.1\nQueue: support\nCallerIDNum: 13800001111\n";
        foreach (var abandonFirst in new[] { true, false })
        {
            Translate<CallerJoined>($"Event: QueueCallerJoin\n{caller}");
            if (abandonFirst) Translate<CallerAbandoned>($"Event: QueueCallerAbandon\n{caller}HoldTime: 3");
            Translate<CallerLeft>($"Event: QueueCallerLeave\n{caller}");
            if (!abandonFirst) Assert.Equal(TimeSpan.FromSeconds(3), Translate<CallerAbandoned>($"Event: QueueCallerAbandon\n{caller}HoldTime: 3").Waited);
        }
    }

    [Fact]
    public void Legs_that_a_queue_dials_are_told_by_the_queue_alone()
    {
        Translate<CallerJoined>("Event: QueueCallerJoin\nUniqueid: 1.1\nQueue: support");
        Assert.Null(Translate("Event: DialBegin\nChannel: SIP/t-1\nLinkedid: 1.1\nDestChannel: PJSIP/1001-00000002\nDestUniqueid: 1.2\nDestLinkedid: 1.1"));
        Assert.Null(Translate("Event: DialEnd\nDestChannel: PJSIP/1001-00000002\nDestUniqueid: 1.2\nDialStatus: ANSWER"));
        Assert.Null(Translate("Event: Hangup\nChannel: PJSIP/1001-00000002\nUniqueid: 1.2"));
    }

    [Theory]
    [InlineData("PJSIP/1001-00000001", "PJSIP/trunk-00000002", "wei", null, CallDirection.Outbound, "13800001111")]
    [InlineData("PJSIP/trunk-00000001", "PJSIP/1001-00000002", null, "wei", CallDirection.Inbound, "1900")]
    [InlineData("PJSIP/1001-00000001", "Local/1002@agents-00000002;1", "wei", "fang", CallDirection.Internal, "13800001111")]
    [InlineData("Local/1002@agents-00000002;2", "PJSIP/1001-00000003", null, "wei", CallDirection.Inbound, "1900")]
    public void Calls_outside_of_queues_go_out_come_in_or_stay_in_the_house(
        string channel, string dest, string? from, string? to, CallDirection direction, string party) =>
        Assert.Equal(
            new CallDialed(At, "main", "2.2", "2.1", from, to, direction, party),
            Translate($"Event: DialBegin\nChannel: {channel}\nCallerIDNum: 1900\nExten: 013800001111\nLinkedid: 2.1\nDestChannel: {dest}\n"
                + "DestCallerIDNum: 13800001111\nDestUniqueid: 2.2\nDestLinkedid: 2.1"));

    [Fact]
    public void A_dialled_call_is_picked_up_and_hung_up_once()
    {
        Translate<CallDialed>("Event: DialBegin\nChannel: PJSIP/1001-00000001\nLinkedid: 2.1\nDestChannel: PJSIP/trunk-00000002\nDestUniqueid: 2.2\nDestLinkedid: 2.1");
        Assert.Null(Translate("Event: DialEnd\nDestUniqueid: 2.2\nDialStatus: NOANSWER"));
        Assert.Equal(new CallPickedUp(At, "main", "2.2"), Translate("Event: DialEnd\nDestUniqueid: 2.2\nDialStatus: ANSWER"));
        Assert.Equal(new CallHungUp(At, "main", "2.2"), Translate("Event: Hangup\nUniqueid: 2.2"));
        Assert.Null(Translate("Event: Hangup\nUniqueid: 2.2"));
    }

    [Fact]
    public void Calls_between_strangers_are_no_news()
    {
        Assert.Null(Translate("Event: DialBegin\nChannel: PJSIP/a-00000001\nDestChannel: PJSIP/b-00000002\nDestUniqueid: 3.2"));
        Assert.Null(Translate("Event: Hangup\nUniqueid: 3.2"));
        Assert.Null(Translate("Event: Hold\nChannel: PJSIP/a-00000001"));
    }

    [Fact]
    public void Hold_is_told_by_the_channel_of_the_agent()
    {
        Assert.Equal(new CallHeld(At, "main", "wei"), Translate("Event: Hold\nChannel: PJSIP/1001-0000002a\nUniqueid: 1.2\nMusicClass: default"));
        Assert.Equal(new CallUnheld(At, "main", "wei"), Translate("Event: Unhold\nChannel: PJSIP/1001-0000002a\nUniqueid: 1.2"));
    }

    [Fact]
    public void A_new_penalty_comes_as_the_member_with_its_settings() =>
        Assert.Equal(5, Translate<MemberJoined>(Member("QueueMemberPenalty", "Penalty: 5")).Member.Penalty);

    [Fact]
    public void Values_keep_their_colons_and_their_blanks() =>
        Assert.Equal("a: b : c", Translate<MemberPaused>(Pause("a: b : c", 1795418150)).Reason);

    [Fact]
    public void Repeated_headers_are_all_kept_and_an_empty_Output_is_a_value()
    {
        var parser = new AmiParser(AmiEventSet.All, AmiLimits.Default, false);
        var reply = Assert.Single(Splits.Read(
            parser, "Response: Follows\r\nPrivilege: Command\r\nOutput: one: 1\r\nOutput: \r\nOutput: three\r\nraw line without a header\r\n\r\n"));
        Assert.Equal(["one: 1", "", "three"], reply.GetAll("Output"));
        Assert.Equal("one: 1", reply.Get("Output"));
        var empty = Assert.Single(Splits.Read(new AmiParser(AmiEventSet.All, AmiLimits.Default, false), "Response: Success\r\nMessage: Command output follows\r\n\r\n"));
        Assert.Empty(empty.GetAll("Output"));
    }

    [Fact]
    public void A_very_long_AppData_line_is_read() =>
        Assert.Null(Translate($"Event: Newexten\nAppData: {new string('x', 60_000)}"));

    [Theory]
    [InlineData("Event: QueueMemberAdded\nQueue: support")]
    [InlineData("Event: QueueMemberAdded\nInterface: PJSIP/1001")]
    [InlineData("Event: QueueCallerJoin\nQueue: support")]
    [InlineData("Event: AgentConnect\nQueue: support\nInterface: PJSIP/1001")]
    [InlineData("Event: AgentComplete\nQueue: \nInterface: PJSIP/1001")]
    public void An_event_that_lacks_what_it_must_have_is_counted_and_ignored(string text)
    {
        Assert.Null(Translate(text));
        Assert.Equal(1, translator.Malformed);
    }

    [Fact]
    public void A_name_too_long_to_be_one_is_refused()
    {
        Assert.Null(Translate(Member("QueueMemberAdded", address: "PJSIP/" + new string('9', 300))));
        Assert.Equal(1, translator.Malformed);
    }

    [Theory]
    [InlineData("99999999999999999999")]
    [InlineData("-1")]
    [InlineData("253402300800")]
    [InlineData("NaN")]
    [InlineData("0")]
    public void Instants_and_durations_beyond_reason_are_unknown_not_a_crash(string nonsense)
    {
        var joined = Translate<MemberJoined>(Member("QueueMemberAdded", $"LastCall: {nonsense}\nPenalty: {nonsense}\nWrapuptime: {nonsense}").Replace("1795418140", nonsense, StringComparison.Ordinal));
        Assert.Null(joined.Member.SignedInAt);
        Assert.Null(joined.Member.LastCallAt);
        Assert.True(joined.Member.WrapUp >= TimeSpan.Zero && joined.Member.Penalty >= 0);
        Translate<CallAnswered>($"Event: AgentConnect\nTimestamp: {nonsense}\nUniqueid: 1.1\nQueue: support\nInterface: PJSIP/1001\nHoldTime: {nonsense}\nRingTime: {nonsense}");
    }

    [Fact]
    public void The_calls_that_are_remembered_are_bounded()
    {
        var calls = new AmiCalls(capacity: 3);
        for (var i = 0; i < 10; i++) calls.Know($"{i}");
        for (var i = 0; i < 10; i++) calls.Waits($"w{i}");
        Assert.Equal(3, calls.Count);
        Assert.True(calls.IsWaiting("w9"));
    }

    [Fact]
    public void Channels_of_a_snapshot_tell_the_calls_under_way()
    {
        string[] channels =
        [
            // A queue's caller on 1001, as app_queue shows it; 1002 calls out; 1003's phone only rings.
            Channel("PJSIP/trunk-00000001", "10.1", "10.1", "Queue", "support,t,,,60", "b1", "13800001111"),
            Channel("PJSIP/1001-00000002", "10.2", "10.1", "AppQueue", "(Outgoing Line)", "b1", "13800001111"),
            Channel("Local/1002@agents-00000003;1", "10.3", "10.3", "Dial", "PJSIP/13900002222@trunk", "b2", "1002"),
            Channel("PJSIP/trunk-00000004", "10.4", "10.3", "AppDial", "(Outgoing Line)", "b2", "13900002222"),
            Channel("PJSIP/1003-00000005", "10.5", "10.5", "AppDial", "(Outgoing Line)", "", "1").Replace("ChannelState: 6", "ChannelState: 5", StringComparison.Ordinal),
        ];
        var snapshot = new AmiSnapshot();
        foreach (var message in Splits.Read(new AmiParser(AmiEventSet.All, AmiLimits.Default, false), string.Concat(channels))) snapshot.Add(message);
        var calls = snapshot.Build(translator, new SwitchClock(), At, null).Calls;
        Assert.Equal(
            [
                new SeenCall("10.1", "wei", "support", CallDirection.Inbound, "13800001111", At - TimeSpan.FromSeconds(63)),
                new SeenCall("10.4", "fang", null, CallDirection.Outbound, "13900002222", At - TimeSpan.FromSeconds(63)),
            ],
            calls);
        Assert.Equal(new CallHungUp(At, "main", "10.4"), Translate("Event: Hangup\nUniqueid: 10.4"));
    }

    private static string Channel(string name, string id, string linked, string application, string data, string bridge, string number) =>
        $"Event: CoreShowChannel\r\nChannel: {name}\r\nChannelState: 6\r\nCallerIDNum: {number}\r\nUniqueid: {id}\r\nLinkedid: {linked}\r\n"
        + $"Application: {application}\r\nApplicationData: {data}\r\nDuration: 00:01:03\r\nBridgeId: {bridge}\r\n\r\n";

    [Theory]
    [InlineData("16", HangupCause.Normal)]
    [InlineData("17", HangupCause.Normal)]
    [InlineData("31", HangupCause.Normal)]
    [InlineData("25", HangupCause.Network)]
    [InlineData("27", HangupCause.Network)]
    [InlineData("32", HangupCause.Network)]
    [InlineData("38", HangupCause.Network)]
    [InlineData("44", HangupCause.Network)]
    [InlineData("47", HangupCause.Network)]
    [InlineData("48", HangupCause.Normal)]
    [InlineData("102", HangupCause.Network)]
    [InlineData("0", HangupCause.Unknown)]
    [InlineData("127", HangupCause.Unknown)]
    [InlineData("none", HangupCause.Unknown)]
    public void A_hang_up_says_whether_the_network_ended_the_call(string cause, HangupCause meant)
    {
        Translate("Event: AgentConnect\nUniqueid: 7.1\nDestUniqueid: 7.2\nQueue: support\nInterface: PJSIP/1001\nHoldTime: 3\nRingTime: 2");
        Assert.Equal(new CallHungUp(At, "main", "7.1") { Cause = meant }, Translate($"Event: Hangup\nUniqueid: 7.1\nCause: {cause}"));
    }

    [Fact]
    public void Of_the_agents_leg_only_that_the_network_took_it_is_told_and_only_once()
    {
        const string answered = "Event: AgentConnect\nUniqueid: 8.1\nDestUniqueid: 8.2\nQueue: support\nInterface: PJSIP/1001\nHoldTime: 3\nRingTime: 2";
        Translate(answered);
        Assert.Null(Translate("Event: Hangup\nUniqueid: 8.2\nCause: 16"));
        Translate(answered);
        Assert.Equal(new CallHungUp(At, "main", "8.2") { Of = "8.1", Cause = HangupCause.Network }, Translate("Event: Hangup\nUniqueid: 8.2\nCause: 44"));
        Assert.Null(Translate("Event: Hangup\nUniqueid: 8.2\nCause: 44"));
    }
}
