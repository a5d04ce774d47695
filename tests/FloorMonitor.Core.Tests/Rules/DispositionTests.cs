using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Tests.Rules;

/// <summary>What people say about a verdict: in which order, with a reason, and never lost.</summary>
public sealed class DispositionTests
{
    private static Day Late() =>
        new Day(new BreakLimit()).At("09:00").Joins("1001", "support").At("10:00").Pauses("1001", "support", "short").Ticks("10:05");

    private static Verdict After(params string[] steps)
    {
        var verdict = Late().Only;
        foreach (var (i, step) in steps.Index())
            verdict = Dispositions.With(verdict, new(Day.Time("11:00").AddMinutes(i), step == "disputed" ? "1001" : "lead", step, new("r", "r")));
        return verdict;
    }

    [Theory]
    [InlineData("", "acknowledged excused disputed")]
    [InlineData("acknowledged", "excused disputed")]
    [InlineData("excused", "")]
    [InlineData("disputed", "excused upheld overturned")]
    [InlineData("disputed upheld", "excused")]
    [InlineData("disputed overturned", "")]
    [InlineData("disputed excused", "")]
    public void Only_what_follows_may_follow(string said, string may)
    {
        var verdict = After(said.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        string[] all = ["acknowledged", "excused", "disputed", "upheld", "overturned"];
        Assert.Equal(
            may.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            all.Where(step => Dispositions.Objection(verdict, step, step == "disputed" ? "1001" : "chief", "because") is null));
    }

    [Fact]
    public void Each_refusal_is_a_sentence_in_both_languages()
    {
        Assert.Equal("A reason is needed", Dispositions.Objection(After(), "excused", "lead", " ")!.En);
        Assert.Null(Dispositions.Objection(After(), "acknowledged", "lead", null));
        Assert.Equal("只有座席 1001 本人可以申诉", Dispositions.Objection(After(), "disputed", "lead", "r")!.Zh);
        Assert.Equal("不能免除自己的记录", Dispositions.Objection(After(), "excused", "1001", "r")!.Zh);
        Assert.Equal("Nobody decides a dispute of their own", Dispositions.Objection(After("disputed"), "overturned", "1001", "r")!.En);
        Assert.Equal("没有待处理的申诉", Dispositions.Objection(After("acknowledged"), "upheld", "lead", "r")!.Zh);
        Assert.Equal("Excused already by lead", Dispositions.Objection(After("excused"), "excused", "lead", "r")!.En);
        Assert.Equal("Disputed already by 1001, not yet decided", Dispositions.Objection(After("disputed"), "acknowledged", "lead", "r")!.En);
        var hand = After() with { Subject = new("floor", "site"), Concerns = "1001" };
        Assert.Equal("Only a verdict about an agent can be disputed", Dispositions.Objection(hand, "disputed", "1001", "r")!.En);
    }

    [Fact]
    public void What_was_said_of_an_open_verdict_goes_on_with_it_to_its_end()
    {
        var day = Late().At("10:06");
        var id = day.Only.Id;
        day.Tell(new VerdictDisposed(day.Now, id, "lead", "acknowledged", "")).At("10:07");
        day.Tell(new VerdictDisposed(day.Now, id, "lead", "excused", "停电")).Ticks("10:08").At("10:09").Resumes("1001", "support");
        Assert.Equal(["opened", "acknowledged", "excused", "closed"], day.Only.History.AsSpan().ToArray().Select(step => step.Step));
        Assert.Equal(("excused", "lead", "停电"), (day.Only.Disposition!.Step, day.Only.Disposition.By, day.Only.Disposition.Reason));
        Assert.Equal(VerdictStatus.Closed, day.Only.Status);
    }

    [Fact]
    public void A_closed_verdict_comes_along_with_the_event_and_stays_closed()
    {
        var day = Late().At("10:09").Resumes("1001", "support").At("15:00");
        var closed = day.Only;
        day.Tell(new VerdictDisposed(day.Now, closed.Id, "1001", "disputed", "系统故障") { Agent = "1001", Closed = closed });
        Assert.Equal((VerdictStatus.Closed, closed.ClosedAt, "disputed"), (day.Only.Status, day.Only.ClosedAt, day.Only.Disposition!.Step));
        Assert.Empty(day.State.Verdicts);
        // Told twice (a replay onto what is already written) it is said once.
        day.Tell(new VerdictDisposed(day.Now, closed.Id, "1001", "disputed", "系统故障") { Agent = "1001", Closed = day.Only });
        Assert.Single(day.Only.History, step => step.Step == "disputed");
        // Of one that is not here nothing is made up.
        day.Tell(new VerdictDisposed(day.Now, "nothing", "lead", "excused", "r"));
        Assert.Single(day.Verdicts);
    }

    [Fact]
    public void Nothing_is_undone_for_a_verdict_that_was_excused()
    {
        var excused = new Day(new SettleIn()).At("09:00").Joins("1001", "support").At("09:08").Answers("1001", "support", "c1").At("09:10").Leaves("1001", "support").Ticks("09:10:01");
        var left = Assert.Single(excused.Enforcements);
        Assert.Equal(EnforcementStep.LeftOnCall, left.Event.Step);
        excused.At("09:11").Tell(new VerdictDisposed(excused.Now, excused.Only.Id, "lead", "excused", "家中急事"));
        excused.At("09:12").Tell(new CallHungUp(excused.Now, Day.Pbx, "c1")).Ticks("09:12:01");
        Assert.Single(excused.Enforcements);
    }
}
