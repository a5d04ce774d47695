using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class DutySupervisorTests
{
    private static Day Taken(FloorSetup? setup = null) =>
        new Day(setup, new DutySupervisor()).At("09:00").Tell(new DutyTaken(Time("09:00"), "chen"));

    [Theory]
    [InlineData("10:00:59", 0)]
    [InlineData("10:01:00", 1)]
    [InlineData("10:01:01", 1)]
    public void A_minute_without_anybody_is_a_floor_without_a_duty_supervisor(string now, int verdicts)
    {
        var day = Taken().At("10:00").Tell(new DutyTaken(Time("10:00"), null)).Ticks(now);
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts == 0) return;
        Assert.Equal((Time("10:01"), Severity.Critical, new Subject("floor", "floor")), (day.Only.OpenedAt, day.Only.Severity, day.Only.Subject));
        Assert.Equal("自 10:00:00 起无人值班(三·一·3.8)", day.Only.Text.Zh);
        day.At("10:12:30").Tell(new DutyTaken(Time("10:12:30"), "zhou"));
        Assert.Equal((Time("10:12:30"), new TimeSpan(0, 12, 30)), (day.Only.ClosedAt, day.Only.MeasuredTime));
        Assert.Equal("Nobody has held the duty since 10:00:00 (D3.8); until 10:12:30, 12 min 30 s in all", day.Only.Text.En);
        Assert.Single(day.Only.Evidence);
    }

    // RULEBOOK example 8.
    [Theory]
    [InlineData("10:14:59", 0)]
    [InlineData("10:15:00", 1)]
    public void The_deputys_page_closes_and_ten_minutes_later_the_floor_is_uncovered_since_then(string now, int verdicts)
    {
        var day = Taken().At("10:00").Tell(new DutyOffered(Time("10:00"), "zhou", "chen")).At("10:02").Tell(new DutyTaken(Time("10:02"), "zhou"))
            .At("10:07:30").Tell(new DutyHolderUnseen(Time("10:07:30"), Time("10:05"))).Ticks(now);
        Assert.Equal(verdicts, day.Verdicts.Count);
        Assert.Equal(verdicts == 0 ? null : Time("10:05"), Cover.Missing(day.State, day.Now, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10))?.Since);
        if (verdicts == 0) return;
        Assert.Equal((Time("10:15"), TimeSpan.FromMinutes(10)), (day.Only.OpenedAt, day.Only.ThresholdTime));
        Assert.Equal("自 10:05:00 起无值班主管在岗:zhou 的页面已离线(三·一·3.8)", day.Only.Text.Zh);
        day.At("10:20").Tell(new DutyHolderSeen(Time("10:20")));
        Assert.Equal((Time("10:20"), TimeSpan.FromMinutes(15)), (day.Only.ClosedAt, day.Only.MeasuredTime));
    }

    [Theory]
    [InlineData("09:00:59", 0)]
    [InlineData("09:01:00", 1)]
    public void A_floor_that_is_open_by_its_shifts_alone_is_asked_from_its_first_moment_on(string now, int verdicts)
    {
        var setup = FloorSetup.Default with { Feeds = [new(Pbx, "ami")], TimeZone = "Asia/Shanghai", Shifts = [new("A", new(9, 0, 0), new(18, 0, 0), [])] };
        var day = new Day(setup, new DutySupervisor()).Ticks("08:30").Ticks(now);
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts > 0) Assert.Equal(Time("09:01"), day.Only.OpenedAt);
    }

    [Fact]
    public void An_offer_that_nobody_answers_leaves_the_duty_where_it_is()
    {
        var day = Taken().At("10:00").Tell(new DutyOffered(Time("10:00"), "zhou", "chen")).Ticks("12:00");
        Assert.Empty(day.Verdicts);
    }

    [Fact]
    public void Outside_the_opening_hours_nobody_is_missed_and_at_their_beginning_anew()
    {
        var setup = FloorSetup.Default with { Feeds = [new(Pbx, "ami")], TimeZone = "Asia/Shanghai", OpeningHours = [new(new(9, 0, 0), new(12, 0, 0), [])] };
        var day = new Day(setup, new DutySupervisor()).Ticks("08:30").Ticks("09:00:59");
        Assert.Empty(day.Verdicts);
        day.Ticks("09:01");
        Assert.Equal(Time("09:01"), day.Only.OpenedAt);
        Assert.StartsWith("Nobody has held the duty since 09:00:00", day.Only.Text.En, StringComparison.Ordinal);
        day.Ticks("12:30");
        Assert.Equal((Time("12:00"), TimeSpan.FromHours(3)), (day.Only.ClosedAt, day.Only.MeasuredTime));

        // A page that went before the floor opened counts from the opening on.
        day = Taken(setup).At("09:00:30").Tell(new DutyHolderUnseen(Time("09:00:30"), Time("09:00"))).Ticks("09:10");
        Assert.Equal(Time("09:10"), day.Only.OpenedAt);
    }

    [Fact]
    public void A_floor_that_never_had_one_and_says_nothing_of_opening_hours_is_left_in_peace() =>
        Assert.Empty(new Day(new DutySupervisor(), new PatrolRecord()).Ticks("08:05").Ticks("20:00").Verdicts);
}
