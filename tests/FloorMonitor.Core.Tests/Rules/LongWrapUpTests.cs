using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class LongWrapUpTests
{
    private static Day Wrapping(int seconds) => new Day(new LongWrapUp()).At("09:00").Joins("1001", "support", wrapUpSeconds: seconds)
        .At("10:00").Answers("1001", "support", "c1").At("10:01").Completes("1001", "support", "c1");

    [Theory]
    [InlineData("10:03:59", 0)]
    [InlineData("10:04:00", 1)]
    [InlineData("10:04:01", 1)]
    public void A_wrap_up_is_long_after_exactly_three_minutes(string now, int verdicts)
    {
        var day = Wrapping(300).Ticks(now);
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts == 0) return;
        Assert.Equal(Time("10:04:00"), day.Only.OpenedAt);
        Assert.Equal("自 10:01:00 起话后处理已超过 3 分钟(队列 support)(一·三·4.5)", day.Only.Text.Zh);
        Assert.Equal("In wrap-up since 10:01:00, over 3 min (queue support) (P4.5)", day.Only.Text.En);
    }

    [Fact]
    public void One_that_ends_by_itself_in_time_is_not_even_a_countdown()
    {
        var day = Wrapping(180).Ticks("10:04:00").Ticks("10:05:00");
        Assert.Empty(day.Verdicts);
        Assert.Empty(new RuleBook([new LongWrapUp()]).Pending(Wrapping(180).State));
    }

    [Fact]
    public void What_a_gap_hides_of_a_wrap_up_does_not_count()
    {
        var day = new Day(new LongWrapUp()).At("09:00").Joins("1001", "support", wrapUpSeconds: 600).At("09:58").Answers("1001", "support", "c1")
            .At("10:00").Completes("1001", "support", "c1").At("10:01").Lost()
            .At("10:05").Synced(null, Seen("1001", "support") with { WrapUp = TimeSpan.FromMinutes(10) }).Ticks("10:06:59");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:07");
        Assert.Equal(Time("10:07"), day.Only.OpenedAt);
        Assert.Equal([new Gap(Time("10:01"), Time("10:05"))], day.Only.Gaps);
    }
}
