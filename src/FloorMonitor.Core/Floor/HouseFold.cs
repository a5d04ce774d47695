using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Floor;

/// <summary>What the house itself says: configuration, hands, duty, and what the monitor does at the switch.</summary>
internal static class HouseFold
{
    /// <summary>How long a revert counts toward the revert limit, and how many are kept.</summary>
    private static readonly TimeSpan RevertsCount = TimeSpan.FromMinutes(10);
    private const int MaxReverts = 32;

    public static void Configured(ref FloorDraft draft, FloorConfigured e)
    {
        var old = draft.Setup;
        if (old != e.Setup) draft.Setup = e.Setup;
        // Read again and found the same, it is still the one that was read first.
        if (old != e.Setup || draft.SetupEntry == 0) draft.SetupEntry = e.Entry;
        ClockFold.SetDay(ref draft, e.At);
        DutyFold.Configured(ref draft, e);
        Feeds(ref draft, e);
        foreach (var (_, queue) in draft.Queues) draft.Put(QueueFold.Configured(queue, e.Setup, null));
        Agents(ref draft, e, old);
    }

    public static void HandRaised(ref FloorDraft draft, HandRaised e)
    {
        if (draft.Agents.TryGetValue(e.Agent, out var agent) && agent.HandRaisedAt is null) draft.Put(agent with { HandRaisedAt = e.At, HandEntry = e.Entry });
    }

    public static void HandLowered(ref FloorDraft draft, HandLowered e)
    {
        if (draft.Agents.TryGetValue(e.Agent, out var agent) && agent.HandRaisedAt is not null)
            draft.Put(agent with { HandRaisedAt = null, HandEntry = 0, HandAcknowledgedAt = null, HandAcknowledgedBy = null, LastHand = Answered(agent, e) });
    }

    public static void HandAcknowledged(ref FloorDraft draft, HandAcknowledged e)
    {
        if (draft.Agents.TryGetValue(e.Agent, out var agent) && agent is { HandRaisedAt: not null, HandAcknowledgedAt: null })
            draft.Put(agent with { HandAcknowledgedAt = e.At, HandAcknowledgedBy = e.By });
    }

    private static AnsweredHand Answered(Agent agent, HandLowered e) =>
        new(agent.HandRaisedAt!.Value, agent.HandAcknowledgedAt, agent.HandAcknowledgedBy, e.At, e.By);

    public static void EnforcementTaken(ref FloorDraft draft, EnforcementTaken e)
    {
        if (!draft.Agents.TryGetValue(e.Agent, out var agent)) return;
        switch (e.Step)
        {
            case EnforcementStep.Restore:
                var restored = WithRevert(agent, e.At);
                if (restored.Session is { LeftAt: not null } left) restored = restored with { Session = left with { BeingRestored = true } };
                draft.Put(restored);
                break;
            case EnforcementStep.Resume:
                draft.Put(WithTakenOff(WithRevert(agent, e.At), true));
                break;
            case EnforcementStep.Failed:
                if (agent.Session is { BeingRestored: true } failed)
                    draft.Put(agent with { Session = failed with { BeingRestored = false } });
                else
                    draft.Put(WithTakenOff(agent, false));
                break;
            case EnforcementStep.LimitReached or EnforcementStep.LeftOnCall:
                break;
        }
    }

    private static Agent WithTakenOff(Agent agent, bool takenOff) =>
        agent.Break is { } running && running.TakenOff != takenOff ? agent with { Break = running with { TakenOff = takenOff } } : agent;

    private static Agent WithRevert(Agent agent, DateTimeOffset at)
    {
        if (agent.Reverts.FindIndex(at, static (revert, same) => revert == same) >= 0) return agent;
        var kept = ValueArray.From(agent.Reverts.Where(revert => at - revert < RevertsCount).TakeLast(MaxReverts - 1));
        return agent with { Reverts = kept.Add(at) };
    }

    private static void Feeds(ref FloorDraft draft, FloorConfigured e)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var feed in e.Setup.Feeds)
        {
            names.Add(feed.Name);
            var known = draft.Feeds.GetValueOrDefault(feed.Name) ?? new(feed.Name, feed.Kind, FeedState.Connecting, e.At, null, "");
            FeedFold.Put(ref draft, known with { Kind = feed.Kind });
        }

        foreach (var (name, _) in draft.Feeds)
            if (!names.Contains(name)) ResyncFold.Forget(ref draft, name, e.At);
    }

    private static Agent WithGrade(Agent agent, string? grade, DateTimeOffset at) =>
        agent.Grade == grade ? agent : AgentFold.WithDay(agent with { Grade = grade, Today = grade is null ? null : agent.Today }, at);

    private static void Agents(ref FloorDraft draft, FloorConfigured e, FloorSetup old)
    {
        var configured = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in e.Setup.Agents)
        {
            configured.Add(line.Id);
            var agent = draft.Agents.GetValueOrDefault(line.Id) ?? new() { Id = line.Id, Name = line.Name, Since = e.At };
            agent = WithGrade(agent with { Name = line.Name, Team = line.Team }, line.Grade, e.At);
            // The PBX's own word of the address, once there is one, goes before the file's.
            if (agent.Members.IsEmpty) agent = agent with { Address = line.Address, Seat = AgentDirectory.SeatOf(line.Address) };
            draft.Put(agent);
        }

        // Live state stays: who is taken out of the file while signed in is shown until signing out.
        foreach (var line in old.Agents)
        {
            if (configured.Contains(line.Id) || !draft.Agents.TryGetValue(line.Id, out var agent)) continue;
            if (agent.Members.IsEmpty) draft.Agents = draft.Agents.Remove(line.Id);
            else draft.Put(agent with { Team = null, Grade = null, Today = null });
        }
    }
}
