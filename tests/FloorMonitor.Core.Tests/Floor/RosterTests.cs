using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Tests.Floor;

public sealed class RosterTests
{
    private static readonly DateOnly Monday = new(2026, 11, 23);

    private static readonly ValueArray<ShiftSetup> Shifts =
    [
        new("A", new(9, 0, 0), new(18, 0, 0), [new(new(11, 30, 0), new(13, 30, 0), TimeSpan.FromMinutes(30))]),
        new("N", new(22, 0, 0), new(6, 0, 0), [new(new(1, 0, 0), new(3, 0, 0), TimeSpan.FromMinutes(30))]),
        new("E", new(18, 0, 0), new(22, 0, 0), []),
    ];

    [Theory]
    [InlineData("2026-11-22 20:59:59", null)]
    [InlineData("2026-11-22 21:00:00", "A 2026-11-23")]
    [InlineData("2026-11-23 08:59:59", "A 2026-11-23")]
    [InlineData("2026-11-23 09:00:00", "A 2026-11-23")]
    [InlineData("2026-11-23 17:59:59", "A 2026-11-23")]
    [InlineData("2026-11-23 19:59:59", "A 2026-11-23")]
    [InlineData("2026-11-23 20:00:00", "N 2026-11-23")]
    [InlineData("2026-11-23 23:59:59", "N 2026-11-23")]
    [InlineData("2026-11-24 00:00:00", "N 2026-11-23")]
    [InlineData("2026-11-24 05:59:59", "N 2026-11-23")]
    [InlineData("2026-11-24 18:00:00", "N 2026-11-23")]
    [InlineData("2026-11-24 18:00:01", null)]
    public void A_moment_belongs_to_the_shift_that_runs_or_to_the_nearer_one(string at, string? expected)
    {
        var setup = Setup("Asia/Shanghai", Line(Monday, "A"), Line(Monday, "N"));
        var shift = Roster.Of(setup, "1001", Local(at, 8));
        Assert.Equal(expected, shift is null ? null : $"{shift.Name} {shift.Date:yyyy-MM-dd}");
    }

    [Fact]
    public void A_night_shift_lies_on_the_date_on_which_it_began_with_its_meal_after_midnight()
    {
        var shift = Roster.Of(Setup("Asia/Shanghai", Line(Monday, "N", "8001")), "1001", Local("2026-11-24 02:00:00", 8))!;
        Assert.Equal(Monday, shift.Date);
        Assert.Equal((Local("2026-11-23 22:00:00", 8), Local("2026-11-24 06:00:00", 8)), (shift.StartsAt, shift.EndsAt));
        Assert.Equal([new MealSpan(Local("2026-11-24 01:00:00", 8), Local("2026-11-24 03:00:00", 8), TimeSpan.FromMinutes(30))], shift.Meals);
        Assert.Equal(("8001", RosterStatus.Work), (shift.Seat, shift.Status));
        Assert.True(shift.Holds(shift.StartsAt) && !shift.Holds(shift.EndsAt));
    }

    // Berlin goes from 02:00 to 03:00 on 29 March 2026 and from 03:00 back to 02:00 on 25 October 2026.
    [Theory]
    [InlineData("2026-03-28", 7)]
    [InlineData("2026-03-27", 8)]
    [InlineData("2026-10-24", 9)]
    public void A_clock_change_within_a_shift_makes_it_as_long_as_it_really_is(string date, double hours)
    {
        var day = DateOnly.Parse(date, System.Globalization.CultureInfo.InvariantCulture);
        var setup = Setup("Europe/Berlin", Line(day, "N"));
        var start = BusinessDay.InstantOf(day, new(22, 0, 0), setup);
        var shift = Roster.Of(setup, "1001", start + TimeSpan.FromHours(5))!;
        Assert.Equal((start, TimeSpan.FromHours(hours)), (shift.StartsAt, shift.EndsAt - shift.StartsAt));
    }

    [Fact]
    public void A_start_that_the_clock_skips_is_the_first_minute_there_is_and_one_that_comes_twice_is_the_first()
    {
        var early = new ShiftSetup("X", new(2, 30, 0), new(10, 0, 0), []);
        var spring = Setup("Europe/Berlin", new RosterLine(new(2026, 3, 29), "1001", "X", null, RosterStatus.Work)) with { Shifts = [early] };
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), Roster.Of(spring, "1001", new(2026, 3, 29, 5, 0, 0, TimeSpan.Zero))!.StartsAt);
        var autumn = spring with { Roster = [new(new(2026, 10, 25), "1001", "X", null, RosterStatus.Work)] };
        Assert.Equal(new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero), Roster.Of(autumn, "1001", new(2026, 10, 25, 5, 0, 0, TimeSpan.Zero))!.StartsAt);
        var skipped = spring with { Shifts = [new("X", new(2, 5, 0), new(2, 55, 0), [])] };
        Assert.Null(Roster.Of(skipped, "1001", new(2026, 3, 29, 5, 0, 0, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("2026-11-23 10:00:00", "A", RosterStatus.Overtime)]
    [InlineData("2026-11-24 10:00:00", "A", RosterStatus.Work)]
    [InlineData("2026-11-25 23:00:00", "N", RosterStatus.Work)]
    [InlineData("2026-11-26 20:00:00", "E", RosterStatus.Work)]
    public void A_date_goes_before_a_weekday_and_a_weekday_before_every_day(string at, string name, RosterStatus status)
    {
        var setup = Setup(
            "Asia/Shanghai",
            new(null, "1001", "A", null, RosterStatus.Work),
            new(null, "1001", "N", null, RosterStatus.Work) { Weekday = DayOfWeek.Wednesday },
            new(null, "1001", "E", null, RosterStatus.Work) { Weekday = DayOfWeek.Thursday },
            new(Monday, "1001", "A", null, RosterStatus.Overtime));
        var shift = Roster.Of(setup, "1001", Local(at, 8))!;
        Assert.Equal((name, status), (shift.Name, shift.Status));
    }

    [Fact]
    public void A_whole_day_of_leave_takes_the_place_of_what_stands_for_every_day()
    {
        var setup = Setup("Asia/Shanghai", new(null, "1001", "A", null, RosterStatus.Work), new(Monday, "1001", "", null, RosterStatus.Leave));
        Assert.Null(Roster.Of(setup, "1001", Local("2026-11-23 14:00:00", 8)));
        Assert.NotNull(Roster.Of(setup, "1001", Local("2026-11-24 14:00:00", 8)));
    }

    [Fact]
    public void One_at_work_goes_before_one_on_leave_and_nobody_else_has_the_shift()
    {
        var setup = Setup("Asia/Shanghai", Line(Monday, "A") with { Status = RosterStatus.Leave }, Line(Monday, "E"), Line(Monday, "A") with { Agent = "1002" });
        Assert.False(Roster.Of(setup, "1001", Local("2026-11-23 12:00:00", 8))!.IsWorked);
        Assert.Equal("E", Roster.Of(setup, "1001", Local("2026-11-23 18:00:00", 8))!.Name);
        Assert.Null(Roster.Of(setup, "1003", Local("2026-11-23 12:00:00", 8)));
        Assert.True(Roster.IsKept(setup) && !Roster.IsKept(FloorSetup.Default));
    }

    [Fact]
    public void Asking_allocates_nothing_but_once_a_day()
    {
        var floor = FloorState.Empty with { Setup = Setup("Asia/Shanghai", Line(Monday, "A")) };
        var at = Local("2026-11-23 12:00:00", 8);
        Assert.NotNull(Roster.Of(floor, "1001", at));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Roster.Of(floor, "1001", at + TimeSpan.FromSeconds(i));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("2026-11-23 10:00:00", false, 45)]
    [InlineData("2026-11-23 10:00:00", true, 30)]
    [InlineData("2026-11-23 23:00:00", false, 30)]
    public void An_override_for_a_shift_holds_for_those_whom_the_roster_gives_it(string at, bool onLeave, double minutes)
    {
        var rule = new SettleIn { Overrides = [new(RuleOverride.Shift, "A", new SettleIn { Lock = TimeSpan.FromMinutes(45) })] };
        var floor = FloorState.Empty with
        {
            Setup = Setup("Asia/Shanghai", Line(Monday, "A") with { Status = onLeave ? RosterStatus.Leave : RosterStatus.Training }, Line(Monday, "N")),
        };
        var agent = new Agent { Id = "1001", Name = "王芳" };
        Assert.Equal(TimeSpan.FromMinutes(minutes), ((SettleIn)RuleScope.For(rule, agent, floor, Local(at, 8))).Lock);
    }

    private static RosterLine Line(DateOnly date, string shift, string? seat = null) => new(date, "1001", shift, seat, RosterStatus.Work);

    private static FloorSetup Setup(string zone, params RosterLine[] lines) =>
        FloorSetup.Default with { TimeZone = zone, Shifts = Shifts, Roster = ValueArray.From(lines) };

    private static DateTimeOffset Local(string at, int offset) =>
        new DateTimeOffset(DateTime.Parse(at, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(offset)).ToUniversalTime();
}
