using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;
using FloorMonitor.Core.Planning;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Gate;

/// <summary>Tickets of breaks at the gate: what an agent asks for and does without, what a lead gives and moves.</summary>
internal static class GateBreaks
{
    /// <summary>Longer ahead nobody knows who will be there.</summary>
    private static readonly TimeSpan LookAhead = TimeSpan.FromHours(12);

    /// <summary>
    /// Refused by what waiting does not change (lock, quota); else granted now, planned or queued. A personal need waits for nothing
    /// (principle 4): it is taken at once.
    /// </summary>
    public static GateAnswer Request(RequestBreak command, Agent agent, FloorState floor, ImmutableArray<IFloorRule> rules, DateTimeOffset now)
    {
        var kind = FloorGate.BreakKindNamed(command.Kind, floor)?.Kind ?? command.Kind;
        var take = new TakeBreak(command.Agent, command.By, kind) { Door = command.Door };
        var answer = GateStates.Break(take, agent, floor);
        if (answer is not Granted || kind == BreakKinds.Personal) return answer;
        if (agent.Break is { } other)
        {
            var name = Sentences.Break(other.Kind);
            return GateStates.No($"正在{name.Zh},结束后再申请", $"On {name.En}: ask again when it is over");
        }

        if (agent.Ticket is { } standing) return Standing(agent, standing, floor, rules, now);
        if (!GateGrants.Lifts(take, agent, now) && FloorGate.RefusedByRules(take, agent, floor, rules, now, isRequest: true) is { } refused) return refused;
        return new Granted([]) { Decided = [BreakTurns.Decide(agent, kind, command.By, floor, rules, now)] };
    }

    /// <summary>A lead's word opens a break now or at a time, under the very cap that the monitor keeps (principle 3).</summary>
    public static GateAnswer Grant(GrantBreak command, Agent agent, FloorState floor, ImmutableArray<IFloorRule> rules, DateTimeOffset now)
    {
        if (command.By == agent.Id) return GateStates.No("不能自己批准自己", "Nobody grants a break to themselves");
        var kind = command.Kind ?? agent.Ticket?.Kind ?? BreakKinds.ShortBreak;
        kind = FloorGate.BreakKindNamed(kind, floor)?.Kind ?? kind;
        var take = new TakeBreak(agent.Id, command.By, kind) { Door = command.Door };
        if (GateStates.Break(take, agent, floor) is Refused no) return no;
        var at = command.At is { } asked && asked > now ? asked : now;
        if (command.At < now - TimeSpan.FromMinutes(1)) return GateStates.No("该时间已过", "That instant is past");
        if (at - now > LookAhead) return GateStates.No("只能安排 12 小时以内的休息", "A break is planned for the next 12 h only");
        if (!GateGrants.Lifts(take, agent, at) && FloorGate.RefusedByRules(take, agent, floor, rules, at, isRequest: true) is { } refused) return refused;
        if (command.For is not null && BreakLimits.Of(floor.Setup, agent, kind, at) is { } limit)
        {
            var name = Sentences.Break(kind);
            return GateStates.No($"{name.Zh}限 {Sentences.Zh(limit)},不能另定时长", $"{Sentences.Capital(name.En)} lasts {Sentences.En(limit)}: no other length is granted");
        }

        var terms = BreakTerms.For(rules, agent, floor, now);
        var hour = BreakHour.Of(agent, floor.Setup, at, terms.Entitlement)!;
        var length = command.For ?? (agent.Ticket?.Kind == kind ? agent.Ticket.For : null) ?? BreakTurns.LengthOf(agent, kind, hour, terms, floor.Setup, at);
        var forHour = agent.Ticket is { } ticket && ticket.Kind == kind ? ticket.Hour : hour.Since;
        if (!BreakSlots.IsOutsideMeals(agent, kind, at, length, floor))
            return GateStates.No($"{Sentences.Clock(at, floor)} 与用餐时段冲突", $"{Sentences.Clock(at, floor)} does not go with the meal of the shift");
        if (Full(agent, kind, at, length, terms, floor, now) is { } full) return full;
        return new Granted([])
        {
            Decided = at > now
                ? [new BreakPlanned(now, agent.Id, kind, forHour, at, at + length, command.By) { For = command.For }]
                : [new BreakGranted(now, agent.Id, kind, forHour, now, now + length, command.By) { For = command.For }],
        };
    }

    /// <summary>A slot is moved back to where there is room for it, so much later or, where that is full, soon after.</summary>
    public static GateAnswer Defer(DeferBreak command, Agent agent, FloorState floor, ImmutableArray<IFloorRule> rules, DateTimeOffset now)
    {
        if (command.By == agent.Id) return GateStates.No("推迟休息由班组长决定", "A lead defers a break; who does not want it yet cancels it");
        if (agent.Ticket is not { StartsAt: { } starts, EndsAt: { } ends } ticket)
            return GateStates.No("没有已安排的休息可推迟", "There is no planned or granted break to defer");
        if (command.For <= TimeSpan.Zero) return GateStates.No("推迟须至少 1 分钟", "A break is deferred by at least 1 min");
        var wanted = (starts > now ? starts : now) + command.For;
        if (wanted - now > LookAhead) return GateStates.No("只能推迟到 12 小时以内", "A break is planned for the next 12 h only");
        var terms = BreakTerms.For(rules, agent, floor, now);
        var (start, length) = (wanted, ends - starts);
        if (!BreakSlots.IsOutsideMeals(agent, ticket.Kind, wanted, length, floor) || Full(agent, ticket.Kind, wanted, length, terms, floor, now) is not null)
        {
            var count = CountOf(agent, floor, now);
            if (BreakSlots.Find(agent, ticket.Kind, count, CapOf(terms, count), length, wanted, now + LookAhead, floor) is not { } free)
                return GateStates.No("此后没有空余时段", "There is no room after that");
            start = free;
        }

        return new Granted([]) { Decided = [new BreakDeferred(now, agent.Id, start, start + length, command.By, null)] };
    }

    /// <summary>Given back; the place is another's.</summary>
    public static GateAnswer Cancel(CancelBreak command, Agent agent, DateTimeOffset now) => agent.Ticket is null
        ? GateStates.No("没有休息申请", "No break is asked for or planned")
        : new Granted([]) { Decided = [new BreakCancelled(now, agent.Id, command.By)] };

    /// <summary>The hour's break is declined: it is not held against the floor that it was not given.</summary>
    public static GateAnswer Decline(DeclineBreak command, Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (BreakHour.Of(agent, floor.Setup, now) is not { } hour) return GateStates.No("尚未签入", "Not signed in");
        if (hour.IsDeclined) return GateStates.No("本小时小休已放弃", "The break of this hour is declined already");
        if (BreakHour.HasBegun(agent, hour.Since)) return GateStates.No("本小时已小休", "The break of this hour was had");
        return new Granted([]) { Decided = [new BreakDeclined(now, agent.Id, hour.Since, command.By)] };
    }

    /// <summary>What the gate lets through is a grant, which the pause that follows uses up.</summary>
    public static GateAnswer WithGrant(Granted answer, TakeBreak take, Agent agent, FloorState floor, ImmutableArray<IFloorRule> rules, DateTimeOffset now)
    {
        if (!BreakCensus.Counts(take.Kind) || agent.Ticket is { Status: TicketStatus.Granted } ticket && ticket.Kind == take.Kind) return answer;
        var terms = BreakTerms.For(rules, agent, floor, now);
        var hour = BreakHour.Of(agent, floor.Setup, now, terms.Entitlement) ?? BreakHour.From(agent, now, now);
        var forHour = agent.Ticket is { } planned && planned.Kind == take.Kind ? planned.Hour : hour.Since;
        var until = now + BreakTurns.LengthOf(agent, take.Kind, hour, terms, floor.Setup, now);
        return answer with { Decided = [new BreakGranted(now, agent.Id, take.Kind, forHour, now, until, take.By)] };
    }

    private static Refused Standing(Agent agent, BreakTicket standing, FloorState floor, ImmutableArray<IFloorRule> rules, DateTimeOffset now)
    {
        var position = TicketWords.Positions(floor)?.GetValueOrDefault(agent.Id) ?? 0;
        var text = TicketWords.Of(standing, position, BreakTerms.For(rules, agent, floor, now).Late, floor);
        return GateStates.No($"已有申请:{text.Zh}", $"Asked for already: {text.En}");
    }

    private static Refused? Full(
        Agent agent, string kind, DateTimeOffset at, TimeSpan length, in BreakTerms terms, FloorState floor, DateTimeOffset now)
    {
        if (!BreakCensus.Counts(kind) || terms.Cap is not { } rule) return null;
        if (at <= now) return rule.Ask(new TakeBreak(agent.Id, agent.Id, kind), agent with { Ticket = null }, floor, now);
        var count = CountOf(agent, floor, now);
        if (count.MostBeside(agent.Id, at, at + length) < CapOf(terms, count)) return null;
        var clock = Sentences.Clock(at, floor);
        return new(rule.Id, rule.Clause, Sentences.WithClause(
            $"{clock} 班组休息已满(上限 {CapOf(terms, count)} 人)", $"The team's breaks are full at {clock} (at most {CapOf(terms, count)})", rule.Clause), null);
    }

    private static TeamCount CountOf(Agent agent, FloorState floor, DateTimeOffset now) =>
        agent.Team is { } team ? BreakCensus.Of(floor, now, team).Of(team) : TeamCount.Nobody;

    private static int CapOf(in BreakTerms terms, TeamCount count) => terms.Cap?.CapOf(count.SignedIn, isTight: false) ?? int.MaxValue;
}
