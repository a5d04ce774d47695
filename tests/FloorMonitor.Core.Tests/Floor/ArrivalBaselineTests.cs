using CsCheck;
using FloorMonitor.Core.Floor;
using static FloorMonitor.Core.Tests.Floor.Story;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>What an hour of the week usually brings: learnt in whole steps, at their exact instants, and kept.</summary>
public sealed class ArrivalBaselineTests
{
    [Fact]
    public void Mean_and_variance_are_those_of_what_came() => Gen.Int[0, 60].Array[1, ArrivalBaseline.MostSteps].Sample(static arrivals =>
    {
        var learnt = arrivals.Aggregate(new ArrivalBaseline { Queue = "q" }, (baseline, count) => baseline.Learn(42, count)).Of(42);
        var mean = arrivals.Average();
        var variance = arrivals.Average(count => (count - mean) * (count - mean));
        Assert.Equal(arrivals.Length, learnt.Steps);
        Assert.Equal(mean, learnt.Mean, 0.1);
        Assert.Equal(Math.Max(mean, variance), learnt.Variance, Math.Max(0.5, variance * 0.02));
    });

    [Fact]
    public void After_eight_weeks_the_oldest_fade()
    {
        var baseline = new ArrivalBaseline { Queue = "q" };
        for (var i = 0; i < ArrivalBaseline.MostSteps; i++) baseline = baseline.Learn(1, 10);
        for (var i = 0; i < 8 * ArrivalBaseline.MostSteps; i++) baseline = baseline.Learn(1, 50);
        Assert.Equal((ArrivalBaseline.MostSteps, 50.0), (baseline.Of(1).Steps, Math.Round(baseline.Of(1).Mean)));
    }

    [Fact]
    public void Hours_are_found_in_whatever_order_they_were_learnt() => Gen.Int[0, 167].Array[1, 300].Sample(static hours =>
    {
        var baseline = hours.Aggregate(new ArrivalBaseline { Queue = "q" }, (known, hour) => known.Learn(hour, hour % 7));
        Assert.Equal(hours.Distinct().Order(), baseline.Hours.ToArrayForTest().Select(one => one.Hour));
        Assert.All(hours.GroupBy(hour => hour), same => Assert.Equal(Math.Min(same.Count(), ArrivalBaseline.MostSteps), baseline.Of(same.Key).Steps));
    });

    [Theory]
    [InlineData("2026-11-22T16:00:00Z", "Asia/Shanghai", 24)] // Monday 00:00 there
    [InlineData("2026-11-22T15:59:59Z", "Asia/Shanghai", 23)]
    [InlineData("2026-11-28T23:59:59Z", "Etc/UTC", 167)]
    public void The_hour_of_the_week_is_the_sites_own(string at, string zone, int hour) =>
        Assert.Equal(hour, ArrivalBaseline.HourOf(DateTimeOffset.Parse(at, null), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Fact]
    public void Five_minutes_are_learnt_when_they_are_over_and_an_hour_of_none_is_known_too()
    {
        var floor = Ready().At("09:01").CallerJoins("support", "c1").At("09:04:59").CallerJoins("support", "c2").Ticks();
        Assert.Empty(floor.State.Baselines);
        floor.At("09:05").Ticks();
        Assert.Equal(Time("09:05"), Learnt(floor).LearntUntil);
        Assert.Equal((1, 2.0), (Learnt(floor).Of(33).Steps, Learnt(floor).Of(33).Mean));
        floor.At("09:10").Ticks();
        Assert.Equal((2, 1.0), (Learnt(floor).Of(33).Steps, Learnt(floor).Of(33).Mean));
    }

    [Fact]
    public void What_was_seen_in_part_teaches_nothing()
    {
        var floor = Ready().At("09:07").Lost().At("09:08").Synced(Empty with { Queues = [new("support", null, null, null)] });
        floor.At("09:20").Ticks();
        // 09:00 and 09:10 and 09:15, but not the five minutes of the gap.
        Assert.Equal(3, Learnt(floor).Of(33).Steps);
        floor.At("09:21").Lost().At("09:40").Ticks();
        Assert.Equal((3, Time("09:20")), (Learnt(floor).Of(33).Steps, Learnt(floor).LearntUntil));
    }

    [Fact]
    public void A_clock_that_comes_late_teaches_what_it_would_have_taught()
    {
        var often = Ready().At("09:01").CallerJoins("support", "c1");
        for (var minute = 2; minute <= 25; minute++) often.At(Time("09:00").AddMinutes(minute)).Ticks();
        var late = Ready().At("09:01").CallerJoins("support", "c1").At("09:25").Ticks();
        Assert.Equal(often.State.Baselines["support"], late.State.Baselines["support"]);
        Assert.Equal(5, Learnt(late).Of(33).Steps);
    }

    [Fact]
    public void It_outlives_the_queue()
    {
        var floor = Ready().At("09:10").Ticks().At("09:11").Synced(Empty).Tell(new Tick(Time("04:00").AddDays(1)));
        Assert.False(floor.State.Queues.ContainsKey("support"));
        Assert.Equal(2, Learnt(floor).Of(33).Steps);
    }

    private static Story Ready() => new Story().At("09:00").Joins("wang", "support");

    private static ArrivalBaseline Learnt(Story floor) => floor.State.Baselines["support"];
}
