using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;

namespace FloorMonitor.Service.Engine;

/// <summary>
/// Whether a command's effect can be seen on the floor yet. The switch's answer and its event are two messages; a caller
/// who is told "done" should find it done.
/// </summary>
internal static class CommandEffect
{
    public static bool IsSeen(FloorCommand command, FloorState floor) =>
        floor.Agents.TryGetValue(command.Agent, out var agent) && IsSeen(command, agent);

    private static bool IsSeen(FloorCommand command, Agent agent) => command switch
    {
        SignIn signIn => !agent.Members.IsEmpty && signIn.Queues.AsSpan().ToArray().All(queue => agent.Members.Any(member => member.Queue == queue)),
        MoveQueues move => move.Queues.AsSpan().ToArray().All(queue => agent.Members.Any(member => member.Queue == queue))
            && agent.Members.All(member => member.IsStatic || move.Queues.Any(queue => queue == member.Queue)),
        SignOut => agent.Members.All(member => member.IsStatic),
        TakeBreak or RequestBreak => !agent.Members.IsEmpty && agent.Members.All(member => member.Paused),
        Resume => agent.Members.All(member => !member.Paused),
        _ => true,
    };
}
