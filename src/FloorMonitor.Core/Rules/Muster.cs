using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// D2.1: present some minutes before the shift starts: checked in on the own page, roll-called by the lead, or signed in already. Over with
/// the start of the shift, from when on the sign-in counts.
/// </summary>
public sealed record Muster : FloorRule, IAgentRule
{
    /// <summary>The rule with its defaults.</summary>
    public Muster() => Severity = Severity.Info;

    /// <inheritdoc/>
    public override string Id => "muster";

    /// <inheritdoc/>
    public override string Clause => "D2.1";

    /// <inheritdoc/>
    public override Text Meaning => new("班前须提前到岗(自助签到或班组长点名)", "Present before the shift starts: checked in or roll-called");

    /// <inheritdoc/>
    public override bool NeedsRoster => true;

    // What came and went is told by the first judgement after it; for the rest of the shift nobody has to be looked at again.
    private static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(5);

    /// <summary>How long before.</summary>
    [Parameter("So long before the start of the shift everybody is to be present", Min = "0s", Max = "2h")]
    public TimeSpan Before { get; init; } = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (Roster.Of(floor, agent.Id, now) is not { IsWorked: true } shift) return null;
        var due = shift.StartsAt - Before;
        // Who checks in at that very moment is in time.
        if (now <= due || now > shift.StartsAt + KnownFor || PresentAt(agent, shift) is { } present && present <= due) return null;
        if (CallDeadline.Of(agent, due, now) is not { } opensAt || opensAt >= shift.StartsAt) return null;
        var came = PresentAt(agent, shift);
        var gaps = SeenTime.GapsOf(agent, floor, due);
        // Who could not be seen at that moment may have been there.
        if (IsHidden(opensAt, gaps) || came <= opensAt) return null;
        var endedAt = came < shift.StartsAt ? came : now >= shift.StartsAt ? shift.StartsAt : null;
        var start = Sentences.Clock(shift.StartsAt, floor);
        var text = Sentences.WithClause(
            $"班次 {shift.Name} 于 {start} 开始,须于 {Sentences.Clock(due, floor)} 前到岗,{(endedAt == came && came is not null ? $"{Sentences.Clock(came.Value, floor)} 到岗" : "未签到")}",
            $"Shift {shift.Name} starts at {start}; presence was due at {Sentences.Clock(due, floor)}, {(endedAt == came && came is not null ? $"came at {Sentences.Clock(came.Value, floor)}" : "nobody checked in")}",
            Clause);
        var late = endedAt is { } ended ? ended - due : Sentences.Running(TimeSpan.Zero, now - due);
        return new(About(agent), opensAt, shift.StartsAt, text, TimeSpan.Zero, late, Evidence.Of(floor.SetupEntry, agent.Attendance is { } known && known.IsOf(shift) ? known.MusterEntry : 0), [], endedAt) { OneAtATime = true };
    }

    /// <summary>When they came, or with the start of the shift.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now)
    {
        if (!floor.Agents.TryGetValue(open.Subject.Id, out var agent) || Roster.Of(floor, agent.Id, now) is not { } shift)
            return new(now, open.MeasuredTime, null, open.Text);
        var at = PresentAt(agent, shift) is { } came && came < shift.StartsAt ? came : shift.StartsAt;
        return new(at < now ? at : now, open.MeasuredTime, null, open.Text);
    }

    // A session that runs is presence, whoever called no roll.
    private static DateTimeOffset? PresentAt(Agent agent, WorkShift shift)
    {
        var mustered = agent.Attendance is { } known && known.IsOf(shift) ? known.MusteredAt : null;
        var arrived = Arrival.Of(agent, shift)?.At;
        return mustered is null || arrived < mustered ? arrived : mustered;
    }

    private static bool IsHidden(DateTimeOffset at, List<Gap> gaps)
    {
        foreach (var gap in gaps)
            if (gap.Since <= at && at < gap.Until) return true;
        return false;
    }
}
