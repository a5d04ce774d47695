using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Scene;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class BreakLimitTests
{
    private static readonly Agent Wang = SignedIn("09:00:00");
    private static readonly Agent Resting = OnBreak(Wang, "short", "10:00:00", "10:05:00");

    private static Agent Back(string at) => Wang with { EndedBreaks = [new("short", At("10:00:00"), At(at), 3, 4)] };

    [Theory]
    [InlineData("10:04:59", 0)]
    [InlineData("10:05:00", 1)]
    [InlineData("10:05:01", 1)]
    public void It_opens_exactly_at_the_limit(string now, int verdicts)
    {
        var scene = new Scene(new BreakLimit()).Becomes("10:00:00", Resting).Tick(now);
        Assert.Equal(verdicts, scene.Seen.Count);
        if (verdicts == 0) return;
        Assert.Equal(At("10:05:00"), scene.Only.OpenedAt);
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5)), (scene.Only.ThresholdTime, scene.Only.MeasuredTime));
        Assert.Equal("小休自 10:00:00 起,限 5 分钟,10:05:00 到时(三·一·2.4)", scene.Only.Text.Zh);
        Assert.Equal("On short break since 10:00:00, limit 5 min, over at 10:05:00 (D2.4)", scene.Only.Text.En);
        Assert.Equal([3L], scene.Only.Evidence);
    }

    [Fact]
    public void It_closes_at_the_breaks_end_and_measures_the_whole_of_it()
    {
        var scene = new Scene(new BreakLimit()).Becomes("10:00:00", Resting).Tick("10:05:30").Becomes("10:06:20.250", Back("10:06:20.250"));
        var verdict = scene.Only;
        Assert.Equal((VerdictStatus.Closed, At("10:06:20.250")), (verdict.Status, verdict.ClosedAt!.Value));
        Assert.Equal(new TimeSpan(0, 0, 6, 20, 250), verdict.MeasuredTime);
        Assert.EndsWith("10:06:20 结束,共 6 分 20 秒", verdict.Text.Zh, StringComparison.Ordinal);
        Assert.Empty(scene.State.Verdicts);
    }

    [Fact]
    public void A_break_that_passed_its_limit_between_two_ticks_is_found_at_its_end()
    {
        var scene = new Scene(new BreakLimit()).Becomes("10:00:00", Resting).Tick("10:04:59.900").Becomes("10:05:00.200", Back("10:05:00.200"));
        Assert.Equal((At("10:05:00"), At("10:05:00.200")), (scene.Only.OpenedAt, scene.Only.ClosedAt!.Value));
    }

    [Fact]
    public void While_open_it_grows_by_whole_minutes_so_that_a_tick_alone_changes_nothing()
    {
        var scene = new Scene(new BreakLimit()).Becomes("10:00:00", Resting).Tick("10:05:00.300");
        scene.Seen.Clear();
        scene.Tick("10:05:30").Tick("10:05:59.900");
        Assert.Empty(scene.Seen);
        scene.Tick("10:06:00.100");
        Assert.Equal(TimeSpan.FromMinutes(6), scene.Only.MeasuredTime);
    }

    [Fact]
    public void A_limit_that_falls_into_a_call_waits_for_its_end_and_names_the_call()
    {
        var talking = OnCall(Resting, "10:04:00");
        var scene = new Scene(new BreakLimit()).Becomes("10:00:00", Resting).Becomes("10:04:00", talking).Tick("10:06:00");
        Assert.Empty(scene.Seen);
        var after = Resting with
        {
            Break = Resting.Break! with { EndsAt = At("10:08:30") },
            LastCall = new("c1", "support", At("10:04:00"), At("10:08:00"), 9),
        };
        scene.Becomes("10:08:00", after).Tick("10:08:29");
        Assert.Empty(scene.Seen);
        scene.Tick("10:08:31");
        Assert.Equal(At("10:08:30"), scene.Only.OpenedAt);
        Assert.Contains("10:08:30 到时,原定 10:05:00,因 10:04:00 的通话(队列 support,c1)至 10:08:00 顺延", scene.Only.Text.Zh, StringComparison.Ordinal);
        Assert.Contains("moved from 10:05:00 behind the call of 10:04:00 (queue support, c1) until 10:08:00", scene.Only.Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_that_begins_after_the_limit_moves_nothing()
    {
        var scene = new Scene(new BreakLimit()).Becomes("10:00:00", Resting).Tick("10:05:00").Becomes("10:05:01", OnCall(Resting, "10:05:01"));
        Assert.Equal((VerdictStatus.Open, At("10:05:00")), (scene.Only.Status, scene.Only.OpenedAt));
    }

    [Fact]
    public void Nothing_opens_about_one_who_is_not_in_sight()
    {
        var scene = new Scene(new BreakLimit()).Becomes("10:00:00", Resting)
            .Becomes("10:03:00", Resting with { State = AgentState.Unknown }).Tick("10:08:00");
        Assert.Empty(scene.Seen);
    }

    [Fact]
    public void What_nobody_saw_does_not_count_and_is_named()
    {
        var seen = Resting with
        {
            Break = Resting.Break! with { EndsAt = At("10:11:00"), Gaps = [new(At("10:03:00"), At("10:09:00"))] },
        };
        var scene = new Scene(new BreakLimit()).Becomes("10:00:00", Resting)
            .Becomes("10:03:00", Resting with { State = AgentState.Unknown }).Becomes("10:09:00", seen).Tick("10:10:59");
        Assert.Empty(scene.Seen);
        scene.Tick("10:11:00");
        Assert.Equal((At("10:11:00"), TimeSpan.FromMinutes(5)), (scene.Only.OpenedAt, scene.Only.MeasuredTime));
        Assert.Contains("其中失去联系的 6 分钟不计", scene.Only.Text.Zh, StringComparison.Ordinal);
        Assert.Equal([new Gap(At("10:03:00"), At("10:09:00"))], scene.Only.Gaps);
    }

    [Fact]
    public void The_mode_end_ends_the_break_at_its_limit()
    {
        var paused = Resting with { Members = [Member("support", At("09:00:00")) with { Paused = true, Reason = "short" }] };
        var scene = new Scene(new BreakLimit { Mode = EnforcementMode.End }).Becomes("10:00:00", paused).Tick("10:04:59");
        Assert.Empty(scene.Enforcements);
        scene.Tick("10:05:00").Tick("10:05:00.500");
        var ended = Assert.Single(scene.Enforcements);
        Assert.Equal(EnforcementStep.End, ended.Event.Step);
        Assert.Equal([new SetPause(Pbx, "PJSIP/1001", null, false, "")], ended.Actions);
        Assert.Contains("已于 10:04:00 提醒", scene.Only.History[1].Note.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_personal_break_is_never_ended_for_the_agent()
    {
        var scene = new Scene(new BreakLimit { Mode = EnforcementMode.End })
            .Becomes("10:00:00", OnBreak(Wang, "personal", "10:00:00", "10:15:00")).Tick("10:15:00");
        Assert.Equal(VerdictStatus.Open, scene.Only.Status);
        Assert.Empty(scene.Enforcements);
        Assert.DoesNotContain("personal", scene.Only.Text.En, StringComparison.OrdinalIgnoreCase);
    }
}
