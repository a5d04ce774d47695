using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using FloorMonitor.Pbx.Sip.Watch;
using static FloorMonitor.Pbx.Tests.Sip.Watch.Capture;
using static FloorMonitor.Pbx.Tests.Sip.Watch.PhoneFloor;

namespace FloorMonitor.Pbx.Tests.Sip.Watch;

/// <summary>A floor without AMI: sign-in by registration, calls by dialogs, breaks and sign-out by the gate, kept by the monitor.</summary>
public sealed class PhoneTranslatorTests
{
    private static PhoneFloor Floor(params IFloorRule[] rules) => new PhoneFloor(rules).Synced();

    [Fact]
    public void Who_registers_signs_in_to_the_group_at_that_moment()
    {
        var floor = Floor().At("09:00").Registers("wang");
        Assert.Equal((AgentState.Available, Time("09:00")), (floor["wang"].State, floor["wang"].Session!.SignedInAt));
        Assert.Equal(["phones"], floor["wang"].Members.Select(member => member.Queue));
        Assert.Equal(("1001", "sip:1001@pbx.test"), (floor["wang"].Seat, floor["wang"].Address));
        Assert.Equal(AgentState.SignedOut, floor["li"].State);
        floor.At("09:30").Registers("wang");
        Assert.Equal(Time("09:00"), floor["wang"].Session!.SignedInAt);
    }

    [Fact]
    public void Who_is_found_registered_at_first_sight_is_signed_in_and_locked_by_nothing()
    {
        var floor = new PhoneFloor(new SettleIn()).IsRegistered("wang");
        floor.At("09:00").Synced();
        Assert.True(floor["wang"].Session!.SignInUnseen);
        Assert.Null(floor.Asks(new SignOut("wang", "wang")));
        Assert.Equal(AgentState.SignedOut, floor["wang"].State);
    }

    [Fact]
    public void A_call_rings_is_answered_held_and_ends_with_its_direction_and_number()
    {
        var floor = Floor().At("09:00").Registers("wang").At("09:10").Shows("wang", Dialog("d", "early"));
        Assert.Equal((AgentState.Ringing, CallDirection.Inbound, "0301234567"), (floor["wang"].State, floor["wang"].Call!.Direction, floor["wang"].Call!.Party));
        floor.At("09:11").Shows("wang", Dialog("d", "confirmed"));
        Assert.Equal((AgentState.OnCall, Time("09:11")), (floor["wang"].State, floor["wang"].Since));
        floor.At("09:12").Shows("wang", Dialog("d", "confirmed", local: Held));
        Assert.Equal((AgentState.OnHold, Time("09:12")), (floor["wang"].State, floor["wang"].Call!.HeldSince));
        floor.At("09:13").Shows("wang", Dialog("d", "confirmed"));
        Assert.Equal((AgentState.OnCall, Time("09:11")), (floor["wang"].State, floor["wang"].Call!.Since));
        floor.At("09:20").Shows("wang", Dialog("d", "terminated"));
        Assert.Equal((AgentState.Available, Time("09:20")), (floor["wang"].State, floor["wang"].Since));
        Assert.Null(floor["wang"].Call);
        Assert.Empty(floor.State.DialedCalls);
    }

    [Fact]
    public void A_call_that_nobody_answered_and_the_next_one_are_two_calls_though_the_PBX_uses_one_id()
    {
        var floor = Floor().At("09:00").Registers("wang").Shows("wang", Dialog("201", "early")).At("09:01").Shows("wang", Dialog("201", "terminated"));
        Assert.Equal(AgentState.Available, floor["wang"].State);
        floor.At("09:02").Shows("wang", Dialog("201", "confirmed"));
        Assert.Equal((AgentState.OnCall, Time("09:02")), (floor["wang"].State, floor["wang"].Call!.Since));
        Assert.Equal(2, floor.Journal.OfType<CallDialed>().Count());
    }

    [Fact]
    public void A_call_of_two_watched_phones_is_internal_for_both()
    {
        var floor = Floor().At("09:00").Registers("wang").Registers("li").At("09:05");
        floor.Shows("wang", Dialog("x", "early", "initiator", "1002")).Shows("li", Dialog("y", "early", "recipient", "1001"));
        Assert.Equal((AgentState.OnCall, AgentState.Ringing), (floor["wang"].State, floor["li"].State));
        floor.Shows("wang", Dialog("x", "confirmed", "initiator", "1002")).Shows("li", Dialog("y", "confirmed", "recipient", "1001"));
        Assert.Equal((CallDirection.Internal, CallDirection.Internal), (floor["wang"].Call!.Direction, floor["li"].Call!.Direction));
        Assert.Equal(2, Core.Metrics.FloorTotals.Of(floor.State).InternalCalls);
    }

    [Fact]
    public void A_break_is_granted_by_the_gate_kept_by_the_monitor_and_ended_by_it()
    {
        var floor = Floor(new BreakLimit()).At("09:00").Registers("wang").At("10:00");
        Assert.Null(floor.Asks(new TakeBreak("wang", "wang", "short")));
        Assert.Equal((AgentState.OnBreak, Time("10:00"), Time("10:05")), (floor["wang"].State, floor["wang"].Break!.Since, floor["wang"].Break!.EndsAt!.Value));
        Assert.All(floor.Journal.OfType<MemberPaused>(), paused => Assert.Equal(PhoneFloor.Feed, paused.Source));
        floor.At("10:05:00.500").Ticks();
        Assert.Equal(Time("10:05"), Assert.Single(floor.Verdicts.Values).OpenedAt);
        Assert.Null(floor.At("10:06").Asks(new Resume("wang", "wang")));
        Assert.Equal((AgentState.Available, VerdictStatus.Closed), (floor["wang"].State, Assert.Single(floor.Verdicts.Values).Status));
    }

    [Fact]
    public void Example_5_a_break_in_a_gap_that_nobody_vouches_for_opens_nothing_until_five_minutes_of_it_were_seen()
    {
        var floor = Floor(new BreakLimit()).At("09:00").Registers("wang").At("10:00");
        Assert.Null(floor.Asks(new TakeBreak("wang", "wang", "short")));
        floor.At("10:03").Lost().At("10:06").Ticks().At("10:09").Synced().At("10:10:59.999").Ticks();
        Assert.Empty(floor.Verdicts);
        floor.At("10:11:00.200").Ticks();
        var verdict = Assert.Single(floor.Verdicts.Values);
        Assert.Equal((Time("10:11"), VerdictStatus.Open), (verdict.OpenedAt, verdict.Status));
        Assert.Equal([new Gap(Time("10:03"), Time("10:09"))], verdict.Gaps);
    }

    [Fact]
    public void A_restart_of_the_monitor_forgets_neither_who_is_in_nor_the_break_nor_who_signed_out()
    {
        var floor = Floor(new BreakLimit()).At("09:00").Registers("wang").Registers("li").Registers("zhao").At("10:00");
        Assert.Null(floor.Asks(new TakeBreak("wang", "wang", "meal")));
        Assert.Null(floor.Asks(new SignOut("li", "li")));
        floor.At("10:03").Restarted().At("10:09").IsRegistered("wang", "li", "zhao").Synced();
        Assert.Equal((AgentState.OnBreak, Time("10:00"), "meal"), (floor["wang"].State, floor["wang"].Break!.Since, floor["wang"].Break!.Kind));
        Assert.Equal(Time("10:36"), floor["wang"].Break!.EndsAt);
        Assert.Equal(Time("09:00"), floor["zhao"].Session!.SignedInAt);
        // Whoever signed out at a phone that stays registered is not signed in by the phone again.
        Assert.Equal(AgentState.SignedOut, floor["li"].State);
        Assert.Null(floor.Asks(new SignIn("li", "li", [])));
        Assert.Equal((AgentState.Available, Time("10:09")), (floor["li"].State, floor["li"].Session!.SignedInAt));
    }

    [Fact]
    public void Who_signed_out_comes_back_with_the_phone_once_it_was_away()
    {
        var floor = Floor().At("09:00").Registers("wang").At("12:00");
        Assert.Null(floor.Asks(new SignOut("wang", "wang")));
        floor.At("12:01").Registers("wang");
        Assert.Equal(AgentState.SignedOut, floor["wang"].State);
        floor.At("12:02").Unregisters("wang").At("13:00").Registers("wang");
        Assert.Equal((AgentState.Available, Time("13:00")), (floor["wang"].State, floor["wang"].Session!.SignedInAt));
    }

    [Fact]
    public void A_phone_that_is_gone_is_unreachable_and_after_ten_minutes_its_agent_has_left()
    {
        var floor = Floor(new ProperSignOut()).At("09:00").Registers("wang").At("10:00").Unregisters("wang");
        Assert.Equal((AgentState.Unreachable, Time("10:00")), (floor["wang"].State, floor["wang"].Since));
        floor.At("10:02:01").Ticks();
        Assert.Equal(Time("10:02"), Assert.Single(floor.Verdicts.Values).OpenedAt);
        floor.At("10:09:59").Ticks();
        Assert.Equal(AgentState.Unreachable, floor["wang"].State);
        floor.At("10:10:00.500").Ticks();
        Assert.Equal((AgentState.SignedOut, Time("10:10")), (floor["wang"].State, floor["wang"].Session!.LeftAt));
        floor.At("11:00").Registers("wang");
        Assert.Equal((AgentState.Available, Time("11:00")), (floor["wang"].State, floor["wang"].Session!.SignedInAt));
    }

    [Fact]
    public void A_phone_that_flaps_signs_nobody_out_and_nobody_in_anew()
    {
        var floor = Floor().At("09:00").Registers("wang").At("10:00").Unregisters("wang").At("10:09").Ticks().Registers("wang").At("10:18").Unregisters("wang");
        floor.At("10:27").Ticks();
        Assert.Equal((AgentState.Unreachable, Time("09:00")), (floor["wang"].State, floor["wang"].Session!.SignedInAt));
    }

    [Fact]
    public void One_phone_that_cannot_be_watched_makes_its_agent_unknown_with_words_and_a_break_of_it_has_a_gap()
    {
        var floor = Floor(new BreakLimit(), new Away()).At("09:00").Registers("wang").Registers("li").At("10:00");
        Assert.Null(floor.Asks(new TakeBreak("wang", "wang", "short")));
        floor.At("10:02").Loses("wang", "terminated;reason=rejected");
        Assert.Equal((AgentState.Unknown, AgentState.Available), (floor["wang"].State, floor["li"].State));
        Assert.Equal("This phone cannot be watched: terminated;reason=rejected", Assert.Single(floor["wang"].Sights).Phone.Lost!.En);
        floor.At("10:08").Ticks();
        Assert.Empty(floor.Verdicts);
        floor.At("10:10").Registers("wang").Shows("wang").At("10:12:59").Ticks();
        Assert.Equal(AgentState.OnBreak, floor["wang"].State);
        Assert.Empty(floor.Verdicts);
        floor.At("10:13:01").Ticks();
        var verdict = Assert.Single(floor.Verdicts.Values);
        Assert.Equal((Time("10:13"), new Gap(Time("10:02"), Time("10:10"))), (verdict.OpenedAt, Assert.Single(verdict.Gaps)));
    }

    [Fact]
    public void Nobody_is_taken_to_have_left_while_nobody_says_whether_the_phone_is_there()
    {
        var floor = Floor().At("09:00").Registers("wang").At("10:00").Unregisters("wang").At("10:05").Loses("wang", "408 Request Timeout");
        floor.At("11:00").Ticks();
        Assert.Equal((AgentState.Unknown, Time("09:00")), (floor["wang"].State, floor["wang"].Session!.SignedInAt));
    }

    [Fact]
    public void A_call_that_a_resync_finds_goes_on_from_its_first_instant_and_one_that_rings_is_told_after_it()
    {
        var floor = Floor().At("09:00").Registers("wang").Registers("li").At("09:10").Shows("wang", Dialog("d", "confirmed")).Shows("li", Dialog("r", "early"));
        floor.At("09:15").Lost();
        Assert.Equal(AgentState.Unknown, floor["wang"].State);
        floor.At("09:16").Synced();
        Assert.Equal((AgentState.OnCall, Time("09:10")), (floor["wang"].State, floor["wang"].Since));
        Assert.Equal(AgentState.Ringing, floor["li"].State);
        floor.At("09:20").Shows("wang", Dialog("d", "terminated"));
        Assert.Equal(AgentState.Available, floor["wang"].State);
    }

    [Fact]
    public void A_call_held_across_a_resync_is_still_held()
    {
        var floor = Floor().At("09:00").Registers("wang").Shows("wang", Dialog("d", "confirmed")).At("09:10").Shows("wang", Dialog("d", "confirmed", local: Held));
        floor.At("09:15").Lost().At("09:16").Synced();
        Assert.Equal((AgentState.OnHold, Time("09:00")), (floor["wang"].State, floor["wang"].Call!.Since));
    }

    [Fact]
    public void A_sign_out_waits_for_the_end_of_a_call_as_everywhere()
    {
        var floor = Floor().At("09:00").Registers("wang").Shows("wang", Dialog("d", "confirmed"));
        Assert.Equal("On a call: sign out when it is over", floor.At("09:30").Asks(new SignOut("wang", "wang")));
        floor.Shows("wang", Dialog("d", "terminated"));
        Assert.Null(floor.Asks(new SignOut("wang", "wang")));
    }

    [Fact]
    public void What_the_feed_cannot_do_it_says_and_what_is_already_so_is_done()
    {
        var floor = Floor().At("09:00").Registers("wang");
        Assert.Equal("phones has one group, phones.", floor.Does(new JoinQueue(PhoneFloor.Feed, "sip:1001@pbx.test", "sales", 0, "王芳")));
        Assert.Equal("PJSIP/9999 is none of the phones that phones watches.", floor.Does(new LeaveQueue(PhoneFloor.Feed, "PJSIP/9999", "phones")));
        Assert.Equal("The phone 1002 is not registered.", floor.Does(new JoinQueue(PhoneFloor.Feed, "PJSIP/1002", "phones", 0, "")));
        Assert.Equal("李伟 is not signed in.", floor.Does(new SetPause(PhoneFloor.Feed, "1002", null, true, "short")));
        var before = floor.Journal.Count;
        Assert.Null(floor.Does(new JoinQueue(PhoneFloor.Feed, "1001", "phones", 0, "")));
        Assert.Null(floor.Does(new LeaveQueue(PhoneFloor.Feed, "1002", "phones")));
        Assert.Equal(before, floor.Journal.Count);
    }

    [Fact]
    public void Beside_a_switch_it_tells_of_phones_and_of_nothing_else_and_leaves_queues_to_it()
    {
        var floor = new PhoneFloor(new PhoneRole(PhoneFloor.Feed, null, TimeSpan.FromMinutes(10))).Synced();
        floor.At("09:00").Registers("wang").Shows("wang", Dialog("d", "confirmed")).At("09:30").Shows("wang").Unregisters("wang").At("11:00").Ticks();
        Assert.All(floor.Journal.Where(e => e.Source == PhoneFloor.Feed), e => Assert.True(e is PhoneSeen or FeedSynced));
        Assert.Empty(floor.State.Queues);
        Assert.Equal((AgentState.SignedOut, PhoneState.Unreachable), (floor["wang"].State, Assert.Single(floor["wang"].Sights).Phone.Phone));
        Assert.StartsWith("phones watches phones", floor.Does(new JoinQueue(PhoneFloor.Feed, "1001", "support", 0, "")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_phones_of_a_PBX_are_those_of_agents_csv_at_its_domain_and_of_the_teams_that_are_named()
    {
        ValueArray<AgentSetup> agents =
        [
            new("a", "A", "T", "PJSIP/1001"), new("b", "B", "T", "sip:1002@PBX.test;transport=tcp"), new("c", "C", "U", "sip:1003@elsewhere"),
            new("d", "D", "U", "1004"), new("e", "E", null, ""), new("f", "F", "U", "sip:10 05@pbx.test"), new("g", "G", "U", "SIP/1004"),
        ];
        Assert.Equal(["a 1001", "b 1002", "d 1004"], PhoneAddress.Of(agents, "pbx.test", []).Select(phone => $"{phone.Agent} {phone.Seat}"));
        Assert.Equal(["sip:1004@pbx.test"], PhoneAddress.Of(agents, "pbx.test", ["U"]).Select(phone => phone.Address));
    }
}
