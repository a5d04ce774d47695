using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Hubs;
using FloorMonitor.Service.Tests.Support;
using FloorMonitor.Service.Wire;

namespace FloorMonitor.Service.Tests.Wire;

/// <summary>How long breaks may last as pages are told: everybody's limits once, and an agent's own where they are others.</summary>
public sealed class AgentLimitsTests
{
    private static readonly DateTimeOffset At = Floors.Start;

    [Fact]
    public async Task Only_the_limits_of_an_agent_that_are_not_everybodys_are_told_of_them()
    {
        using var engine = await new EngineUnderTest().StartAsync();
        engine.Say(Floors.Synced("pbx", At, Floors.Member("1001", "support", At), Floors.Member("1002", "sales", At)));
        var views = new FloorViews(engine.Board, engine.Store, engine.Notes, engine.Time);
        Assert.All(views.Current().Snapshot.Agents, agent => Assert.Empty(agent.Limits));

        var rule = new BreakLimit { Short = TimeSpan.FromMinutes(7) };
        rule = rule with { Overrides = [new RuleOverride(RuleOverride.Queue, "support", rule with { Short = TimeSpan.FromSeconds(450), Meal = TimeSpan.FromMinutes(50) })] };
        engine.Writer.House(new FloorConfigured(At, engine.State.Setup with { BreakLimits = rule.Limits() }));
        engine.Work();
        var view = views.Current();
        // What rules.yaml says for everybody is everybody's limit, not floor.yaml's.
        Assert.Equal(420_000, view.Snapshot.BreakKinds.Single(kind => kind.Kind == "short").LimitMs);
        Assert.Equal([new WireBreakKind("short", 450_000), new WireBreakKind("meal", 3_000_000)], view.Agent("1001")!.Limits);
        Assert.Empty(view.Agent("1002")!.Limits);

        // Time alone changes nothing of them, so nothing is sent.
        engine.Time.Advance(TimeSpan.FromSeconds(11));
        Assert.Same(view.Agent("1001"), views.Current().Agent("1001"));
    }
}
