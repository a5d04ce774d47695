using FloorMonitor.Core.Floor;
using static FloorMonitor.Core.Tests.Floor.Story;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>What a gap hides and what the switch's own word brings back.</summary>
public sealed class ResyncTests
{
    private static readonly SeenMember Wang = Seen("wang", "support") with { SignedInAt = Time("09:00") };

    [Fact]
    public void Out_of_sight_is_unknown_and_back_in_sight_goes_on_from_the_first_instant()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").At("09:30").Lost();
        Assert.Equal((AgentState.Unknown, Time("09:30")), (floor["wang"].State, floor["wang"].Since));
        floor.At("09:31").Tell(new FeedConnecting(floor.Now, Pbx)).At("09:32").Tell(new FeedLost(floor.Now, Pbx, "refused"));
        Assert.Equal((FeedState.Lost, Time("09:30")), (floor.State.Feeds[Pbx].State, floor.State.Feeds[Pbx].LostSince!.Value));
        floor.At("09:40").Synced(Of(Wang));
        Assert.Equal((AgentState.Available, Time("09:00")), (floor["wang"].State, floor["wang"].Since));
        Assert.Null(floor.State.Feeds[Pbx].LostSince);
    }

    [Fact]
    public void A_member_who_is_gone_after_a_gap_left_unseen_and_comes_back_anew()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").At("09:30").Lost().At("09:40").Synced();
        var session = floor["wang"].Session!;
        Assert.Equal((AgentState.SignedOut, Time("09:40"), true), (floor["wang"].State, session.LeftAt!.Value, session.LeftUnseen));
        Assert.Equal("support", Assert.Single(session.LeftMembers.ToArrayForTest()).Queue);
        floor.At("09:40:00.200").Joins("wang", "support");
        Assert.Equal(Time("09:40:00.200"), floor["wang"].Session!.SignedInAt);
    }

    [Fact]
    public void Signed_out_and_in_again_inside_the_gap_is_a_new_session_from_the_switchs_own_instant()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").At("09:30").Lost();
        floor.At("09:40").Synced(Of(Wang with { SignedInAt = Time("09:35") }));
        Assert.Equal(Time("09:35"), floor["wang"].Session!.SignedInAt);
    }

    [Fact]
    public void Paused_anew_inside_the_gap_is_a_new_break_from_the_switchs_own_instant()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").At("09:30").Pauses("wang", "support", "short").At("09:31").Lost();
        floor.At("09:40").Synced(Of(Wang with { Paused = true, PauseReason = "short", PausedAt = Time("09:38") }));
        Assert.Equal((Time("09:38"), Time("09:43")), (floor["wang"].Break!.Since, floor["wang"].Break!.EndsAt!.Value));
        var ended = Assert.Single(floor["wang"].EndedBreaks.ToArrayForTest());
        Assert.Equal((Time("09:30"), Time("09:31")), (ended.Since, ended.Until));
    }

    [Fact]
    public void A_break_that_ended_inside_the_gap_lasted_as_long_as_it_was_seen()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").At("09:30").Pauses("wang", "support", "short").At("09:31").Lost();
        floor.At("09:40").Synced(Of(Wang));
        Assert.Null(floor["wang"].Break);
        Assert.Equal(Time("09:31"), Assert.Single(floor["wang"].EndedBreaks.ToArrayForTest()).Until);
    }

    [Fact]
    public void What_the_switchs_counters_grew_by_in_a_gap_was_missed_but_for_a_talk_whose_begin_was_seen()
    {
        var floor = new Story(synced: false).At("08:30").Synced(Counted(100, 10)).At("09:00").Joins("wang", "support").CallerJoins("support", "c1").Answers("wang", "support", "c1");
        floor.At("09:01").Completes("wang", "support", "c1").CallerJoins("support", "c2").Answers("wang", "support", "c2").At("09:02").Lost();
        floor.At("09:12").Synced(Counted(104, 13) with { Members = [Wang] });
        var counters = floor.State.Queues["support"].Counters;
        // 104 − (100 + 1 that was counted in sight) = 3, of which c2 was; and 3 who gave up.
        Assert.Equal((5, TimeSpan.FromMinutes(10)), (counters.Missed, counters.Unseen));
        Assert.Equal((2, 2, 1), (counters.Offered, counters.Answered, counters.Handled));
    }

    [Fact]
    public void A_restart_begins_the_switchs_counters_anew()
    {
        var floor = new Story(synced: false).At("08:30").Synced(Counted(100, 10) with { SwitchStartedAt = Time("07:00") }).At("09:00").Lost();
        floor.At("09:10").Synced(Counted(4, 1) with { SwitchStartedAt = Time("09:05") });
        Assert.Equal(5, floor.State.Queues["support"].Counters.Missed);
        // The second time there was no gap, whatever the counters say.
        floor.At("09:20").Synced(Counted(9, 1) with { SwitchStartedAt = Time("09:05") });
        Assert.Equal(5, floor.State.Queues["support"].Counters.Missed);
    }

    [Fact]
    public void Counts_are_since_first_sight()
    {
        var floor = new Story(synced: false).At("10:42").Synced(Counted(500, 50));
        Assert.Equal(new() { Since = Time("10:42") }, floor.State.Queues["support"].Counters);
    }

    [Fact]
    public void A_caller_who_waited_before_the_gap_and_talks_after_it_was_answered_and_how_late_is_known()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").CallerJoins("support", "c1").At("09:00:05").Lost().At("09:02").Synced(
            Of(Wang with { Phone = PhoneState.InUse, InCall = true }) with
            {
                Calls = [new("c1", "wang", "support", CallDirection.Inbound, "138", Time("09:00:30"))],
            });
        var counters = floor.State.Queues["support"].Counters;
        Assert.Equal((1, 1, 0, TimeSpan.FromSeconds(30)), (counters.Offered, counters.Answered, counters.AnsweredWithin, counters.Waited));
        Assert.Equal((AgentState.OnCall, Time("09:00:30")), (floor["wang"].State, floor["wang"].Since));
    }

    // Calls that are answered by themselves begin within the time that a snapshot takes, and everything of them is told once more after it.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_call_that_began_while_the_snapshot_was_read_goes_on_when_the_end_of_the_one_before_is_told_after_it(bool byPhone)
    {
        var floor = new Story().At("09:00").Joins("wang", "support").CallerJoins("support", "c1").Rings("wang", "support", "c1").Answers("wang", "support", "c1");
        floor.CallerJoins("support", "c2").At("09:01").Lost().At("09:02").Synced(
            Of(Wang with { Phone = PhoneState.InUse, InCall = true }) with
            {
                Calls = [new("c2", "wang", "support", CallDirection.Inbound, "138", Time("09:02"))],
            });
        if (byPhone) floor.Phone("wang", "support", PhoneState.Idle);
        else floor.Completes("wang", "support", call: null);
        floor.Rings("wang", "support", "c2").CallerLeaves("support", "c2").Answers("wang", "support", "c2").Phone("wang", "support", PhoneState.InUse, inCall: true);
        Assert.Equal((AgentState.OnCall, "c2"), (floor["wang"].State, floor["wang"].Call?.Id));
        floor.At("09:05").Completes("wang", "support", "c2").Phone("wang", "support", PhoneState.Idle);
        Assert.Equal(AgentState.Available, floor["wang"].State);
        var counters = floor.State.Queues["support"].Counters;
        Assert.Equal((2, 2, 0), (counters.Offered, counters.Answered, counters.Missed));
    }

    [Fact]
    public void Wrap_up_at_first_sight_runs_from_the_last_calls_end()
    {
        var floor = new Story(synced: false).At("09:00").Synced(Of(Wang with { WrapUp = TimeSpan.FromSeconds(60), LastCallAt = Time("08:59:30") }));
        Assert.Equal((AgentState.WrapUp, Time("08:59:30")), (floor["wang"].State, floor["wang"].Since));
        floor.At("09:00:30").Ticks();
        Assert.Equal((AgentState.Available, Time("09:00:30")), (floor["wang"].State, floor["wang"].Since));
    }

    [Fact]
    public void The_monitors_own_absence_is_a_gap_too()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").At("09:30").Pauses("wang", "support", "short");
        floor.At("11:00").Tell(new FeedConnecting(floor.Now, Pbx)).At("11:00:01").Synced(Of(Wang with { Paused = true, PauseReason = "short" }));
        Assert.Equal(new Gap(Time("09:30"), Time("11:00:01")), Assert.Single(floor["wang"].Break!.Gaps.ToArrayForTest()));
    }

    [Fact]
    public void Static_members_are_signed_in_while_their_phone_can_be_reached_and_a_flap_locks_nobody_anew()
    {
        var floor = new Story().At("08:30").Joins("wang", "support", isStatic: true, phone: PhoneState.Unreachable);
        Assert.Equal((AgentState.SignedOut, null), (floor["wang"].State, floor["wang"].Session));
        floor.At("09:00").Phone("wang", "support", PhoneState.Idle);
        Assert.Equal((AgentState.Available, Time("09:00")), (floor["wang"].State, floor["wang"].Session!.SignedInAt));
        floor.At("09:10").Phone("wang", "support", PhoneState.Unreachable);
        Assert.Equal((AgentState.SignedOut, true), (floor["wang"].State, floor["wang"].Session!.LeftUnseen));
        floor.At("09:11").Phone("wang", "support", PhoneState.Idle);
        Assert.Equal(Time("09:00"), floor["wang"].Session!.SignedInAt);
        floor.At("10:00").Phone("wang", "support", PhoneState.Unreachable).At("10:02:01").Phone("wang", "support", PhoneState.Idle);
        Assert.Equal(Time("10:02:01"), floor["wang"].Session!.SignedInAt);
    }

    private static FeedSnapshot Counted(int completed, int abandoned) => Empty with { Queues = [new("support", completed, abandoned, null)] };
}
