using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class ConnectRateTests
{
    [Theory]
    [InlineData(19, 1, false)] // exactly 95 %
    [InlineData(18, 1, true)]
    [InlineData(9, 0, false)]
    [InlineData(8, 1, false)] // nine calls
    public void It_opens_below_what_is_asked_and_not_at_it(int answered, int left, bool opens) =>
        Assert.Equal(opens ? 1 : 0, Decided(answered, left).Verdicts.Count);

    [Fact]
    public void Who_left_without_an_answer_weighs_from_when_no_reason_came()
    {
        var day = Decided(18, 2);
        Assert.Equal((Time("10:00:20"), 0.95, 0.9), (day.Only.OpenedAt, day.Only.Threshold!.Value, day.Only.Measured!.Value));
        Assert.Equal("队列 support 近 30 分钟接通率 90%(20 通中接通 18 通),应不低于 95%(五·二)", day.Only.Text.Zh);
        Assert.Equal("90% of the calls of support over the last 30 min were answered (18 of 20), at least 95% is asked (Q)", day.Only.Text.En);
        Assert.Equal(2, day.Only.Evidence.Count);
    }

    [Theory]
    [InlineData(17, 3, Severity.Warning)]
    [InlineData(16, 3, Severity.Critical)]
    public void Below_the_second_threshold_it_is_critical(int answered, int left, Severity severity) =>
        Assert.Equal(severity, Decided(answered, left).Only.Severity);

    [Fact]
    public void One_who_still_waits_is_neither_connected_nor_lost()
    {
        var day = Decided(19, 0);
        for (var i = 0; i < 9; i++) day.At(Time("10:01").AddSeconds(i)).Calls("support", $"w{i}");
        day.Ticks("10:20");
        Assert.Empty(day.Verdicts);
    }

    private static Day Decided(int answered, int left)
    {
        var day = new Day(new ConnectRate()).At("09:00").Joins("1001", "support");
        for (var i = 0; i < answered + left; i++)
        {
            day.At(Time("10:00").AddSeconds(i)).Calls("support", $"c{i}");
            if (i < answered) day.Answers("1001", "support", $"c{i}", 5);
            else day.Tell(new CallerLeft(day.Now, Pbx, "support", $"c{i}"));
            day.Ticks();
        }

        for (var second = 0; second < 3; second++) day.At(day.Now.AddSeconds(1)).Ticks();
        return day;
    }
}
