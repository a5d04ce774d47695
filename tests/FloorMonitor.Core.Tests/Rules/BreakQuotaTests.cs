using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class BreakQuotaTests
{
    private static Day Wang(params IFloorRule[] rules) => new Day(rules.Length > 0 ? rules : [new BreakQuota()]).At("09:00").Joins("1001", "support", wrapUpSeconds: 30);

    private static Day Rests(Day day, string from, string until) => day.At(from).Pauses("1001", "support", "short").At(until).Resumes("1001", "support");

    [Fact]
    public void Example_12_two_seconds_of_entitlement_are_named_and_behind_the_gates_back_it_opens_after_those_two()
    {
        var day = Rests(Wang(), "10:00:00", "10:04:58").At("10:05:03");
        var refused = Assert.IsType<Refused>(day.Ask(new TakeBreak("1001", "1001", "short")));
        Assert.Equal(("break-quota", "D2.4", Time("11:00")), (refused.Rule, refused.Clause, refused.AllowedAt!.Value));
        Assert.Equal("本小时小休已用 4 分 58 秒,剩余 2 秒,11:00:00 起重新计算(三·一·2.4)", refused.Text.Zh);
        Assert.Equal("4 min 58 s of this hour's short break are taken, 2 s left; the next hour begins at 11:00:00 (D2.4)", refused.Text.En);
        Assert.IsType<Granted>(day.Ask(new TakeBreak("1001", "1001", "personal")));
        Assert.IsType<Granted>(day.Ask(new TakeBreak("1001", "1001", "meal")));

        day.Pauses("1001", "support", "小休").Ticks("10:05:04.999");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:05:05");
        Assert.Equal((Time("10:05:05"), VerdictStatus.Open, Severity.Warning), (day.Only.OpenedAt, day.Only.Status, day.Only.Severity));
        Assert.Equal("本小时第二次小休自 10:05:03 起,之前剩余 2 秒,每小时共 5 分钟(三·一·2.4)", day.Only.Text.Zh);
        Assert.Equal("Another short break of the hour since 10:05:03, with 2 s left of 5 min an hour (D2.4)", day.Only.Text.En);
        Assert.Equal(3, day.Only.Evidence.Count);
        day.At("10:06:05").Resumes("1001", "support");
        Assert.Equal((Time("10:06:05"), TimeSpan.FromMinutes(6)), (day.Only.ClosedAt!.Value, day.Only.MeasuredTime!.Value));
    }

    [Theory]
    [InlineData("10:03:59", true)]
    [InlineData("10:04:00", true)]
    [InlineData("10:04:01", false)]
    public void The_gate_grants_another_break_while_a_minute_is_left(string until, bool granted)
    {
        var day = Rests(Wang(), "10:00:00", until).At("10:10");
        Assert.Equal(granted, day.Ask(new TakeBreak("1001", "1001", "short")) is Granted);
    }

    [Theory]
    [InlineData("10:59:59", false)]
    [InlineData("11:00:00", true)]
    [InlineData("11:00:01", true)]
    public void With_the_next_hour_the_entitlement_is_new(string at, bool granted) =>
        Assert.Equal(granted, Rests(Wang(), "10:00", "10:05").At(at).Ask(new TakeBreak("1001", "1001", "short")) is Granted);

    [Fact]
    public void A_single_break_past_its_limit_is_break_limits_business()
    {
        var day = Wang(new BreakQuota(), new BreakLimit()).At("10:00").Pauses("1001", "support", "short").Ticks("10:07");
        Assert.Equal("break-limit", day.Only.Rule);
    }

    [Fact]
    public void A_kind_that_may_last_longer_than_the_entitlement_is_judged_by_it()
    {
        var setup = FloorSetup.Default with { Feeds = [new(Pbx, "ami")], TimeZone = "Asia/Shanghai", Breaks = [new("short", ["short"], TimeSpan.FromMinutes(15))] };
        var day = new Day(setup, new BreakQuota()).At("09:00").Joins("1001", "support").At("10:00").Pauses("1001", "support", "short").Ticks("10:07");
        Assert.Equal(Time("10:05"), day.Only.OpenedAt);
    }

    [Fact]
    public void A_break_across_two_hours_draws_on_each_for_its_part()
    {
        var day = Rests(Rests(Wang(), "10:10", "10:13"), "10:59", "11:03");
        Assert.Empty(day.Verdicts);
        // Three of the next hour's minutes are gone.
        day.At("11:10").Pauses("1001", "support", "short").Ticks("11:12:01");
        Assert.Equal(Time("11:12"), day.Only.OpenedAt);
    }

    [Fact]
    public void An_entitlement_that_runs_out_inside_a_call_runs_out_with_its_wrap_up()
    {
        var day = Rests(Wang(), "10:00", "10:04").At("10:10").Pauses("1001", "support", "short");
        day.At("10:10:30").Answers("1001", "support", "c1").Ticks("10:12").At("10:13").Completes("1001", "support", "c1").Ticks("10:13:29");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:13:31");
        Assert.Equal(Time("10:13:30"), day.Only.OpenedAt);
    }

    [Fact]
    public void What_a_gap_hid_does_not_count()
    {
        var day = Rests(Wang(), "10:00", "10:04").At("10:10").Pauses("1001", "support", "short");
        day.At("10:10:30").Lost().At("10:12").Synced(null, Seen("1001", "support") with { Paused = true, PauseReason = "short" }).Ticks("10:12:29");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:12:30");
        Assert.Equal(Time("10:12:30"), day.Only.OpenedAt);
    }

    [Fact]
    public void A_break_under_an_exception_is_nobodys_fault()
    {
        var day = Rests(Wang(), "10:00", "10:05").At("10:09").Tell(new GrantGiven(Time("10:09"), "1001", GrantWords.Break, "发烧", "lead", Time("10:30")));
        Assert.IsType<Granted>(day.At("10:10").Ask(new TakeBreak("1001", "1001", "short")));
        day.Pauses("1001", "support", "short").Ticks("10:15");
        Assert.Empty(day.Verdicts);
    }
}
