namespace FloorMonitor.Core.Floor;

/// <summary>What an agent is doing, derived from the facts alone.</summary>
public static class AgentStatus
{
    /// <summary>The state that these facts mean.</summary>
    public static AgentState Derive(Agent agent, FloorState floor) => agent.State;
}
