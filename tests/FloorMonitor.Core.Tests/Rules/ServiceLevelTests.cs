using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class ServiceLevelTests
{
    [Theory]
    [InlineData(8, 2, false)] // exactly what is asked
    [InlineData(7, 3, true)]
    [InlineData(79, 21, true)]
    [InlineData(80, 20, false)]
    public void It_opens_below_what_is_asked_and_not_at_it(int inTime, int late, bool opens)
    {
        var day = Decided(new ServiceLevel(), inTime, late);
        Assert.Equal(opens ? 1 : 0, day.Verdicts.Count);
    }

    [Fact]
    public void The_call_that_took_it_below_is_its_instant_and_the_late_ones_are_its_evidence()
    {
        var day = Decided(new ServiceLevel(), 7, 3);
        var verdict = day.Only;
        Assert.Equal((Time("10:00:09"), 0.8, 0.7, Severity.Warning), (verdict.OpenedAt, verdict.Threshold!.Value, verdict.Measured!.Value, verdict.Severity));
        Assert.Equal("队列 support 近 30 分钟服务水平 70%(20 秒内 7 通,计入 10 通),应不低于 80%(五·二)", verdict.Text.Zh);
        Assert.Equal("Service level of support over the last 30 min is 70% (7 of 10 calls within 20 s), at least 80% is asked (Q)", verdict.Text.En);
        Assert.Equal(new Subject("queue", "support"), verdict.Subject);
        Assert.Equal(day.Journal.OfType<CallAnswered>().Where(e => e.Waited > TimeSpan.FromSeconds(20)).Select(e => e.Entry), verdict.Evidence.ToArray());
        Assert.Empty(verdict.Gaps.ToArray());
    }

    [Fact]
    public void Nine_calls_are_too_few_to_judge_and_ten_are_not()
    {
        var day = Decided(new ServiceLevel(), 0, 9);
        Assert.Empty(day.Verdicts);
        day.At("10:05").Calls("support", "x").Answers("1001", "support", "x", 30);
        Assert.Equal((Time("10:05"), Severity.Critical), (day.Only.OpenedAt, day.Only.Severity));
    }

    [Theory]
    [InlineData(60, 40, Severity.Warning)]
    [InlineData(59, 41, Severity.Critical)]
    public void Below_the_second_threshold_it_is_critical(int inTime, int late, Severity severity) =>
        Assert.Equal(severity, Decided(new ServiceLevel(), inTime, late).Only.Severity);

    [Fact]
    public void What_makes_it_worse_may_be_that_good_calls_are_half_an_hour_old()
    {
        var day = new Day(new ServiceLevel()).At("09:00").Joins("1001", "support");
        for (var i = 0; i < 20; i++) day.At(Time("10:00").AddSeconds(i)).Calls("support", $"a{i}").Answers("1001", "support", $"a{i}", 5);
        for (var i = 0; i < 10; i++) day.At(Time("10:10").AddSeconds(i)).Calls("support", $"b{i}").Answers("1001", "support", $"b{i}", i < 7 ? 5 : 40);
        day.Ticks("10:29:59");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:30:07");
        Assert.Equal((Time("10:30:00"), 0.7), (day.Only.OpenedAt, day.Only.Measured!.Value));
        // And it ends when the bad ones are.
        day.Ticks("10:39:59");
        Assert.Equal(VerdictStatus.Open, day.Only.Status);
        day.Ticks("10:41:20");
        Assert.Equal((VerdictStatus.Closed, Time("10:40:00"), 0.7), (day.Only.Status, day.Only.ClosedAt!.Value, day.Only.Measured!.Value));
    }

    [Fact]
    public void A_good_call_ends_it_at_its_instant()
    {
        var day = Decided(new ServiceLevel(), 7, 3);
        for (var i = 0; i < 5; i++) day.At(Time("10:05").AddSeconds(i)).Calls("support", $"g{i}").Answers("1001", "support", $"g{i}", 5);
        Assert.Equal((VerdictStatus.Closed, Time("10:05:04")), (day.Only.Status, day.Only.ClosedAt!.Value));
    }

    [Theory]
    [InlineData(ServiceLevelFormula.Offered, true)]
    [InlineData(ServiceLevelFormula.Asterisk, false)]
    [InlineData(ServiceLevelFormula.Asterisk2, true)]
    public void The_formula_is_the_queues_own(ServiceLevelFormula formula, bool opens)
    {
        var setup = FloorSetup.Default with { Feeds = [new(Pbx, "ami")], Queues = [new("support", "客服", TimeSpan.FromSeconds(20), formula)] };
        var day = new Day(setup, new ServiceLevel()).At("09:00").Joins("1001", "support");
        // Nine in time; three gave up late: 75 % of those offered, 100 % of those answered.
        for (var i = 0; i < 12; i++)
        {
            day.At(Time("10:00").AddSeconds(i)).Calls("support", $"c{i}");
            if (i < 9) day.Answers("1001", "support", $"c{i}", 5);
            else day.Abandons("support", $"c{i}");
        }

        Assert.Equal(opens ? 1 : 0, day.Verdicts.Count);
    }

    [Fact]
    public void A_queue_may_be_asked_for_more_than_the_others()
    {
        var stricter = new ServiceLevel { Overrides = [new(RuleOverride.Queue, "support", new ServiceLevel { Min = 0.9 })] };
        Assert.Equal(0.9, Decided(stricter, 8, 2).Only.Threshold);
    }

    [Fact]
    public void A_window_that_was_seen_in_part_says_so_and_one_that_was_hardly_seen_is_not_judged()
    {
        var day = new Day(new ServiceLevel()).At("09:00").Joins("1001", "support").At("10:00").Lost().At("10:06");
        day.Synced(null, Seen("1001", "support"));
        for (var i = 0; i < 10; i++) day.At(Time("10:20").AddSeconds(i)).Calls("support", $"c{i}").Answers("1001", "support", $"c{i}", 40);
        Assert.Equal(new Gap(Time("10:00"), Time("10:06")), Assert.Single(day.Only.Gaps.ToArray()));
        Assert.EndsWith("; 6 min of it out of sight (Q)", day.Only.Text.En, StringComparison.Ordinal);
        Assert.Contains(";其中 6 分钟未见(五·二)", day.Only.Text.Zh, StringComparison.Ordinal);

        var blind = new Day(new ServiceLevel()).At("09:00").Joins("1001", "support").At("10:00").Lost().At("10:16");
        blind.Synced(null, Seen("1001", "support"));
        for (var i = 0; i < 10; i++) blind.At(Time("10:17").AddSeconds(i)).Calls("support", $"c{i}").Answers("1001", "support", $"c{i}", 40);
        // Of the 29 minutes that are over, thirteen were seen as long as the whole gap is among them; at 10:31 fifteen.
        blind.Ticks("10:30:59.999");
        Assert.Empty(blind.Verdicts);
        blind.Ticks("10:31");
        Assert.Equal(Time("10:31"), blind.Only.OpenedAt);
    }

    [Fact]
    public void Before_a_queue_was_first_seen_is_a_gap_like_any_other()
    {
        var day = new Day(new ServiceLevel()).At("10:00").Joins("1001", "support");
        for (var i = 0; i < 10; i++) day.At(Time("10:05").AddSeconds(i)).Calls("support", $"c{i}").Answers("1001", "support", $"c{i}", 40);
        day.Ticks("10:14:59");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:15:30");
        Assert.Equal((Time("10:15"), new Gap(Time("09:46"), Time("10:00"))), (day.Only.OpenedAt, Assert.Single(day.Only.Gaps.ToArray())));
    }

    [Fact]
    public void Out_of_sight_nothing_opens_and_nothing_ends()
    {
        var day = Decided(new ServiceLevel(), 7, 3).At("10:05").Lost().Ticks("10:50");
        Assert.Equal(VerdictStatus.Open, day.Only.Status);
    }

    private static Day Decided(IFloorRule rule, int inTime, int late)
    {
        var day = new Day(rule).At("09:00").Joins("1001", "support");
        for (var i = 0; i < inTime + late; i++)
            day.At(Time("10:00").AddSeconds(i)).Calls("support", $"c{i}").Answers("1001", "support", $"c{i}", i < inTime ? 20 : 21);
        return day;
    }
}
