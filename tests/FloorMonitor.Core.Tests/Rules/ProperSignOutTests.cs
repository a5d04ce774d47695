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

    [Fact]
    public void What_a_gap_hides_of_a_phone_that_is_gone_does_not_run_against_the_agent()
    {
        var day = new Day(new ProperSignOut()).At("09:00").Joins("1001", "support").At("10:00").Phone("1001", "support", PhoneState.Unreachable).At("10:00:30").Lost()
            .At("10:10").Synced(null, Seen("1001", "support") with { Phone = PhoneState.Unreachable }).Ticks("10:11:29");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:11:30");
        Assert.Equal(Time("10:11:30"), day.Only.OpenedAt);
        Assert.Equal([new Gap(Time("10:00:30"), Time("10:10"))], day.Only.Gaps);
    }

    [Theory]
    [InlineData("meal", "10:03:59", null)]
    [InlineData("meal", "10:04:00", "10:04:00")]
    [InlineData("short", "10:05:00", "10:04:00")]
    [InlineData("personal", "10:30:00", null)]
    public void A_phone_that_vanishes_in_a_break_is_no_sign_out_either_but_a_personal_need_opens_nothing(string reason, string now, string? opens)
    {
        var day = new Day(new ProperSignOut()).At("09:00").Joins("1001", "support").At("10:00").Pauses("1001", "support", reason)
            .At("10:02").Phone("1001", "support", PhoneState.Unreachable).Ticks(now);
        if (opens is null)
        {
            Assert.Empty(day.Verdicts);
            if (reason == "personal") Assert.Equal(Time("10:32"), day.At("10:30").Resumes("1001", "support").Ticks("10:32").Only.OpenedAt);
            return;
        }

        Assert.Equal((Time(opens), "Not signed out, and the phone has been gone since 10:02:00, over 2 min (D5.11)"), (day.Only.OpenedAt, day.Only.Text.En));
        // It was gone before the break was over, and still is.
        day.At("10:08").Resumes("1001", "support").Ticks("10:09");
        Assert.Equal((Time(opens), VerdictStatus.Open), (day.Only.OpenedAt, day.Only.Status));
        day.At("10:10").Phone("1001", "support", PhoneState.Idle);
        Assert.Equal((Time("10:10"), TimeSpan.FromMinutes(8)), (day.Only.ClosedAt!.Value, day.Only.MeasuredTime!.Value));
    }

    [Fact]
    public void A_call_that_goes_on_without_its_phone_moves_the_deadline_behind_it()
    {
        var day = new Day(new ProperSignOut()).At("09:00").Joins("1001", "support", wrapUpSeconds: 30).At("09:59").Answers("1001", "support", "c1");
        // The registration is lost in the call, which the switch still counts.
        day.At("10:00").Tell(new MemberStatusChanged(day.Now, Pbx, "1001", "support", PhoneState.Unreachable, true, TimeSpan.FromSeconds(30), null)).Ticks("10:04");
        Assert.Empty(day.Verdicts);
        day.At("10:05").Completes("1001", "support", "c1").Ticks("10:05:29");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:06");
        Assert.Equal(Time("10:05:30"), day.Only.OpenedAt);
        Assert.Contains(", moved from 10:02:00 behind the call of 09:59:00 (queue support, c1) until 10:05:00", day.Only.Text.En, StringComparison.Ordinal);
    }
}
