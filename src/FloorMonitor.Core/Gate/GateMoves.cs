using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Gate;

/// <summary>
/// Moving between queues. Every join goes before every leave, so that the agent is signed in at every moment: no lock begins anew, no
/// sign-out is seen. Never on a live call (principle 2): the call belongs to a queue that would be left under it.
/// </summary>
internal static class GateMoves
{
    public static GateAnswer Move(MoveQueues command, Agent agent, FloorState floor)
    {
        if (command.Queues.IsEmpty) return GateStates.No("请指定队列;离开全部队列请签出", "Name the queues; to leave them all, sign out");
        if (GateStates.NotSignedIn(agent, floor) is { } no) return no;
        if (LiveCall.IsOn(agent)) return GateStates.No("通话中,请在通话结束后调整队列", "On a call: move when it is over");

        var actions = new List<PbxAction>();
        foreach (var queue in command.Queues)
        {
            if (!floor.Queues.ContainsKey(queue)) return GateStates.UnknownQueue(queue, floor);
            if (GateStates.IsIn(agent, queue)) continue;
            if (GateStates.FeedOf(queue, agent, floor) is not { } feed)
                return GateStates.No($"不知道队列 {queue} 在哪台交换机上", $"It is not known which PBX has the queue {queue}");
            if (!Sight.IsSynced(feed, floor)) return GateStates.OutOfSight(feed);
            // Who is on a break stays on it: joining ready for calls would end it, and a pause a moment later begin another.
            actions.Add(new JoinQueue(feed, agent.Address, queue, GateStates.PenaltyIn(agent, queue), HotDesk.NameAt(agent.Address, agent, floor.Setup)) { PausedFor = ReasonOf(agent) });
        }

        foreach (var member in agent.Members)
            if (!member.IsStatic && command.Queues.FindIndex(member.Queue, static (queue, left) => queue == left) < 0)
                actions.Add(new LeaveQueue(member.Feed, agent.Address, member.Queue));
        return actions.Count > 0 ? new Granted(ValueArray.From(actions)) : GateStates.No("已经在这些队列", "In these queues already");
    }

    private static string? ReasonOf(Agent agent) =>
        AgentStatus.IsPausedEverywhere(agent) ? agent.Break?.Reason ?? agent.Members[0].Reason : null;
}
