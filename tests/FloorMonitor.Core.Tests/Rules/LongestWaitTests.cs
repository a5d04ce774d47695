using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class LongestWaitTests
{
    private static Day Waits() => new Day(new LongestWait()).At("09:00").Joins("1001", "support").At("10:00").Calls("support", "c1");

    [Theory]
    [InlineData("10:00:59", 0)]
    [InlineData("10:01:00", 1)]
    [InlineData("10:01:01", 1)]
    public void A_caller_waits_too_long_after_exactly_a_minute(string now, int verdicts)
    {
        var day = Waits().Ticks(now);
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts == 0) return;
        Assert.Equal((Time("10:01:00"), Severity.Warning), (day.Only.OpenedAt, day.Only.Severity));
        Assert.Equal("队列 support 有来电自 10:00:00 起等待,已超过 1 分钟(五·二、一·三·4.8)", day.Only.Text.Zh);
        Assert.Equal("A caller has waited in support since 10:00:00, over 1 min (Q, P4.8)", day.Only.Text.En);
        Assert.Single(day.Only.Evidence);
    }

    [Fact]
    public void It_grows_critical_and_goes_on_as_long_as_anybody_waits_too_long()
    {
        var day = Waits().At("10:00:30").Calls("support", "c2").Ticks("10:02:59");
        Assert.Equal(Severity.Warning, day.Only.Severity);
        day.Ticks("10:03:00");
        Assert.Equal(Severity.Critical, day.Only.Severity);
        day.At("10:03:10").Abandons("support", "c1");
        Assert.Equal((VerdictStatus.Open, Time("10:01:00")), (day.Only.Status, day.Only.OpenedAt));
        day.At("10:03:20").Abandons("support", "c2");
        Assert.Equal((Time("10:03:20"), new TimeSpan(0, 3, 20)), (day.Only.ClosedAt!.Value, day.Only.MeasuredTime!.Value));
    }

    [Fact]
    public void One_who_is_answered_between_two_ticks_after_a_minute_is_found_all_the_same()
    {
        var day = Waits().Ticks("10:00:59.900").At("10:01:00.200").Abandons("support", "c1");
        Assert.Equal((Time("10:01:00"), Time("10:01:00.200")), (day.Only.OpenedAt, day.Only.ClosedAt!.Value));
    }
}
