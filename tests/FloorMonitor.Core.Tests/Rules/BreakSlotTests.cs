using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using FloorMonitor.Core.Tests.Planning;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class BreakSlotTests
{
    private static Day Planned(BreakSlot? rule = null)
    {
        var day = Rotas.Team(8, rule ?? new BreakSlot()).At("09:40");
        Assert.IsType<Granted>(day.Does(new GrantBreak("1", "lead", null, Time("09:55"))));
        return day;
    }

    [Theory]
    [InlineData("09:53:59", true)]
    [InlineData("09:54:00", false)]
    [InlineData("09:54:01", false)]
    [InlineData("09:59:59", false)]
    [InlineData("10:00:00", false)]
    public void A_break_behind_the_gates_back_is_judged_by_its_slot_to_the_second(string begins, bool opens)
    {
        var day = Planned().At(begins).Pauses("1", "support", "short").Ticks("10:00:00.500");
        Assert.Equal(opens, day.Verdicts.Count == 1);
    }

    [Fact]
    public void Too_early_says_by_how_much_and_closes_with_the_break()
    {
        var day = Planned().At("09:50").Pauses("1", "support", "short").At("09:53").Resumes("1", "support");
        Assert.Equal("小休比安排的 09:55:00 早 5 分钟(三·一·2.4、三·一·3.6)", day.Only.Text.Zh);
        Assert.Equal("Began the short break 5 min before its slot of 09:55:00 (D2.4, D3.6)", day.Only.Text.En);
        Assert.Equal((Severity.Info, Time("09:50"), Time("09:53"), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1)),
            (day.Only.Severity, day.Only.OpenedAt, day.Only.ClosedAt!.Value, day.Only.MeasuredTime!.Value, day.Only.ThresholdTime!.Value));
    }

    [Fact]
    public void Too_late_is_told_where_no_tick_ended_the_slot_before()
    {
        var day = Planned().Ticks("09:55").At("10:00:01").Pauses("1", "support", "short");
        Assert.Equal("Began the short break 5 min 1 s after its slot of 09:55:00 (D2.4, D3.6)", day.Only.Text.En);
    }

    [Fact]
    public void One_that_nobody_arranged_is_told_and_a_personal_need_training_and_the_gates_own_are_not()
    {
        var day = Rotas.Team(8, new BreakSlot()).At("09:40");
        day.Pauses("1", "support", "personal").Pauses("2", "support", "training").Pauses("3", "support", "nap");
        Assert.IsType<Granted>(day.Goes(4));
        Assert.Empty(day.Verdicts);
        day.At("09:41").Pauses("5", "support", "short");
        Assert.Equal("Took a short break that was neither arranged nor granted (D2.4, D3.6)", day.Only.Text.En);
        Assert.Equal(Time("09:41"), day.Only.OpenedAt);
    }

    [Fact]
    public void A_break_that_is_asked_for_and_still_waits_is_not_granted()
    {
        var day = Rotas.Team(8, new BreakSlot()).At("09:40").Tell(new BreakRequested(Time("09:40"), "1", "short", Time("09:00"), "1")).At("09:41");
        Assert.Single(day.Pauses("1", "support", "short").Verdicts);
    }

    [Fact]
    public void A_slot_that_a_call_fell_into_is_judged_behind_the_call()
    {
        var day = Planned().At("09:54").Answers("1", "support", "c1").Ticks("09:58").At("10:03").Completes("1", "support", "c1");
        day.At("10:03:10").Pauses("1", "support", "short").Ticks("10:03:31");
        Assert.Empty(day.Verdicts);
    }

    [Fact]
    public void A_pause_that_was_set_in_time_during_a_call_is_in_time_however_long_the_call_lasts()
    {
        var day = Rotas.Team(8, new BreakSlot()).At("09:40").Answers("1", "support", "c1").At("09:41");
        Assert.IsType<Granted>(day.Goes(1));
        day.At("10:20").Completes("1", "support", "c1").Ticks("10:20:40");
        Assert.Equal("short", day["1"].Break!.Kind);
        Assert.Empty(day.Verdicts);
    }

    [Theory]
    [InlineData("09:53:59", "09:54:00")]
    [InlineData("09:54:00", null)]
    [InlineData("09:54:01", null)]
    public void Where_a_grant_is_required_the_gate_opens_with_the_slot(string at, string? allowedAt)
    {
        var answer = Planned(new BreakSlot { RequireGrant = true }).At(at).Ask(new TakeBreak("1", "1", "short"));
        if (allowedAt is null) Assert.IsType<Granted>(answer);
        else Assert.Equal(("break-slot", Time(allowedAt)), (Assert.IsType<Refused>(answer).Rule, ((Refused)answer).AllowedAt!.Value));
    }

    [Fact]
    public void Where_a_grant_is_required_nobody_goes_without_one_but_for_a_personal_need()
    {
        var day = Rotas.Team(8, new BreakSlot { RequireGrant = true }).At("09:40");
        var refused = Assert.IsType<Refused>(day.Ask(new TakeBreak("1", "1", "short")));
        Assert.Equal("小休须先申请,有安排的时段或批准后方可开始(三·一·2.4、三·一·3.6)", refused.Text.Zh);
        Assert.IsType<Granted>(day.Ask(new TakeBreak("1", "1", "personal")));
        Assert.IsType<Granted>(day.Ask(new TakeBreak("1", "1", "training")));
        Assert.IsType<Granted>(day.Asks(1));
        Assert.IsType<Granted>(day.Goes(1));
        Assert.Contains("ask again", Assert.IsType<Refused>(Planned(new BreakSlot { RequireGrant = true }).At("10:00:01").Ask(new TakeBreak("1", "1", "short"))).Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public void A_meal_in_the_window_that_the_roster_gives_needs_nothing_else()
    {
        var setup = Rotas.Setup(2) with
        {
            Shifts = [new("A", TimeSpan.FromHours(9), TimeSpan.FromHours(18), [new(TimeSpan.FromHours(11.5), TimeSpan.FromHours(13.5), TimeSpan.FromMinutes(30))])],
            Roster = [new(null, "1", "A", null, RosterStatus.Work)],
        };
        var day = new Day(setup, new BreakSlot { RequireGrant = true }).At("09:00").Joins("1", "support").Joins("2", "support").At("11:30");
        Assert.IsType<Granted>(day.Ask(new TakeBreak("1", "1", "meal")));
        Assert.IsType<Refused>(day.Ask(new TakeBreak("2", "2", "meal")));
        day.Pauses("1", "support", "meal");
        Assert.Empty(day.Verdicts);
        day.Pauses("2", "support", "meal");
        Assert.Equal("2", day.Only.Subject.Id);
    }

    [Fact]
    public void A_team_may_have_its_own_way()
    {
        var strict = new BreakSlot { RequireGrant = true };
        var day = Rotas.Team(8, new BreakSlot { Overrides = [new(RuleOverride.Team, "a", strict)] }).At("09:40");
        Assert.IsType<Refused>(day.Ask(new TakeBreak("1", "1", "short")));
        day = Rotas.Team(8, new BreakSlot { Overrides = [new(RuleOverride.Team, "b", strict)] }).At("09:40");
        Assert.IsType<Granted>(day.Ask(new TakeBreak("1", "1", "short")));
    }
}
