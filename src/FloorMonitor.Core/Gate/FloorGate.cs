using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Gate;

/// <summary>
/// What a command may do now, and why not: the same rules, asked before instead of after. First the state itself answers
/// (<see cref="GateStates"/>: is there anything to do, can it be done without touching a live call), then the rules.
/// </summary>
public static class FloorGate
{
    /// <summary>Judges a command. Hand commands are granted without PBX actions; the engine records their event.</summary>
    public static GateAnswer Ask(FloorCommand command, FloorState floor, ImmutableArray<IFloorRule> rules, DateTimeOffset now)
    {
        if (!floor.Agents.TryGetValue(command.Agent, out var agent))
            return GateStates.No($"没有座席 {command.Agent}", $"There is no agent {command.Agent}");

        var asked = command is TakeBreak take && BreakKindNamed(take.Kind, floor) is { } kind ? take with { Kind = kind.Kind } : command;
        var answer = asked switch
        {
            SignIn one => GateStates.SignIn(one, agent, floor),
            SignOut one => GateStates.SignOut(one, agent, floor),
            TakeBreak one => GateStates.Break(one, agent, floor),
            Resume => GateStates.Resume(agent, floor),
            MoveQueues one => GateMoves.Move(one, agent, floor),
            RequestBreak one => GateBreaks.Request(one, agent, floor, rules, now),
            GrantBreak one => GateBreaks.Grant(one, agent, floor, rules, now),
            DeferBreak one => GateBreaks.Defer(one, agent, floor, rules, now),
            CancelBreak one => GateBreaks.Cancel(one, agent, now),
            DeclineBreak one => GateBreaks.Decline(one, agent, floor, now),
            GiveGrant one => GateGrants.Give(one, agent, floor, now),
            RevokeGrant one => GateGrants.Revoke(one, agent),
            AcknowledgeHand or SendMessage or ReadMessage => GateWordsTo.Ask(asked, agent, floor),
            CheckIn or RollCall => GateMuster.Ask(asked, agent, floor, now),
            // A hand belongs to the floor, not to the switch: nothing stands against raising it (D3.3) or taking it down.
            RaiseHand or LowerHand => new Granted([]),
            _ => throw new ArgumentException($"The gate knows no command {command.GetType().Name}.", nameof(command)),
        };
        if (answer is not Granted || asked is TakeBreak { Kind: BreakKinds.Personal }) return answer;
        if (!GateGrants.Lifts(asked, agent, now) && RefusedByRules(asked, agent, floor, rules, now) is { } refused) return refused;
        return asked is TakeBreak taken ? GateBreaks.WithGrant((Granted)answer, taken, agent, floor, rules, now) : answer;
    }

    /// <summary>The kind of break that somebody names: by its name, or by a reason that means it, without regard to case.</summary>
    internal static BreakKindSetup? BreakKindNamed(string name, FloorState floor)
    {
        foreach (var kind in floor.Setup.Breaks)
            if (string.Equals(kind.Kind, name, StringComparison.OrdinalIgnoreCase)) return kind;
        foreach (var kind in floor.Setup.Breaks)
            foreach (var reason in kind.Reasons)
                if (string.Equals(reason, name, StringComparison.OrdinalIgnoreCase)) return kind;
        return null;
    }

    // Of several refusals the one that stands longest is told, so that nobody comes back to be refused again. One that cannot
    // say until when stands longest of all.
    internal static Refused? RefusedByRules(
        FloorCommand command, Agent agent, FloorState floor, ImmutableArray<IFloorRule> rules, DateTimeOffset now, bool isRequest = false)
    {
        Refused? longest = null;
        foreach (var general in rules)
        {
            if (RuleScope.For(general, agent, floor, now) is not IGateRule { Enabled: true } rule || (isRequest && rule.Waits)) continue;
            if (rule.Ask(command, agent, floor, now) is not { } refused) continue;
            if (longest is null || Stands(refused) > Stands(longest)) longest = refused;
        }

        return longest;
    }

    private static DateTimeOffset Stands(Refused refused) => refused.AllowedAt ?? DateTimeOffset.MaxValue;
}
