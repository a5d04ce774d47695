using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Planning;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// D2.4, D3.6: a break starts in its arranged slot or with a grant. What the gate lets through is a grant; so is the window that the
/// roster gives a meal. A slot that a call fell into is judged behind the call.
/// </summary>
public sealed record BreakSlot : FloorRule, IAgentRule, IGateRule
{
    /// <summary>How long before its slot a break may begin, where no rule says otherwise.</summary>
    public static readonly TimeSpan UsualEarly = TimeSpan.FromMinutes(1);

    /// <summary>How long after its slot's start a break may begin, where no rule says otherwise.</summary>
    public static readonly TimeSpan UsualLate = TimeSpan.FromMinutes(5);

    /// <summary>The rule with its defaults.</summary>
    public BreakSlot() => Severity = Severity.Info;

    /// <inheritdoc/>
    public override string Id => "break-slot";

    /// <inheritdoc/>
    public override string Clause => "D2.4, D3.6";

    /// <inheritdoc/>
    public override EnforcementMode Modes => EnforcementMode.Refuse;

    /// <inheritdoc/>
    public override Text Meaning => new("休息须在安排的时段或经批准后开始", "A break starts in its arranged slot or with a grant");

    /// <summary>How long before its slot.</summary>
    [Parameter("A break may begin this long before its slot", Min = "0s", Max = "1h")]
    public TimeSpan Early { get; init; } = UsualEarly;

    /// <summary>How long after its slot's start.</summary>
    [Parameter("A break may begin this long after its slot's start; a slot or a grant that is not used by then is over", Min = "0s", Max = "1h")]
    public TimeSpan Late { get; init; } = UsualLate;

    /// <summary>Whether the gate asks for one.</summary>
    [Parameter("Whether the gate refuses a short or meal break without a slot or a grant; mode: refuse says the same")]
    public bool RequireGrant { get; init; }

    /// <inheritdoc/>
    public bool Waits => true;

    /// <inheritdoc/>
    public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (agent.Break is not { Grant: null } running || running.Since > now || !BreakCensus.Counts(running.Kind)) return null;
        var begun = AskedAt(agent, running);
        if (running.Ticket is not { StartsAt: { } starts } ticket)
            return IsMealTime(agent, running.Kind, begun, floor) ? null : Find(agent, running, Unarranged(running), null, null);
        // Behind a call it begins with the call's end at the earliest, be it in the wrap-up.
        if (running.Since < starts - Early && ticket.MovedBehind?.Until != starts)
            return Find(agent, running, OffSlot(running, ticket, starts - running.Since, "早", "before", floor), Early, starts - running.Since);
        return begun > starts + Late
            ? Find(agent, running, OffSlot(running, ticket, begun - starts, "晚", "after", floor), Late, begun - starts)
            : null;
    }

    /// <summary>With the break; how far it was off does not grow.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now) => new(now, open.MeasuredTime, null, open.Text);

    /// <inheritdoc/>
    public Refused? Ask(FloorCommand command, Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (!RequireGrant && !Mode.HasFlag(EnforcementMode.Refuse)) return null;
        if (command is not TakeBreak take || !BreakCensus.Counts(take.Kind) || IsMealTime(agent, take.Kind, now, floor)) return null;
        var kind = Sentences.Break(take.Kind);
        if (agent.Ticket is not { } held || held.Kind != take.Kind || TicketMoves.Behind(agent, held) is not { StartsAt: { } starts })
        {
            return new(Id, Clause, Sentences.WithClause(
                $"{kind.Zh}须先申请,有安排的时段或批准后方可开始", $"Ask for the {kind.En} first: it starts in a slot or with a grant", Clause), null);
        }

        // A slot that a call or its wrap-up runs through waits for its end; asked for in it, the break begins behind it.
        if (now >= held.StartsAt - Early && (now <= starts + Late || TicketMoves.IsOccupied(agent, now)) && (now >= starts - Early || TicketMoves.IsOccupied(agent, now)))
            return null;
        var at = Sentences.Clock(starts, floor);
        return now < starts
            ? new(Id, Clause, Sentences.WithClause(
                $"{kind.Zh}安排在 {at},还需 {Sentences.Zh(Sentences.Left(starts - Early - now))}",
                $"The {kind.En} is planned for {at}; {Sentences.En(Sentences.Left(starts - Early - now))} to go", Clause), starts - Early)
            : new(Id, Clause, Sentences.WithClause(
                $"{kind.Zh}安排在 {at},已过 {Sentences.Zh(Late)},请重新申请", $"The {kind.En} was planned for {at}, more than {Sentences.En(Late)} ago: ask again", Clause), null);
    }

    private Finding Find(Agent agent, Break running, Text said, TimeSpan? allowed, TimeSpan? off) => new(
        About(agent), running.Since, running.Since, Sentences.WithClause(said.Zh, said.En, Clause), allowed, off,
        Evidence.Of(running.Ticket?.Entry ?? 0, running.Entry), []);

    private static Text Unarranged(Break running)
    {
        var kind = Sentences.Break(running.Kind);
        return new($"{kind.Zh}未经安排或批准", $"Took a {kind.En} that was neither arranged nor granted");
    }

    private static Text OffSlot(Break running, BreakTicket ticket, TimeSpan off, string zh, string en, FloorState floor)
    {
        var (kind, at) = (Sentences.Break(running.Kind), Sentences.Clock(ticket.StartsAt!.Value, floor));
        var text = new Text($"{kind.Zh}比安排的 {at} {zh} {Sentences.Zh(off)}", $"Began the {kind.En} {Sentences.En(off)} {en} its slot of {at}");
        if (ticket.MovedBehind is not { } call) return text;
        var moved = CallNames.Of(call, floor);
        return new($"{text.Zh},已因{moved.Zh} 顺延", $"{text.En}, which was moved behind {moved.En}");
    }

    // A pause set during a call was in time when it was set, however long the call lasts after that.
    private static DateTimeOffset AskedAt(Agent agent, Break running)
    {
        foreach (var member in agent.Members)
            if (member.PauseEntry == running.Entry && member.PausedAt is { } paused && paused < running.Since) return paused;
        return running.Since;
    }

    private static bool IsMealTime(Agent agent, string kind, DateTimeOffset at, FloorState floor)
    {
        if (kind != BreakKinds.MealBreak || Roster.Of(floor, agent.Id, at) is not { } shift) return false;
        foreach (var meal in shift.Meals)
            if (at >= meal.From && at < meal.To) return true;
        return false;
    }
}
