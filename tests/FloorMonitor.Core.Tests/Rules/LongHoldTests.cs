using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class LongHoldTests
{
    [Theory]
    [InlineData("10:03:59", 0)]
    [InlineData("10:04:00", 1)]
    [InlineData("10:04:01", 1)]
    public void A_hold_is_long_after_exactly_three_minutes(string now, int verdicts)
    {
        var day = new Day(new LongHold()).At("09:00").Joins("1001", "support").At("10:00").Answers("1001", "support", "c1");
        day.At("10:01").Tell(new CallHeld(day.Now, Pbx, "1001")).Ticks(now);
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts == 0) return;
        Assert.Equal(Time("10:04:00"), day.Only.OpenedAt);
        Assert.Equal("自 10:01:00 起保持通话已超过 3 分钟(一·三·4.5)", day.Only.Text.Zh);
        Assert.Equal("The caller has been on hold since 10:01:00, over 3 min (P4.5)", day.Only.Text.En);
        Assert.Equal(2, day.Only.Evidence.Count);
        day.At("10:05").Tell(new CallUnheld(day.Now, Pbx, "1001"));
        Assert.Equal((Time("10:05"), TimeSpan.FromMinutes(4)), (day.Only.ClosedAt!.Value, day.Only.MeasuredTime!.Value));
    }

    [Fact]
    public void What_a_gap_hides_of_a_hold_does_not_count()
    {
        var day = new Day(new LongHold()).At("09:00").Joins("1001", "support").At("10:00").Answers("1001", "support", "c1");
        day.At("10:01").Tell(new CallHeld(day.Now, Pbx, "1001")).At("10:02").Lost()
            .At("10:20").Synced(null, Seen("1001", "support") with { InCall = true, Phone = PhoneState.OnHold }).Ticks("10:21:59");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:22");
        Assert.Equal(Time("10:22"), day.Only.OpenedAt);
        Assert.Equal([new Gap(Time("10:02"), Time("10:20"))], day.Only.Gaps);
        Assert.Equal("The caller has been on hold since 10:01:00, over 3 min, the 18 min out of sight not counted (P4.5)", day.Only.Text.En);
    }
}
