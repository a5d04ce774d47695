using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using static FloorMonitor.Core.Tests.Rules.Scene;

namespace FloorMonitor.Core.Tests.Rules;

public sealed class RuleBookTests
{
    private static readonly Agent Wang = SignedIn("09:00:00");
    private static readonly Agent Resting = OnBreak(Wang, "short", "10:00:00", "10:05:00");

    [Fact]
    public void What_ran_out_between_ticks_is_found_by_an_event_that_is_not_the_first_of_its_instant()
    {
        // A switch dates in whole seconds: of two agents who change in one of them, the second has a past as well as the first.
        var day = new Day(new Away()).At("09:00").Joins("1001", "support").Joins("1002", "support");
        day.At("10:00").Phone("1002", "support", PhoneState.Unreachable);
        day.At("10:05").Pauses("1001", "support", "short").Pauses("1002", "support", "short");
        Assert.Equal((Day.Time("10:01"), Day.Time("10:05")), (day.Only.OpenedAt, day.Only.ClosedAt));
    }

    [Fact]
    public void A_rule_that_throws_is_shown_and_does_not_stop_the_others()
    {
        var scene = new Scene(new Throws(), new BreakLimit()).Becomes("10:00:00", Resting).Tick("10:05:00");
        Assert.Equal("break-limit", scene.Only.Rule);
        Assert.All(scene.Faults, fault => Assert.Equal(("throws", "1001", "InvalidOperationException: on purpose"), (fault.Rule, fault.Subject, fault.What)));
        Assert.Contains("throws", scene.Faults[0].Note.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_throws_for_everybody_sits_out_the_rest_of_the_judgement()
    {
        var agents = Enumerable.Range(1000, 200).Select(id => SignedIn("09:00:00", $"{id}")).ToImmutableDictionary(agent => agent.Id);
        var scene = new Scene(new Throws());
        scene.Judge(new Tick(At("09:00:00")), scene.State with { Agents = agents });
        Assert.Equal(8, scene.Faults.Count);
    }

    [Fact]
    public void The_verdict_of_a_rule_that_throws_stays_as_it_is()
    {
        var rule = new Sometimes();
        var scene = new Scene(rule).Becomes("10:00:00", Resting);
        Assert.Equal(VerdictStatus.Open, scene.Only.Status);
        rule.Throws = true;
        scene.Becomes("10:01:00", Resting with { Seat = "7" });
        Assert.Equal(VerdictStatus.Open, Assert.Single(scene.State.Verdicts).Value.Status);
    }

    [Fact]
    public void A_verdict_is_news_and_the_state_grows_by_one_version()
    {
        var scene = new Scene(new BreakLimit()).Becomes("10:00:00", Resting);
        var version = scene.State.Version;
        Assert.Equal(version, scene.Tick("10:04:00").State.Version);
        Assert.Equal(version + 1, scene.Tick("10:05:00").State.Version);
        Assert.Equal(version + 1, scene.Tick("10:05:00.500").State.Version);
    }

    [Fact]
    public void The_verdicts_of_a_rule_that_was_turned_off_end_and_stay()
    {
        var scene = new Scene(new BreakLimit()).Becomes("10:00:00", Resting).Tick("10:05:00");
        var judged = new RuleBook([new BreakLimit { Enabled = false }]).Judge(scene.State, scene.State, new Tick(At("10:06:00")));
        Assert.Equal((VerdictStatus.Closed, At("10:06:00")), (judged.Changed[0].Status, judged.Changed[0].ClosedAt!.Value));
        judged = new RuleBook([]).Judge(scene.State, scene.State, new Tick(At("10:06:00")));
        Assert.Equal(VerdictStatus.Closed, judged.Changed[0].Status);
        Assert.Empty(judged.State.Verdicts);
    }

    [Fact]
    public void The_verdicts_about_one_who_is_no_longer_there_end()
    {
        var scene = new Scene(new BreakLimit()).Becomes("10:00:00", Resting).Tick("10:05:00");
        scene.Judge(new Tick(At("10:06:00")), scene.State with { Agents = scene.State.Agents.Clear() });
        Assert.Equal(VerdictStatus.Closed, scene.Only.Status);
    }

    [Fact]
    public void Countdowns_are_named_with_the_instant_at_which_they_will_open()
    {
        var scene = new Scene(new BreakLimit()).Becomes("10:00:00", Resting);
        var pending = Assert.Single(new RuleBook([new BreakLimit()]).Pending(scene.State));
        Assert.Equal((VerdictStatus.Pending, At("10:05:00"), "break-limit"), (pending.Status, pending.OpenedAt, pending.Rule));
        Assert.Empty(scene.State.Verdicts);
    }

    [Fact]
    public void An_override_holds_for_its_team_or_queue_and_for_nobody_else()
    {
        var rule = new SettleIn
        {
            Overrides =
            [
                new(RuleOverride.Team, "new", new SettleIn { Lock = TimeSpan.FromHours(1) }),
                new(RuleOverride.Queue, "vip", new SettleIn { Enabled = false }),
            ],
        };
        var trainee = SignedIn("09:00:00", "1", "new");
        var vip = SignedIn("09:00:00", "2") with { Members = [Member("vip", At("09:00:00"))] };
        var other = SignedIn("09:00:00", "3", "old");
        var scene = new Scene(rule);
        foreach (var agent in new[] { trainee, vip, other }) scene.Becomes("09:00:00", agent).Becomes("09:40:00", Left(agent, "09:40:00"));
        scene.Tick("09:40:01");
        Assert.Equal("1", scene.Only.Subject.Id);
        Assert.Equal(TimeSpan.FromHours(1), scene.Only.ThresholdTime);
        scene.Seen.Clear();
        foreach (var agent in new[] { vip, other }) scene.Becomes("09:50:00", agent).Becomes("09:51:00", Left(agent, "09:20:00"));
        scene.Tick("09:52:00");
        Assert.All(scene.Seen.Values, verdict => Assert.NotEqual("2", verdict.Subject.Id));
    }

    [Fact]
    public void Judging_a_floor_on_which_nothing_is_found_allocates_next_to_nothing()
    {
        var agents = Enumerable.Range(1000, 5000).Select(id => SignedIn("08:30:00", $"{id}", $"team{id % 40}")).ToImmutableDictionary(agent => agent.Id);
        var state = new Scene().State with { At = At("09:00:00"), Agents = agents };
        var book = new RuleBook(RuleCatalogue.Defaults);
        var tick = new Tick(At("09:00:00"));
        for (var i = 0; i < 3; i++) book.Judge(state, state, tick);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) Assert.True(book.Judge(state, state, tick).Changed.IsEmpty);
        // A few objects for the judgement itself, none for any of the five thousand.
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 10, 0, 4096);
    }

    private sealed record Throws : FloorRule, IAgentRule
    {
        public override string Id => "throws";

        public override string Clause => "D1";

        public override Text Meaning => new("", "");

        public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now) => throw new InvalidOperationException("on purpose");
    }

    private sealed class Sometimes : IAgentRule
    {
        public bool Throws { get; set; }

        public string Id => "sometimes";

        public string Clause => "D1";

        public Severity Severity => Severity.Info;

        public EnforcementMode Mode => EnforcementMode.Watch;

        public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now) =>
            Throws ? throw new InvalidOperationException("on purpose") : new(new("agent", agent.Id), now, At("10:00:00"), new("", ""), null, null, [], []) { OneAtATime = true };
    }
}
