using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Metrics;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// D2.4: the short breaks of one hour of the shift add up to no more than its entitlement. At the gate a break is refused that could
/// hardly begin; behind the gate's back the verdict opens at the instant at which the rest of the entitlement is used up (RULEBOOK
/// example 12).
/// </summary>
public sealed record BreakQuota : FloorRule, IAgentRule, IGateRule
{
    /// <summary>The rule with its defaults.</summary>
    public BreakQuota() => Mode = EnforcementMode.Refuse;

    /// <inheritdoc/>
    public override string Id => "break-quota";

    /// <inheritdoc/>
    public override string Clause => "D2.4";

    /// <inheritdoc/>
    public override EnforcementMode Modes => EnforcementMode.Refuse;

    /// <inheritdoc/>
    public override Text Meaning => new("每小时小休累计不得超过定额", "The short breaks of an hour add up to no more than its entitlement");

    // A countdown is told this long before it is over; until then there is nothing to say, and no sentence is made for it.
    private static readonly TimeSpan Foreseen = TimeSpan.FromMinutes(1);

    /// <summary>How much an hour entitles to.</summary>
    [Parameter("So much short break in one hour of the shift; as hourly-break gives", Min = "1s", Max = "1h")]
    public TimeSpan Entitlement { get; init; } = BreakHour.UsualEntitlement;

    /// <summary>How much has to be left for another break.</summary>
    [Parameter("The gate grants another break while at least this much is left", Min = "0s", Max = "1h")]
    public TimeSpan Least { get; init; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (agent.Break is not { Kind: BreakHour.Kind, Grant: null } running || agent.Session is not { LeftAt: null }) return null;
        var hour = running.Hour ?? BreakHour.SinceOf(agent, floor.Setup, running.Since);
        var left = Entitlement - BreakHour.TakenBefore(agent, hour, running.Since);
        var opensAt = UsedUpAt(running, running.Since, left > TimeSpan.Zero ? left : TimeSpan.Zero);
        // One that runs into the next hour draws on that one's entitlement from there on.
        if (running.Hour is null && opensAt >= hour + BreakHour.Length) opensAt = UsedUpAt(running, hour + BreakHour.Length, Entitlement);
        // A single break that lasts longer than its kind allows is break-limit's business, which opens no later.
        if (running.EndsAt <= opensAt) return null;
        // A deadline inside a call moves to the end of it and of its wrap-up (principle 2), which nobody knows yet.
        if (LiveCall.IsTalkingSince(agent, opensAt)) return null;
        if (agent.LastCall is { } call && call.Since <= opensAt && LiveCall.EndOf(agent, call) is var end && end > opensAt) opensAt = end;
        if (now < opensAt - Foreseen) return null;
        var since = Sentences.Clock(running.Since, floor);
        var text = Sentences.WithClause(
            $"本小时第二次小休自 {since} 起,之前剩余 {Sentences.Zh(left)},每小时共 {Sentences.Zh(Entitlement)}",
            $"Another short break of the hour since {since}, with {Sentences.En(left)} left of {Sentences.En(Entitlement)} an hour",
            Clause);
        return new(
            About(agent), opensAt, running.Since, text, Entitlement, Sentences.Running(Entitlement, now - opensAt), EvidenceOf(agent, running, hour), running.Gaps);
    }

    /// <inheritdoc/>
    public Refused? Ask(FloorCommand command, Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (!Mode.HasFlag(EnforcementMode.Refuse) || command is not TakeBreak { Kind: BreakHour.Kind }) return null;
        if (agent.Break is { Kind: BreakHour.Kind }) return null;
        // The break of the hour before that a call kept from being taken in it draws on that hour's entitlement.
        if (agent.Ticket is { Kind: BreakHour.Kind } ticket && ticket.Hour + BreakHour.Length <= now && BreakHour.TakenBefore(agent, ticket.Hour, now) == TimeSpan.Zero) return null;
        if (BreakHour.Of(agent, floor.Setup, now, Entitlement) is not { } hour || hour.Left >= Least) return null;
        var next = Sentences.Clock(hour.Until, floor);
        var (taken, left) = (hour.Taken, hour.Left);
        var text = Sentences.WithClause(
            $"本小时小休已用 {Sentences.Zh(taken)},剩余 {Sentences.Zh(left)},{next} 起重新计算",
            $"{Sentences.En(taken)} of this hour's short break are taken, {Sentences.En(left)} left; the next hour begins at {next}",
            Clause);
        return new(Id, Clause, text, hour.Until);
    }

    // What nobody saw of a break does not count.
    private static DateTimeOffset UsedUpAt(Break running, DateTimeOffset from, TimeSpan left)
    {
        var at = from + left;
        foreach (var gap in running.Gaps)
        {
            if (gap.Until <= from || gap.Since >= at) continue;
            at += gap.Until - (gap.Since > from ? gap.Since : from);
        }

        return at;
    }

    private static ValueArray<long> EvidenceOf(Agent agent, Break running, DateTimeOffset hour)
    {
        var entries = new List<long> { running.Entry };
        foreach (var ended in agent.EndedBreaks)
        {
            if (ended.Kind != BreakHour.Kind || (ended.Hour ?? ended.Until) < hour) continue;
            entries.Add(ended.Entry);
            entries.Add(ended.EndEntry);
        }

        return Evidence.Of([.. entries]);
    }
}
