using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;
using FloorMonitor.Core.Planning;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Service.Wire;

/// <summary>The floor's figures as they leave the house. What they mean is decided in Core's Metrics.</summary>
internal static class FloorFigures
{
    /// <summary>Every queue, by name.</summary>
    public static IReadOnlyList<WireQueue> Queues(FloorState floor, DateTimeOffset now) =>
        [.. QueueFigures.Of(floor).Values.OrderBy(figures => figures.Queue.Name, StringComparer.Ordinal).Select(figures => Of(figures, floor, now))];

    /// <summary>The traffic of the last half hour.</summary>
    public static WireStrip Strip(FloorState floor, DateTimeOffset now) => new(
        (long)TimeSpan.FromMinutes(1).TotalMilliseconds,
        [.. TrafficStrip.Of(floor, now).Minutes.Select(minute => minute.Counts is { } counts
            ? new WireBucket(minute.At, counts.Offered, counts.Answered, counts.Abandoned, counts.AnsweredWithin)
            : new WireBucket(minute.At, null, null, null, null))]);

    /// <summary>The floor as a whole.</summary>
    public static WireTotals Totals(FloorState floor)
    {
        var totals = FloorTotals.Of(floor);
        return new(
            totals.Waiting,
            totals.OldestWaitSince,
            totals.OnBreak,
            totals.InternalCalls,
            totals.SignedIn,
            totals.Available,
            totals.OnCall,
            totals.Ringing,
            totals.WrapUp,
            totals.Unreachable,
            totals.Unknown);
    }

    /// <summary>
    /// The short break of the agent's hour, without one that still runs: that one is in the agent's <c>break</c>, and screens count
    /// it on themselves instead of being told every second. Holds until the hour ends.
    /// </summary>
    public static (WireHour Hour, DateTimeOffset Until) Hour(Agent agent, FloorState floor, in BreakTerms terms, DateTimeOffset now)
    {
        var entitled = terms.Entitlement;
        return BreakHour.Of(agent with { Break = null }, floor.Setup, now, entitled) is { } hour
            ? (new((long)entitled.TotalMilliseconds, (long)hour.Taken.TotalMilliseconds, hour.Since, hour.Until, hour.IsDeclined), hour.Until)
            : (new((long)entitled.TotalMilliseconds, 0, null, null, false), DateTimeOffset.MaxValue);
    }

    /// <summary>The break that an agent waits for, with its sentence.</summary>
    public static WireTicket? Ticket(Agent agent, int? position, FloorState floor, in BreakTerms terms) => agent.Ticket is { } ticket
        ? new(
            ticket.Kind, WireWords.Of(ticket.Status), ticket.RequestedAt, ticket.StartsAt, ticket.EndsAt, position, ticket.By,
            WireMapping.Of(TicketWords.Of(ticket, position ?? 0, terms.Late, floor)))
        : null;

    /// <summary>The kinds of break of which an agent's limit is another than everybody's.</summary>
    public static IReadOnlyList<WireBreakKind> Limits(Agent agent, FloorState floor, DateTimeOffset now)
    {
        // Where nobody can say anything nearer, nobody is asked: a thousand agents come by here.
        if (floor.Setup.BreakLimits.IsEmpty && !Roster.IsKept(floor.Setup)) return [];
        List<WireBreakKind>? own = null;
        foreach (var kind in floor.Setup.Breaks)
        {
            var limit = BreakLimits.Of(floor.Setup, agent, kind.Kind, now);
            if (limit != BreakLimits.General(floor.Setup, kind.Kind)) (own ??= []).Add(new(kind.Kind, WireMapping.Ms(limit)));
        }

        return own ?? (IReadOnlyList<WireBreakKind>)[];
    }

    /// <summary>When an agent is to be warned that the break ends, by the rules in force; null where nothing warns.</summary>
    public static DateTimeOffset? WarnAt(Agent agent, FloorState floor, ImmutableArray<IFloorRule> rules, DateTimeOffset now)
    {
        if (agent.Break is not { EndsAt: { } ends }) return null;
        foreach (var rule in rules)
            if (rule is BreakLimit && RuleScope.For(rule, agent, floor, now) is BreakLimit { Enabled: true } limit) return ends - limit.WarnBefore;
        return null;
    }

    /// <summary>Until when the settle-in lock holds an agent, by the rules in force; null where none runs.</summary>
    public static DateTimeOffset? LockedUntil(Agent agent, FloorState floor, ImmutableArray<IFloorRule> rules, DateTimeOffset now)
    {
        foreach (var rule in rules)
            if (rule is SettleIn && RuleScope.For(rule, agent, floor, now) is SettleIn { } settleIn) return settleIn.LockedUntil(agent, now);
        return null;
    }

    /// <summary>
    /// A graded agent's calls per hour on queue, and until when that is worth showing: it falls with every second, so it moves with
    /// the calls and every five minutes.
    /// </summary>
    public static (WireCph? Cph, DateTimeOffset Until) Cph(Agent agent, FloorState floor, ImmutableArray<IFloorRule> rules, DateTimeOffset now)
    {
        if (agent.Grade is not { } grade) return (null, DateTimeOffset.MaxValue);
        foreach (var rule in rules)
        {
            if (rule is not Core.Rules.Cph || RuleScope.For(rule, agent, floor, now) is not Core.Rules.Cph { Enabled: true } judged || judged.BarOf(grade) is not { } bar) continue;
            var hours = agent.Today?.OnQueueUntil(now).TotalHours ?? 0;
            return (new(hours < 1 ? null : Math.Round(agent.Today!.Handled / hours, 1), bar, grade), now + CphHolds);
        }

        return (null, DateTimeOffset.MaxValue);
    }

    private static readonly TimeSpan CphHolds = TimeSpan.FromMinutes(5);

    /// <summary>How the duty is watched over, by the rules in force; a rule that is turned off says nothing of it.</summary>
    public static WireDutyWatch DutyWatch(FloorState floor, ImmutableArray<IFloorRule> rules, DateTimeOffset now)
    {
        DateTimeOffset? uncovered = null, next = null;
        foreach (var rule in rules)
        {
            if (rule is DutySupervisor { Enabled: true } duty) uncovered = Cover.Missing(floor, now, duty.For, duty.Unseen)?.Since;
            else if (rule is PatrolRecord { Enabled: true } patrol) next = patrol.NextBy(floor, now);
        }

        var to = floor.Duty?.HandingTo;
        return new(uncovered, to, floor.DutyWatch.LastPatrol?.At, next) { HandingToName = to is null ? null : floor.Agents.GetValueOrDefault(to)?.Name ?? to };
    }

    private static WireQueue Of(QueueFigures figures, FloorState floor, DateTimeOffset now)
    {
        var (queue, counters) = (figures.Queue, figures.Queue.Counters);
        var recent = TrafficWindow.Of(queue, floor, now, Traffic.MinutesKept);
        var counts = recent.Counts;
        return new(
            queue.Name,
            queue.Label,
            figures.Waiting,
            figures.OldestWaitSince,
            figures.SignedIn,
            figures.Available,
            figures.OnCall,
            figures.OnBreak,
            counters.Offered,
            counters.Answered,
            counters.Abandoned,
            counters.LeftOtherwise,
            new(Rounded(figures.ServiceLevel), (long)queue.ServiceLevelWithin.TotalMilliseconds, WireWords.Of(queue.Formula)),
            WireMapping.Ms(figures.AverageSpeedOfAnswer),
            WireMapping.Ms(figures.AverageHandleTime),
            Rounded(figures.AbandonRate),
            Rounded(figures.ConnectRate),
            counters.Since,
            (long)counters.Unseen.TotalMilliseconds,
            counters.Missed)
        {
            CalledBackAt = counters.CalledBackAt,
            Recent = new(
                (int)Math.Round(recent.Seen.TotalMinutes), counts.Offered, counts.Answered, counts.Abandoned,
                Rounded(Formulas.ServiceLevel(counts, queue.Formula))),
        };
    }

    // A hundredth of a percent: nobody reads more, and equal figures stay equal.
    private static double? Rounded(double? share) => share is { } value ? Math.Round(value, 4) : null;
}
