using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;

namespace FloorMonitor.Core.Tests.Metrics;

public sealed class FormulasTests
{
    private static readonly QueueCounters Day = new()
    {
        Offered = 112,
        Answered = 90,
        AnsweredWithin = 72,
        Abandoned = 15,
        AbandonedWithin = 5,
        LeftOtherwise = 5,
        Waited = TimeSpan.FromSeconds(1350),
        Handled = 80,
        Talked = TimeSpan.FromSeconds(14_400),
        WrappedUp = TimeSpan.FromSeconds(1_600),
    };

    [Theory]
    [InlineData(ServiceLevelFormula.Offered, 72.0 / 105)]
    [InlineData(ServiceLevelFormula.Asterisk, 72.0 / 90)]
    [InlineData(ServiceLevelFormula.Asterisk2, 77.0 / 105)]
    public void The_service_level_follows_the_formula_named(ServiceLevelFormula formula, double expected) =>
        Assert.Equal(expected, Formulas.ServiceLevel(Day.Counts, formula)!.Value, 12);

    [Fact]
    public void Who_still_waits_is_in_no_rate() => Assert.Equal(110, Formulas.Decided(Day.Counts));

    [Fact]
    public void The_means_are_sums_over_the_calls_that_they_are_of()
    {
        Assert.Equal(TimeSpan.FromSeconds(15), Formulas.AverageSpeedOfAnswer(Day));
        Assert.Equal(TimeSpan.FromSeconds(200), Formulas.AverageHandleTime(Day));
        Assert.Equal(15.0 / 110, Formulas.AbandonRate(Day.Counts)!.Value, 12);
        Assert.Equal(90.0 / 110, Formulas.ConnectRate(Day.Counts)!.Value, 12);
    }

    [Theory]
    [InlineData(ServiceLevelFormula.Offered)]
    [InlineData(ServiceLevelFormula.Asterisk)]
    [InlineData(ServiceLevelFormula.Asterisk2)]
    public void Of_nothing_counted_there_is_no_figure(ServiceLevelFormula formula)
    {
        var none = new QueueCounters { Offered = 3 };
        Assert.Null(Formulas.ServiceLevel(none.Counts, formula));
        Assert.Null(Formulas.AverageSpeedOfAnswer(none));
        Assert.Null(Formulas.AverageHandleTime(none));
        Assert.Null(Formulas.AbandonRate(none.Counts));
        Assert.Null(Formulas.ConnectRate(none.Counts));
        Assert.Null(Formulas.Occupancy(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public void Only_callers_who_gave_up_within_the_threshold_leave_no_service_level_either() =>
        Assert.Null(Formulas.ServiceLevel(new() { Offered = 2, Abandoned = 2, AbandonedWithin = 2 }, ServiceLevelFormula.Offered));

    [Fact]
    public void Occupancy_is_work_over_work_and_waiting() =>
        Assert.Equal(0.75, Formulas.Occupancy(TimeSpan.FromMinutes(45), TimeSpan.FromMinutes(15)));
}
