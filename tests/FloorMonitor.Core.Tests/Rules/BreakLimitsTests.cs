using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

/// <summary>How long a break may last, and who says so.</summary>
public sealed class BreakLimitsTests
{
    private static readonly MealWindow LongMeal = new(new(11, 30, 0), new(13, 30, 0), TimeSpan.FromMinutes(45));

    private static FloorSetup WithMeals(params MealWindow[] meals) =>
        RosterDay.Setup(RosterDay.Line()) with { Shifts = [new("A", new(9, 0, 0), new(18, 0, 0), ValueArray.From(meals))] };

    private static Day Meal(FloorSetup setup, BreakLimit rule, string at = "12:00") =>
        new Day(setup with { BreakLimits = rule.Limits() }, rule) { Obeys = true }.At("09:00").Joins("1001", "support").At(at).Pauses("1001", "support", "meal");

    private static RuleOverride For(string scope, string id, BreakLimit rule) => new(scope, id, rule);

    [Theory]
    [InlineData("12:44:59", 0)]
    [InlineData("12:45:00", 1)]
    [InlineData("12:45:01", 1)]
    public void A_meal_lasts_as_long_as_the_shift_gives_it(string now, int verdicts)
    {
        var day = Meal(WithMeals(LongMeal), new()).Ticks(now);
        Assert.Equal(verdicts, day.Verdicts.Count);
        if (verdicts == 0) return;
        Assert.Equal((Time("12:45"), TimeSpan.FromMinutes(45)), (day.Only.OpenedAt, day.Only.ThresholdTime));
        Assert.Equal("用餐自 12:00:00 起,限 45 分钟,12:45:00 到时(三·一·2.4)", day.Only.Text.Zh);
    }

    [Fact]
    public void Nobody_is_fetched_back_from_a_meal_that_the_shift_still_gives()
    {
        var day = Meal(WithMeals(LongMeal), new() { Mode = EnforcementMode.End }).Ticks("12:44:59");
        Assert.Empty(day.Actions);
        Assert.Single(day.Ticks("12:45").Actions);
    }

    [Fact]
    public void Of_several_meals_the_nearest_is_meant()
    {
        var meals = WithMeals(new(new(11, 30, 0), new(13, 30, 0), TimeSpan.FromMinutes(45)), new(new(16, 0, 0), new(17, 0, 0), TimeSpan.FromMinutes(20)));
        Assert.Equal(Time("16:10"), Meal(meals, new(), "15:50")["1001"].Break!.EndsAt);
        Assert.Equal(Time("14:15"), Meal(meals, new(), "13:30")["1001"].Break!.EndsAt);
    }

    [Fact]
    public void Without_a_meal_of_the_shift_the_rule_says_and_without_that_the_kind()
    {
        Assert.Equal(Time("12:30"), Meal(WithMeals(), new())["1001"].Break!.EndsAt);
        Assert.Equal(Time("12:40"), Meal(WithMeals(), new() { Meal = TimeSpan.FromMinutes(40) })["1001"].Break!.EndsAt);
        // What holds for everybody takes nothing from a shift that gives more.
        Assert.Equal(Time("12:45"), Meal(WithMeals(LongMeal), new() { Meal = TimeSpan.FromMinutes(30) })["1001"].Break!.EndsAt);
    }

    [Theory]
    [InlineData("team", "A")]
    [InlineData("queue", "support")]
    [InlineData("shift", "A")]
    public void An_override_says_it_for_a_team_a_queue_or_a_shift(string scope, string id)
    {
        var longer = new BreakLimit { Meal = TimeSpan.FromMinutes(50), Short = TimeSpan.FromMinutes(8) };
        var rule = new BreakLimit { Overrides = [For(scope, "other", new() { Meal = TimeSpan.FromMinutes(10) }), For(scope, id, longer)] };
        var day = Meal(WithMeals(LongMeal), rule);
        Assert.Equal(Time("12:50"), day["1001"].Break!.EndsAt);
        Assert.Empty(day.Ticks("12:49:59").Verdicts);
        Assert.Equal(TimeSpan.FromMinutes(50), day.Ticks("12:50").Only.ThresholdTime);
        day.At("12:55").Resumes("1001", "support").At("14:00").Pauses("1001", "support", "short");
        Assert.Equal(Time("14:08"), day["1001"].Break!.EndsAt);
    }

    [Fact]
    public void An_override_that_speaks_of_something_else_leaves_the_shifts_meal_alone()
    {
        var general = new BreakLimit { Meal = TimeSpan.FromMinutes(30) };
        var rule = general with { Overrides = [For("team", "A", general with { WarnBefore = TimeSpan.FromMinutes(2) })] };
        Assert.Equal(Time("12:45"), Meal(WithMeals(LongMeal), rule)["1001"].Break!.EndsAt);
    }

    [Fact]
    public void A_limit_that_changes_during_a_break_holds_for_the_next_one()
    {
        var day = Meal(WithMeals(LongMeal), new()).At("12:10").Tell(new FloorConfigured(Time("12:10"), WithMeals()));
        Assert.Empty(day.Ticks("12:44").Verdicts);
        Assert.Equal(TimeSpan.FromMinutes(45), day.Ticks("12:45").Only.ThresholdTime);
    }

    [Fact]
    public void A_meal_is_planned_as_long_as_it_may_last()
    {
        var day = new Day(WithMeals(LongMeal), new BreakLimit()).At("09:00").Joins("1001", "support").At("12:00");
        day.Does(new RequestBreak("1001", "1001", "meal"));
        Assert.Equal(Time("12:45"), day["1001"].Ticket!.EndsAt);
    }
}
