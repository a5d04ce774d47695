using FloorMonitor.Core.Floor;
using static FloorMonitor.Core.Tests.Floor.Story;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>Calls in the orders in which a switch may tell of them.</summary>
public sealed class CallTests
{
    [Theory]
    [InlineData("abandon leave")]
    [InlineData("leave abandon")]
    public void A_caller_who_gave_up_is_abandoned_whatever_comes_first(string order)
    {
        var floor = new Story().At("09:00").Joins("wang", "support").CallerJoins("support", "c1").Rings("wang", "support", "c1").At("09:00:15");
        foreach (var word in order.Split(' ')) _ = word == "leave" ? floor.CallerLeaves("support", "c1") : floor.Abandons("support", "c1", 15);
        floor.At("09:00:20").Ticks();
        Assert.Equal((1, 1, 0, 0), (Counters(floor).Abandoned, Counters(floor).AbandonedWithin, Counters(floor).LeftOtherwise, Counters(floor).Answered));
        // Asterisk tells the ringing agent nothing: the ring ends with its caller.
        Assert.Equal((AgentState.Available, null), (floor["wang"].State, floor["wang"].Call));
    }

    [Theory]
    [InlineData("answer leave")]
    [InlineData("leave answer")]
    public void A_caller_who_was_answered_is_answered_whatever_comes_first(string order)
    {
        var floor = new Story().At("09:00").Joins("wang", "support").CallerJoins("support", "c1").Rings("wang", "support", "c1").At("09:00:10");
        foreach (var word in order.Split(' ')) _ = word == "leave" ? floor.CallerLeaves("support", "c1") : floor.Answers("wang", "support", "c1", 10);
        floor.At("09:00:20").Ticks();
        Assert.Equal((1, 1, 0, 0), (Counters(floor).Offered, Counters(floor).Answered, Counters(floor).Abandoned, Counters(floor).LeftOtherwise));
        Assert.Equal((AgentState.OnCall, Time("09:00:10")), (floor["wang"].State, floor["wang"].Since));
    }

    [Fact]
    public void A_leave_without_a_reason_is_a_leave_otherwise_after_two_seconds_and_not_before()
    {
        var floor = new Story().At("09:00").CallerJoins("support", "c1").At("09:00:30").CallerLeaves("support", "c1");
        floor.At("09:00:31.999").Ticks();
        Assert.Equal((0, 0), (Counters(floor).LeftOtherwise, floor.State.Queues["support"].Waiting.Count));
        floor.At("09:00:32").Ticks();
        Assert.Equal(1, Counters(floor).LeftOtherwise);
    }

    [Fact]
    public void A_leave_whose_reason_the_link_took_with_it_is_not_guessed()
    {
        var floor = new Story().At("09:00").CallerJoins("support", "c1").At("09:00:30").CallerLeaves("support", "c1").Lost().At("09:01").Synced();
        floor.At("09:02").Ticks();
        Assert.Equal((1, 0, 0), (Counters(floor).Offered, Counters(floor).LeftOtherwise, Counters(floor).Abandoned));
    }

    [Theory]
    [InlineData("complete idle")]
    [InlineData("idle complete")]
    [InlineData("idle complete-without-id")]
    [InlineData("complete idle complete")]
    public void A_call_is_handled_once_whether_the_phone_or_the_queue_tells_first(string order)
    {
        var floor = Talking();
        foreach (var word in order.Split(' '))
        {
            _ = word switch
            {
                "idle" => floor.Phone("wang", "support", PhoneState.Idle, wrapUpSeconds: 30),
                "complete" => floor.Completes("wang", "support", "c1", 50),
                _ => floor.Completes("wang", "support", null, 50),
            };
        }

        Assert.Equal((1, TimeSpan.FromSeconds(50)), (Counters(floor).Handled, Counters(floor).Talked));
        Assert.Equal((AgentState.WrapUp, Time("09:01:30")), (floor["wang"].State, floor["wang"].WrapUp!.EndsAt));
        floor.At("09:02").Ticks();
        Assert.Equal((AgentState.Available, Time("09:01:30")), (floor["wang"].State, floor["wang"].Since));
        Assert.Equal(TimeSpan.FromSeconds(30), Counters(floor).WrappedUp);
    }

    [Fact]
    public void A_late_completion_that_a_resync_overtook_counts_once()
    {
        var floor = Talking().Lost().At("09:05").Synced(Of(Seen("wang", "support")));
        Assert.Equal((AgentState.Available, 0), (floor["wang"].State, Counters(floor).Handled));
        floor.Completes("wang", "support", "c1", 60).Completes("wang", "support", "c1", 60);
        Assert.Equal(1, Counters(floor).Handled);
    }

    [Fact]
    public void An_answer_that_a_snapshot_overtook_counts_once()
    {
        var talk = Of(Seen("wang", "support") with { Phone = PhoneState.InUse, InCall = true }) with
        {
            Calls = [new("c1", "wang", "support", CallDirection.Inbound, null, Time("08:59:58"))],
        };
        var floor = new Story(synced: false).At("09:00").Synced(talk);
        Assert.Equal(0, Counters(floor).Answered);
        floor.Answers("wang", "support", "c1").Answers("wang", "support", "c1");
        Assert.Equal((1, 1), (Counters(floor).Offered, Counters(floor).Answered));
    }

    [Fact]
    public void A_member_removed_during_its_call_talks_on_and_the_call_counts()
    {
        var floor = Talking().Leaves("wang", "support");
        Assert.Equal((AgentState.SignedOut, "c1"), (floor["wang"].State, floor["wang"].Call!.Id));
        floor.At("09:03").Completes("wang", "support", "c1", 180);
        Assert.Equal((1, null, null), (Counters(floor).Handled, floor["wang"].Call, floor["wang"].WrapUp));
    }

    [Fact]
    public void A_member_removed_during_its_call_is_free_of_it_when_it_hangs_up_though_no_completion_comes()
    {
        var floor = Talking().Leaves("wang", "support").At("09:03");
        floor.Tell(new CallHungUp(floor.Now, Pbx, "c1"));
        Assert.Null(floor["wang"].Call);
        Assert.Empty(floor.State.DialedCalls);
        Assert.Equal(AgentState.Available, floor.At("09:10").Joins("wang", "support")["wang"].State);
        // The completion that comes late after all still counts, once.
        floor.Completes("wang", "support", "c1", 180).Completes("wang", "support", "c1", 180);
        Assert.Equal(1, Counters(floor).Handled);
    }

    [Fact]
    public void A_busy_phone_without_a_known_call_is_a_call_of_which_nothing_else_is_known()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").At("09:10").Phone("wang", "support", PhoneState.InUse);
        Assert.Equal((AgentState.OnCall, Time("09:10"), null), (floor["wang"].State, floor["wang"].Since, floor["wang"].Call));
        Assert.Equal(AgentState.OnHold, floor.Phone("wang", "support", PhoneState.OnHold)["wang"].State);
        Assert.Equal(AgentState.Ringing, floor.Phone("wang", "support", PhoneState.Ringing)["wang"].State);
        Assert.Equal(AgentState.Unreachable, floor.Phone("wang", "support", PhoneState.Unreachable)["wang"].State);
        Assert.Equal(AgentState.Available, floor.Phone("wang", "support", PhoneState.Unknown)["wang"].State);
    }

    [Fact]
    public void A_local_channel_that_shows_in_use_while_it_rings_rings()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").CallerJoins("support", "c1").Rings("wang", "support", "c1");
        Assert.Equal(AgentState.Ringing, floor.Phone("wang", "support", PhoneState.InUse)["wang"].State);
        floor.Tell(new RingUnanswered(floor.Now, Pbx, "wang", "support", "c1", TimeSpan.FromSeconds(15)));
        // The phone's own report comes a moment later: the ring's echo is no call.
        Assert.Equal(AgentState.Available, floor["wang"].State);
        floor.At("09:00:03").Ticks();
        Assert.Equal(AgentState.OnCall, floor["wang"].State);
    }

    [Fact]
    public void The_queues_own_dialling_is_no_dialled_call_and_a_real_one_is()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").Joins("li", "support").CallerJoins("support", "c1");
        floor.Tell(new CallDialed(floor.Now, Pbx, "leg", "c1", null, "wang", CallDirection.Inbound, null));
        Assert.Empty(floor.State.DialedCalls);
        floor.Tell(new CallDialed(floor.Now, Pbx, "d1", "x", "wang", "li", CallDirection.Internal, "1002"));
        Assert.Equal((AgentState.OnCall, AgentState.Ringing), (floor["wang"].State, floor["li"].State));
        floor.At("09:00:05").Tell(new CallPickedUp(floor.Now, Pbx, "d1"));
        Assert.Equal((AgentState.OnCall, Time("09:00:05")), (floor["li"].State, floor["li"].Call!.Since));
        floor.Tell(new CallHungUp(floor.Now, Pbx, "d1"));
        Assert.Equal((AgentState.Available, AgentState.Available), (floor["wang"].State, floor["li"].State));
        Assert.Empty(floor.State.DialedCalls);
    }

    [Fact]
    public void A_deadline_that_falls_inside_a_call_moves_behind_its_wrap_up_and_one_that_had_passed_stays()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").At("10:00").Pauses("wang", "support", "short");
        floor.At("10:04").Tell(new CallDialed(floor.Now, Pbx, "d1", "x", "wang", null, CallDirection.Outbound, null)).Tell(new CallPickedUp(floor.Now, Pbx, "d1"));
        floor.At("10:07").Tell(new CallHungUp(floor.Now, Pbx, "d1"));
        Assert.Equal((Time("10:00"), Time("10:07")), (floor["wang"].Break!.Since, floor["wang"].Break!.EndsAt!.Value));
        floor.At("10:08").Tell(new CallDialed(floor.Now, Pbx, "d2", "y", "wang", null, CallDirection.Outbound, null));
        floor.At("10:09").Tell(new CallHungUp(floor.Now, Pbx, "d2"));
        Assert.Equal(Time("10:07"), floor["wang"].Break!.EndsAt);
    }

    private static Story Talking() => new Story().At("09:00").Joins("wang", "support", wrapUpSeconds: 30).CallerJoins("support", "c1")
        .Rings("wang", "support", "c1").Phone("wang", "support", PhoneState.Ringing, wrapUpSeconds: 30).At("09:00:10")
        .Answers("wang", "support", "c1").Phone("wang", "support", PhoneState.InUse, inCall: true, wrapUpSeconds: 30).At("09:01");

    private static QueueCounters Counters(Story floor) => floor.State.Queues["support"].Counters;
}
