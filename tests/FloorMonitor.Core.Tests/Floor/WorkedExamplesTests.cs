using FloorMonitor.Core.Floor;
using static FloorMonitor.Core.Tests.Floor.Story;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>RULEBOOK's worked examples, as far as they are about state.</summary>
public sealed class WorkedExamplesTests
{
    [Fact]
    public void Example_3_queues_changed_within_half_a_second_are_no_sign_out()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").At("09:10:00.000").Leaves("wang", "support");
        Assert.Equal(AgentState.SignedOut, floor["wang"].State);
        Assert.Equal(Time("09:10"), floor["wang"].Session!.LeftAt);
        floor.At("09:10:00.400").Joins("wang", "sales");
        Assert.Null(floor["wang"].Session!.LeftAt);
        Assert.Equal(Time("09:00"), floor["wang"].Session!.SignedInAt);
        Assert.Equal(AgentState.Available, floor["wang"].State);
    }

    [Fact]
    public void Example_3_a_later_join_is_a_new_sign_in()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").At("09:10:00.000").Leaves("wang", "support");
        floor.At("09:10:00.501").Joins("wang", "sales");
        Assert.Equal(Time("09:10:00.501"), floor["wang"].Session!.SignedInAt);
    }

    [Fact]
    public void Example_3_a_changed_reason_is_two_breaks_back_to_back()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").Joins("wang", "sales");
        floor.At("10:00").Pauses("wang", "support", "short").Pauses("wang", "sales", "short");
        floor.At("10:03").Pauses("wang", "support", "meal").At("10:03:00.005").Pauses("wang", "sales", "meal");
        Assert.Equal(("meal", Time("10:03")), (floor["wang"].Break!.Kind, floor["wang"].Break!.Since));
        var ended = Assert.Single(floor["wang"].EndedBreaks.ToArrayForTest());
        Assert.Equal(("short", Time("10:00"), Time("10:03")), (ended.Kind, ended.Since, ended.Until));
        floor.At("10:20").Resumes("wang", "support");
        Assert.Null(floor["wang"].Break);
        Assert.Equal(2, floor["wang"].EndedBreaks.Count);
        Assert.Equal(AgentState.Available, floor["wang"].State);
    }

    [Fact]
    public void Example_4_a_pause_made_during_a_call_begins_when_the_call_ends()
    {
        var floor = new Story().At("09:00").Joins("wang", "support", wrapUpSeconds: 30);
        floor.At("09:54").CallerJoins("support", "c1").Rings("wang", "support", "c1").Answers("wang", "support", "c1");
        floor.At("09:55").Pauses("wang", "support", "short");
        Assert.Null(floor["wang"].Break);
        Assert.Equal(AgentState.OnCall, floor["wang"].State);
        floor.At("10:03").Completes("wang", "support", "c1", 540);
        Assert.Equal(Time("10:03"), floor["wang"].Break!.Since);
        Assert.Equal(AgentState.WrapUp, floor["wang"].State);
        floor.At("10:03:31").Ticks();
        Assert.Equal((AgentState.OnBreak, Time("10:03:30")), (floor["wang"].State, floor["wang"].Since));
        Assert.Equal("c1", floor["wang"].LastCall!.Id);
    }

    [Fact]
    public void Example_5_a_break_that_the_switch_vouches_for_has_no_gap()
    {
        var floor = Paused().At("10:03").Lost();
        Assert.Equal(AgentState.Unknown, floor["wang"].State);
        floor.At("10:09").Synced(Of(Seen("wang", "support") with { Paused = true, PauseReason = "short", PausedAt = Time("10:00"), SignedInAt = Time("09:00") }));
        Assert.Equal((AgentState.OnBreak, Time("10:00")), (floor["wang"].State, floor["wang"].Since));
        Assert.Equal((Time("10:00"), Time("10:05")), (floor["wang"].Break!.Since, floor["wang"].Break!.EndsAt!.Value));
        Assert.True(floor["wang"].Break!.Gaps.IsEmpty);
    }

    [Fact]
    public void Example_5_a_break_of_which_the_switch_says_no_time_has_a_gap_that_does_not_count()
    {
        var floor = Paused().At("10:03").Lost();
        floor.At("10:09").Synced(Of(Seen("wang", "support") with { Paused = true, PauseReason = "short" }));
        var running = floor["wang"].Break!;
        Assert.Equal((Time("10:00"), Time("10:11")), (running.Since, running.EndsAt!.Value));
        Assert.Equal(new Gap(Time("10:03"), Time("10:09")), Assert.Single(running.Gaps.ToArrayForTest()));
    }

    [Fact]
    public void Example_10_paused_in_one_of_two_queues_is_no_break()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").Joins("wang", "sales").At("10:00").Pauses("wang", "support", "short");
        Assert.Null(floor["wang"].Break);
        Assert.Equal(AgentState.Available, floor["wang"].State);
    }

    [Fact]
    public void Example_11_the_same_reason_again_and_a_restart_of_the_switch_change_nothing()
    {
        var floor = Paused().At("10:03").Pauses("wang", "support", "short", Time("10:03"));
        Assert.Equal(Time("10:00"), floor["wang"].Break!.Since);
        floor.At("10:03:50").Lost();
        var back = Seen("wang", "support") with { Paused = true, PauseReason = "short", PausedAt = Time("10:04"), SignedInAt = Time("10:04") };
        floor.At("10:04:10").Synced(Of(back) with { SwitchStartedAt = Time("10:04") });
        Assert.Equal(Time("09:00"), floor["wang"].Session!.SignedInAt);
        Assert.Equal(Time("10:00"), floor["wang"].Break!.Since);
        Assert.Equal(new Gap(Time("10:03:50"), Time("10:04")), Assert.Single(floor["wang"].Break!.Gaps.ToArrayForTest()));
    }

    [Fact]
    public void Example_12_ended_breaks_of_the_session_are_kept()
    {
        var floor = Paused().At("10:04:58").Resumes("wang", "support").At("10:05:03").Pauses("wang", "support", "short");
        var ended = Assert.Single(floor["wang"].EndedBreaks.ToArrayForTest());
        Assert.Equal(TimeSpan.FromSeconds(298), ended.Until - ended.Since);
        Assert.Equal(Time("10:05:03"), floor["wang"].Break!.Since);
    }

    private static Story Paused() =>
        new Story(synced: false).At("08:00:01").Synced(Empty with { SwitchStartedAt = Time("07:00") })
            .At("09:00").Joins("wang", "support").At("10:00").Pauses("wang", "support", "short");
}
