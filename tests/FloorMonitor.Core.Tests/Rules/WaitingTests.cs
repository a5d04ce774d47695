using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class WaitingTests
{
    private static Day With(int callers)
    {
        var day = new Day(new Waiting()).At("09:00").Joins("1001", "support");
        for (var i = 0; i < callers; i++) day.At(Time("10:00").AddSeconds(i)).Calls("support", $"c{i}");
        return day;
    }

    [Fact]
    public void The_sixth_caller_is_one_too_many()
    {
        Assert.Empty(With(5).Verdicts);
        var verdict = With(6).Only;
        Assert.Equal((Time("10:00:05"), 5d, 6d, Severity.Warning), (verdict.OpenedAt, verdict.Threshold!.Value, verdict.Measured!.Value, verdict.Severity));
        Assert.Equal("队列 support 有 6 人排队,上限 5 人(五·二、一·三·4.8)", verdict.Text.Zh);
        Assert.Equal("6 callers wait in support, at most 5 should (Q, P4.8)", verdict.Text.En);
        Assert.Equal(new Subject("queue", "support"), verdict.Subject);
    }

    [Fact]
    public void It_is_one_verdict_that_grows_heavier_and_ends_when_enough_are_answered()
    {
        var day = With(10);
        Assert.Equal((Severity.Critical, 10d, Time("10:00:05")), (day.Only.Severity, day.Only.Measured!.Value, day.Only.OpenedAt));
        for (var i = 0; i < 5; i++) day.At(Time("10:01").AddSeconds(i)).Abandons("support", $"c{i}");
        Assert.Equal((VerdictStatus.Closed, Time("10:01:04")), (day.Only.Status, day.Only.ClosedAt!.Value));
    }

    [Fact]
    public void A_queue_out_of_sight_is_not_judged()
    {
        var day = With(6).At("10:02").Lost();
        day.Ticks("10:30");
        Assert.Equal(VerdictStatus.Open, day.Only.Status);
    }
}
