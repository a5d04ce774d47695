using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;
using static FloorMonitor.Core.Tests.Rules.RosterDay;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class LeaveByTheClockTests
{
    [Theory]
    [InlineData("18:00:00", null, Severity.Info)]
    [InlineData("17:55:01", null, Severity.Info)]
    [InlineData("17:55:00", "early-leave", Severity.Warning)]
    [InlineData("17:45:00", "early-leave", Severity.Warning)]
    [InlineData("17:44:59", "absent-half-day", Severity.Critical)]
    [InlineData("17:30:00", "absent-half-day", Severity.Critical)]
    [InlineData("17:29:59", "absent-full-day", Severity.Critical)]
    public void A_sign_out_is_weighed_by_what_was_left_of_the_shift(string at, string? grade, Severity severity)
    {
        var day = Of(new LeaveByTheClock()).At("09:00").Joins("1001", "support").At(at).Leaves("1001", "support");
        day.At(Time(at) + TimeSpan.FromSeconds(2)).Ticks();
        if (grade is null)
        {
            Assert.Empty(day.Verdicts);
            return;
        }

        Assert.Equal((Time(at), Time("18:00") - Time(at), severity), (day.Only.OpenedAt, day.Only.MeasuredTime, day.Only.Severity));
        Assert.StartsWith($"{grade}: signed out at {at},", day.Only.Text.En, StringComparison.Ordinal);
        Assert.EndsWith("before shift A ends at 18:00:00 (A2)", day.Only.Text.En, StringComparison.Ordinal);
        day.Ticks("18:30");
        Assert.Equal((Time("18:00"), Time("18:00") - Time(at)), (day.Only.ClosedAt, day.Only.MeasuredTime));
    }

    [Theory]
    [InlineData("12:04:59", "stepped out", Severity.Info)]
    [InlineData("12:05:00", "early-leave", Severity.Warning)]
    [InlineData("12:15:00", "early-leave", Severity.Warning)]
    [InlineData("12:15:01", "absent-half-day", Severity.Critical)]
    [InlineData("12:30:01", "absent-full-day", Severity.Critical)]
    public void Who_comes_back_is_weighed_by_how_long_they_were_away_and_not_by_what_was_left_of_the_shift(string back, string grade, Severity severity)
    {
        var day = Of(new LeaveByTheClock()).At("09:00").Joins("1001", "support").At("12:00").Leaves("1001", "support").Ticks("12:01");
        Assert.Equal(Severity.Critical, day.Only.Severity);
        day.At(back).Joins("1001", "support");
        Assert.Equal((VerdictStatus.Closed, severity, Time(back) - Time("12:00")), (day.Only.Status, day.Only.Severity, day.Only.MeasuredTime));
        Assert.StartsWith($"{grade}: signed out at 12:00:00, back at {back} after ", day.Only.Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_comes_back_ends_it_and_the_sentence_says_so()
    {
        var day = Of(new LeaveByTheClock()).At("09:00").Joins("1001", "support").At("12:00").Leaves("1001", "support").Ticks("12:01")
            .At("12:20").Joins("1001", "support");
        Assert.Equal((Time("12:20"), TimeSpan.FromMinutes(20)), (day.Only.ClosedAt, day.Only.MeasuredTime));
        Assert.Equal("旷工半天:12:00:00 签出,12:20:00 返回,离岗 20 分钟(三·二·2)", day.Only.Text.Zh);
    }

    [Fact]
    public void A_change_of_queues_a_gap_and_a_grant_are_no_early_leave()
    {
        var day = Of(new LeaveByTheClock()).At("09:00").Joins("1001", "support").At("10:00").Leaves("1001", "support");
        day.At(Time("10:00") + TimeSpan.FromMilliseconds(400)).Joins("1001", "sales").Ticks("10:01");
        Assert.Empty(day.Verdicts);
        day.At("11:00").Lost().At("11:10").Synced(null).Ticks("11:12");
        Assert.Empty(day.Verdicts);
        day = Of(new LeaveByTheClock()).At("09:00").Joins("1001", "support").At("11:00").Tell(new GrantGiven(Time("11:00"), "1001", GrantWords.SignOut, "接孩子", "1002", Time("12:00")));
        Assert.IsType<Granted>(day.Ask(new SignOut("1001", "1001")));
        day.At("11:30").Leaves("1001", "support").Ticks("11:40");
        Assert.Empty(day.Verdicts);
    }

    [Theory]
    [InlineData(true, 900, 0)]
    [InlineData(true, 1200, 0)]
    [InlineData(false, 900, 1)]
    [InlineData(false, 1200, 1)]
    public void Who_is_put_back_at_once_was_not_away_and_who_is_not_was(bool obeys, int firstTick, int verdicts)
    {
        var day = new Day(Setup(Line()), new LeaveByTheClock(), new SettleIn()) { Obeys = obeys }.At("09:00").Joins("1001", "support").At("09:10").Leaves("1001", "support");
        day.At(Time("09:10") + TimeSpan.FromMilliseconds(firstTick)).Ticks();
        if (!obeys) day.Tell(day.Enforcements.Single().Event with { Step = EnforcementStep.Failed, Note = "no answer", Entry = 0 });
        day.Ticks("09:11");
        Assert.Equal(verdicts, day.Verdicts.Values.Count(verdict => verdict.Rule == "leave-by-the-clock"));
        Assert.Contains(day.Verdicts.Values, verdict => verdict.Rule == "settle-in");
    }

    [Fact]
    public void Who_was_put_back_late_was_not_away_whatever_is_heard_of_them_meanwhile()
    {
        var day = new Day(Setup(Line()), new LeaveByTheClock(), new SettleIn()) { Obeys = true }.At("09:00").Joins("1001", "support").At("09:10").Leaves("1001", "support");
        day.At(Time("09:10") + TimeSpan.FromMilliseconds(1200)).Tell(new HandRaised(day.Now, "1001")).Ticks().Ticks("09:11");
        Assert.Equal(["settle-in"], day.Verdicts.Values.Select(verdict => verdict.Rule));
        Assert.Null(day["1001"].Session!.LeftAt);
    }

    [Theory]
    [InlineData("08:59:59", true)]
    [InlineData("09:00:00", false)]
    [InlineData("17:55:00", false)]
    [InlineData("17:55:01", true)]
    [InlineData("18:00:00", true)]
    public void The_gate_refuses_before_the_end_and_says_from_when_on(string at, bool granted)
    {
        var answer = Of(new LeaveByTheClock()).At("08:30").Joins("1001", "support").At(at).Ask(new SignOut("1001", "1001"));
        if (granted)
        {
            Assert.IsType<Granted>(answer);
            return;
        }

        var refused = Assert.IsType<Refused>(answer);
        Assert.Equal(("leave-by-the-clock", Time("17:55") + TimeSpan.FromMilliseconds(1)), (refused.Rule, refused.AllowedAt));
        if (at == "17:55:00") Assert.Equal("班次 A 于 18:00:00 结束,还有 5 分钟,提前签出须经批准(三·二·2)", refused.Text.Zh);
    }

    [Fact]
    public void Watching_refuses_nobody_and_who_is_on_leave_or_not_rostered_may_go()
    {
        SignOut command = new("1001", "1001");
        Assert.IsType<Granted>(Of(new LeaveByTheClock { Mode = EnforcementMode.Watch }).At("09:00").Joins("1001", "support").At("12:00").Ask(command));
        Assert.IsType<Granted>(new Day(Setup(Line(status: RosterStatus.Leave)), new LeaveByTheClock()).At("09:00").Joins("1001", "support").At("12:00").Ask(command));
        Assert.IsType<Granted>(new Day(Setup(Line("1002")), new LeaveByTheClock()).At("09:00").Joins("1001", "support").At("12:00").Ask(command));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_is_removed_in_a_call_and_put_back_after_it_never_stopped_working(bool answeredBefore)
    {
        var day = new Day(Setup(Line()), new LeaveByTheClock(), new SettleIn()) { Obeys = true }.At("09:00").Joins("1001", "support").At("09:09:55");
        if (answeredBefore) day.Answers("1001", "support", "c1");
        else day.Calls("support", "c1").Tell(new AgentRinging(day.Now, Pbx, "1001", "support", "c1", null));
        day.At("09:10").Leaves("1001", "support").Until("09:10:03");
        if (!answeredBefore) day.Tell(new CallAnswered(day.Now, Pbx, "1001", "support", "c1", null, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(8)));
        day.Until("09:20").Completes("1001", "support", "c1").Until("09:21");
        Assert.Equal(["settle-in"], day.Verdicts.Values.Select(verdict => verdict.Rule));
        Assert.Equal((Time("09:00"), null), (day["1001"].Session!.SignedInAt, day["1001"].Session!.LeftAt));
    }

    [Theory]
    [InlineData("17:50", "early-leave: signed out at 17:44:00, 10 min before shift A ends at 18:00:00, counted from the end of the call of 17:40:00 (queue support, c1) until 17:50:00 (A2)")]
    [InlineData("17:56", null)]
    [InlineData("18:10", null)]
    public void A_call_that_outlasts_the_leave_is_still_work_and_the_sentence_names_it(string ends, string? en)
    {
        var day = Of(new LeaveByTheClock()).At("09:00").Joins("1001", "support").At("17:40").Answers("1001", "support", "c1").At("17:44").Leaves("1001", "support").Ticks("17:49");
        Assert.Empty(day.Verdicts);
        day.At(ends).Completes("1001", "support", "c1");
        day.At(Time(ends) + TimeSpan.FromSeconds(2)).Ticks();
        if (en is null)
        {
            Assert.Empty(day.Verdicts);
            return;
        }

        Assert.Equal((Time("17:50"), TimeSpan.FromMinutes(10), en), (day.Only.OpenedAt, day.Only.MeasuredTime, day.Only.Text.En));
        Assert.Equal("早退:17:44:00 签出,距班次 A 结束(18:00:00)还有 10 分钟,自 17:40:00 的通话(队列 support,c1)至 17:50:00 结束起计(三·二·2)", day.Only.Text.Zh);
        // Another call after that changes nothing of it.
        day.At("17:52").Tell(new CallDialed(day.Now, Pbx, "x", "x", "1001", null, CallDirection.Outbound, "139")).Tell(new CallHungUp(Time("17:53"), Pbx, "x")).Ticks("17:54");
        Assert.Equal((Time("17:50"), en), (day.Only.OpenedAt, day.Only.Text.En));
    }

    [Fact]
    public void Who_is_put_back_later_is_weighed_by_how_long_they_were_away_and_not_by_what_was_left_of_the_shift()
    {
        var day = new Day(Setup(Line()), new LeaveByTheClock(), new SettleIn()).At("09:00").Joins("1001", "support").At("09:10").Leaves("1001", "support");
        // A call that they dial after they left is no work of the queue, but it is not cut into either.
        day.At(Time("09:10") + TimeSpan.FromMilliseconds(300)).Tell(new CallDialed(day.Now, Pbx, "x", "x", "1001", null, CallDirection.Outbound, "139")).Ticks("09:10:02");
        Assert.Equal(Severity.Critical, day.Verdicts.Values.Single(verdict => verdict.Rule == "leave-by-the-clock").Severity);
        day.At("09:25").Tell(new CallHungUp(day.Now, Pbx, "x")).Ticks("09:25:01");
        var weighed = day.Verdicts.Values.Single(verdict => verdict.Rule == "leave-by-the-clock");
        Assert.Equal((VerdictStatus.Closed, Severity.Warning, TimeSpan.FromMinutes(15)), (weighed.Status, weighed.Severity, weighed.MeasuredTime));
        Assert.Equal("early-leave: signed out at 09:10:00, back at 09:25:00 after 15 min (A2)", weighed.Text.En);
    }
}
