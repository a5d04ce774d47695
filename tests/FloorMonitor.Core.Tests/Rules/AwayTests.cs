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

    [Fact]
    public void What_a_gap_hides_of_a_phone_that_is_gone_does_not_run_against_the_agent()
    {
        var day = SignedIn().At("10:00").Phone("1001", "support", PhoneState.Unreachable).At("10:00:30").Lost()
            .At("10:10").Synced(null, Seen("1001", "support") with { Phone = PhoneState.Unreachable }).Ticks("10:10:29");
        Assert.Empty(day.Verdicts);
        day.Ticks("10:10:30");
        Assert.Equal(Time("10:10:30"), day.Only.OpenedAt);
        Assert.Equal([new Gap(Time("10:00:30"), Time("10:10"))], day.Only.Gaps);
        Assert.Equal("话机自 10:00:00 起无法接通,已超过 1 分钟,其中失去联系的 9 分 30 秒不计(三·一·3.6、三·二·3)", day.Only.Text.Zh);
        // A gap after it opened moves it no more.
        day.At("10:12").Lost().At("10:13").Synced(null, Seen("1001", "support") with { Phone = PhoneState.Unreachable }).Ticks("10:14");
        Assert.Equal((Time("10:10:30"), 2), (day.Only.OpenedAt, day.Only.Gaps.Count));
        day.At("10:15").Phone("1001", "support", PhoneState.Idle);
        Assert.Equal((Time("10:15"), new TimeSpan(0, 4, 30)), (day.Only.ClosedAt!.Value, day.Only.MeasuredTime!.Value));
    }

    [Fact]
    public void A_call_that_rings_twice_at_the_same_agent_is_one_call()
    {
        var day = SignedIn().At("10:00").RingsOut("1001", "support", "c1").At("10:00:20").RingsOut("1001", "support", "c1").Ticks("10:01");
        Assert.Empty(day.Verdicts);
        day.At("10:02").RingsOut("1001", "support", "c2");
        Assert.Equal((Time("10:02"), 2d, 2), (day.Only.OpenedAt, day.Only.Measured!.Value, day.Only.Evidence.Count));
        day.At("10:03").RingsOut("1001", "support", "c2");
        Assert.Equal((Time("10:02"), 2d), (day.Only.OpenedAt, day.Only.Measured!.Value));
    }

    [Fact]
    public void A_break_ends_the_row_and_what_rang_out_before_it_comes_back_no_more()
    {
        var day = SignedIn().At("10:00").RingsOut("1001", "support", "c1").At("10:01").RingsOut("1001", "support", "c2")
            .At("10:05").Pauses("1001", "support", "short");
        Assert.Equal(Time("10:05"), day.Only.ClosedAt);
        day.At("10:10").Resumes("1001", "support").Ticks("10:11").At("10:12").RingsOut("1001", "support", "c3").Ticks("10:13");
        Assert.Equal((VerdictStatus.Closed, Time("10:05")), (day.Only.Status, day.Only.ClosedAt));
    }

    [Fact]
    public void A_gap_and_a_call_of_their_own_end_the_row()
    {
        var day = SignedIn().At("10:00").RingsOut("1001", "support", "c1").At("10:01").Lost().At("10:02").Synced(null, Seen("1001", "support"))
            .At("10:03").RingsOut("1001", "support", "c2").Ticks("10:04");
        Assert.Empty(day.Verdicts);
        day = SignedIn().At("10:00").RingsOut("1001", "support", "c1").At("10:01").Tell(new CallDialed(Time("10:01"), Pbx, "x", "x", "1001", null, CallDirection.Outbound, "139"))
            .At("10:02").Tell(new CallHungUp(Time("10:02"), Pbx, "x")).At("10:03").RingsOut("1001", "support", "c2").Ticks("10:04");
        Assert.Empty(day.Verdicts);
    }
}
