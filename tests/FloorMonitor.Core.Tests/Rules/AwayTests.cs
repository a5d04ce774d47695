using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class AwayTests
{
    private static Day SignedIn() => new Day(new Away()).At("09:00").Joins("1001", "support");

    [Fact]
    public void Two_calls_in_a_row_that_ring_out_are_one_verdict_with_both_as_evidence()
    {
        var day = SignedIn().At("10:00").RingsOut("1001", "support", "c1");
        Assert.Empty(day.Verdicts);
        day.At("10:01").RingsOut("1001", "support", "c2");
        Assert.Equal((Time("10:01"), 2d, 2d), (day.Only.OpenedAt, day.Only.Threshold!.Value, day.Only.Measured!.Value));
        Assert.Equal("连续 2 次来电未接,最近一次 10:01:00(三·一·3.6、三·二·3)", day.Only.Text.Zh);
        Assert.Equal("2 calls in a row rang out, the last at 10:01:00 (D3.6, A3)", day.Only.Text.En);
        Assert.Equal(2, day.Only.Evidence.Count);
        day.At("10:02").RingsOut("1001", "support", "c3");
        Assert.Equal(3d, day.Only.Measured);
        day.At("10:03").Answers("1001", "support", "c4");
        Assert.Equal(Time("10:03"), day.Only.ClosedAt);
    }

    [Fact]
    public void An_answered_call_between_them_breaks_the_row()
    {
        var day = SignedIn().At("10:00").RingsOut("1001", "support", "c1").At("10:01").Answers("1001", "support", "c2")
            .At("10:02").Completes("1001", "support", "c2").At("10:03").RingsOut("1001", "support", "c3").Ticks("10:04");
        Assert.Empty(day.Verdicts);
    }

    [Theory]
    [InlineData("10:00:59", 0)]
    [InlineData("10:01:00", 1)]
    [InlineData("10:01:01", 1)]
    public void A_phone_is_away_after_exactly_one_minute(string now, int verdicts)
    {
        var day = SignedIn().At("10:00").Phone("1001", "support", PhoneState.Unreachable).Ticks(now);
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts == 0) return;
        Assert.Equal(Time("10:01:00"), day.Only.OpenedAt);
        Assert.Equal("话机自 10:00:00 起无法接通,已超过 1 分钟(三·一·3.6、三·二·3)", day.Only.Text.Zh);
        Assert.Single(day.Only.Evidence);
        day.At("10:05").Phone("1001", "support", PhoneState.Idle);
        Assert.Equal((Time("10:05"), TimeSpan.FromMinutes(5)), (day.Only.ClosedAt!.Value, day.Only.MeasuredTime!.Value));
    }

    [Fact]
    public void Who_is_on_a_break_or_out_of_sight_is_not_away()
    {
        var day = SignedIn().At("10:00").Pauses("1001", "support", "short").Phone("1001", "support", PhoneState.Unreachable).Ticks("10:04");
        Assert.Empty(day.Verdicts);
        day = SignedIn().At("10:00").Phone("1001", "support", PhoneState.Unreachable).At("10:00:30").Lost().Ticks("10:10");
        Assert.Empty(day.Verdicts);
    }
}
