using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Planning;

/// <summary>
/// Advances the tickets as time passes: a slot that came is granted where there is room and waits where there is none, a slot inside a
/// call moves behind it, what was not begun in time is over. Pure: it says what happens now, the writer journals and folds it, and a
/// replay reads it from the journal.
/// </summary>
public sealed class BreakPlanner(ImmutableArray<IFloorRule> rules)
{
    private readonly BreakRota rota = new(rules);

    // Only a memo of who held a ticket among the very same agents; immutable, so that a race costs time and nothing else.
    private volatile Turns? last;

    /// <summary>The steps that are due at a moment, in their order; empty for none.</summary>
    public ImmutableArray<TicketEvent> Advance(FloorState floor, DateTimeOffset now)
    {
        var turns = last;
        if (turns is null || !ReferenceEquals(turns.Agents, floor.Agents)) last = turns = new(floor.Agents, BreakTurns.Of(floor));
        if (turns.InTurn.Length == 0 && !rota.IsKept) return [];
        var steps = new Steps(rules, floor, now);
        // What is given back first, so that whose turn it is finds it.
        foreach (var agent in turns.InTurn) steps.Advance(agent);
        steps.TakeTurns();
        if (rota.IsKept) BreakRota.Arrange(steps);
        return steps.Result();
    }

    private sealed record Turns(ImmutableDictionary<string, Agent> Agents, Agent[] InTurn);

    /// <summary>The steps of one moment, with the places as they are given away in it.</summary>
    internal sealed class Steps(ImmutableArray<IFloorRule> rules, FloorState floor, DateTimeOffset now)
    {
        private ImmutableArray<TicketEvent>.Builder? steps;
        private List<(Agent Agent, BreakTicket Ticket)>? turns;
        private BreakCensus? census;

        /// <summary>The floor.</summary>
        public FloorState Floor => floor;

        /// <summary>The moment.</summary>
        public DateTimeOffset Now => now;

        /// <summary>The places; counted only when somebody asks.</summary>
        public BreakCensus Census => census ??= BreakCensus.Of(floor, now);

        /// <summary>What the rules say of an agent.</summary>
        public BreakTerms TermsOf(Agent agent) => BreakTerms.For(rules, agent, floor, now);

        /// <summary>Adds a step.</summary>
        public void Add(TicketEvent step) => (steps ??= ImmutableArray.CreateBuilder<TicketEvent>()).Add(step);

        /// <summary>All of them.</summary>
        public ImmutableArray<TicketEvent> Result() => steps?.ToImmutable() ?? [];

        /// <summary>Does what is due about one agent's ticket. While they are out of sight nothing is (principle 1).</summary>
        public void Advance(Agent agent)
        {
            var ticket = agent.Ticket!;
            if (!Sight.IsClear(agent, floor)) return;
            if (agent.Session is not { } session || session.LeftAt + Session.QueueChangeWindow < now)
            {
                Expire(agent);
                return;
            }

            // One who just left may be changing queues.
            if (session.LeftAt is not null) return;
            var isOccupied = TicketMoves.IsOccupied(agent, now);
            if (!isOccupied && TicketMoves.Behind(agent, ticket) is var moved && !ReferenceEquals(moved, ticket))
            {
                Add(new BreakDeferred(now, agent.Id, moved.StartsAt!.Value, moved.EndsAt!.Value, BreakTicket.Monitor, moved.MovedBehind));
                ticket = moved;
            }

            switch (ticket)
            {
                // What nobody asked for waits no longer than its hour: the next one has its own.
                case { By: BreakTicket.Monitor, Status: TicketStatus.Queued } when now >= ticket.Hour + BreakHour.Length:
                    Expire(agent);
                    break;
                case { Status: TicketStatus.Granted, StartsAt: { } starts } when !isOccupied && now > starts + TermsOf(agent).Late:
                    Expire(agent);
                    break;
                case { Status: TicketStatus.Planned, StartsAt: { } starts } when starts <= now:
                case { Status: TicketStatus.Queued }:
                    (turns ??= []).Add((agent, ticket));
                    break;
            }
        }

        /// <summary>Gives the places that there are to those whose turn it is.</summary>
        public void TakeTurns()
        {
            if (turns is null) return;
            foreach (var (agent, ticket) in turns) TakeTurn(agent, ticket);
        }

        private void Expire(Agent agent)
        {
            Add(new BreakExpired(now, agent.Id));
            if (census is not null && agent.Team is { } team) census.Of(team).Free(agent.Id);
        }

        private void TakeTurn(Agent agent, BreakTicket ticket)
        {
            var terms = TermsOf(agent);
            if (terms.Lock?.LockEnds(agent, ticket.Kind) > now) return;
            var hour = BreakHour.From(agent, ticket.Hour, now, terms.Entitlement);
            var length = ticket.EndsAt - ticket.StartsAt ?? ticket.For ?? BreakTurns.LengthOf(agent, ticket.Kind, hour, terms, floor.Setup, now);
            if (HasRoom(agent, ticket, terms) && BreakSlots.IsOutsideMeals(agent, ticket.Kind, now, length, floor))
            {
                // One whose time to begin passed before anybody could grant it gets the whole of it from now on.
                var starts = ticket.StartsAt is { } slot && slot + terms.Late > now ? slot : now;
                Add(new BreakGranted(now, agent.Id, ticket.Kind, ticket.Hour, starts, starts + length, ticket.By));
                if (agent.Team is { } team) Census.Of(team).Take(agent.Id, now, now + length, isNow: true);
            }
            else if (ticket.Status != TicketStatus.Queued)
            {
                Add(new BreakQueued(now, agent.Id));
                if (agent.Team is { } team) Census.Of(team).Free(agent.Id);
            }
        }

        private bool HasRoom(Agent agent, BreakTicket ticket, in BreakTerms terms)
        {
            if (agent.Team is not { } team || terms.Cap is not { } cap || !BreakCensus.Counts(ticket.Kind)) return true;
            var count = Census.Of(team);
            return count.TakenBeside(agent.Id) < cap.CapOf(count.SignedIn, cap.Tightens && Census.IsShort(agent));
        }
    }
}
