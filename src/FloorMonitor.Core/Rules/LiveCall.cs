using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>Whether an agent is on a call that nothing may touch (principle 2).</summary>
public static class LiveCall
{
    /// <summary>
    /// A call that rings, talks or is held; or a phone in use of which no call is told. The phone of one who is in no queue any
    /// more is not reported any more: there only a call that was told of counts.
    /// </summary>
    public static bool IsOn(Agent agent) =>
        agent.Call is not null || (!agent.Members.IsEmpty && (AgentStatus.IsBusy(agent) || agent.State == AgentState.Ringing));

    /// <summary>Whether the agent talks in a call that began no later than an instant: a deadline at that instant waits for its end.</summary>
    public static bool IsTalkingSince(Agent agent, DateTimeOffset deadline) =>
        AgentStatus.IsBusy(agent) && (agent.Call?.Since ?? agent.Since) <= deadline;

    /// <summary>
    /// When a call that is over ended with its wrap-up, which is the work of that call. By the queue's wrap-up time, also where it was
    /// cut short, so that the instant stays the same however long ago it was.
    /// </summary>
    public static DateTimeOffset EndOf(Agent agent, EndedCall call)
    {
        foreach (var member in agent.Members)
            if (member.Queue == call.Queue) return call.Until + member.WrapUp;
        return call.Until;
    }
}
