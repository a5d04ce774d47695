using System.Collections.Immutable;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// One call of <see cref="RuleBook.Judge"/>: whom to ask about what. What becomes of the findings is in <see cref="Docket"/>.
/// Whatever an event changed is judged twice: first as it was until that instant (a deadline may have passed since the last
/// tick), then as it is now. So a verdict does not depend on how often the clock ticks.
/// </summary>
internal sealed class Judging
{
    private readonly Rulings rulings;
    private readonly TeamBook teams;
    private readonly FloorState before;
    private readonly FloorState after;
    private readonly DateTimeOffset at;
    private readonly DateTimeOffset now;
    private readonly RuleGuard guard;
    private readonly Docket docket;

    /// <summary>A judgement of what led from one state to the next at an instant.</summary>
    public Judging(Rulings rulings, OpenVerdicts open, TeamBook teams, FloorState before, FloorState after, DateTimeOffset at, DateTimeOffset sweptAt)
    {
        (this.rulings, this.teams, this.before, this.after, this.at) = (rulings, teams, before, after, at);
        now = after.At > at ? after.At : at;
        guard = new(at);
        docket = new(open, before, after, now, sweptAt, guard);
    }

    /// <summary>Whether the event tells that time has passed for those whom it changed.</summary>
    public bool HasPast { get; init; }

    /// <summary>What is open after it.</summary>
    public OpenVerdicts Open => docket.Open;

    /// <summary>What it led to.</summary>
    public Judgement Result() => docket.Result();

    /// <summary>The switch did not do what a verdict asked of it: its history says so.</summary>
    public void NoteFailure(EnforcementTaken failed) => docket.NoteFailure(failed);

    /// <summary>A person said something about a verdict, open or closed.</summary>
    public void Note(VerdictDisposed disposed) => docket.Note(disposed);

    /// <summary>A whole shift was excused: what is open of it is.</summary>
    public void ExcuseOpen() => docket.ExcuseOpen();

    /// <summary>Judges every agent, queue and team and the floor as a whole, and closes what nobody answers for any more.</summary>
    public void JudgeEverybody()
    {
        var hasNews = !ReferenceEquals(before.Agents, after.Agents);
        foreach (var (id, agent) in after.Agents)
        {
            if (hasNews && before.Agents.TryGetValue(id, out var was) && !ReferenceEquals(was, agent)) JudgePast(was);
            JudgeAgent(agent, after, now, last: true);
        }

        if (rulings.Queues.Length > 0)
            foreach (var (_, queue) in after.Queues) JudgeQueue(queue, after, now);
        if (rulings.Teams.Length > 0)
            foreach (var team in teams.Ids) JudgeTeam(team, after, now);
        JudgeChangedSite();
        CloseOrphans();
    }

    /// <summary>Judges what the event changed.</summary>
    public void JudgeChanged(FloorEvent cause)
    {
        if (!ReferenceEquals(before.Feeds, after.Feeds) || !ReferenceEquals(before.Duty, after.Duty)
            || !ReferenceEquals(before.DutyWatch, after.DutyWatch) || !ReferenceEquals(before.Health, after.Health))
            JudgeChangedSite();
        if (!ReferenceEquals(before.Feeds, after.Feeds))
        {
            // Sight came or went: also for those who left and of whom only the link told.
            foreach (var (id, _) in after.Agents) JudgeChangedAgent(id);
        }
        else if (!ReferenceEquals(before.Agents, after.Agents))
        {
            if (ChangedAgents.OnlyOne(cause) is { } only)
                JudgeChangedAgent(only);
            else
                foreach (var (id, agent) in after.Agents)
                    if (!before.Agents.TryGetValue(id, out var was) || !ReferenceEquals(was, agent)) JudgeChangedAgent(id);
        }
        else if (cause is EnforcementTaken taken)
        {
            JudgeChangedAgent(taken.Agent);
        }

        if (rulings.Queues.Length == 0 || ReferenceEquals(before.Queues, after.Queues)) return;
        foreach (var (name, queue) in after.Queues)
        {
            if (before.Queues.TryGetValue(name, out var was))
            {
                if (ReferenceEquals(was, queue)) continue;
                if (HasPast) JudgeQueue(was, before, at);
            }

            JudgeQueue(queue, after, now);
        }
    }

    /// <summary>The countdowns of everybody, the next one first.</summary>
    public ImmutableArray<Verdict> Pending()
    {
        var found = new List<Verdict>();
        foreach (var (_, agent) in after.Agents)
        {
            var inSight = Sight.IsClear(agent, after);
            foreach (var general in rulings.Agents)
            {
                var rule = (IAgentRule)RuleScope.For(general, agent, after, now);
                if (rule.Enabled && (inSight || !rule.NeedsSight) && guard.Ask(rule, agent, after, now) is { } finding && finding.OpensAt > now) found.Add(Docket.Draft(rule, finding));
            }
        }

        foreach (var rule in rulings.Sites)
            if (rule.Enabled && guard.Ask(rule, after, now) is { } finding && finding.OpensAt > now) found.Add(Docket.Draft(rule, finding));

        return [.. found.OrderBy(one => one.OpenedAt).ThenBy(one => one.Id, StringComparer.Ordinal)];
    }

    private void JudgeChangedAgent(string id)
    {
        before.Agents.TryGetValue(id, out var was);
        if (was is not null) JudgePast(was);
        if (!after.Agents.TryGetValue(id, out var agent)) return;
        JudgeAgent(agent, after, now, last: true);
        if (rulings.Teams.Length == 0) return;
        if (agent.Team is { } team) JudgeTeam(team, after, now);
        if (was?.Team is { } old && old != agent.Team) JudgeTeam(old, after, now);
    }

    private void JudgeChangedSite()
    {
        if (rulings.Sites.Length == 0) return;
        // A floor of which nothing was configured yet has no past to be judged.
        if (!ReferenceEquals(before, after) && HasPast && before.At != default) JudgeSite(before, at);
        JudgeSite(after, now);
    }

    private void JudgePast(Agent was)
    {
        if (HasPast) JudgeAgent(was, before, at, last: false);
    }

    private void JudgeAgent(Agent agent, FloorState floor, DateTimeOffset moment, bool last)
    {
        // No blame without sight (principle 1): nothing opens, nothing closes, no clock runs.
        var inSight = Sight.IsClear(agent, floor);
        foreach (var general in rulings.Agents)
        {
            var rule = (IAgentRule)RuleScope.For(general, agent, floor, moment);
            if ((!inSight && rule.NeedsSight) || !guard.MayAsk(rule)) continue;
            var finding = rule.Enabled ? guard.Ask(rule, agent, floor, moment) : null;
            if (guard.HasFailed) continue;
            docket.Enter(rule, agent.Id, finding, floor, moment);
            if (rule is not IEnforcedRule enforced || agent.Session is not { } left) continue;
            // Only the present is enforced; of the past it is asked what would have been done.
            if (!(last ? docket.Enforce(enforced, agent) : docket.WouldRestore(enforced, agent, floor, moment))) continue;
            // To the rules that follow, who is put back now is being put back: the fold hears of it only after this judgement.
            agent = agent with { Session = left with { BeingRestored = true } };
            floor = floor with { Agents = floor.Agents.SetItem(agent.Id, agent) };
        }
    }

    private void JudgeQueue(Queue queue, FloorState floor, DateTimeOffset moment)
    {
        if (!Sight.IsClear(queue, floor)) return;
        foreach (var general in rulings.Queues)
        {
            var rule = (IQueueRule)RuleScope.ForQueue(general, queue.Name);
            if (!guard.MayAsk(rule)) continue;
            var finding = rule.Enabled ? guard.Ask(rule, queue, floor, moment) : null;
            if (!guard.HasFailed) docket.Enter(rule, queue.Name, finding, floor, moment);
        }
    }

    private void JudgeTeam(string id, FloorState floor, DateTimeOffset moment)
    {
        if (!teams.TryFind(id, floor, out var team, out var agents)) return;
        // Counts of a team of which somebody is out of sight are no counts.
        foreach (var agent in agents)
            if (!Sight.IsClear(agent, floor)) return;
        foreach (var general in rulings.Teams)
        {
            var rule = general.HeedsOverrides ? general : (ITeamRule)RuleScope.ForTeam(general, id);
            if (!guard.MayAsk(rule)) continue;
            var finding = rule.Enabled || rule.HeedsOverrides ? guard.Ask(rule, team, agents, floor, moment) : null;
            if (!guard.HasFailed) docket.Enter(rule, id, finding, floor, moment);
        }
    }

    private void JudgeSite(FloorState floor, DateTimeOffset moment)
    {
        foreach (var rule in rulings.Sites)
        {
            if (!guard.MayAsk(rule)) continue;
            var finding = rule.Enabled ? guard.Ask(rule, floor, moment) : null;
            if (!guard.HasFailed) docket.Enter(rule, floor.Setup.Site, finding, floor, moment);
        }
    }

    // A rule that was taken out, an agent or a queue that is no longer: their verdicts end now, kept like any other.
    private void CloseOrphans()
    {
        foreach (var (_, verdict) in docket.Open.ById)
        {
            var key = verdict.Concerns ?? verdict.Subject.Id;
            var isAnswered = rulings.ById.TryGetValue(verdict.Rule, out var rule) && rule switch
            {
                IAgentRule => after.Agents.ContainsKey(key),
                IQueueRule => after.Queues.ContainsKey(key),
                ITeamRule => teams.TryFind(key, after, out _, out _),
                ISiteRule => key == after.Setup.Site,
                _ => true,
            };
            if (!isAnswered) docket.CloseOrphan(verdict);
        }
    }
}
