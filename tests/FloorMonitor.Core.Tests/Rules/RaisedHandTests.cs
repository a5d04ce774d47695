using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class RaisedHandTests
{
    private static Day Raised() => new Day(new RaisedHand()).At("09:00").Joins("1001", "support").Joins("1002", "support").At("10:00").Raises("1001");

    [Theory]
    [InlineData("10:00:59", 0)]
    [InlineData("10:01:00", 1)]
    [InlineData("10:01:01", 1)]
    public void The_lead_has_exactly_one_minute(string now, int verdicts)
    {
        var day = Raised().Ticks(now);
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts == 0) return;
        Assert.Equal((Time("10:01:00"), new Subject("floor", "floor"), "1001"), (day.Only.OpenedAt, day.Only.Subject, day.Only.Concerns));
        Assert.Equal("1001 自 10:00:00 起举手,班组长 1 分钟内未应答(三·一·3.3)", day.Only.Text.Zh);
        Assert.Equal("1001 has had a hand up since 10:00:00; the lead did not answer within 1 min (D3.3)", day.Only.Text.En);
        Assert.Single(day.Only.Evidence);
    }

    [Fact]
    public void After_three_minutes_it_goes_up_to_the_supervisor()
    {
        Assert.DoesNotContain("主管", Raised().Ticks("10:02:59").Only.Text.Zh, StringComparison.Ordinal);
        Assert.Null(Raised().Ticks("10:02:59").Only.GoesTo);
        var day = Raised().Ticks("10:01").Ticks("10:03:00");
        Assert.Equal("supervisor", day.Only.GoesTo);
        Assert.Contains("现由主管应答", day.Only.Text.Zh, StringComparison.Ordinal);
        Assert.Contains("it is now the supervisor's", day.Only.Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void It_ends_only_when_the_hand_is_answered_whatever_the_link_does()
    {
        var day = Raised().At("10:00:30").Lost().Ticks("10:01:00").Ticks("10:20");
        Assert.Equal(VerdictStatus.Open, day.Only.Status);
        day.At("10:21").Tell(new HandLowered(day.Now, "1001", "lead"));
        Assert.Equal(Time("10:21"), day.Only.ClosedAt);
    }

    [Fact]
    public void Two_hands_in_the_same_moment_are_two_verdicts()
    {
        var day = Raised().Raises("1002").Ticks("10:01");
        Assert.Equal(2, day.Verdicts.Count);
        day.At("10:02").Tell(new HandLowered(day.Now, "1001", "lead"));
        Assert.Equal("1002", Assert.Single(day.State.Verdicts).Value.Concerns);
    }

    [Theory]
    [InlineData("10:00:59", 0)]
    [InlineData("10:01:00", 1)]
    public void A_hand_that_was_acknowledged_in_time_is_no_verdict_and_stays_up(string at, int verdicts)
    {
        var day = Raised().At(at).Tell(new HandAcknowledged(Time(at), "1001", "lead")).Ticks("10:30");
        Assert.Equal(verdicts, day.Verdicts.Count);
        Assert.Equal((Time("10:00"), Time(at), "lead"), (day["1001"].HandRaisedAt, day["1001"].HandAcknowledgedAt, day["1001"].HandAcknowledgedBy));
    }

    [Fact]
    public void The_sentence_says_who_acknowledged_it_and_how_long_it_took()
    {
        var day = Raised().Ticks("10:01").At("10:02:30").Tell(new HandAcknowledged(Time("10:02:30"), "1001", "李伟"));
        Assert.Equal((Time("10:02:30"), new TimeSpan(0, 2, 30)), (day.Only.ClosedAt, day.Only.MeasuredTime));
        Assert.Equal("1001 自 10:00:00 起举手,班组长 1 分钟内未应答(三·一·3.3);10:02:30 由 李伟 确认,历时 2 分 30 秒", day.Only.Text.Zh);
        day.At("10:05").Tell(new HandLowered(Time("10:05"), "1001", "李伟"));
        Assert.Equal(new AnsweredHand(Time("10:00"), Time("10:02:30"), "李伟", Time("10:05"), "李伟"), day["1001"].LastHand);
        Assert.Null(day["1001"].HandAcknowledgedAt);

        day = Raised().Ticks("10:01").At("10:04").Tell(new HandLowered(Time("10:04"), "1001", "1001"));
        Assert.EndsWith("; lowered by 1001 at 10:04:00, after 4 min", day.Only.Text.En, StringComparison.Ordinal);
    }
}
