using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class AbandonRateTests
{
    [Theory]
    [InlineData(19, 1, false)] // exactly 5 %
    [InlineData(18, 1, true)]
    [InlineData(9, 1, true)]
    [InlineData(8, 1, false)] // nine calls
    public void It_opens_above_the_limit_and_not_at_it(int answered, int abandoned, bool opens) =>
        Assert.Equal(opens ? 1 : 0, Decided(answered, abandoned).Verdicts.Count);

    [Fact]
    public void The_caller_who_gave_up_is_its_instant_and_its_evidence()
    {
        var day = Decided(18, 2);
        Assert.Equal((0.05, 0.1, Severity.Warning), (day.Only.Threshold!.Value, day.Only.Measured!.Value, day.Only.Severity));
        // The first of them: one of nineteen is more than one in twenty.
        Assert.Equal(Time("10:00:18"), day.Only.OpenedAt);
        Assert.Equal("队列 support 近 30 分钟放弃率 10%(20 通中放弃 2 通),上限 5%(五·二)", day.Only.Text.Zh);
        Assert.Equal("10% of the calls of support over the last 30 min were abandoned (2 of 20), at most 5% should be (Q)", day.Only.Text.En);
        Assert.Equal(day.Journal.OfType<CallerAbandoned>().Select(e => e.Entry), day.Only.Evidence.ToArray());
    }

    [Theory]
    [InlineData(17, 3, Severity.Warning)]
    [InlineData(16, 3, Severity.Critical)]
    public void Above_the_second_threshold_it_is_critical(int answered, int abandoned, Severity severity) =>
        Assert.Equal(severity, Decided(answered, abandoned).Only.Severity);

    [Fact]
    public void Who_left_by_a_key_did_not_give_up()
    {
        var day = Decided(10, 0);
        for (var i = 0; i < 5; i++) day.At(Time("10:02").AddSeconds(i)).Calls("support", $"k{i}").Tell(new CallerLeft(day.Now, Pbx, "support", $"k{i}"));
        day.Ticks("10:03");
        Assert.Empty(day.Verdicts);
    }

    [Fact]
    public void Evidence_is_bounded_and_of_the_newest()
    {
        var day = Decided(0, 40);
        Assert.Equal(day.Journal.OfType<CallerAbandoned>().TakeLast(Traffic.CallsKept).Select(e => e.Entry), day.Only.Evidence.ToArray());
    }

    private static Day Decided(int answered, int abandoned)
    {
        var day = new Day(new AbandonRate()).At("09:00").Joins("1001", "support");
        for (var i = 0; i < answered + abandoned; i++)
        {
            day.At(Time("10:00").AddSeconds(i)).Calls("support", $"c{i}");
            if (i < answered) day.Answers("1001", "support", $"c{i}", 5);
            else day.Abandons("support", $"c{i}");
        }

        return day;
    }
}
