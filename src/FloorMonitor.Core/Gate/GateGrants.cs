using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Gate;

/// <summary>Exceptions at the gate: who may give one, and what one lifts.</summary>
internal static class GateGrants
{
    /// <summary>Longer than this nothing is a one-off exception any more.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Whether an exception that stands lifts every rule's refusal of a command: somebody decided it with open eyes.</summary>
    public static bool Lifts(FloorCommand command, Agent agent, DateTimeOffset now) => command switch
    {
        SignOut => Grant.Covers(agent, GrantWords.SignOut, now),
        TakeBreak => Grant.Covers(agent, GrantWords.Break, now),
        _ => false,
    };

    /// <summary>One at a time of each kind, and never to oneself.</summary>
    public static GateAnswer Give(GiveGrant command, Agent agent, FloorState floor, DateTimeOffset now)
    {
        if (command.By == agent.Id) return GateStates.No("不能自己批准自己", "Nobody grants an exception to themselves");
        if (GrantWords.All.FindIndex(command.Allow, static (word, asked) => word == asked) < 0)
        {
            var known = string.Join(", ", GrantWords.All.AsSpan().ToArray());
            return GateStates.No($"不能批准“{command.Allow}”,可用:{known}", $"{command.Allow} is nothing that can be granted; known: {known}");
        }

        if (string.IsNullOrWhiteSpace(command.Reason)) return GateStates.No("批准须写明原因", "An exception needs a reason");
        if (command.For <= TimeSpan.Zero || command.For > Longest)
            return GateStates.No("批准时长须为 1 分钟至 24 小时", "An exception holds for 1 min to 24 h");
        if (Grant.Find(agent, command.Allow, now) is { } standing)
        {
            var until = Sentences.Clock(standing.Until, floor);
            return GateStates.No($"{standing.By} 已批准,{until} 前有效", $"Granted already by {standing.By} until {until}");
        }

        return new Granted([]);
    }

    /// <summary>One that is there, neither used nor over.</summary>
    public static GateAnswer Revoke(RevokeGrant command, Agent agent)
    {
        foreach (var grant in agent.Grants)
            if (grant.Id == command.Grant) return new Granted([]);
        return GateStates.No($"没有批准 {command.Grant}(可能已使用或已过期)", $"There is no grant {command.Grant}: it may be used or over");
    }
}
