using FloorMonitor.Service.Wire;

namespace FloorMonitor.Service.Hubs;

/// <summary>The numbers of a part of the floor, counted as Core's FloorTotals counts the whole: each agent in one state, calls with another seat by the agents in them.</summary>
internal static class WallTotals
{
    public static WireTotals Of(IReadOnlyList<WireAgent> agents, IReadOnlyList<WireQueue> queues)
    {
        int In(string state) => agents.Count(agent => agent.State == state);
        var onCall = In("onCall") + In("onHold");
        var (available, ringing, wrapUp, onBreak, unreachable) = (In("available"), In("ringing"), In("wrapUp"), In("onBreak"), In("unreachable"));
        return new(
            queues.Sum(queue => queue.Waiting),
            queues.Min(queue => queue.OldestWaitSince),
            onBreak,
            agents.Count(agent => agent is { State: "onCall" or "onHold", Call: { Answered: true, Direction: "internal" } }),
            available + onCall + ringing + wrapUp + onBreak + unreachable,
            available,
            onCall,
            ringing,
            wrapUp,
            unreachable,
            In("unknown"));
    }
}
