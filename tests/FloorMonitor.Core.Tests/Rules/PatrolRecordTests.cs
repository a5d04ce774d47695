using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class PatrolRecordTests
{
    private static Day Taken() => new Day(new PatrolRecord()).At("09:00").Tell(new DutyTaken(Time("09:00"), "chen"));

    [Theory]
    [InlineData("10:59:59", 0)]
    [InlineData("11:00:00", 1)]
    [InlineData("11:00:01", 1)]
    public void A_round_is_recorded_at_least_every_two_hours(string now, int verdicts)
    {
        var day = Taken().Ticks(now);
        Assert.Equal(verdicts, day.Verdicts.Count);
        Assert.Equal(Time("11:00"), new PatrolRecord().NextBy(day.State, day.Now));
        if (verdicts == 0) return;
        Assert.Equal((Time("11:00"), Severity.Info, "duty"), (day.Only.OpenedAt, day.Only.Severity, day.Only.Subject.Kind));
        Assert.Equal("自 09:00:00 值班起没有巡场记录,已超过 2 小时(一·三·4.7)", day.Only.Text.Zh);
        day.At("11:20").Tell(new PatrolRecorded(Time("11:20"), "chen", "all quiet", []));
        Assert.Equal((Time("11:20"), new TimeSpan(2, 20, 0)), (day.Only.ClosedAt, day.Only.MeasuredTime));
        day.Ticks("13:20");
        Assert.Equal(Time("13:20"), day.State.Verdicts.Values.Single().OpenedAt);
        Assert.Equal("No round has been recorded since 11:20:00, over 2 h (P4.7)", day.State.Verdicts.Values.Single().Text.En);
    }

    [Fact]
    public void A_record_of_somebody_else_is_kept_and_is_no_round_of_the_duty_supervisors()
    {
        var day = Taken().At("10:30").Tell(new PatrolRecorded(Time("10:30"), "1001", "a lamp flickers", [])).Ticks("11:00");
        Assert.Equal(("a lamp flickers", Time("11:00")), (Assert.Single(day.State.DutyWatch.Patrols).Seen, day.Only.OpenedAt));
        Assert.Equal("自 09:00:00 值班起没有巡场记录,已超过 2 小时(一·三·4.7)", day.Only.Text.Zh);
        day.At("11:10").Tell(new PatrolRecorded(Time("11:10"), "chen", "all quiet", []));
        Assert.Equal(Time("11:10"), day.Only.ClosedAt);
        // The round of the one who had the duty before still counts.
        day.At("11:20").Tell(new DutyTaken(Time("11:20"), "zhou"));
        Assert.Equal(Time("13:10"), new PatrolRecord().NextBy(day.State, day.Now));
    }

    [Fact]
    public void A_duty_that_is_handed_on_keeps_its_clock_and_one_that_nobody_holds_has_none()
    {
        var day = Taken().At("10:30").Tell(new DutyTaken(Time("10:30"), "zhou")).Ticks("11:00");
        Assert.Equal(Time("11:00"), day.Only.OpenedAt);
        day = Taken().At("10:30").Tell(new DutyTaken(Time("10:30"), null)).Ticks("12:00");
        Assert.Empty(day.Verdicts);
        Assert.Null(new PatrolRecord().NextBy(day.State, day.Now));
        day.At("12:30").Tell(new DutyTaken(Time("12:30"), "zhou")).Ticks("14:29:59");
        Assert.Empty(day.Verdicts);
    }
}
