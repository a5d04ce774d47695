using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Planning;

/// <summary>
/// The rotation: where <c>hourly-break</c> says <c>arrange: true</c>, everybody who did not ask is given a slot in every hour of the
/// shift, a team's slots spread over it, each where the cap holds.
/// </summary>
internal sealed class BreakRota(ImmutableArray<IFloorRule> rules)
{
    /// <summary>So many slots are arranged in one step at most: when a shift of thousands begins, the rest come with the next ticks.</summary>
    private const int MostAtOnce = 50;

    /// <summary>Whether anybody's break is arranged unasked.</summary>
    public bool IsKept { get; } = rules.Any(rule => rule is HourlyBreak hourly
        && (hourly.Arrange || hourly.Overrides.AsSpan().ToArray().Any(one => one.Rule is HourlyBreak { Arrange: true })));

    /// <summary>Gives a slot to those who have none for the hour that runs.</summary>
    public static void Arrange(BreakPlanner.Steps steps)
    {
        List<Agent>? without = null;
        foreach (var (_, agent) in steps.Floor.Agents)
            if (Lacks(agent, steps)) (without ??= []).Add(agent);
        if (without is null) return;
        // In the order of ids: a dictionary's own order differs from one process to the next.
        without.Sort(static (left, right) => string.CompareOrdinal(left.Id, right.Id));
        foreach (var agent in without.Take(MostAtOnce)) Arrange(agent, steps);
    }

    private static bool Lacks(Agent agent, BreakPlanner.Steps steps)
    {
        if (agent.Session is not { LeftAt: null } || agent.Ticket is not null || agent.Break is not null) return false;
        var hour = BreakHour.SinceOf(agent, steps.Floor.Setup, steps.Now);
        if (agent.TicketHour == hour || BreakHour.HasBegun(agent, hour) || agent.DeclinedHours.AsSpan().Contains(hour)) return false;
        if (!Sight.IsClear(agent, steps.Floor)) return false;
        return Roster.Of(steps.Floor, agent.Id, steps.Now) is not { } shift || (shift.IsWorked && shift.Holds(steps.Now));
    }

    private static void Arrange(Agent agent, BreakPlanner.Steps steps)
    {
        var (floor, now) = (steps.Floor, steps.Now);
        var terms = steps.TermsOf(agent);
        if (!terms.IsArranged) return;
        var hour = BreakHour.Of(agent, floor.Setup, now, terms.Entitlement)!;
        var length = BreakTurns.LengthOf(agent, BreakHour.Kind, hour, terms, floor.Setup, now);
        var earliest = terms.Lock?.LockEnds(agent, BreakHour.Kind) is { } locked && locked > now ? locked : now;
        var latest = hour.Until - length;
        if (earliest > latest) return;
        var count = agent.Team is { } team ? steps.Census.Of(team) : TeamCount.Nobody;
        var cap = terms.Cap?.CapOf(count.SignedIn, isTight: false) ?? int.MaxValue;
        // Everybody of a team at another part of the hour, each hour alike, side by side; where that is full, wherever there is room.
        var places = ((latest - earliest).Ticks / length.Ticks) + 1;
        var wanted = earliest + (length * Math.Floor(places * PartOf(agent, floor)));
        var start = BreakSlots.Find(agent, BreakHour.Kind, count, cap, length, wanted, latest, floor)
            ?? BreakSlots.Find(agent, BreakHour.Kind, count, cap, length, earliest, latest, floor);
        if (start is not { } slot)
        {
            // More than the hour has room for: whoever comes back early, or does not go, makes place.
            steps.Add(new BreakRequested(now, agent.Id, BreakHour.Kind, hour.Since, BreakTicket.Monitor));
            return;
        }

        steps.Add(new BreakPlanned(now, agent.Id, BreakHour.Kind, hour.Since, slot, slot + length, BreakTicket.Monitor));
        if (agent.Team is not null) count.Take(agent.Id, slot, slot + length, isNow: false);
    }

    // Which part of the hour: by the place in the team's list, so that neighbours follow one another.
    private static double PartOf(Agent agent, FloorState floor)
    {
        var (before, all) = (0, 0);
        foreach (var other in floor.Setup.Agents)
        {
            if (other.Team != agent.Team) continue;
            all++;
            if (string.CompareOrdinal(other.Id, agent.Id) < 0) before++;
        }

        return all == 0 ? 0 : (double)before / all;
    }
}
