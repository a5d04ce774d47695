using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class TrafficPeakTests
{
    // Monday 10:00 in Shanghai is hour 34 of the week.
    private const int Hour = 34;

    [Theory]
    [InlineData(17, 0)] // 8 + 3 × √8 = 16.49
    [InlineData(16, 0)]
    [InlineData(18, 0)]
    public void Without_knowing_the_hour_it_is_silent(int calls, int verdicts) =>
        Assert.Equal(verdicts, Calls(Knowing(35, 8), calls).Verdicts.Count);

    [Theory]
    [InlineData(16, 0)]
    [InlineData(17, 1)]
    public void Above_three_sigma_of_what_the_hour_brings_it_is_a_peak(int calls, int verdicts) =>
        Assert.Equal(verdicts, Calls(Knowing(36, 8), calls).Verdicts.Count);

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    public void Fewer_than_ten_calls_are_no_peak_however_quiet_the_hour_is(int calls, int verdicts) =>
        Assert.Equal(verdicts, Calls(Knowing(36, 0), calls).Verdicts.Count);

    [Fact]
    public void The_call_that_is_too_many_is_its_instant_and_the_newest_calls_are_its_evidence()
    {
        var day = Calls(Knowing(36, 8), 17);
        Assert.Equal((Time("10:17:16"), 17.0, 16.49, Severity.Warning), (day.Only.OpenedAt, day.Only.Measured!.Value, day.Only.Threshold!.Value, day.Only.Severity));
        Assert.Equal("队列 support 近 5 分钟来电 17 通,该时段通常 8 通,超过 16.5 通(3σ)即为高峰(一·三·4.8)", day.Only.Text.Zh);
        Assert.Equal("17 calls came to support in the last 5 min; this hour usually brings 8, more than 16.5 is a peak (3 sigma) (P4.8)", day.Only.Text.En);
        Assert.Equal(day.Journal.OfType<CallerJoined>().TakeLast(10).Select(e => e.Entry), day.Only.Evidence.ToArray());
    }

    [Fact]
    public void It_ends_with_the_minute_that_leaves_the_window()
    {
        var day = Calls(Knowing(36, 8), 17).Ticks("10:21:59.999");
        Assert.Equal(VerdictStatus.Open, day.Only.Status);
        day.Ticks("10:22:30");
        Assert.Equal((VerdictStatus.Closed, Time("10:22"), 17.0), (day.Only.Status, day.Only.ClosedAt!.Value, day.Only.Measured!.Value));
    }

    [Fact]
    public void A_window_across_the_full_hour_is_compared_with_both_hours()
    {
        // Hour 33 usually brings twenty, hour 34 none: of five minutes of which three lie in the first, twelve are usual.
        var day = new Day(Setup, new TrafficPeak()).At("09:50").Joins("1001", "support");
        day.Know("support", Known(Known(new() { Queue = "support" }, Hour, 36, 0), Hour - 1, 36, 20));
        for (var i = 0; i < 20; i++) day.At(Time("09:57").AddSeconds(i)).Calls("support", $"c{i}");
        day.Ticks("10:01:30");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:04");
        Assert.Empty(day.Verdicts);
    }

    [Fact]
    public void What_it_learnt_in_three_weeks_it_judges_by_in_the_fourth()
    {
        var day = new Day(Setup, new TrafficPeak()).At("09:50").Joins("1001", "support");
        for (var week = 0; week < 3; week++)
        {
            for (var step = 0; step < 12; step++) FourCalls(day, week, step);
            day.At(Time("11:00").AddDays(7 * week)).Ticks();
            Assert.Equal(12 * (week + 1), day.State.Baselines["support"].Of(Hour).Steps);
        }

        Assert.Equal(4.0, day.State.Baselines["support"].Of(Hour).Mean);
        for (var step = 0; step < 4; step++) FourCalls(day, 3, step);
        // Three of the last five minutes' calls are of 10:16 to 10:18; ten are usual enough, the eighth new one is the eleventh.
        for (var call = 0; call < 11; call++) day.At(Time("10:20").AddDays(21).AddSeconds(call)).Calls("support", $"peak{call}");
        Assert.Equal(Time("10:20:07").AddDays(21), day.Only.OpenedAt);
    }

    private static void FourCalls(Day day, int week, int step)
    {
        for (var call = 0; call < 4; call++)
        {
            day.At(Time("10:00").AddDays(7 * week).AddMinutes((5 * step) + call));
            day.Calls("support", $"{week}.{step}.{call}").Abandons("support", $"{week}.{step}.{call}");
        }
    }

    private static FloorSetup Setup => FloorSetup.Default with { Feeds = [new(Pbx, "ami")], TimeZone = "Asia/Shanghai" };

    private static ArrivalBaseline Known(ArrivalBaseline baseline, int hour, int steps, int each)
    {
        for (var i = 0; i < steps; i++) baseline = baseline.Learn(hour, each);
        return baseline;
    }

    private static Day Knowing(int steps, int each) =>
        new Day(Setup, new TrafficPeak()).At("10:16").Joins("1001", "support").Know("support", Known(new() { Queue = "support" }, Hour, steps, each));

    private static Day Calls(Day day, int calls)
    {
        for (var i = 0; i < calls; i++) day.At(Time("10:17").AddSeconds(i)).Calls("support", $"c{i}");
        return day;
    }
}
