using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Gate;

/// <summary>What passes between an agent and the lead: a hand that was seen, a word, a word that was read. Nothing at the switch.</summary>
internal static class GateWordsTo
{
    public static GateAnswer Ask(FloorCommand command, Agent agent, FloorState floor) => command switch
    {
        AcknowledgeHand => Acknowledge(command, agent, floor),
        ReadMessage one => Read(one, agent),
        _ => new Granted([]),
    };

    private static GateAnswer Acknowledge(FloorCommand command, Agent agent, FloorState floor)
    {
        if (agent.HandRaisedAt is null) return GateStates.No("没有举手", "No hand is up");
        if (command.By == agent.Id) return GateStates.No("举手须由他人确认", "A hand is acknowledged by another");
        if (agent.HandAcknowledgedAt is not { } at) return new Granted([]);
        var when = Sentences.Clock(at, floor);
        return GateStates.No($"{when} 已由 {agent.HandAcknowledgedBy} 确认", $"Acknowledged already by {agent.HandAcknowledgedBy} at {when}");
    }

    private static GateAnswer Read(ReadMessage command, Agent agent)
    {
        foreach (var message in agent.Messages)
            if (message.Id == command.Message) return new Granted([]);
        return GateStates.No($"没有消息 {command.Message}", $"There is no message {command.Message}");
    }
}
