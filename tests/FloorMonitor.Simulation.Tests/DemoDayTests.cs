using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Pbx.Simulated;

namespace FloorMonitor.Simulation.Tests;

/// <summary>The demo, the whole way: what a newcomer sees in the first two minutes.</summary>
public sealed class DemoDayTests
{
    private static FloorSetup Setup => FloorSetup.Default with
    {
        Site = "demo",
        TimeZone = DemoConfigTests.Demo.Setup.TimeZone,
        Feeds = [new FeedSetup("sim", "simulated")],
        Agents = DemoFloor.Agents,
        Teams = DemoFloor.Teams,
        Queues = DemoFloor.Queues,
        Shifts = DemoConfigTests.Demo.Setup.Shifts,
        Roster = DemoConfigTests.Demo.Setup.Roster,
        OpeningHours = DemoConfigTests.Demo.Setup.OpeningHours,
    };

    // What the demo cannot show within two minutes, and why.
    private static readonly Dictionary<string, string> NotShown = new()
    {
        ["muster"] = "it is over with the start of a shift, and what was due before the first sight is held against nobody",
        ["hourly-break"] = "an hour of the shift has to be seen whole",
        ["patrol-record"] = "the first round is due two hours after the duty was taken",
        ["attendance-rate"] = "it is looked at after fifteen minutes of a shift that were seen",
        ["traffic-peak"] = "it knows what an hour of the week usually brings only after three weeks",
        ["system-fault"] = "the demo's switch and store do not fail, and nobody should be frightened by the first look at a floor",
        ["understaffed"] = "it looks at a quarter of an hour of calls",
        ["cph"] = "it looks when an hour on queue is full",
    };

    [Theory]
    [InlineData(2012UL)]
    [InlineData(5UL)]
    [InlineData(100UL)]
    [InlineData(115UL)]
    [InlineData(129UL)]
    [InlineData(136UL)]
    [InlineData(143UL)]
    [InlineData(348UL)]
    public async Task Every_rule_that_exists_opens_within_two_minutes(ulong seed)
    {
        await using var way = await DemoAsync(seed);
        var states = new HashSet<AgentState>();
        for (var second = 0; second < 120; second++)
        {
            await way.StepAsync(TimeSpan.FromSeconds(1));
            if (second == (int)DemoFloor.TakesTheDuty.After.TotalSeconds) way.Say(new DutyTaken(way.State.At, DemoFloor.TakesTheDuty.Who));
            if (second == (int)DemoFloor.HandTimes.Up.TotalSeconds) way.Say(new HandRaised(way.State.At, DemoFloor.RaisesAHand));
            states.UnionWith(way.State.Agents.Values.Select(agent => agent.State));

            // Put back by the monitor, at the switch itself, three times.
            if (second == 105) Assert.Contains(way.State.Agents["1008"].Members, member => member.Queue == "support");
        }

        var opened = way.Verdicts.Select(verdict => verdict.Rule).ToHashSet();
        Assert.Empty(RuleCatalogue.All.Keys.Except(NotShown.Keys).Except(opened));
        Assert.Empty(opened.Intersect(NotShown.Keys));
        Assert.Contains(way.Verdicts, verdict => verdict.Rule == "settle-in" && verdict.Subject.Id == "1008");
        Assert.Contains(way.Verdicts, verdict => verdict.Rule == "settle-in" && verdict.Subject.Id == "1017");
        Assert.Contains(way.Verdicts, verdict => verdict.Rule == "break-limit" && verdict.Subject.Id == "1005");
        Assert.Contains(way.Verdicts, verdict => verdict.Rule == "break-limit" && verdict.Subject.Id == "1014");
        Assert.Contains(way.State.Verdicts.Values, verdict => verdict.Rule == "break-limit" && verdict.Subject.Id == "1012");
        // The fourth time it stays out, and the verdict that stands says why.
        Assert.Equal(AgentState.SignedOut, way.State.Agents["1008"].State);
        Assert.Contains(way.State.Verdicts.Values, verdict => verdict.Rule == "settle-in" && verdict.Subject.Id == "1008" && verdict.History.Any(step => step.Step == "limit-reached"));
        Assert.Superset(
            new HashSet<AgentState> { AgentState.Available, AgentState.Ringing, AgentState.OnCall, AgentState.OnHold, AgentState.WrapUp, AgentState.OnBreak, AgentState.Unreachable },
            states);
        Assert.Empty(way.Violations);
        Assert.Empty(Agreement.Differences(way.State, way.Pbx.Switch));
    }

    [Fact]
    public async Task Nobody_is_blamed_whom_the_script_does_not_name()
    {
        await using var way = await DemoAsync(2012);
        await way.RunAsync(TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1));
        Assert.All(
            way.Verdicts.Where(verdict => verdict is { Subject.Kind: "agent", Rule: "settle-in" or "break-limit" }),
            verdict => Assert.Contains(verdict.Subject.Id, new[] { "1005", "1008", "1012", "1014", "1017" }));
    }

    [Fact]
    public async Task The_demo_begins_anew_every_ten_minutes_with_other_people()
    {
        await using var way = await DemoAsync(2012);
        await way.RunAsync(TimeSpan.FromMinutes(22), TimeSpan.FromSeconds(2));
        foreach (var (round, agent) in new[] { (1, "1011"), (2, "1002") })
        {
            var from = WholeWay.Start + TimeSpan.FromMinutes(10 * round);
            Assert.Contains(way.Verdicts, verdict => verdict.Rule == "settle-in" && verdict.Subject.Id == agent && verdict.OpenedAt >= from && verdict.OpenedAt < from + TimeSpan.FromMinutes(2));
            Assert.Contains(way.Verdicts, verdict => verdict.Rule == "break-limit" && verdict.Subject.Id == "1005" && verdict.OpenedAt >= from && verdict.OpenedAt < from + TimeSpan.FromMinutes(2));
        }

        Assert.Empty(way.Violations);
        Assert.Empty(Agreement.Differences(way.State, way.Pbx.Switch));
    }

    private static Task<WholeWay> DemoAsync(ulong seed) => WholeWay.StartAsync(
        DemoFloor.Plan(seed), Setup, pbx => new DemoScript(pbx).Plan(), new RuleBook(DemoConfigTests.Demo.Rules));
}
