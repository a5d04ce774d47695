using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;

namespace FloorMonitor.Core.Planning;

/// <summary>
/// Whose turn it is. Those whose hour ends first come first, and of one hour who waited longest (earliest deadline first, Liu and
/// Layland, J. ACM 20, 1973): a deadline never moves, so whoever asks later cannot overtake for longer than an hour, and nobody starves.
/// </summary>
internal static class BreakTurns
{
    /// <summary>Who comes first of two.</summary>
    public static int Compare(Agent left, Agent right)
    {
        var (one, other) = (left.Ticket!, right.Ticket!);
        var order = one.Hour.CompareTo(other.Hour);
        if (order == 0) order = one.RequestedAt.CompareTo(other.RequestedAt);
        return order != 0 ? order : string.CompareOrdinal(left.Id, right.Id);
    }

    /// <summary>The agents who hold a ticket, in their turns.</summary>
    public static Agent[] Of(FloorState floor)
    {
        List<Agent>? found = null;
        foreach (var (_, agent) in floor.Agents)
            if (agent.Ticket is not null) (found ??= []).Add(agent);
        if (found is null) return [];
        found.Sort(Compare);
        return [.. found];
    }

    /// <summary>Decides a request: granted now, a slot, or a place in the queue.</summary>
    public static TicketEvent Decide(Agent agent, string kind, string by, FloorState floor, ImmutableArray<Rules.IFloorRule> rules, DateTimeOffset now)
    {
        var terms = BreakTerms.For(rules, agent, floor, now);
        var hour = BreakHour.Of(agent, floor.Setup, now, terms.Entitlement) ?? BreakHour.From(agent, now, now);
        var length = LengthOf(agent, kind, hour, terms, floor.Setup, now);
        var grant = new BreakGranted(now, agent.Id, kind, hour.Since, now, now + length, by);
        if (agent.Team is not { } team || terms.Cap is not { } cap || !BreakCensus.Counts(kind)) return grant;
        var census = BreakCensus.Of(floor, now, team);
        var count = census.Of(team);
        var hasRoom = count.TakenBeside(agent.Id) < cap.CapOf(count.SignedIn, cap.Tightens && census.IsShort(agent));
        if (hasRoom && !count.IsAnybodyAhead(hour.Since) && BreakSlots.IsOutsideMeals(agent, kind, now, length, floor)) return grant;
        var start = BreakSlots.Find(agent, kind, count, cap.CapOf(count.SignedIn, isTight: false), length, now, LatestStart(kind, hour, length, now), floor);
        return start is { } slot
            ? new BreakPlanned(now, agent.Id, kind, hour.Since, slot, slot + length, by)
            : new BreakRequested(now, agent.Id, kind, hour.Since, by);
    }

    /// <summary>How long an agent's break of a kind is in an hour of which part may be taken.</summary>
    public static TimeSpan LengthOf(Agent agent, string kind, BreakHour hour, in BreakTerms terms, FloorSetup setup, DateTimeOffset at)
    {
        var length = terms.LengthOf(agent, kind, setup, at);
        return kind == BreakHour.Kind && hour.Left > TimeSpan.Zero && hour.Left < length ? hour.Left : length;
    }

    /// <summary>When a break has to start at the latest: a short one so that it ends within its hour, if it still can.</summary>
    public static DateTimeOffset LatestStart(string kind, BreakHour hour, TimeSpan length, DateTimeOffset now)
    {
        if (kind != BreakHour.Kind) return now + LookAhead;
        return hour.Until - length > now ? hour.Until - length : hour.Until.AddTicks(-1);
    }

    // Who asks for a meal wants it in this half of the shift.
    private static TimeSpan LookAhead => TimeSpan.FromHours(4);
}
