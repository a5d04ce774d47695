using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Metrics;

/// <summary>
/// The floor in numbers. Every agent is in exactly one of available, on call, ringing, wrap-up, on break and unreachable (together:
/// signed in), unknown, or signed out.
/// </summary>
/// <param name="Waiting">等待人数: callers who wait in all queues.</param>
/// <param name="OldestWaitSince">Since when the longest waiting of them waits; null when nobody does.</param>
/// <param name="OnBreak">休息人数: agents paused in all their queues.</param>
/// <param name="InternalCalls">内线人数: agents who talk to another seat; a call of two agents counts both.</param>
/// <param name="SignedIn">Agents signed in and in sight.</param>
/// <param name="Available">Agents free for a call of at least one queue.</param>
/// <param name="OnCall">Agents who talk or hold.</param>
/// <param name="Ringing">Agents at whom a call rings.</param>
/// <param name="WrapUp">Agents in wrap-up.</param>
/// <param name="Unreachable">Agents signed in whose phone cannot be reached.</param>
/// <param name="Unknown">Agents out of sight.</param>
public sealed record FloorTotals(
    int Waiting,
    DateTimeOffset? OldestWaitSince,
    int OnBreak,
    int InternalCalls,
    int SignedIn,
    int Available,
    int OnCall,
    int Ringing,
    int WrapUp,
    int Unreachable,
    int Unknown)
{
    /// <summary>The numbers of a floor, in one pass over agents and queues.</summary>
    public static FloorTotals Of(FloorState floor)
    {
        Span<int> by = stackalloc int[Enum.GetValues<AgentState>().Length];
        by.Clear();
        var internalCalls = 0;
        foreach (var (_, agent) in floor.Agents)
        {
            by[(int)agent.State]++;
            var talks = agent.State is AgentState.OnCall or AgentState.OnHold;
            if (talks && agent.Call is { Answered: true, Direction: CallDirection.Internal }) internalCalls++;
        }

        var waiting = 0;
        DateTimeOffset? oldest = null;
        foreach (var (_, queue) in floor.Queues)
        {
            waiting += queue.Waiting.Count;
            if (!queue.Waiting.IsEmpty && !(queue.Waiting[0].Since >= oldest)) oldest = queue.Waiting[0].Since;
        }

        var onCall = by[(int)AgentState.OnCall] + by[(int)AgentState.OnHold];
        var (available, ringing, wrapUp) = (by[(int)AgentState.Available], by[(int)AgentState.Ringing], by[(int)AgentState.WrapUp]);
        var (onBreak, unreachable) = (by[(int)AgentState.OnBreak], by[(int)AgentState.Unreachable]);
        return new(
            waiting, oldest, onBreak, internalCalls, available + onCall + ringing + wrapUp + onBreak + unreachable,
            available, onCall, ringing, wrapUp, unreachable, by[(int)AgentState.Unknown]);
    }
}
