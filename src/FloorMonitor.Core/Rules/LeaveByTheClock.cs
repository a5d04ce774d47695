using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// A2: nobody signs out before the shift ends, unless somebody allowed it. Refused at the gate; a sign-out behind its back is weighed by
/// how much of the shift was left, and ends when they come back or the shift is over.
/// </summary>
public sealed record LeaveByTheClock : FloorRule, IAgentRule, IGateRule
{
    /// <summary>The rule with its defaults.</summary>
    public LeaveByTheClock() => Mode = EnforcementMode.Refuse;

    /// <inheritdoc/>
    public override string Id => "leave-by-the-clock";

    /// <inheritdoc/>
    public override string Clause => "A2";

    /// <inheritdoc/>
    public override EnforcementMode Modes => EnforcementMode.Refuse;

    /// <inheritdoc/>
    public override Text Meaning => new("班次结束前不得签出", "No sign-out before the shift ends");

    /// <inheritdoc/>
    public override bool NeedsRoster => true;

    // A change of queues is told by what follows it, and so is a sign-out that another rule has the monitor undo (D3.2): that one has its
    // verdict there, and nobody was away.
    private static readonly TimeSpan Stays = 2 * Session.QueueChangeWindow;

    /// <summary>Under which nothing is said.</summary>
    [Parameter("Less than this before the end of the shift is nothing", Min = "0s", Max = "4h")]
    public TimeSpan Tolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Over which it is half a day.</summary>
    [Parameter("More than this before the end counts as half a day of absence", Min = "1s", Max = "24h")]
    public TimeSpan HalfDayAfter { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Over which it is a whole day.</summary>
    [Parameter("More than this before the end counts as a whole day of absence", Min = "1s", Max = "24h")]
    public TimeSpan FullDayAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <inheritdoc/>
    public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now)
    {
        // One who was merely gone after a gap was seen by nobody; one who was allowed to leave, or is being put back, is not blamed.
        if (agent.Session is not { LeftAt: { } left, LeftUnseen: false, LeftGrant: null, BeingRestored: false } session) return null;
        if (Roster.Of(floor, agent.Id, left) is not { IsWorked: true } shift || !shift.Holds(left)) return null;
        // The call in which they were removed is still work: they left with its end (principle 2), which nobody knows while it goes on.
        var call = session.LeftCall is { } outlasts && outlasts.Until > left ? outlasts : null;
        var gone = call?.Until ?? left;
        if (gone > now || now <= left + Stays || IsHidden(agent, session, left, floor)) return null;
        var early = shift.EndsAt - gone;
        if (early < Tolerance) return null;
        var grade = GradeOf(early);
        var word = AbsenceGrades.Early(grade);
        var from = CountedFrom(call, floor);
        var text = Sentences.WithClause(
            $"{word.Zh}:{Sentences.Clock(left, floor)} 签出,距班次 {shift.Name} 结束({Sentences.Clock(shift.EndsAt, floor)})还有 {Sentences.Zh(early)}{from.Zh}",
            $"{word.En}: signed out at {Sentences.Clock(left, floor)}, {Sentences.En(early)} before shift {shift.Name} ends at {Sentences.Clock(shift.EndsAt, floor)}{from.En}",
            Clause);
        return new(About(agent), gone, left, text, Tolerance, early, Evidence.Of(session.Entry, session.LeftEntry), [], shift.EndsAt)
        {
            Severity = AbsenceGrades.SeverityOf(Severity, grade),
            NoticedFrom = (gone > left + Stays ? gone : left + Stays) + TimeSpan.FromTicks(1),
        };
    }

    /// <summary>
    /// With the shift, or when they came back: then it was never the rest of the shift that was missing, and what is weighed is how long
    /// they were away, as the sentence says. Who is being put back is back.
    /// </summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now)
    {
        var endsAt = open.OpenedAt + open.MeasuredTime.GetValueOrDefault();
        if (now >= endsAt || !floor.Agents.TryGetValue(open.Subject.Id, out var agent) || agent.Session is not { } back
            || back is { LeftAt: not null, BeingRestored: false })
            return new(now < endsAt ? now : endsAt, open.MeasuredTime, null, open.Text);
        var at = back.SignedInAt > open.OpenedAt ? back.SignedInAt : now;
        var away = at - open.OpenedAt;
        var word = away < Tolerance ? new("短暂离岗", "stepped out") : AbsenceGrades.Early(GradeOf(away));
        var text = Sentences.WithClause(
            $"{word.Zh}:{Sentences.Clock(open.OpenedAt, floor)} 签出,{Sentences.Clock(at, floor)} 返回,离岗 {Sentences.Zh(away)}",
            $"{word.En}: signed out at {Sentences.Clock(open.OpenedAt, floor)}, back at {Sentences.Clock(at, floor)} after {Sentences.En(away)}",
            Clause);
        return new(at, away, null, text) { Severity = away < Tolerance ? Rules.Severity.Info : AbsenceGrades.SeverityOf(Severity, GradeOf(away)) };
    }

    /// <inheritdoc/>
    public Refused? Ask(FloorCommand command, Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (!Mode.HasFlag(EnforcementMode.Refuse) || command is not SignOut) return null;
        if (Roster.Of(floor, agent.Id, now) is not { IsWorked: true } shift || !shift.Holds(now)) return null;
        var allowedAt = shift.EndsAt - Tolerance;
        if (now > allowedAt) return null;
        var left = Sentences.Left(shift.EndsAt - now);
        var text = Sentences.WithClause(
            $"班次 {shift.Name} 于 {Sentences.Clock(shift.EndsAt, floor)} 结束,还有 {Sentences.Zh(left)},提前签出须经批准",
            $"Shift {shift.Name} ends at {Sentences.Clock(shift.EndsAt, floor)}, in {Sentences.En(left)}; an earlier sign-out has to be granted",
            Clause);
        // The last instant that is too early is the one that lies the whole tolerance before the end.
        return new(Id, Clause, text, allowedAt + TimeSpan.FromMilliseconds(1));
    }

    private AbsenceGrade GradeOf(TimeSpan missing) =>
        missing > FullDayAfter ? AbsenceGrade.FullDay : missing > HalfDayAfter ? AbsenceGrade.HalfDay : AbsenceGrade.Minutes;

    private static Text CountedFrom(EndedCall? call, FloorState floor)
    {
        if (call is null) return new("", "");
        var name = CallNames.Of(call, floor);
        return new($",自{name.Zh} 结束起计", $", counted from the end of {name.En}");
    }

    // The link went before the leave was told from a change of queues: nobody knows what followed it. One that had opened stays.
    private bool IsHidden(Agent agent, Session session, DateTimeOffset left, FloorState floor)
    {
        foreach (var member in session.LeftMembers)
        {
            if (floor.Feeds.TryGetValue(member.Feed, out var feed) && feed.Since > left)
                return !floor.Verdicts.ContainsKey($"{Id}:{agent.Id}:{Docket.Stamp(left)}");
        }

        return false;
    }
}
