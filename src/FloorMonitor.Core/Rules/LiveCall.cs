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
}
