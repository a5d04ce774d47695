using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Day;
using static FloorMonitor.Core.Tests.Rules.RosterDay;

namespace FloorMonitor.Core.Tests.Rules;

/// <summary>A whole shift excused at once (A1, RULEBOOK example 9).</summary>
public sealed class ShiftExcuseTests
{
    private static Day Storm() => new(Setup(Line(), Line("1002"), Line("1003", "N")), new SignInOnTime(), new SettleIn { Mode = EnforcementMode.Watch });

    private static ShiftExcused Excuse(string at, string shift = "A", string? rule = null, string by = "chief") => new(Time(at), Monday, shift, rule, by, "暴雨");

    private static Verdict Of(Day day, string rule, string agent) => day.Verdicts.Values.Single(one => one.Rule == rule && one.Subject.Id == agent);

    [Fact]
    public void Worked_example_9_the_late_verdicts_of_the_shift_stay_marked_excused_with_who_when_and_why()
    {
        var day = Storm().Ticks("09:02").Ticks("09:03").At("09:20").Tell(Excuse("09:20"));
        foreach (var agent in new[] { "1001", "1002" })
        {
            var late = Of(day, "sign-in-on-time", agent);
            Assert.Equal((VerdictStatus.Open, new Disposition("excused", "chief", Time("09:20"), "暴雨")), (late.Status, late.Disposition));
        }

        // It goes on to its end like any other, and stays excused.
        day.At("09:40").Joins("1001", "support").Ticks("09:40:01");
        Assert.Equal(["opened", "excused", "closed"], Of(day, "sign-in-on-time", "1001").History.AsSpan().ToArray().Select(step => step.Step));
    }

    [Fact]
    public void What_opens_later_that_shift_is_excused_the_moment_it_opens()
    {
        var day = Storm().At("08:30").Tell(Excuse("08:30", rule: "sign-in-on-time")).Ticks("09:02").Ticks("09:03:01");
        var late = Of(day, "sign-in-on-time", "1002");
        Assert.Equal(("excused", Time("09:03"), "chief"), (late.Disposition!.Step, late.Disposition.At, late.Disposition.By));
        // Of that rule only.
        day.At("09:10").Joins("1001", "support").At("09:12").Pauses("1001", "support", "short");
        Assert.Null(Of(day, "settle-in", "1001").Disposition);
    }

    [Fact]
    public void Another_shift_is_not_excused_and_a_night_shift_is_that_of_the_date_on_which_it_began()
    {
        var day = Storm().At("08:30").Tell(Excuse("08:30", "N")).Ticks("09:02").Ticks("09:03:01");
        Assert.All(day.Verdicts.Values, verdict => Assert.Null(verdict.Disposition));
        day.Ticks("21:59").Ticks("22:03:01");
        Assert.Equal("excused", Of(day, "sign-in-on-time", "1003").Disposition!.Step);
    }

    [Fact]
    public void Nobody_excuses_themselves_with_the_shift()
    {
        var day = Storm().Ticks("09:02").Ticks("09:03").At("09:20").Tell(Excuse("09:20", by: "1002"));
        Assert.Equal(("excused", null), (Of(day, "sign-in-on-time", "1001").Disposition?.Step, Of(day, "sign-in-on-time", "1002").Disposition?.Step));
    }

    [Fact]
    public void A_replay_excuses_the_same_and_the_excuse_is_let_go_when_its_days_are_over()
    {
        var day = Storm().At("08:30").Tell(Excuse("08:30")).Tell(Excuse("08:31")).Ticks("09:02").Ticks("09:03:01");
        Assert.Single(day.State.Excuses);
        var book = new RuleBook([new SignInOnTime(), new SettleIn { Mode = EnforcementMode.Watch }]);
        var state = FloorState.Empty;
        foreach (var e in day.Journal) state = book.Judge(state, FloorFold.Apply(state, e), e).State;
        Assert.Equal(day.State, state);
        Assert.Equal(2, state.Verdicts.Values.Count(verdict => verdict.Disposition is { Step: "excused" }));
        Assert.Equal(state, FloorDelta.Apply(FloorState.Empty, FloorDelta.Between(FloorState.Empty, state)));
        day.At(Time("12:00").AddDays(2)).Ticks();
        Assert.Single(day.State.Excuses);
        Assert.True(day.At(Time("12:00").AddDays(3)).Ticks().State.Excuses.IsEmpty);
    }
}
