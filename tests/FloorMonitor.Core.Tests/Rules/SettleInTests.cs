using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Scene;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class SettleInTests
{
    private static readonly Agent Wang = SignedIn("09:00:00");

    [Fact]
    public void A_sign_out_within_the_lock_opens_at_its_own_instant_and_says_how_long_after_sign_in()
    {
        var scene = new Scene(new SettleIn()).Becomes("09:00:00", Wang).Becomes("09:12:40", Left(Wang, "09:12:40")).Tick("09:12:41");
        var verdict = scene.Only;
        Assert.Equal("settle-in:1001:20261123T091240.000Z", verdict.Id);
        Assert.Equal(At("09:12:40"), verdict.OpenedAt);
        Assert.Equal(VerdictStatus.Open, verdict.Status);
        Assert.Equal(new TimeSpan(0, 12, 40), verdict.MeasuredTime);
        Assert.Equal([1L, 2L], verdict.Evidence);
        Assert.StartsWith("签入后 12 分 40 秒签出,须满 30 分钟(三·一·3.2)", verdict.Text.Zh, StringComparison.Ordinal);
        Assert.StartsWith("Signed out 12 min 40 s after sign-in; 30 min are asked (D3.2)", verdict.Text.En, StringComparison.Ordinal);
        Assert.Equal(verdict, scene.State.Verdicts[verdict.Id]);
    }

    [Theory]
    [InlineData("09:29:59", 1)]
    [InlineData("09:30:00", 0)]
    [InlineData("09:30:01", 0)]
    public void The_lock_ends_exactly_after_thirty_minutes(string leaves, int verdicts)
    {
        var scene = new Scene(new SettleIn()).Becomes("09:00:00", Wang).Becomes(leaves, Left(Wang, leaves)).Tick("09:31:00");
        Assert.Equal(verdicts, scene.Seen.Count);
        if (verdicts == 0) return;
        // Found only after the lock had ended: it opened and closed at their exact instants all the same, and only once.
        Assert.Equal((At(leaves), At("09:30:00")), (scene.Only.OpenedAt, scene.Only.ClosedAt!.Value));
        scene.Seen.Clear();
        scene.Tick("09:32:00").Tick("09:33:00");
        Assert.Empty(scene.Seen);
    }

    [Fact]
    public void A_change_of_queues_is_no_sign_out()
    {
        var moved = Wang with { Members = [Member("sales", At("09:10:00.400"))] };
        var scene = new Scene(new SettleIn()).Becomes("09:00:00", Wang)
            .Becomes("09:10:00", Left(Wang, "09:10:00")).Tick("09:10:00.300").Becomes("09:10:00.400", moved).Tick("09:10:02");
        Assert.Empty(scene.Seen);
        Assert.Empty(scene.Enforcements);
    }

    [Fact]
    public void One_who_was_merely_gone_after_a_gap_is_not_blamed()
    {
        var gone = Left(Wang, "09:10:00");
        var scene = new Scene(new SettleIn()).Becomes("09:00:00", Wang)
            .Becomes("09:10:00", gone with { Session = gone.Session! with { LeftUnseen = true } }).Tick("09:11:00");
        Assert.Empty(scene.Seen);
    }

    [Fact]
    public void Nothing_opens_while_the_link_is_down()
    {
        var scene = new Scene(new SettleIn()).Becomes("09:00:00", Wang).Becomes("09:10:00", Left(Wang, "09:10:00"));
        var lost = scene.State with { Feeds = scene.State.Feeds.SetItem(Pbx, scene.State.Feeds[Pbx] with { State = FeedState.Lost }) };
        scene.Judge(new FeedLost(At("09:10:00.200"), Pbx, "cut"), lost).Tick("09:12:00");
        Assert.Empty(scene.Seen);
    }

    [Fact]
    public void What_is_open_when_the_link_goes_stays_open()
    {
        var scene = new Scene(new SettleIn()).Becomes("09:00:00", Wang).Becomes("09:10:00", Left(Wang, "09:10:00")).Tick("09:10:01");
        var lost = scene.State with { Feeds = scene.State.Feeds.SetItem(Pbx, scene.State.Feeds[Pbx] with { State = FeedState.Lost }) };
        scene.Judge(new FeedLost(At("09:11:00"), Pbx, "cut"), lost).Tick("09:12:00");
        Assert.Equal(VerdictStatus.Open, scene.Only.Status);
    }

    [Fact]
    public void What_was_left_behind_the_gates_back_is_put_back_with_its_penalty()
    {
        var wang = Wang with { Members = [Member("support", At("09:00:00"), penalty: 3), Member("sales", At("09:00:00"))] };
        var scene = new Scene(new SettleIn()).Becomes("09:00:00", wang).Becomes("09:10:00", Left(wang, "09:10:00")).Tick("09:10:00.600");
        var enforcement = Assert.Single(scene.Enforcements);
        Assert.Equal((EnforcementStep.Restore, "1001", ""), (enforcement.Event.Step, enforcement.Event.Agent, enforcement.Event.Queue));
        Assert.Equal(
            [new JoinQueue(Pbx, "PJSIP/1001", "support", 3, "王芳"), new JoinQueue(Pbx, "PJSIP/1001", "sales", 0, "王芳")],
            enforcement.Actions);
        Assert.Equal(["opened", "restored"], scene.Only.History.AsSpan().ToArray().Select(step => step.Step));
        scene.Tick("09:10:01").Tick("09:10:02");
        Assert.Single(scene.Enforcements);
    }

    [Fact]
    public void It_closes_when_the_agent_is_back()
    {
        var scene = new Scene(new SettleIn()).Becomes("09:00:00", Wang).Becomes("09:10:00", Left(Wang, "09:10:00"))
            .Tick("09:10:00.600").Becomes("09:10:00.700", Wang);
        Assert.Equal(At("09:10:00.700"), scene.Only.ClosedAt);
        Assert.Empty(scene.State.Verdicts);
    }

    [Fact]
    public void After_three_reverts_within_ten_minutes_it_stays_out_and_the_verdict_says_why()
    {
        var wang = Wang with { Reverts = [At("09:01:00"), At("09:02:00"), At("09:03:00")] };
        var scene = new Scene(new SettleIn()).Becomes("09:00:00", wang).Becomes("09:10:59", Left(wang, "09:10:59")).Tick("09:11:00");
        // The revert of 09:01 is ten minutes old by then: two are left, so it is put back once more.
        Assert.Equal(EnforcementStep.Restore, Assert.Single(scene.Enforcements).Event.Step);

        scene = new Scene(new SettleIn()).Becomes("09:00:00", wang).Becomes("09:10:58", Left(wang, "09:10:58")).Tick("09:10:59");
        var enforcement = Assert.Single(scene.Enforcements);
        Assert.Equal(EnforcementStep.LimitReached, enforcement.Event.Step);
        Assert.Empty(enforcement.Actions);
        Assert.Contains("10 分钟内已恢复 3 次", scene.Only.Text.Zh, StringComparison.Ordinal);
        Assert.Contains("Put back 3 times within 10 min", scene.Only.Text.En, StringComparison.Ordinal);
        scene.Tick("09:11:30");
        Assert.Single(scene.Enforcements);
        Assert.Contains("10 分钟内已恢复 3 次", scene.Only.Text.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_live_call_is_left_alone_and_the_putting_back_waits_for_its_end()
    {
        var talking = OnCall(Wang, "09:09:00");
        var scene = new Scene(new SettleIn()).Becomes("09:00:00", Wang).Becomes("09:09:00", talking)
            .Becomes("09:10:00", Left(talking, "09:10:00")).Tick("09:10:01").Tick("09:10:02");
        var left = Assert.Single(scene.Enforcements);
        Assert.Equal(EnforcementStep.LeftOnCall, left.Event.Step);
        Assert.Empty(left.Actions);
        Assert.Contains("09:09:00 的通话(队列 support,c1)", scene.Only.Text.Zh, StringComparison.Ordinal);

        scene.Becomes("09:14:00", Left(Wang, "09:10:00"));
        Assert.Equal(EnforcementStep.Restore, scene.Enforcements[1].Event.Step);
    }

    [Theory]
    [InlineData("short", 1)]
    [InlineData("meal", 1)]
    [InlineData("personal", 0)]
    [InlineData("other", 0)]
    public void A_break_within_the_lock_opens_but_a_personal_need_never_does(string kind, int verdicts)
    {
        var scene = new Scene(new SettleIn()).Becomes("09:00:00", Wang).Becomes("09:05:00", OnBreak(Wang, kind, "09:05:00", null));
        Assert.Equal(verdicts, scene.Seen.Count);
        if (verdicts == 0) return;
        var enforcement = Assert.Single(scene.Enforcements);
        Assert.Equal(EnforcementStep.Resume, enforcement.Event.Step);
        Assert.Equal([new SetPause(Pbx, "PJSIP/1001", null, false, "")], enforcement.Actions);
        Assert.Equal(At("09:05:00"), scene.Only.OpenedAt);
    }

    [Fact]
    public void The_mode_watch_touches_nothing()
    {
        var scene = new Scene(new SettleIn { Mode = EnforcementMode.Watch })
            .Becomes("09:00:00", Wang).Becomes("09:05:00", OnBreak(Wang, "short", "09:05:00", "09:10:00")).Tick("09:06:00");
        Assert.Equal(VerdictStatus.Open, scene.Only.Status);
        Assert.Empty(scene.Enforcements);
    }

    [Fact]
    public void What_the_switch_refused_is_written_into_the_verdict()
    {
        var scene = new Scene(new SettleIn()).Becomes("09:00:00", Wang).Becomes("09:10:00", Left(Wang, "09:10:00")).Tick("09:10:01");
        var taken = scene.Enforcements[0].Event;
        scene.Judge(taken with { At = At("09:10:02"), Step = EnforcementStep.Failed, Note = "No such queue" }, scene.State);
        Assert.Equal("failed", scene.Only.History[2].Step);
        Assert.Contains("交换机未执行:No such queue", scene.Only.Text.Zh, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sign-out", 1)]
    [InlineData("break", 1)]
    [InlineData(null, 2)]
    public void What_was_granted_beforehand_is_neither_a_verdict_nor_put_back(string? allow, int verdicts)
    {
        var day = new Day(new SettleIn()).At("09:00").Joins("1001", "support").At("09:01");
        if (allow is not null) day.Tell(new GrantGiven(day.Now, "1001", allow, "医院", "lead", Day.Time("09:30")));
        day.At("09:05").Pauses("1001", "support", "short").At("09:06").Resumes("1001", "support").At("09:07").Leaves("1001", "support").Ticks("09:07:02");
        Assert.Equal(verdicts, day.Verdicts.Count);
        Assert.Equal(verdicts, day.Enforcements.Count);
    }

    [Fact]
    public void The_lock_is_told_to_the_screens_until_it_ends()
    {
        Assert.Equal(At("09:30:00"), new SettleIn().LockedUntil(Wang, At("09:29:59")));
        Assert.Null(new SettleIn().LockedUntil(Wang, At("09:30:00")));
        Assert.Null(new SettleIn { Mode = EnforcementMode.Watch }.LockedUntil(Wang, At("09:10:00")));
    }
}
