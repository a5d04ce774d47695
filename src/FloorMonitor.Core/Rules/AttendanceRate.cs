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
    public override ValueArray<string> Scopes => [RuleOverride.Team, RuleOverride.Shift];

    /// <inheritdoc/>
    public bool HeedsOverrides => true;

    /// <summary>
    /// Each shift by itself. Of several the ones that began last are looked at: the others were when they began; of those that began
    /// together every one that falls short is named, and the verdict measures the one to which the fewest came.
    /// </summary>
    public Finding? Judge(TeamSetup team, ReadOnlySpan<Agent> agents, FloorState floor, DateTimeOffset now)
    {
        if (!Roster.IsKept(floor.Setup) || LatestShifts(team, agents, floor, now) is not { } shifts) return null;
        Shortfall? least = null;
        Text? text = null;
        var opensAt = DateTimeOffset.MaxValue;
        List<long>? evidence = null;
        foreach (var (shift, rule) in shifts)
        {
            if (rule.ShortfallOf(shift, agents, floor, now) is not { } found) continue;
            var said = rule.Say(team, found, floor);
            text = text is null ? said : new($"{text.Zh};{said.Zh}", $"{text.En}; {said.En}");
            if (found.OpensAt < opensAt) opensAt = found.OpensAt;
            (evidence ??= [floor.SetupEntry]).AddRange(found.Entries);
            if (least is null || found.Share < least.Share) least = found;
        }

        if (least is null || evidence is null) return null;
        var since = least.Shift.StartsAt;
        return new(
            new("team", team.Id), opensAt, since, Sentences.WithClause(text!.Zh, text.En, Clause), null, null, Evidence.Of([.. evidence]),
            SeenTime.Within(since, opensAt, SeenTime.GapsOf(floor, since)))
        {
            Threshold = least.Rule.Min,
            Measured = least.Share,
            Severity = least.Rule.Severity,
        };
    }

    private List<(WorkShift Shift, AttendanceRate Rule)>? LatestShifts(TeamSetup team, ReadOnlySpan<Agent> agents, FloorState floor, DateTimeOffset now)
    {
        List<(WorkShift Shift, AttendanceRate Rule)>? found = null;
        foreach (var agent in agents)
        {
            if (Roster.Of(floor, agent.Id, now) is not { IsWorked: true } shift || now >= shift.EndsAt) continue;
            if (found is not null && (shift.StartsAt < found[0].Shift.StartsAt || IsAmong(found, shift))) continue;
            if (RuleScope.ForTeam(this, team.Id, shift.Name) is not AttendanceRate { Enabled: true } rule || now < shift.StartsAt + rule.At) continue;
            if (found is not null && shift.StartsAt > found[0].Shift.StartsAt) found.Clear();
            (found ??= []).Add((shift, rule));
        }

        return found;
    }

    // Fewer than asked by its moment; null where enough came, or where that moment is not reached in what could be seen. It is asked after
    // whatever an agent of the team does, and mostly enough came: they are counted first, and gathered only where they were too few.
    private Shortfall? ShortfallOf(WorkShift shift, ReadOnlySpan<Agent> agents, FloorState floor, DateTimeOffset now)
    {
        var (rostered, came) = (0, 0);
        foreach (var agent in agents)
        {
            if (ShiftOf(agent, shift, floor, now) is not { } own) continue;
            rostered++;
            if (Arrival.Of(agent, own) is not null) came++;
        }

        if (rostered == 0 || came >= Min * rostered) return null;
        // Nobody is missed in a stretch in which nobody could be seen.
        if (SeenTime.Reached(shift.StartsAt, At, SeenTime.GapsOf(floor, shift.StartsAt)) is not { } opensAt || opensAt > now) return null;
        var entries = new List<long>(came);
        foreach (var agent in agents)
            if (ShiftOf(agent, shift, floor, now) is { } own && Arrival.Of(agent, own) is { } arrival) entries.Add(arrival.Entry);
        return new(this, shift, rostered, entries, opensAt);
    }

    // The agent's own, where it is the shift that is asked about.
    private static WorkShift? ShiftOf(Agent agent, WorkShift shift, FloorState floor, DateTimeOffset now) =>
        Roster.Of(floor, agent.Id, now) is { IsWorked: true } own && IsSame(own, shift) ? own : null;

    private Text Say(TeamSetup team, Shortfall found, FloorState floor)
    {
        var (shift, start) = (found.Shift.Name, Sentences.Clock(found.Shift.StartsAt, floor));
        return new(
            $"班组 {team.Label} 班次 {shift}({start} 开始)排班 {found.Rostered} 人,签入 {found.Entries.Count} 人,出勤率 {Sentences.Percent(found.Share)},应不低于 {Sentences.Percent(Min)}",
            $"{found.Entries.Count} of the {found.Rostered} rostered of team {team.Label} came to shift {shift} of {start}: {Sentences.Percent(found.Share)}, at least {Sentences.Percent(Min)} is asked");
    }

    private static bool IsAmong(List<(WorkShift Shift, AttendanceRate Rule)> found, WorkShift shift)
    {
        foreach (var (known, _) in found)
            if (IsSame(known, shift)) return true;
        return false;
    }

    private static bool IsSame(WorkShift one, WorkShift other) => one.Date == other.Date && one.Name == other.Name;

    private sealed record Shortfall(AttendanceRate Rule, WorkShift Shift, int Rostered, List<long> Entries, DateTimeOffset OpensAt)
    {
        public double Share => (double)Entries.Count / Rostered;
    }
}
