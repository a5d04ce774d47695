using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;

namespace FloorMonitor.Core.Rules;

/// <summary>What has to happen at the switch so that an agent is as they were.</summary>
public static class PutBack
{
    /// <summary>
    /// Every queue that was left last, with its penalty, and paused again where it was paused. What the PBX's configuration fixes
    /// cannot be left, so it need not be put back.
    /// </summary>
    public static ValueArray<PbxAction> IntoQueues(Agent agent, Session session, FloorSetup setup)
    {
        var actions = new List<PbxAction>();
        var name = HotDesk.NameAt(agent.Address, agent, setup);
        foreach (var member in session.LeftMembers)
        {
            if (member.IsStatic) continue;
            actions.Add(new JoinQueue(member.Feed, agent.Address, member.Queue, member.Penalty, name));
            if (member.Paused) actions.Add(new SetPause(member.Feed, agent.Address, member.Queue, true, member.Reason));
        }

        return ValueArray.From(actions);
    }

    /// <summary>The pause taken off in all queues, once at each PBX.</summary>
    public static ValueArray<PbxAction> ToWork(Agent agent) => Everywhere(agent, paused: false, "");

    /// <summary>A pause set or taken off in all queues, once at each PBX.</summary>
    public static ValueArray<PbxAction> Everywhere(Agent agent, bool paused, string reason)
    {
        var feeds = new List<string>();
        foreach (var member in agent.Members)
            if (!feeds.Contains(member.Feed)) feeds.Add(member.Feed);
        return ValueArray.From<PbxAction>(feeds.Select(feed => new SetPause(feed, agent.Address, null, paused, reason)));
    }
}
