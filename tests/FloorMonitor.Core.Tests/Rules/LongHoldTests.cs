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
}
