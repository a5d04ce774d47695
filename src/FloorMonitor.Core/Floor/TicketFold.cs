using System.Diagnostics;
using FloorMonitor.Core.Metrics;
using FloorMonitor.Core.Planning;

namespace FloorMonitor.Core.Floor;

/// <summary>The tickets of breaks: what was decided of them, and the pause that uses one up.</summary>
internal static class TicketFold
{
    /// <summary>Bound of <see cref="Agent.DeclinedHours"/>; the oldest go first.</summary>
    private const int MaxDeclined = 16;

    /// <summary>Does a step. Who is not there has no ticket.</summary>
    public static void Step(ref FloorDraft draft, TicketEvent step)
    {
        if (!draft.Agents.TryGetValue(step.Agent, out var agent)) return;
        var ticket = agent.Ticket;
        draft.Put(step switch
        {
            BreakRequested e => agent with { TicketHour = e.Hour, Ticket = Of(ticket, e.Kind, e.Hour, e.By, e) with { StartsAt = null, EndsAt = null } },
            BreakPlanned e => agent with
            {
                TicketHour = e.Hour,
                Ticket = Of(ticket, e.Kind, e.Hour, e.By, e) with
                {
                    Status = TicketStatus.Planned,
                    StartsAt = e.StartsAt,
                    EndsAt = e.EndsAt,
                    For = e.For ?? Granted(ticket, e.Kind),
                    MovedBehind = null,
                },
            },
            BreakGranted e => agent with
            {
                TicketHour = e.Hour,
                Ticket = Of(ticket, e.Kind, e.Hour, e.By, e) with
                {
                    Status = TicketStatus.Granted,
                    StartsAt = e.StartsAt,
                    EndsAt = e.EndsAt,
                    For = e.For ?? Granted(ticket, e.Kind),
                },
            },
            BreakDeferred e when ticket is not null => agent with
            {
                Ticket = ticket with
                {
                    // One that was moved ahead again has to be granted anew when its time comes.
                    Status = e.StartsAt > e.At ? TicketStatus.Planned : ticket.Status,
                    StartsAt = e.StartsAt,
                    EndsAt = e.EndsAt,
                    MovedBehind = e.Call ?? ticket.MovedBehind,
                    Entry = e.Entry,
                },
            },
            BreakQueued e when ticket is not null => agent with
            {
                Ticket = ticket with { Status = TicketStatus.Queued, StartsAt = null, EndsAt = null, Entry = e.Entry },
            },
            BreakDeclined e => Declined(agent, e),
            BreakCancelled or BreakExpired => agent with { Ticket = null },
            BreakDeferred or BreakQueued => agent,
            _ => throw new UnreachableException($"No arm folds {step.GetType().Name}."),
        });
    }

    /// <summary>
    /// A break that begins uses up the ticket of its kind, whether it came through the gate or from the switch's own command line. One
    /// that a call, or a slot at the hour's end, kept from being taken in its hour is still the break of that hour.
    /// </summary>
    public static Agent Use(in FloorDraft draft, Agent before, Agent next)
    {
        if (next.Break is not { Ticket: null } running) return next;
        // The same break with another deadline is no new one.
        if (before.Break is { } was && was.Since == running.Since && was.Kind == running.Kind) return next;
        var used = next.Ticket is { } ticket && ticket.Kind == running.Kind ? TicketMoves.Behind(next, ticket) : null;
        var hour = running.Kind == BreakHour.Kind ? HourOf(draft.Setup, next, running, used) : null;
        if (used is null && hour is null) return next;
        var taken = running with { Ticket = used, Hour = hour };
        // A kind without a limit lasts as long as was granted (D2.4), counted like any other from when the break began.
        if (running.Limit is null && used?.For is { } granted) taken = taken with { Limit = granted, EndsAt = running.Since + granted };
        return next with { Break = taken, Ticket = used is null ? next.Ticket : null };
    }

    private static DateTimeOffset? HourOf(FloorSetup setup, Agent agent, Break running, BreakTicket? used)
    {
        var own = BreakHour.SinceOf(agent, setup, running.Since);
        if (used?.Hour == own) return own;
        var earlier = own - BreakHour.Length;
        var call = agent.HourCall is { } one && one.Since < own && one.Until >= own ? one : null;
        if (running.Since > BreakHour.DueBy(own, call)) return null;
        if (used?.Hour == earlier) return earlier;
        var isOwed = !BreakHour.HasBegun(agent with { Break = null }, earlier) && !agent.DeclinedHours.AsSpan().Contains(earlier);
        return call is not null && isOwed ? earlier : null;
    }

    private static Agent Declined(Agent agent, BreakDeclined e)
    {
        var next = agent.Ticket is { Kind: BreakHour.Kind } ? agent with { Ticket = null } : agent;
        if (next.DeclinedHours.AsSpan().Contains(e.Hour)) return next;
        var kept = next.DeclinedHours.Count < MaxDeclined ? next.DeclinedHours : next.DeclinedHours.RemoveAt(0);
        return next with { DeclinedHours = kept.Add(e.Hour) };
    }

    // What a person granted stands while the ticket is moved and waits, until a person says something else.
    private static TimeSpan? Granted(BreakTicket? standing, string kind) => standing?.Kind == kind ? standing.For : null;

    // One of the same kind goes on from when it was first asked for; another kind is another ticket.
    private static BreakTicket Of(BreakTicket? standing, string kind, DateTimeOffset hour, string by, TicketEvent e) => standing is { } one && one.Kind == kind
        ? one with { Status = TicketStatus.Queued, Hour = hour, By = by, Entry = e.Entry }
        : new(kind, TicketStatus.Queued, e.At, by, hour, e.Entry);
}
