using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// D2.4: a break lasts no longer than its kind allows: as an override says, else the meal of the shift, else as the rule itself says, else
/// the kind's own in floor.yaml (<see cref="BreakLimits"/>); the fold moves the end behind a call and behind what nobody saw, so that this rule opens at
/// that very instant and not before.
/// </summary>
public sealed record BreakLimit : FloorRule, IAgentRule, IEnforcedRule
{
    /// <inheritdoc/>
    public override string Id => "break-limit";

    /// <inheritdoc/>
    public override string Clause => "D2.4";

    /// <inheritdoc/>
    public override EnforcementMode Modes => EnforcementMode.End;

    /// <inheritdoc/>
    public override Text Meaning => new("休息不得超过该类休息的时限", "A break lasts no longer than its kind allows");

    /// <summary>How long before its end the agent is warned.</summary>
    [Parameter("The agent is warned this long before the limit; a break is never ended sooner than this after it could be seen", Min = "0s", Max = "30m")]
    public TimeSpan WarnBefore { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The limit of a short break.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1720", Justification = "The word of the rulebook, and so of rules.yaml.")]
    [Parameter("How long a short break may last; not set: breakKinds of floor.yaml (5m)", Min = "1s", Max = "12h")]
    public TimeSpan? Short { get; init; }

    /// <summary>The limit of a meal.</summary>
    [Parameter("How long a meal may last where the shift has none of its own (an override goes before that too); not set: breakKinds of floor.yaml (30m)", Min = "1s", Max = "12h")]
    public TimeSpan? Meal { get; init; }

    /// <summary>The limit of a personal break.</summary>
    [Parameter("How long a personal break may last; not set: breakKinds of floor.yaml (15m)", Min = "1m", Max = "12h")]
    public TimeSpan? Personal { get; init; }

    /// <summary>The limits that the rule and its overrides set, for the fold. An override speaks of what it changes, not of what it inherits.</summary>
    public ValueArray<BreakLimitSetup> Limits()
    {
        var found = new List<BreakLimitSetup>();
        foreach (var one in Overrides)
            if (one.Rule is BreakLimit own) found.Add(new(one.Kind, one.Id, Kinds(own, this)));
        found.Add(new(null, null, Kinds(this, null)));
        return found.Exists(those => !those.Kinds.IsEmpty) ? ValueArray.From(found) : [];
    }

    /// <inheritdoc/>
    public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (agent.Break is not { EndsAt: { } endsAt } running) return null;
        // A deadline inside a call moves to the end of it and of its wrap-up (principle 2), which nobody knows yet.
        return LiveCall.IsTalkingSince(agent, endsAt) ? null : Found(agent, running, endsAt, floor, now);
    }

    // A method of its own, so that its closure is only made for those who are on a break.
    private Finding Found(Agent agent, Break running, DateTimeOffset endsAt, FloorState floor, DateTimeOffset now)
    {
        var gaps = Unseen(running.Gaps, endsAt);
        var late = now > endsAt ? now - endsAt - (Unseen(running.Gaps, now) - gaps) : TimeSpan.Zero;
        var measured = Sentences.Running(endsAt - running.Since - gaps, late);
        var limit = running.Limit ?? endsAt - running.Since - gaps;
        return Finding.Saying(
            About(agent), endsAt, running.Since, () => Say(agent, running, endsAt, limit, gaps, floor),
            limit, measured, Evidence.Of(running.Entry), running.Gaps);
    }

    /// <summary>At the break's own end, measured to the millisecond, without what nobody saw.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now)
    {
        var ended = EndOf(open, floor);
        var until = ended?.Until ?? now;
        var since = ended?.Since ?? open.OpenedAt - open.ThresholdTime.GetValueOrDefault() - Unseen(open.Gaps, open.OpenedAt);
        var measured = until - since - Unseen(open.Gaps, until);
        return new(until, measured, null, new(
            $"{open.Text.Zh};{Sentences.Clock(until, floor)} 结束,共 {Sentences.Zh(measured)}",
            $"{open.Text.En}; ended {Sentences.Clock(until, floor)}, {Sentences.En(measured)} in all"));
    }

    /// <inheritdoc/>
    public Remedy? RemedyFor(Verdict open, Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (!Mode.HasFlag(EnforcementMode.End) || agent.Break is not { EndsAt: { } endsAt } running) return null;
        // Nobody is fetched back from a personal need (principle 4), and nobody without a warning that could be seen in time.
        if (running.Kind == BreakKinds.Personal) return null;
        var warnedAt = Latest(endsAt - WarnBefore, SeenSince(agent, running, floor));
        if (now < Latest(endsAt, warnedAt + WarnBefore)) return null;
        var note = new Text(
            $"已于 {Sentences.Clock(warnedAt, floor)} 提醒,休息到时已结束",
            $"Warned at {Sentences.Clock(warnedAt, floor)}; the break was ended at its limit");
        return new(EnforcementStep.End, VerdictSteps.Ended, note, PutBack.ToWork(agent));
    }

    private Text Say(Agent agent, Break running, DateTimeOffset endsAt, TimeSpan limit, TimeSpan gaps, FloorState floor)
    {
        var kind = Sentences.Break(running.Kind);
        var since = Sentences.Clock(running.Since, floor);
        var end = Sentences.Clock(endsAt, floor);
        var zh = $"{kind.Zh}自 {since} 起,限 {Sentences.Zh(limit)},{end} 到时";
        var en = $"On {kind.En} since {since}, limit {Sentences.En(limit)}, over at {end}";
        if (gaps > TimeSpan.Zero)
        {
            zh += $",其中失去联系的 {Sentences.Zh(gaps)}不计";
            en += $", the {Sentences.En(gaps)} out of sight not counted";
        }

        if (MovedBy(agent, running, endsAt, limit, gaps) is { } call)
        {
            var name = CallNames.Of(call, floor);
            var due = Sentences.Clock(running.Since + limit + gaps, floor);
            zh += $",原定 {due},因{name.Zh} 顺延";
            en += $", moved from {due} behind {name.En}";
        }

        return Sentences.WithClause(zh, en, Clause);
    }

    // The call that the deadline was moved behind: the last one, where it ended within the break and after the first deadline.
    private static EndedCall? MovedBy(Agent agent, Break running, DateTimeOffset endsAt, TimeSpan limit, TimeSpan gaps)
    {
        var firstEnd = running.Since + limit + gaps;
        return endsAt > firstEnd && agent.LastCall is { } call && call.Since <= firstEnd && call.Until >= firstEnd ? call : null;
    }

    private static ValueArray<KindLimit> Kinds(BreakLimit rule, BreakLimit? general)
    {
        var found = new List<KindLimit>(3);
        Add(BreakKinds.ShortBreak, rule.Short, general?.Short);
        Add(BreakKinds.MealBreak, rule.Meal, general?.Meal);
        Add(BreakKinds.Personal, rule.Personal, general?.Personal);
        return ValueArray.From(found);

        void Add(string kind, TimeSpan? limit, TimeSpan? inherited)
        {
            if (limit is { } length && length != inherited) found.Add(new(kind, length));
        }
    }

    private static EndedBreak? EndOf(Verdict open, FloorState floor)
    {
        if (!floor.Agents.TryGetValue(open.Subject.Id, out var agent)) return null;
        var breaks = agent.EndedBreaks.AsSpan();
        for (var i = breaks.Length - 1; i >= 0; i--)
            if (open.Id.EndsWith(Docket.Stamp(breaks[i].Since), StringComparison.Ordinal)) return breaks[i];
        return null;
    }

    private static DateTimeOffset SeenSince(Agent agent, Break running, FloorState floor)
    {
        var since = running.Since;
        foreach (var member in agent.Members)
            if (floor.Feeds.TryGetValue(member.Feed, out var feed)) since = Latest(since, feed.Since);
        return since;
    }

    // What nobody saw of it up to an instant.
    private static TimeSpan Unseen(ValueArray<Gap> gaps, DateTimeOffset until)
    {
        var length = TimeSpan.Zero;
        foreach (var gap in gaps)
            if (gap.Since < until) length += (gap.Until < until ? gap.Until : until) - gap.Since;
        return length;
    }

    private static DateTimeOffset Latest(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
