using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class LongCallTests
{
    private static Day Talking() => new Day(new LongCall()).At("09:00").Joins("1001", "support").At("10:00").Answers("1001", "support", "c1");

    [Theory]
    [InlineData("10:19:59", 0)]
    [InlineData("10:20:00", 1)]
    [InlineData("10:20:01", 1)]
    public void A_call_is_long_after_exactly_twenty_minutes(string now, int verdicts)
    {
        var day = Talking().Ticks(now);
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts == 0) return;
        Assert.Equal((Time("10:20:00"), Severity.Info), (day.Only.OpenedAt, day.Only.Severity));
        Assert.Equal("10:00:00 的通话(队列 support,c1)已超过 20 分钟(一·三·4.5)", day.Only.Text.Zh);
        Assert.Equal("The call of 10:00:00 (queue support, c1) has gone on for over 20 min (P4.5)", day.Only.Text.En);
        Assert.Single(day.Only.Evidence);
    }

    [Fact]
    public void It_closes_with_the_call_and_measures_the_whole_of_it()
    {
        var day = Talking().Ticks("10:21").At("10:25:30").Completes("1001", "support", "c1");
        Assert.Equal((Time("10:25:30"), new TimeSpan(0, 25, 30)), (day.Only.ClosedAt!.Value, day.Only.MeasuredTime!.Value));
    }

    // A thousand agents on calls are asked about with every tick, and hardly one of the calls ever is a long one.
    [Fact]
    public void A_call_that_is_not_long_yet_costs_no_sentence_and_has_one_for_whoever_reads_it()
    {
        var day = Talking().Ticks("10:05");
        var rule = new LongCall();
        rule.Judge(day["1001"], day.State, day.Now);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var found = rule.Judge(day["1001"], day.State, day.Now);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 800);
        Assert.Equal("The call of 10:00:00 (queue support, c1) has gone on for over 20 min (P4.5)", found!.Text.En);
    }
}
