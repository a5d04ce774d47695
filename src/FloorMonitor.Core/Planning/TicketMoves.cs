using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Planning;

/// <summary>
/// A slot that a call or a gap in sight fell into moves to its end (principles 1 and 2). By facts alone, so that the fold of a pause and
/// the planner on a tick find the same.
/// </summary>
internal static class TicketMoves
{
    /// <summary>The ticket as it is moved; the very same where nothing moves it. Allocates nothing then.</summary>
    public static BreakTicket Behind(Agent agent, BreakTicket ticket)
    {
        if (ticket is not { StartsAt: { } starts, EndsAt: { } ends }) return ticket;
        if (agent.LastCall is { } call && call.Since < ends && LiveCall.EndOf(agent, call) is var over && over > starts)
            return ticket with { StartsAt = over, EndsAt = over + (ends - starts), MovedBehind = call with { Until = over } };
        foreach (var gap in agent.Unseen)
            if (gap.Since < ends && gap.Until > starts) return ticket with { StartsAt = gap.Until, EndsAt = gap.Until + (ends - starts) };
        return ticket;
    }

    /// <summary>Whether a call or its wrap-up goes on, whose end nobody knows yet.</summary>
    public static bool IsOccupied(Agent agent, DateTimeOffset now) => AgentStatus.IsBusy(agent) || agent.WrapUp?.EndsAt > now;
}
