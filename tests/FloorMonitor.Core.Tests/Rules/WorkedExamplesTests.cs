using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

/// <summary>The worked examples of the rulebook that are about settle-in and break-limit, from the switch's events to the verdict.</summary>
public sealed class WorkedExamplesTests
{
    [Fact]
    public void Example_1_the_lock_at_the_gate_to_the_second()
    {
        var day = new Day(new SettleIn()).At("09:00:00").Joins("1001", "support");
        var refused = Assert.IsType<Refused>(day.At("09:29:59").Ask(new TakeBreak("1001", "1001", "short")));
        Assert.Contains("还需 1 秒", refused.Text.Zh, StringComparison.Ordinal);
        Assert.Contains("1 s to go", refused.Text.En, StringComparison.Ordinal);
        Assert.Equal(Time("09:30:00"), refused.AllowedAt);
        Assert.IsType<Granted>(day.At("09:30:00").Ask(new TakeBreak("1001", "1001", "short")));
        Assert.IsType<Granted>(day.At("09:05:00").Ask(new TakeBreak("1001", "1001", "personal")));
    }

    [Fact]
    public void Example_2_a_removal_behind_the_gate_is_undone_three_times_and_the_fourth_stays_out()
    {
        var day = new Day(new SettleIn()) { Obeys = true }.At("09:00").Joins("1001", "support", penalty: 2);
        string[] removals = ["09:10", "09:12", "09:14", "09:16"];
        foreach (var removal in removals)
        {
            day.At(removal).Leaves("1001", "support");
            day.At(day.Now.AddMilliseconds(600)).Ticks();
            Assert.Equal(Time(removal), day.Verdicts.Values.MaxBy(verdict => verdict.OpenedAt)!.OpenedAt);
        }

        Assert.Equal(4, day.Verdicts.Count);
        Assert.Equal(3, day.Actions.Count);
        Assert.All(day.Actions, action => Assert.Equal(new JoinQueue(Pbx, "PJSIP/1001", "support", 2, "1001"), action));
        Assert.Equal(Time("09:00"), day["1001"].Session!.SignedInAt);
        var fourth = day.Verdicts["settle-in:1001:20261123T011600.000Z"];
        Assert.Equal(VerdictStatus.Open, fourth.Status);
        Assert.Equal("limit-reached", fourth.History[1].Step);
        Assert.Equal(
            "签入后 16 分钟签出,须满 30 分钟(三·一·3.2);10 分钟内已恢复 3 次,不再恢复,仅作记录", fourth.Text.Zh);
        Assert.Equal(AgentState.SignedOut, day["1001"].State);
        day.Ticks("09:30:00.100");
        Assert.Equal((VerdictStatus.Closed, Time("09:30:00")), (day.Verdicts[fourth.Id].Status, day.Verdicts[fourth.Id].ClosedAt!.Value));
    }

    [Fact]
    public void Example_3_a_change_of_queues_is_no_sign_out()
    {
        var day = new Day(new SettleIn()).At("09:00").Joins("1001", "support");
        day.At("09:10:00.000").Leaves("1001", "support").Ticks("09:10:00.250").At("09:10:00.400").Joins("1001", "sales").Ticks("09:10:05");
        Assert.Empty(day.Verdicts);
        Assert.Empty(day.Enforcements);
    }

    [Fact]
    public void Example_3_a_changed_reason_is_two_breaks_back_to_back_each_with_its_own_limit()
    {
        var day = new Day(new BreakLimit()).At("09:00").Joins("1001", "support");
        day.At("10:00").Pauses("1001", "support", "short").At("10:04").Pauses("1001", "support", "meal");
        day.Ticks("10:33:59");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:34:00.400");
        Assert.Equal((Time("10:34:00"), "break-limit:1001:20261123T020400.000Z"), (day.Only.OpenedAt, day.Only.Id));
        day.At("10:35").Resumes("1001", "support");
        Assert.Equal((Time("10:35"), TimeSpan.FromMinutes(31)), (day.Only.ClosedAt!.Value, day.Only.MeasuredTime!.Value));
    }

    [Fact]
    public void Example_5_a_gap_that_the_switch_vouches_for_counts_as_seen()
    {
        var day = new Day(new BreakLimit()).At("09:00").Joins("1001", "support").At("10:00").Pauses("1001", "support", "short");
        day.Ticks("10:02:59").At("10:03").Lost().Ticks("10:05:01").Ticks("10:08:00");
        Assert.Empty(day.Verdicts);
        day.At("10:09").Synced(null, Seen("1001", "support") with
        {
            SignedInAt = Time("09:00"),
            Paused = true,
            PauseReason = "short",
            PausedAt = Time("10:00"),
        });
        Assert.Equal(Time("10:05:00"), day.Only.OpenedAt);
        Assert.Equal(VerdictStatus.Open, day.Only.Status);
        Assert.Empty(day.Only.Gaps);
    }

    [Fact]
    public void Example_5_a_gap_that_nobody_vouches_for_does_not_count()
    {
        var day = new Day(new BreakLimit()).At("09:00").Joins("1001", "support").At("10:00").Pauses("1001", "support", "short");
        day.At("10:03").Lost().At("10:09").Synced(null, Seen("1001", "support") with { Paused = true, PauseReason = "short" });
        day.Ticks("10:10:59.999");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:11:00.200");
        Assert.Equal(Time("10:11:00"), day.Only.OpenedAt);
        Assert.Equal([new Gap(Time("10:03"), Time("10:09"))], day.Only.Gaps);
    }

    [Fact]
    public void Example_11_pausing_again_or_a_restart_of_the_switch_starts_no_break_and_no_lock_anew()
    {
        var day = new Day(new SettleIn(), new BreakLimit());
        day.At("09:00").Joins("1001", "support").At("10:00").Pauses("1001", "support", "short", Time("10:00"));
        day.At("10:03").Pauses("1001", "support", "short", Time("10:03"));
        day.At("10:04").Lost().At("10:04:05").Synced(Time("10:04"), Seen("1001", "support") with
        {
            SignedInAt = Time("10:04"),
            Paused = true,
            PauseReason = "short",
            PausedAt = Time("10:04"),
        });
        Assert.Equal((Time("09:00"), Time("10:00")), (day["1001"].Session!.SignedInAt, day["1001"].Break!.Since));
        Assert.Empty(day.Verdicts);
        day.Ticks("10:06");
        // The break counts from its first instant; no sign-in was locked anew, so settle-in has nothing to say.
        Assert.Equal("break-limit", day.Only.Rule);
        Assert.True(day.Only.OpenedAt >= Time("10:05") && day.Only.OpenedAt < Time("10:05:10"));
        Assert.IsType<Granted>(day.Ask(new SignOut("1001", "1001")));
    }

    [Fact]
    public void Example_4_a_limit_inside_a_call_moves_behind_the_call_and_its_wrap_up_and_names_it()
    {
        var day = new Day(new BreakLimit()).At("09:00").Joins("1001", "support", wrapUpSeconds: 30).Joins("1001", "sales", wrapUpSeconds: 30);
        day.At("09:53").Pauses("1001", "support", "short").Pauses("1001", "sales", "short");
        day.At("09:54").Answers("1001", "support", "c1").Ticks("09:59").At("10:03").Completes("1001", "support", "c1").Ticks("10:03:29");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:03:31");
        Assert.Equal(Time("10:03:30"), day.Only.OpenedAt);
        Assert.Contains("09:54:00 的通话(队列 support,c1)至 10:03:00", day.Only.Text.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_is_locked_by_a_sign_in_that_nobody_saw()
    {
        var day = new Day(new SettleIn());
        day.At("09:00").Synced(Time("08:59:58"), Seen("1001", "support"), Seen("1002", "support") with { SignedInAt = Time("08:59:59") },
            Seen("1003", "support") with { SignedInAt = Time("08:50:00") });
        Assert.IsType<Granted>(day.At("09:05").Ask(new SignOut("1001", "1001")));
        Assert.IsType<Granted>(day.Ask(new SignOut("1002", "1002")));
        Assert.Equal(Time("09:20"), Assert.IsType<Refused>(day.Ask(new SignOut("1003", "1003"))).AllowedAt);
    }
}
