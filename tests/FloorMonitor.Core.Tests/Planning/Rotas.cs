using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using FloorMonitor.Core.Tests.Rules;

namespace FloorMonitor.Core.Tests.Planning;

/// <summary>Days of teams whose breaks are asked for, given and planned.</summary>
internal static class Rotas
{
    /// <summary>The setup of a team of agents 1 to n.</summary>
    public static FloorSetup Setup(int agents) => FloorSetup.Default with
    {
        Feeds = [new(Day.Pbx, "ami")],
        TimeZone = "Asia/Shanghai",
        Agents = ValueArray.From(Enumerable.Range(1, agents).Select(id => new AgentSetup($"{id}", $"{id}", "a", $"PJSIP/{id}"))),
        Teams = [new("a", "甲班", null, null)],
    };

    /// <summary>A team that signed in to queue support at nine, with every rule about breaks.</summary>
    public static Day Team(int agents, params IFloorRule[] rules)
    {
        var day = new Day(Setup(agents), rules.Length > 0 ? rules : Rules()) { Obeys = true }.At("09:00");
        for (var id = 1; id <= agents; id++) day.Joins($"{id}", "support", wrapUpSeconds: 30);
        return day;
    }

    /// <summary>The rules about breaks, the cap as it is wanted.</summary>
    public static IFloorRule[] Rules(double max = 0.10, int atLeast = 1, bool arrange = false) =>
        [new SettleIn(), new BreakLimit(), new ConcurrentBreaks { Max = max, AtLeast = atLeast }, new BreakSlot(), new BreakQuota(), new HourlyBreak { Arrange = arrange }];

    /// <summary>Somebody asks for a break.</summary>
    public static GateAnswer Asks(this Day day, int agent, string kind = "short") => day.Does(new RequestBreak($"{agent}", $"{agent}", kind));

    /// <summary>Somebody goes on a break through the gate.</summary>
    public static GateAnswer Goes(this Day day, int agent, string kind = "short") => day.Does(new TakeBreak($"{agent}", $"{agent}", kind));

    /// <summary>The ticket of an agent.</summary>
    public static BreakTicket? Ticket(this Day day, int agent) => day[$"{agent}"].Ticket;
}
