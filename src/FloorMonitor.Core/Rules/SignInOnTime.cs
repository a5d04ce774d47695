using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// D2.2, A1: signed in by the start of the shift. One verdict that grows heavier as time goes on and ends with the sign-in, wherever the
/// business day turned meanwhile (RULEBOOK examples 6 and 7). What a lost link hid counts for nobody's lateness; a sign-in that the
/// switch itself dates (LoginTime) counts as seen. Who was allowed to come until a time and did not is late from that time on.
/// </summary>
public sealed record SignInOnTime : FloorRule, IAgentRule
{
    /// <inheritdoc/>
    public override string Id => "sign-in-on-time";

    /// <inheritdoc/>
    public override string Clause => "D2.2, A1";

    /// <inheritdoc/>
    public override Text Meaning => new("须在班次开始前签入", "Signed in by the start of the shift");

    /// <inheritdoc/>
    public override bool NeedsRoster => true;

    /// <summary>How long the sign-in itself may take.</summary>
    [Parameter("The sign-in itself may take this long after the start of the shift; from then on it is late", Min = "0s", Max = "4h")]
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>From when on it is half a day.</summary>
    [Parameter("From this long after the start it counts as half a day of absence", Min = "1s", Max = "24h")]
    public TimeSpan HalfDayAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>From when on it is a whole day.</summary>
    [Parameter("From this long after the start it counts as a whole day of absence", Min = "1s", Max = "24h")]
    public TimeSpan FullDayAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (Roster.Around(floor, agent.Id, now).Begun is not { } shift) return null;
        var arrival = Arrival.Of(agent, shift);
        if (arrival is { Grant: not null } || (arrival is null && Grant.Covers(agent, GrantWords.Late, now))) return null;
        var due = AllowedUntil(agent, shift, now);
        if (arrival is { IsUnseen: false } known && known.At < due + Grace) return null;
        return Missed(agent, shift, due, arrival, floor, now);
    }

    /// <summary>At the sign-in, or with the shift that nobody came to; what was measured by then stays.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now)
    {
        var at = now;
        if (floor.Agents.TryGetValue(open.Subject.Id, out var agent) && Roster.Around(floor, agent.Id, now).Begun is { } shift)
            at = Earlier(Arrival.Of(agent, shift)?.At ?? shift.EndsAt, now);
        return new(at, open.MeasuredTime, null, open.Text);
    }

    // By when they were expected: the start of the shift, or the end of what was allowed and not used. The state may not have passed it yet.
    private static DateTimeOffset AllowedUntil(Agent agent, WorkShift shift, DateTimeOffset now)
    {
        var due = shift.StartsAt;
        if (agent.LapsedLate is { } lapsed && lapsed.At < shift.EndsAt && lapsed.Until > due) due = lapsed.Until;
        foreach (var grant in agent.Grants)
            if (grant.Allow == GrantWords.Late && grant.Until <= now && grant.Until > due) due = grant.Until;
        return due;
    }

    private Finding? Missed(Agent agent, WorkShift shift, DateTimeOffset due, Arrival? arrival, FloorState floor, DateTimeOffset now)
    {
        var gaps = SeenTime.GapsOf(agent, floor, due);
        // A hidden sign-in that the switch itself dates needs no sight of ours: it vouches for the time until then.
        var counted = arrival is { IsUnseen: false } dated && IsHidden(dated.At, gaps) ? [] : gaps;
        var until = Earlier(arrival?.At ?? now, shift.EndsAt);
        if (SeenTime.Reached(due, Grace, counted) is not { } deadline || deadline >= shift.EndsAt) return null;
        if (arrival is not null && deadline > until) return null;
        if (CallDeadline.Of(agent, deadline, now) is not { } opensAt) return null;
        var late = SeenTime.Between(due, until, counted);
        var isOver = arrival is not null || now >= shift.EndsAt;
        return new(
            About(agent), opensAt, due, Say(agent, shift, due, arrival, late, until - due - late, deadline, floor),
            Grace, isOver ? late : Sentences.Running(Grace, late - Grace), Evidence.Of(floor.SetupEntry, arrival?.Entry ?? 0),
            SeenTime.Within(due, until, gaps), isOver ? until : null)
        {
            Severity = AbsenceGrades.SeverityOf(Severity, GradeOf(late)),
            NoticedFrom = NoticedFrom(opensAt, gaps),
            OneAtATime = true,
        };
    }

    // A sign-in that was hidden when it happened is first found when the link is back.
    private static DateTimeOffset? NoticedFrom(DateTimeOffset opensAt, List<Gap> gaps)
    {
        foreach (var gap in gaps)
            if (gap.Since <= opensAt && opensAt < gap.Until && gap.Until != DateTimeOffset.MaxValue) return gap.Until;
        return null;
    }

    private static bool IsHidden(DateTimeOffset at, List<Gap> gaps)
    {
        foreach (var gap in gaps)
            if (gap.Since <= at && at < gap.Until) return true;
        return false;
    }

    private AbsenceGrade GradeOf(TimeSpan late) =>
        late >= FullDayAfter ? AbsenceGrade.FullDay : late >= HalfDayAfter ? AbsenceGrade.HalfDay : AbsenceGrade.Minutes;

    private Text Say(Agent agent, WorkShift shift, DateTimeOffset due, Arrival? arrival, TimeSpan late, TimeSpan hidden, DateTimeOffset deadline, FloorState floor)
    {
        var start = Sentences.Clock(shift.StartsAt, floor);
        var grade = AbsenceGrades.Late(GradeOf(late));
        var told = due > shift.StartsAt ? Allowed(shift, due, arrival, late, floor) : arrival is { } come
            ? new Text(
                $"{Sentences.Clock(come.At, floor)} 签入,晚于班次 {shift.Name} 开始({start})共 {Sentences.Zh(late)}",
                $"signed in at {Sentences.Clock(come.At, floor)}, {Sentences.En(late)} after the start of shift {shift.Name} at {start}")
            : new Text($"班次 {shift.Name} 于 {start} 开始,未签入", $"not signed in to shift {shift.Name}, which began at {start}");
        var unseen = Sentences.NotCounted(hidden);
        var behind = CallDeadline.Because(agent, deadline, floor);
        return Sentences.WithClause($"{grade.Zh}:{told.Zh}{unseen.Zh}{behind.Zh}", $"{grade.En}: {told.En}{unseen.En}{behind.En}", Clause);
    }

    private static Text Allowed(WorkShift shift, DateTimeOffset due, Arrival? arrival, TimeSpan late, FloorState floor)
    {
        var (start, by) = (Sentences.Clock(shift.StartsAt, floor), Sentences.Clock(due, floor));
        return arrival is { } come
            ? new(
                $"{Sentences.Clock(come.At, floor)} 签入,晚于准许的 {by} 共 {Sentences.Zh(late)},班次 {shift.Name} 于 {start} 开始",
                $"signed in at {Sentences.Clock(come.At, floor)}, {Sentences.En(late)} after {by}, until when it was allowed; shift {shift.Name} began at {start}")
            : new($"准许至 {by},未签入,班次 {shift.Name} 于 {start} 开始", $"allowed until {by} and not signed in to shift {shift.Name}, which began at {start}");
    }

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
