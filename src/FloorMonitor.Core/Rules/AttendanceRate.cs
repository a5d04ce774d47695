using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// A9.1: some minutes after a shift started, enough of a team's rostered people have come. Who is on approved leave is not counted; who
/// came and left again has come. It goes on until enough came, or the shift is over.
/// </summary>
public sealed record AttendanceRate : FloorRule, ITeamRule
{
    /// <inheritdoc/>
    public override string Id => "attendance-rate";

    /// <inheritdoc/>
    public override string Clause => "A9.1";

    /// <inheritdoc/>
    public override Text Meaning => new("班次开始后班组出勤率须达标", "Enough of a team's rostered people came to the shift");

    /// <inheritdoc/>
    public override bool NeedsRoster => true;

    /// <summary>When it is looked at.</summary>
    [Parameter("Looked at this long after the start of the shift", Min = "0s", Max = "12h")]
    public TimeSpan At { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The least share.</summary>
    [Parameter("At least this share of those on the roster have signed in by then", IsShare = true)]
    public double Min { get; init; } = 0.95;

    /// <inheritdoc/>
    public Finding? Judge(TeamSetup team, ReadOnlySpan<Agent> agents, FloorState floor, DateTimeOffset now)
    {
        if (!Roster.IsKept(floor.Setup)) return null;
        if (LatestShift(agents, floor, now) is not { } shift) return null;
        var (rostered, came) = Count(agents, shift, floor, now);
        if (rostered == 0 || came >= Min * rostered) return null;
        // Nobody is missed in a stretch in which nobody could be seen.
        var gaps = SeenTime.GapsOf(floor, shift.StartsAt);
        if (SeenTime.Reached(shift.StartsAt, At, gaps) is not { } opensAt || opensAt > now) return null;
        var share = (double)came / rostered;
        var text = Sentences.WithClause(
            $"班组 {team.Label} 班次 {shift.Name}({Sentences.Clock(shift.StartsAt, floor)} 开始)排班 {rostered} 人,签入 {came} 人,出勤率 {Sentences.Percent(share)},应不低于 {Sentences.Percent(Min)}",
            $"{came} of the {rostered} rostered of team {team.Label} came to shift {shift.Name} of {Sentences.Clock(shift.StartsAt, floor)}: {Sentences.Percent(share)}, at least {Sentences.Percent(Min)} is asked",
            Clause);
        return new(new("team", team.Id), opensAt, shift.StartsAt, text, null, null, [], SeenTime.Within(shift.StartsAt, opensAt, gaps))
        {
            Threshold = Min,
            Measured = share,
        };
    }

    // Of several shifts that run the one that began last is looked at: the others were when they began.
    private WorkShift? LatestShift(ReadOnlySpan<Agent> agents, FloorState floor, DateTimeOffset now)
    {
        WorkShift? latest = null;
        foreach (var agent in agents)
        {
            if (Roster.Of(floor, agent.Id, now) is not { IsWorked: true } shift || now < shift.StartsAt + At || now >= shift.EndsAt) continue;
            if (latest is null || shift.StartsAt > latest.StartsAt) latest = shift;
        }

        return latest;
    }

    private static (int Rostered, int Came) Count(ReadOnlySpan<Agent> agents, WorkShift shift, FloorState floor, DateTimeOffset now)
    {
        var (rostered, came) = (0, 0);
        foreach (var agent in agents)
        {
            if (Roster.Of(floor, agent.Id, now) is not { IsWorked: true } own || own.Date != shift.Date || own.Name != shift.Name) continue;
            rostered++;
            if (Arrival.Of(agent, own) is not null) came++;
        }

        return (rostered, came);
    }
}
