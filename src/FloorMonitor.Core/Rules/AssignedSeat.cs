using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>D2.2: signed in from the seat (extension) that the roster gives. Any seat will do where it gives none.</summary>
public sealed record AssignedSeat : FloorRule, IAgentRule
{
    /// <summary>The rule with its defaults.</summary>
    public AssignedSeat() => Severity = Severity.Info;

    /// <inheritdoc/>
    public override string Id => "assigned-seat";

    /// <inheritdoc/>
    public override string Clause => "D2.2";

    /// <inheritdoc/>
    public override Text Meaning => new("须在排班指定的座位签入", "Signed in from the seat that the roster gives");

    /// <inheritdoc/>
    public override bool NeedsRoster => true;

    /// <inheritdoc/>
    public Finding? Judge(Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (agent.Session is not { LeftAt: null } session || agent.Seat is not { } seat) return null;
        if (Roster.Around(floor, agent.Id, now).Begun is not { Seat: { } assigned } shift || session.SignedInAt >= shift.EndsAt) return null;
        if (string.Equals(seat, assigned, StringComparison.OrdinalIgnoreCase)) return null;
        var since = session.SignedInAt > shift.StartsAt ? session.SignedInAt : SeenTime.InSight(agent, shift.StartsAt);
        if (since >= shift.EndsAt) return null;
        var text = Sentences.WithClause(
            $"班次 {shift.Name} 排在座位 {assigned},实际在座位 {seat} 签入",
            $"Signed in at seat {seat}; the roster gives seat {assigned} for shift {shift.Name}",
            Clause);
        return new(About(agent), since, since, text, null, null, Evidence.Of(session.Entry), GapBefore(since, session, shift), shift.EndsAt) { OneAtATime = true };
    }

    // Where they sat when the shift began, nobody saw.
    private static ValueArray<Gap> GapBefore(DateTimeOffset since, Session session, WorkShift shift) =>
        session.SignedInAt <= shift.StartsAt && since > shift.StartsAt ? [new(shift.StartsAt, since)] : [];

    /// <summary>With the session, or with the shift.</summary>
    public Closing Close(Verdict open, FloorState floor, DateTimeOffset now)
    {
        var at = now;
        if (floor.Agents.TryGetValue(open.Subject.Id, out var agent) && Roster.Around(floor, agent.Id, now).Begun is { } shift && shift.EndsAt < at) at = shift.EndsAt;
        return new(at, null, null, open.Text);
    }
}
