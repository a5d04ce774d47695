using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class CphTests
{
    [Theory]
    [InlineData("trainee", 10, 1)]
    [InlineData("trainee", 11, 0)]
    [InlineData("C", 12, 1)]
    [InlineData("C", 13, 0)]
    [InlineData("B", 14, 1)]
    [InlineData("B", 15, 0)]
    [InlineData("A", 16, 1)]
    [InlineData("A", 17, 0)]
    public void Below_the_bar_of_the_grade_it_opens_and_at_it_not(string grade, int calls, int verdicts)
    {
        var day = Took(grade, calls).Ticks("09:59:59.999");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:00");
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts > 0) Assert.Equal((Time("10:00"), Severity.Info), (day.Only.OpenedAt, day.Only.Severity));
    }

    [Fact]
    public void It_says_calls_hours_and_bar()
    {
        var day = Took("C", 12).Ticks("10:00:01");
        Assert.Equal((13.0, 12.0), (day.Only.Threshold!.Value, day.Only.Measured!.Value));
        Assert.Equal("在线满 1 小时接 12 通,每小时 12 通,C 级标准 13 通(一·四·1)", day.Only.Text.Zh);
        Assert.Equal("12 calls in 1 full hour on queue, 12 an hour; grade C has 13 for its bar (G1)", day.Only.Text.En);
    }

    [Fact]
    public void Without_a_grade_it_is_silent_and_nothing_is_counted()
    {
        var day = Took(null, 0).Ticks("12:00");
        Assert.Empty(day.Verdicts);
        Assert.Null(day["1001"].Today);
    }

    [Fact]
    public void It_is_looked_at_when_an_hour_is_full_and_goes_on_until_one_reaches_the_bar()
    {
        var day = Took("trainee", 10).Ticks("10:00");
        for (var i = 0; i < 12; i++) day.At(Time("10:10").AddSeconds(20 * i)).Answers("1001", "support", $"d{i}").At(day.Now.AddSeconds(10)).Completes("1001", "support", $"d{i}").Ticks();
        // Twenty-two in two hours: the bar, but the second hour is not full yet.
        day.Ticks("10:59:59.999");
        Assert.Equal(VerdictStatus.Open, day.Only.Status);
        day.Ticks("11:00:00.400");
        Assert.Equal((VerdictStatus.Closed, Time("11:00")), (day.Only.Status, day.Only.ClosedAt!.Value));
    }

    [Fact]
    public void A_break_is_no_time_on_queue()
    {
        var day = Took("trainee", 5).At("09:40").Pauses("1001", "support", "meal").At("10:10").Resumes("1001", "support").Ticks("10:29:59.999");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:30:00");
        Assert.Equal(Time("10:30"), day.Only.OpenedAt);
    }

    [Fact]
    public void A_gap_is_no_time_on_queue_either_and_nothing_opens_in_it()
    {
        var day = Took("trainee", 5).At("09:40").Lost().Ticks("10:05");
        Assert.Empty(day.Verdicts);
        day.At("10:10").Synced(null, Seen("1001", "support")).Ticks("10:29:59.999");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:30:00");
        Assert.Equal(Time("10:30"), day.Only.OpenedAt);
    }

    [Fact]
    public void The_business_day_counts_anew()
    {
        var day = Took("trainee", 5).Ticks("10:00");
        Assert.Equal(VerdictStatus.Open, day.Only.Status);
        var next = Time("04:00").AddDays(1);
        day.At(next).Ticks();
        Assert.Equal((VerdictStatus.Closed, new AgentDay(0, TimeSpan.Zero, next, 0, 0)), (day.Only.Status, day["1001"].Today));
    }

    [Fact]
    public void A_call_counts_once_however_its_end_is_told()
    {
        var day = Took("A", 3).At("09:50").Answers("1001", "support", "x").Phone("1001", "support", PhoneState.Idle);
        day.Completes("1001", "support", "x").Completes("1001", "support", "x");
        Assert.Equal(4, day["1001"].Today!.Handled);
    }

    private static Day Took(string? grade, int calls)
    {
        var setup = FloorSetup.Default with
        {
            Feeds = [new(Pbx, "ami")],
            TimeZone = "Asia/Shanghai",
            Agents = [new("1001", "王芳", "a", "PJSIP/1001") { Grade = grade }],
        };
        var day = new Day(setup, new Cph()).At("09:00").Joins("1001", "support");
        for (var i = 0; i < calls; i++) day.At(Time("09:05").AddSeconds(60 * i)).Answers("1001", "support", $"c{i}").At(day.Now.AddSeconds(30)).Completes("1001", "support", $"c{i}");
        return day;
    }
}
