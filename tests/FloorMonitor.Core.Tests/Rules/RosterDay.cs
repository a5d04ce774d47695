using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Tests.Rules;

/// <summary>A day of the rules' tests with a roster: 1001 and 1002 of team A work the day shift, the night shift begins at 22:00.</summary>
internal static class RosterDay
{
    public static readonly DateOnly Monday = new(2026, 11, 23);

    public static FloorSetup Setup(params RosterLine[] lines) => FloorSetup.Default with
    {
        Site = "east",
        Feeds = [new(Day.Pbx, "ami")],
        TimeZone = "Asia/Shanghai",
        Agents = [.. Enumerable.Range(1001, 8).Select(id => new AgentSetup($"{id}", $"{id}", "A", $"PJSIP/{id}"))],
        Teams = [new("A", "一班", "1001", null)],
        Shifts =
        [
            new("A", new(9, 0, 0), new(18, 0, 0), []),
            new("N", new(22, 0, 0), new(6, 0, 0), []),
            new("O", new(18, 0, 0), new(20, 0, 0), []),
        ],
        Roster = ValueArray.From(lines),
    };

    public static RosterLine Line(string agent = "1001", string shift = "A", RosterStatus status = RosterStatus.Work, string? seat = null) =>
        new(Monday, agent, shift, seat, status);

    /// <summary>A day on which 1001 works the day shift.</summary>
    public static Day Of(params IFloorRule[] rules) => new(Setup(Line()), rules);
}
