using CsCheck;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Tests.Rules;

/// <summary>The principles of the rulebook, held against days of any kind.</summary>
public sealed class PrincipleTests
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(1300);

    private static IFloorRule[] Watching => [.. RuleCatalogue.Defaults.Select(rule => (IFloorRule)((FloorRule)rule with { Mode = EnforcementMode.Watch }))];

    // Every rule of the catalogue, each with everything that it can do at the gate and at the switch.
    private static IFloorRule[] Enforcing => [.. RuleCatalogue.Defaults.Select(rule => (IFloorRule)((FloorRule)rule with { Mode = ((FloorRule)rule).Modes }))];

    // About the call itself, or about an act whose instant is what it is: no deadline that a call could move.
    private static readonly string[] NoDeadline = ["long-call", "long-hold", "long-wrap-up", "settle-in", "break-slot", "leave-by-the-clock", "assigned-seat"];

    // The switch lists the call under the id that it had before the gap: it vouches for the time of it, as for a LoginTime.
    private static readonly string[] Vouched = ["long-call"];

    [Fact]
    public void Verdicts_do_not_depend_on_how_often_the_clock_ticks() => Happening.Days.Sample(
        happenings =>
        {
            var often = RandomDay.Live(RandomDay.Alone, happenings, TimeSpan.FromMilliseconds(900), false, null, Watching);
            var seldom = RandomDay.Live(RandomDay.Alone, happenings, TimeSpan.FromSeconds(97), false, null, Watching);
            var never = RandomDay.Live(RandomDay.Alone, happenings, null, false, null, Watching);
            Assert.Equal(Told(often), Told(seldom));
            // A muster that is long over is not looked for any more, nor is a shift that nobody looked at from its start to its end, so a
            // clock that stands for the whole day misses both; but it finds no uncovered time that is none.
            Assert.Empty(never.Verdicts.Values.Where(one => one.Rule == "duty-supervisor").Select(one => one.Id).Except(often.Verdicts.Keys));
            Assert.Equal(Told(often.Verdicts.Values.Where(IsSeenAfterwards)), Told(never.Verdicts.Values.Where(IsSeenAfterwards)));
        },
        iter: 20);

    private static bool IsSeenAfterwards(Verdict verdict) => verdict.Rule is not ("muster" or "duty-supervisor");

    [Fact]
    public void The_same_journal_gives_the_same_verdicts() => Happening.Days.Sample(
        happenings =>
        {
            var day = RandomDay.Live(happenings, TimeSpan.FromSeconds(3), true, null, Enforcing);
            var book = new RuleBook([.. Enforcing]);
            var state = FloorState.Empty;
            var verdicts = new Dictionary<string, Verdict>();
            foreach (var e in day.Journal)
            {
                var judged = book.Judge(state, FloorFold.Apply(state, e), e);
                state = judged.State;
                foreach (var verdict in judged.Changed) verdicts[verdict.Id] = verdict;
            }

            Assert.Equal(day.State, state);
            Assert.Equal(Told(day), Told(verdicts.Values));
        },
        iter: 40);

    [Fact]
    public void No_verdict_about_an_agent_opens_while_the_link_is_down() => Happening.Days.Sample(
        happenings =>
        {
            var (known, lostSince) = (0, (DateTimeOffset?)null);
            var gaps = new List<Gap>();
            var whole = RandomDay.Live(happenings, Often, false, day =>
            {
                var isLost = day.State.Feeds[Day.Pbx].State != FeedState.Synced;
                if (isLost && lostSince is not null) Assert.Equal(known, AboutAgents(day));
                if (!isLost && lostSince is { } lost) gaps.Add(new(lost, day.Now));
                known = AboutAgents(day);
                lostSince = isLost ? lostSince ?? day.Now : null;
            }, Watching);
            // The switch vouched for nothing: no deadline passed out of sight, and what it hid of a clock stands on the verdict.
            foreach (var verdict in whole.Verdicts.Values.Where(one => one.Subject.Kind == "agent" && !Vouched.Contains(one.Rule)))
                Assert.All(gaps, gap => Assert.False(verdict.OpenedAt > gap.Since && verdict.OpenedAt < gap.Until, $"{verdict.Id} opened at {verdict.OpenedAt:O}"));
        },
        iter: 60);

    [Fact]
    public void Nothing_is_done_to_an_agent_on_a_call_or_in_its_wrap_up() => Happening.Days.Sample(
        happenings =>
        {
            var done = 0;
            RandomDay.Live(happenings, Often, false, day =>
            {
                foreach (var enforcement in day.Enforcements.Skip(done).Where(one => !one.Actions.IsEmpty))
                {
                    var agent = day[enforcement.Event.Agent];
                    Assert.Null(agent.Call);
                    Assert.Null(agent.WrapUp);
                }

                done = day.Enforcements.Count;
            }, Enforcing);
        },
        iter: 20);

    [Fact]
    public void No_deadline_falls_inside_a_call() => Happening.Days.Sample(
        happenings =>
        {
            var talks = new List<(string Agent, DateTimeOffset Since, DateTimeOffset Until)>();
            var day = RandomDay.Live(happenings, Often, false, now =>
            {
                foreach (var agent in now.State.Agents.Values)
                    if (agent.LastCall is { } call && !talks.Contains((agent.Id, call.Since, call.Until))) talks.Add((agent.Id, call.Since, call.Until));
            }, Watching);
            foreach (var verdict in day.Verdicts.Values.Where(one => one.Subject.Kind == "agent" && !NoDeadline.Contains(one.Rule)))
                Assert.DoesNotContain(talks, talk => talk.Agent == verdict.Subject.Id && talk.Since <= verdict.OpenedAt && verdict.OpenedAt < talk.Until);
        },
        iter: 20);

    [Fact]
    public void A_personal_need_is_never_refused_and_never_put_back() => Happening.Days.Sample(
        happenings =>
        {
            var done = 0;
            RandomDay.Live(happenings, TimeSpan.FromSeconds(5), true, day =>
            {
                foreach (var agent in day.State.Agents.Values)
                {
                    if (agent.Members.IsEmpty || agent.State == AgentState.Unknown) continue;
                    Assert.IsType<Granted>(day.Ask(new TakeBreak(agent.Id, agent.Id, "personal")));
                }

                foreach (var enforcement in day.Enforcements.Skip(done).Where(one => one.Event.Step is EnforcementStep.Resume or EnforcementStep.End))
                {
                    var last = day[enforcement.Event.Agent].EndedBreaks;
                    Assert.True(last.IsEmpty || last[last.Count - 1].Kind != "personal" || last[last.Count - 1].Until < enforcement.Event.At);
                }

                done = day.Enforcements.Count;
            }, Enforcing);
        },
        iter: 20);

    [Fact]
    public void Who_was_put_back_was_not_away() => Happening.Days.Sample(
        happenings =>
        {
            var day = RandomDay.Live(happenings, Often, true, null, Enforcing);
            foreach (var undone in day.Verdicts.Values.Where(one => one.Rule == "settle-in" && one.History.AsSpan().ToArray().Any(step => step.Step == VerdictSteps.Restored)))
                Assert.DoesNotContain(undone.Id.Replace("settle-in", "leave-by-the-clock", StringComparison.Ordinal), day.Verdicts.Keys);
        },
        iter: 60);

    private static int AboutAgents(Day day) => day.Verdicts.Values.Count(verdict => verdict.Subject.Kind == "agent");

    private static string Told(Day day) => Told(day.Verdicts.Values);

    private static string Told(IEnumerable<Verdict> verdicts) => string.Join('\n', verdicts.OrderBy(one => one.Id, StringComparer.Ordinal).Select(one =>
        $"{one.Id} {one.Status} {one.OpenedAt:O} {one.ClosedAt:O} {one.MeasuredTime} {one.Text.Zh} {string.Join(',', one.Evidence.AsSpan().ToArray())} "
        + string.Join(',', one.Gaps.AsSpan().ToArray().Select(gap => $"{gap.Since:O}-{gap.Until:O}"))));
}
