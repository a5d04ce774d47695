using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Pbx.Simulated;

namespace FloorMonitor.Simulation.Tests;

/// <summary>Days from seeds, with faults at random points. A seed that fails prints itself and what went wrong in it.</summary>
public sealed class SeededDayTests
{
    private const int Steps = 300;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    // A night run may ask for more: FLOOR_SEEDS=1000.
    public static IEnumerable<TheoryDataRow<int>> Seeds =>
        Enumerable.Range(1, int.TryParse(Environment.GetEnvironmentVariable("FLOOR_SEEDS"), out var count) ? count : 24).Select(seed => new TheoryDataRow<int>(seed));

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Whatever_goes_wrong_the_floor_ends_up_agreeing_with_the_switch(int seed)
    {
        var plan = Plan((ulong)seed);
        var script = new FaultScript(plan.Seed, Steps);
        await using var way = await WholeWay.StartAsync(plan, SetupOf(plan), pbx =>
        {
            pbx.DuplicateShare = seed % 3 == 0 ? 0.05 : 0;
            pbx.Disorder(seed % 2 == 0 ? 0.5 : 0);
        });
        var midway = new List<string>();
        for (var step = 0; step < Steps; step++)
        {
            await script.DoAsync(way, step);
            await way.StepAsync(Step);
            if (step % 20 == 0 && way.IsInSight) midway.AddRange(Agreement.Differences(way.State, way.Pbx.Switch).Select(one => $"step {step}: {one}"));
        }

        FaultScript.End(way);
        await way.SettleAsync();
        var wrong = way.Violations.Concat(midway).Concat(Agreement.Differences(way.State, way.Pbx.Switch)).ToList();
        Assert.True(wrong.Count == 0, $"seed {seed} ({script}):\n{string.Join('\n', wrong)}");
        AssertReplays(way, seed);
    }

    [Theory]
    [InlineData(101)]
    [InlineData(102)]
    [InlineData(103)]
    public async Task On_a_quiet_line_every_call_is_counted_as_the_switch_counts_it(int seed)
    {
        var plan = Plan((ulong)seed);
        await using var way = await WholeWay.StartAsync(plan, SetupOf(plan), pbx => pbx.Disorder(0.5));
        var before = way.Pbx.Do(it => it.QueueList.ToDictionary(queue => queue.Name, queue => (queue.Completed, queue.Abandoned, Talking: Talking(it, queue))));
        await way.RunAsync(TimeSpan.FromMinutes(10), Step);
        await way.SettleAsync();
        foreach (var queue in way.Pbx.Switch.QueueList)
        {
            var counted = way.State.Queues[queue.Name].Counters;
            var was = before[queue.Name];
            Assert.Equal(queue.Abandoned - was.Abandoned, counted.Abandoned);
            Assert.Equal(queue.Completed + Talking(way.Pbx.Switch, queue) - was.Completed - was.Talking, counted.Answered);
            // Who waited already at the first sight counts as offered then: the answer that comes later is counted too.
            Assert.Equal(counted.Answered + counted.Abandoned + queue.Waiting.Count, counted.Offered);
        }

        Assert.True(way.Journal.OfType<CallAnswered>().Count() > 40, "a floor at work answers calls");
        Assert.Empty(way.Violations.Concat(Agreement.Differences(way.State, way.Pbx.Switch)));
    }

    private static int Talking(SimulatedSwitch pbx, SimQueue queue) => pbx.Calls.Count(call => call.Queue == queue && call is { Answered: not null, Over: false });

    private static FloorPlan Plan(ulong seed) => FloorPlan.OfSize(seed, 10 + (int)(seed % 3 * 8), 3 + (int)(seed % 4), 700) with
    {
        TalkMedian = TimeSpan.FromSeconds(25),
        Patience = TimeSpan.FromSeconds(40),
        BreaksPerHour = 6,
        InternalPerHour = 4,
        OutboundPerHour = 4,
        HoldShare = 0.2,
        Noise = 1,
        WarmUp = TimeSpan.FromMinutes(12 + (int)(seed % 30)),
    };

    private static FloorSetup SetupOf(FloorPlan plan) => FloorSetup.Default with
    {
        Site = "sim",
        Feeds = [new FeedSetup("sim", "simulated")],
        Agents = [.. plan.Agents.Select(agent => new AgentSetup(agent.Id, agent.Name, agent.Team, agent.Interface))],
        Breaks = [new("short", ["short", "小休"], TimeSpan.FromSeconds(70)), new("meal", ["meal"], TimeSpan.FromMinutes(3)), new("personal", ["personal"], TimeSpan.FromMinutes(2))],
    };

    /// <summary>The same journal gives the same floor and the same verdicts, always.</summary>
    private static void AssertReplays(WholeWay way, int seed)
    {
        var rules = new RuleBook(RuleCatalogue.Defaults);
        var state = FloorState.Empty;
        var verdicts = new List<Verdict>();
        foreach (var @event in way.Journal)
        {
            var judgement = rules.Judge(state, FloorFold.Apply(state, @event), @event);
            state = judgement.State;
            verdicts.AddRange(judgement.Changed);
        }

        Assert.True(way.State.Equals(state), $"seed {seed}: the replayed floor is another");
        Assert.True(way.Verdicts.SequenceEqual(verdicts), $"seed {seed}: the replayed verdicts are others");
    }
}
