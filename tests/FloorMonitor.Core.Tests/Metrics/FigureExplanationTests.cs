using FloorMonitor.Core.Floor;
using FloorMonitor.Core.History;
using FloorMonitor.Core.Metrics;

namespace FloorMonitor.Core.Tests.Metrics;

public sealed class FigureExplanationTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    private static readonly QueueCounters Counters = new()
    {
        Offered = 12,
        Answered = 7,
        AnsweredWithin = 5,
        Abandoned = 3,
        AbandonedWithin = 1,
        LeftOtherwise = 1,
        Waited = TimeSpan.FromSeconds(70),
        Handled = 6,
        Talked = TimeSpan.FromMinutes(12),
        WrappedUp = TimeSpan.FromMinutes(3),
    };

    private static readonly DateTimeOffset Now = new(2026, 11, 23, 10, 0, 0, TimeSpan.Zero);

    private static FigureExplanation? Of(string id, QueueCounters counters, ServiceLevelFormula formula = ServiceLevelFormula.Offered, params WaitingCaller[] waiting) =>
        FigureExplanation.Of(id, new() { Name = "q", Label = "q", Counters = counters, ServiceLevelWithin = Within, Formula = formula, Waiting = ValueArray.From(waiting) }, Now);

    [Fact]
    public void Who_waits_is_counted_and_the_longest_wait_is_that_of_the_first()
    {
        WaitingCaller[] callers = [new("c1", "pbx", null, Now.AddSeconds(-72), 1), new("c2", "pbx", null, Now.AddSeconds(-5), 2)];
        Assert.Equal(2, Of("waiting", new(), waiting: callers)!.Value);
        Assert.Equal(72_000, Of("longest-wait", new(), waiting: callers)!.Value);
        Assert.Equal(0, Of("waiting", new())!.Value);
        Assert.Null(Of("longest-wait", new())!.Value);
    }

    [Fact]
    public void Every_figure_has_its_value_its_formula_in_both_languages_and_an_unknown_one_none()
    {
        foreach (var id in FigureExplanation.Ids)
        {
            var explained = Of(id, Counters, waiting: new WaitingCaller("c1", "pbx", null, Now.AddSeconds(-72), 1))!;
            Assert.NotNull(explained.Value);
            Assert.NotEqual(explained.Meaning.Zh, explained.Meaning.En);
        }

        Assert.Null(Of("mood", Counters));
    }

    [Theory]
    [InlineData(ServiceLevelFormula.Offered, 5d / (11 - 1))]
    [InlineData(ServiceLevelFormula.Asterisk, 5d / 7)]
    [InlineData(ServiceLevelFormula.Asterisk2, 6d / 10)]
    public void The_service_level_can_be_counted_by_hand_from_the_roles_of_its_calls(ServiceLevelFormula formula, double expected)
    {
        var calls = new List<CallerFate>();
        void Add(int count, CallerOutcome outcome, bool inTime) => calls.AddRange(Enumerable.Range(0, count).Select(i =>
            new CallerFate("queue q", $"{outcome}{inTime}{i}", null, default, default, default, outcome, inTime, null, 0)));
        Add(5, CallerOutcome.Answered, true);
        Add(2, CallerOutcome.Answered, false);
        Add(1, CallerOutcome.Abandoned, true);
        Add(2, CallerOutcome.Abandoned, false);
        Add(1, CallerOutcome.Left, false);
        var roles = calls.Select(call => FigureExplanation.RoleOf("service-level", call, formula)).ToList();
        double Count(string role) => roles.Count(one => one == role);
        Assert.Equal(expected, Count("counts") / (Count("counts") + Count("decided")), 10);
        Assert.Equal(expected, Of("service-level", Counters, formula)!.Value!.Value, 10);
    }

    [Fact]
    public void A_figure_of_which_nothing_was_counted_has_no_value()
    {
        foreach (var id in new[] { "service-level", "asa", "aht", "abandon-rate", "connect-rate" })
            Assert.Null(Of(id, new())!.Value);
    }
}
