using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class ProperSignOutTests
{
    [Theory]
    [InlineData("10:01:59", 0)]
    [InlineData("10:02:00", 1)]
    [InlineData("10:02:01", 1)]
    public void A_phone_that_vanishes_while_signed_in_is_no_sign_out(string now, int verdicts)
    {
        var day = new Day(new ProperSignOut()).At("09:00").Joins("1001", "support").At("10:00").Phone("1001", "support", PhoneState.Unreachable).Ticks(now);
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts == 0) return;
        Assert.Equal(Time("10:02:00"), day.Only.OpenedAt);
        Assert.Equal("未签出而话机自 10:00:00 起断开,已超过 2 分钟(三·一·5.11)", day.Only.Text.Zh);
        Assert.Equal("Not signed out, and the phone has been gone since 10:00:00, over 2 min (D5.11)", day.Only.Text.En);
        day.At("10:03").Leaves("1001", "support");
        Assert.Equal(Time("10:03"), day.Only.ClosedAt);
    }

    [Fact]
    public void Signing_out_in_time_opens_nothing()
    {
        var day = new Day(new ProperSignOut()).At("09:00").Joins("1001", "support").At("10:00").Phone("1001", "support", PhoneState.Unreachable)
            .At("10:01").Leaves("1001", "support").Ticks("10:10");
        Assert.Empty(day.Verdicts);
    }
}
