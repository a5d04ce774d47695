using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Metrics;
using FloorMonitor.Core.Planning;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// P4.6: only so many of a team rest at once. The cap tightens at the gate while callers wait for want of agents; breaks that were
/// granted before that are nobody's fault, so the verdict judges by the usual cap.
/// </summary>
public sealed record ConcurrentBreaks : FloorRule, ITeamRule, IGateRule
{
    private const string WhenShort = "waiting > available";
    private const string Never = "never";

    /// <summary>The rule with its defaults.</summary>
    public ConcurrentBreaks() => Mode = EnforcementMode.Refuse;

    /// <inheritdoc/>
    public override string Id => "concurrent-breaks";

    /// <inheritdoc/>
    public override string Clause => "P4.6";

    /// <inheritdoc/>
    public override EnforcementMode Modes => EnforcementMode.Refuse;

    /// <inheritdoc/>
    public override Text Meaning => new("班组同时休息人数不得超过上限", "Only so many of a team rest at once");

    /// <summary>The share of those signed in.</summary>
    [Parameter("At most this share of a team's signed-in agents on short or meal break at once", IsShare = true)]
    public double Max { get; init; } = 0.10;

    /// <summary>How many may always.</summary>
    [Parameter("So many may always, however small the team", Min = "0", Max = "1000")]
    public int AtLeast { get; init; } = 1;

    /// <summary>Whether the cap tightens.</summary>
    [Parameter("While more callers wait in a queue of theirs than agents are free, the gate grants no more than at_least")]
    public bool Tighten { get; init; } = true;

    /// <summary>When it does, in the rulebook's words; there is one condition, and never.</summary>
    [Parameter("When the cap tightens, as the rulebook writes it; never is the same as tighten: false", Words = [WhenShort, Never])]
    public string TightenWhen { get; init; } = WhenShort;

    /// <summary>Whether it tightens while the floor is short.</summary>
    public bool Tightens => Tighten && TightenWhen != Never;

    /// <summary>Who waits gets a place.</summary>
    public bool Waits => true;

    /// <summary>How many of a team may rest at once.</summary>
    /// <param name="signedIn">How many of it are signed in.</param>
    /// <param name="isTight">Whether more callers wait than agents are free.</param>
    public int CapOf(int signedIn, bool isTight)
    {
        var cap = Math.Max(AtLeast, (int)Math.Floor(Max * signedIn));
        return isTight ? Math.Min(AtLeast, cap) : cap;
    }

    /// <inheritdoc/>
    public Finding? Judge(TeamSetup team, ReadOnlySpan<Agent> agents, FloorState floor, DateTimeOffset now)
    {
        var (signedIn, resting) = (0, 0);
        foreach (var agent in agents)
        {
            if (agent.Session is { LeftAt: null }) signedIn++;
            if (Counts(agent)) resting++;
        }

        var cap = CapOf(signedIn, isTight: false);
        if (resting <= cap) return null;
        var breaks = agents.ToArray().Where(Counts).Select(agent => agent.Break!).OrderBy(one => one.Since).ToArray();
        var since = Later(breaks[cap].Since, CapFellAt(agents, signedIn, resting));
        var text = Sentences.WithClause(
            $"班组 {team.Label} 签入 {signedIn} 人,同时休息 {resting} 人,上限 {cap} 人",
            $"{resting} of the {signedIn} signed in of team {team.Label} rest at once, at most {cap} should",
            Clause);
        return new(new("team", team.Id), since, since, text, null, null, Evidence.Of([.. breaks.Select(one => one.Entry)]), [])
        {
            Threshold = cap,
            Measured = resting,
            OneAtATime = true,
        };
    }

    /// <inheritdoc/>
    public Refused? Ask(FloorCommand command, Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (!Mode.HasFlag(EnforcementMode.Refuse) || agent.Team is not { } team) return null;
        if (command is not TakeBreak take || !BreakCensus.Counts(take.Kind)) return null;
        // What was granted before stands: its place has been kept since.
        if (agent.Ticket is { Status: TicketStatus.Granted } ticket && ticket.Kind == take.Kind) return null;
        var census = BreakCensus.Of(floor, now, team);
        var count = census.Of(team);
        var (resting, nextBack) = (count.TakenBeside(agent.Id), count.NextBackBeside(agent.Id));
        var isTight = Tightens && census.IsShort(agent);
        var cap = CapOf(count.SignedIn, isTight);
        // A place that has just become free is theirs whose turn it is; the tick that follows gives it away.
        if (resting < cap) return IsOvertaking(agent, count, floor, now) ? new(Id, Clause, Sentences.WithClause("前面还有人等候休息,轮到时即批准", "Others wait whose turn comes first; it is granted when it is yours", Clause), null) : null;
        var (zh, en) = ($"班组休息已满({resting}/{cap})", $"The team's breaks are full ({resting} of {cap})");
        if (isTight) (zh, en) = ($"{zh},排队人数多于空闲座席", $"{en}, more callers wait than agents are free");
        if (nextBack is { } back) (zh, en) = ($"{zh},最早 {Sentences.Clock(back, floor)} 有人返回", $"{en}; the next is due back at {Sentences.Clock(back, floor)}");
        return new(Id, Clause, Sentences.WithClause(zh, en, Clause), nextBack > now ? nextBack : null);
    }

    // Who waits keeps their place; who does not wait yet comes behind whoever waits for the break of no later an hour.
    private static bool IsOvertaking(Agent agent, TeamCount count, FloorState floor, DateTimeOffset now) => agent.Ticket is { Status: TicketStatus.Queued }
        ? TicketWords.Positions(floor)!.GetValueOrDefault(agent.Id) > 1
        : count.IsAnybodyAhead(BreakHour.SinceOf(agent, floor.Setup, now));

    private static bool Counts(Agent agent) => agent.Break is { } rests && BreakCensus.Counts(rests.Kind);

    // Somebody who signs out makes the team smaller: the cap may fall below those who rest already.
    private DateTimeOffset CapFellAt(ReadOnlySpan<Agent> agents, int signedIn, int resting)
    {
        var leaves = agents.ToArray().Select(agent => agent.Session?.LeftAt).OfType<DateTimeOffset>().OrderDescending().ToArray();
        for (var i = 0; i < leaves.Length; i++)
            if (CapOf(signedIn + i + 1, isTight: false) >= resting) return leaves[i];
        return DateTimeOffset.MinValue;
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
