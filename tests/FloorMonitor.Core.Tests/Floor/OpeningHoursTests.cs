using System.Globalization;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>Monday is 23 November 2026; times are UTC.</summary>
public sealed class OpeningHoursTests
{
    private static readonly OpeningSpan Day = new(new(8, 0, 0), new(22, 0, 0), []);
    private static readonly OpeningSpan Night = new(new(22, 0, 0), new(6, 0, 0), []);

    [Theory]
    [InlineData("2026-11-23 07:59:59", null, null)]
    [InlineData("2026-11-23 08:00:00", "2026-11-23 08:00:00", "2026-11-23 22:00:00")]
    [InlineData("2026-11-23 21:59:59", "2026-11-23 08:00:00", "2026-11-23 22:00:00")]
    [InlineData("2026-11-23 22:00:00", null, null)]
    public void A_day_is_open_from_its_first_moment_to_the_one_before_its_end(string at, string? since, string? until) =>
        Is(since, until, OpeningHours.At(With(Day), Time(at)));

    [Fact]
    public void Stretches_that_touch_are_one_also_across_midnight()
    {
        Is("2026-11-23 08:00:00", "2026-11-24 06:00:00", OpeningHours.At(With(Day, Night), Time("2026-11-24 02:00:00")));
        Is("2026-11-23 08:00:00", "2026-11-24 06:00:00", OpeningHours.At(With(Day, Night), Time("2026-11-23 12:00:00")));
    }

    [Fact]
    public void What_never_closes_is_always_open()
    {
        var always = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        Assert.Equal(always, OpeningHours.At(With(new OpeningSpan(TimeSpan.Zero, TimeSpan.Zero, [])), Time("2026-11-23 12:00:00")));
        Assert.Equal(always, OpeningHours.At(With(Day, new(new(22, 0, 0), new(8, 0, 0), [])), Time("2026-11-23 03:00:00")));
        Assert.Equal(always, OpeningHours.At(FloorSetup.Default, Time("2026-11-23 12:00:00")));
    }

    [Fact]
    public void Weekdays_are_those_on_which_it_begins()
    {
        var weekend = With(Night with { Days = [DayOfWeek.Sunday] });
        Is("2026-11-22 22:00:00", "2026-11-23 06:00:00", OpeningHours.At(weekend, Time("2026-11-23 05:59:59")));
        Assert.Null(OpeningHours.At(weekend, Time("2026-11-23 23:00:00")));
    }

    [Fact]
    public void Without_hours_of_its_own_a_floor_is_open_while_there_is_a_shift()
    {
        var shifts = FloorSetup.Default with { Shifts = [new("A", new(9, 0, 0), new(18, 0, 0), []), new("B", new(14, 0, 0), new(23, 0, 0), [])] };
        Is("2026-11-23 09:00:00", "2026-11-23 23:00:00", OpeningHours.At(shifts, Time("2026-11-23 20:00:00")));
        Assert.Null(OpeningHours.At(shifts, Time("2026-11-23 23:00:00")));
    }

    private static void Is(string? since, string? until, (DateTimeOffset Since, DateTimeOffset Until)? found) =>
        Assert.Equal(since is null ? null : (Time(since), Time(until!)), found);

    private static FloorSetup With(params OpeningSpan[] spans) => FloorSetup.Default with { OpeningHours = ValueArray.From(spans) };

    private static DateTimeOffset Time(string at) => new(DateTime.Parse(at, CultureInfo.InvariantCulture), TimeSpan.Zero);
}
