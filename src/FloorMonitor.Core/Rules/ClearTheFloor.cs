using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// D2.3: signed out within minutes after the end of the shift, unless on a call or on overtime that the roster knows: then that is the
/// shift that runs.
/// </summary>
public sealed record ClearTheFloor : FloorRule, IAgentRule
{
    /// <summary>The rule with its defaults.</summary>
    public ClearTheFloor() => Severity = Severity.Info;

    /// <inheritdoc/>
    public override string Id => "clear-the-floor";

    /// <inheritdoc/>
    public override string Clause => "D2.3";

    /// <inheritdoc/>
    public override Text Meaning => new("下班后须及时签出离场", "Signed out soon after the shift ends");

    /// <inheritdoc/>
    public override bool NeedsRoster => true;

    /// <summary>Within which.</summary>
    [Parameter("Signed out within this time after the end of the shift", Min = "0s", Max = "4h")]
    public TimeSpan Within { get; init; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now)
    {
        // Whom the PBX's configuration holds in every queue cannot sign out.
        if (agent.Session is not { LeftAt: null } session || AgentStatus.IsFixed(agent)) return null;
        if (Ended(agent, floor, now) is not { } shift || session.SignedInAt >= shift.EndsAt) return null;
        var due = shift.EndsAt + Within;
        if (now < due) return null;
        if (CallDeadline.Of(agent, due, now) is not { } moved) return null;
        var opensAt = SeenTime.InSight(agent, moved);
        var until = StaysUntil(agent, shift, floor);
        if (opensAt > now || opensAt >= until) return null;
        var end = Sentences.Clock(shift.EndsAt, floor);
        var behind = CallDeadline.Because(agent, due, floor);
        var text = Sentences.WithClause(
            $"班次 {shift.Name} 已于 {end} 结束,{Sentences.Zh(Within)}内未签出{behind.Zh}",
            $"Shift {shift.Name} ended at {end}; not signed out within {Sentences.En(Within)}{behind.En}",
            Clause);
        return new(
            About(agent), opensAt, shift.EndsAt, text, Within, Sentences.Running(opensAt - shift.EndsAt, now - opensAt), Evidence.Of(session.Entry),
            opensAt == moved ? [] : [new(moved, opensAt)], until <= now ? until : null)
        {
            OneAtATime = true,
        };
    }

    /// <summary>With the sign-out; measured from the end of the shift.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now)
    {
        var at = floor.Agents.TryGetValue(open.Subject.Id, out var agent) && agent.Session?.LeftAt is { } left && left >= open.OpenedAt && left <= now ? left : now;
        if (Roster.Around(floor, open.Subject.Id, open.OpenedAt).Begun is not { } shift) return new(at, open.MeasuredTime, null, open.Text);
        // The next shift takes over where somebody stayed until then.
        if (agent is not null && StaysUntil(agent, shift, floor) is var until && until < at) at = until;
        var measured = at > shift.EndsAt ? at - shift.EndsAt : open.MeasuredTime;
        return new(at, measured, null, open.Text);
    }

    private static WorkShift? Ended(Agent agent, FloorState floor, DateTimeOffset now) =>
        Roster.Around(floor, agent.Id, now).Begun is { } shift && now >= shift.EndsAt ? shift : null;

    private static DateTimeOffset StaysUntil(Agent agent, WorkShift shift, FloorState floor)
    {
        var reach = shift.EndsAt + Roster.Reach;
        return Roster.Around(floor, agent.Id, shift.EndsAt).Next is { } next && next.StartsAt < reach ? next.StartsAt : reach;
    }
}
