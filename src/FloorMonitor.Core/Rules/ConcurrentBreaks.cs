using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// P4.6: only so many of a team rest at once. The cap tightens at the gate while callers wait for want of agents; breaks that were
/// granted before that are nobody's fault, so the verdict judges by the usual cap.
/// </summary>
public sealed record ConcurrentBreaks : FloorRule, ITeamRule, IGateRule
{
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

    /// <inheritdoc/>
    public Finding? Judge(TeamSetup team, ReadOnlySpan<Agent> agents, FloorState floor, DateTimeOffset now)
    {
        var (signedIn, resting) = (0, 0);
        foreach (var agent in agents)
        {
            if (agent.Session is { LeftAt: null }) signedIn++;
            if (Counts(agent)) resting++;
        }

        var cap = CapOf(signedIn);
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
        if (command is not TakeBreak { Kind: BreakKinds.ShortBreak or BreakKinds.MealBreak }) return null;
        var (signedIn, resting, nextBack) = (0, 0, (DateTimeOffset?)null);
        foreach (var (_, other) in floor.Agents)
        {
            if (other.Team != team) continue;
            if (other.Session is { LeftAt: null }) signedIn++;
            if (other.Id == agent.Id || !Counts(other)) continue;
            resting++;
            if (other.Break!.EndsAt is { } ends && !(ends >= nextBack)) nextBack = ends;
        }

        var isTight = Tighten && IsShort(agent, floor);
        var cap = isTight ? Math.Min(AtLeast, CapOf(signedIn)) : CapOf(signedIn);
        if (resting < cap) return null;
        var (zh, en) = ($"班组休息已满({resting}/{cap})", $"The team's breaks are full ({resting} of {cap})");
        if (isTight) (zh, en) = ($"{zh},排队人数多于空闲座席", $"{en}, more callers wait than agents are free");
        if (nextBack is { } back) (zh, en) = ($"{zh},最早 {Sentences.Clock(back, floor)} 有人返回", $"{en}; the next is due back at {Sentences.Clock(back, floor)}");
        return new(Id, Clause, Sentences.WithClause(zh, en, Clause), nextBack > now ? nextBack : null);
    }

    private static bool Counts(Agent agent) => agent.Break is { Kind: BreakKinds.ShortBreak or BreakKinds.MealBreak };

    private int CapOf(int signedIn) => Math.Max(AtLeast, (int)Math.Floor(Max * signedIn));

    // Somebody who signs out makes the team smaller: the cap may fall below those who rest already.
    private DateTimeOffset CapFellAt(ReadOnlySpan<Agent> agents, int signedIn, int resting)
    {
        var leaves = agents.ToArray().Select(agent => agent.Session?.LeftAt).OfType<DateTimeOffset>().OrderDescending().ToArray();
        for (var i = 0; i < leaves.Length; i++)
            if (CapOf(signedIn + i + 1) >= resting) return leaves[i];
        return DateTimeOffset.MinValue;
    }

    private static bool IsShort(Agent agent, FloorState floor)
    {
        foreach (var member in agent.Members)
        {
            if (!floor.Queues.TryGetValue(member.Queue, out var queue) || queue.Waiting.IsEmpty) continue;
            if (queue.Waiting.Count > FreeIn(queue.Name, floor)) return true;
        }

        return false;
    }

    private static int FreeIn(string queue, FloorState floor)
    {
        var free = 0;
        foreach (var (_, agent) in floor.Agents)
        {
            if (agent.State != AgentState.Available) continue;
            foreach (var member in agent.Members)
                if (member.Queue == queue && !member.Paused) free++;
        }

        return free;
    }

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
