using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class ConcurrentBreaksTests
{
    private static Day Team(int agents)
    {
        var setup = FloorSetup.Default with
        {
            Feeds = [new(Pbx, "ami")],
            TimeZone = "Asia/Shanghai",
            Agents = ValueArray.From(Enumerable.Range(1, agents).Select(id => new AgentSetup($"{id}", $"{id}", "a", $"PJSIP/{id}"))),
            Teams = [new("a", "甲班", null, null)],
        };
        var day = new Day(setup, new ConcurrentBreaks()).At("09:00");
        for (var id = 1; id <= agents; id++) day.Joins($"{id}", "support");
        return day;
    }

    [Fact]
    public void The_second_of_a_small_team_is_one_too_many_from_the_instant_of_that_break()
    {
        var day = Team(8).At("10:00").Pauses("1", "support", "short");
        Assert.Empty(day.Verdicts);
        day.At("10:01").Pauses("2", "support", "meal");
        Assert.Equal((Time("10:01"), 1d, 2d, new Subject("team", "a")), (day.Only.OpenedAt, day.Only.Threshold!.Value, day.Only.Measured!.Value, day.Only.Subject));
        Assert.Equal("班组 甲班 签入 8 人,同时休息 2 人,上限 1 人(一·三·4.6)", day.Only.Text.Zh);
        Assert.Equal("2 of the 8 signed in of team 甲班 rest at once, at most 1 should (P4.6)", day.Only.Text.En);
        Assert.Equal(2, day.Only.Evidence.Count);
        day.At("10:02").Pauses("3", "support", "short").At("10:03").Resumes("1", "support");
        Assert.Equal((VerdictStatus.Open, Time("10:01")), (day.Only.Status, day.Only.OpenedAt));
        day.At("10:04").Resumes("2", "support");
        Assert.Equal(Time("10:04"), day.Only.ClosedAt);
    }

    [Fact]
    public void Training_and_a_personal_need_do_not_count()
    {
        var day = Team(8).At("10:00").Pauses("1", "support", "short").Pauses("2", "support", "personal").Pauses("3", "support", "training");
        Assert.Empty(day.Verdicts);
    }

    [Fact]
    public void A_cap_that_falls_because_somebody_signs_out_opens_it_at_that_instant()
    {
        var day = Team(20).At("10:00").Pauses("1", "support", "short").Pauses("2", "support", "short").Ticks("10:01");
        Assert.Empty(day.Verdicts);
        day.At("10:02").Leaves("20", "support");
        Assert.Equal((Time("10:02"), 1d), (day.Only.OpenedAt, day.Only.Threshold!.Value));
    }

    [Fact]
    public void The_gate_refuses_one_too_many_and_says_who_is_due_back_when()
    {
        var day = Team(8).At("10:00").Pauses("1", "support", "short").At("10:01");
        var refused = Assert.IsType<Refused>(day.Ask(new TakeBreak("2", "2", "short")));
        Assert.Equal(("concurrent-breaks", Time("10:05")), (refused.Rule, refused.AllowedAt!.Value));
        Assert.Equal("班组休息已满(1/1),最早 10:05:00 有人返回(一·三·4.6)", refused.Text.Zh);
        Assert.Equal("The team's breaks are full (1 of 1); the next is due back at 10:05:00 (P4.6)", refused.Text.En);
        Assert.IsType<Granted>(day.Ask(new TakeBreak("2", "2", "personal")));
        Assert.IsType<Granted>(day.Ask(new TakeBreak("2", "2", "training")));
        Assert.IsType<Granted>(day.At("10:05").Resumes("1", "support").Ask(new TakeBreak("2", "2", "short")));
    }

    [Fact]
    public void The_cap_tightens_while_more_callers_wait_than_agents_are_free()
    {
        var day = Team(20).At("10:00").Pauses("1", "support", "short");
        Assert.IsType<Granted>(day.Ask(new TakeBreak("2", "2", "short")));
        for (var i = 0; i < 20; i++) day.Calls("support", $"c{i}");
        Assert.Contains("more callers wait than agents are free", Assert.IsType<Refused>(day.Ask(new TakeBreak("2", "2", "short"))).Text.En, StringComparison.Ordinal);
        Assert.Empty(day.Verdicts);
    }

    [Theory]
    [InlineData("tighten_when", "never", false)]
    [InlineData("tighten_when", "waiting > available", true)]
    [InlineData("tighten", "false", false)]
    public void When_it_tightens_is_said_in_the_rulebooks_words(string key, string value, bool tightens)
    {
        var (rules, errors) = RuleCatalogue.Build(new SettingMap([new("concurrent-breaks", 1, new SettingMap([new(key, 1, new SettingScalar(value, 1))], 1))], 1));
        Assert.Empty(errors);
        Assert.Equal(tightens, rules.OfType<ConcurrentBreaks>().Single().Tightens);
    }

    [Fact]
    public void A_condition_that_nobody_knows_is_refused()
    {
        var error = Assert.Single(RuleCatalogue.Build(new SettingMap(
            [new("concurrent-breaks", 1, new SettingMap([new("tighten_when", 2, new SettingScalar("waiting > 5", 2))], 1))], 1)).Errors);
        Assert.Equal((2, "'waiting > 5' is not 'waiting > available' or 'never'"), (error.Line, error.Message));
    }

    [Fact]
    public void A_team_of_which_somebody_is_out_of_sight_is_not_judged()
    {
        var day = Team(8).At("10:00").Pauses("1", "support", "short").At("10:01").Pauses("2", "support", "short").At("10:02").Lost().Ticks("10:10");
        Assert.Equal(VerdictStatus.Open, day.Only.Status);
    }
}
