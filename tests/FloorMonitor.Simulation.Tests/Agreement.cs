using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx.Simulated;

namespace FloorMonitor.Simulation.Tests;

/// <summary>Whether the floor shows what the switch knows: members, pauses, waiting callers, calls, phones.</summary>
internal static class Agreement
{
    public static List<string> Differences(FloorState floor, SimulatedSwitch pbx)
    {
        var found = new List<string>();
        foreach (var queue in pbx.QueueList) Waiting(found, floor, queue);
        Members(found, floor, pbx);
        Calls(found, floor, pbx);
        return found;
    }

    private static void Waiting(List<string> found, FloorState floor, SimQueue queue)
    {
        var there = string.Join(' ', queue.Waiting.Select(call => call.Caller.Uniqueid));
        var here = floor.Queues.TryGetValue(queue.Name, out var seen) ? string.Join(' ', seen.Waiting.Select(caller => caller.Call)) : "no such queue";
        if (there != here) found.Add($"waiting in {queue.Name}: the switch has [{there}], the floor [{here}]");
    }

    private static void Members(List<string> found, FloorState floor, SimulatedSwitch pbx)
    {
        var there = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var queue in pbx.QueueList)
            foreach (var member in queue.Members)
                there.Add($"{member.Device.Exten} in {queue.Name}{(member.Paused ? $" paused ({member.Reason})" : "")}{(member.Device.Registered ? "" : " unreachable")}");
        var here = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var agent in floor.Agents.Values)
        {
            foreach (var member in agent.Members)
                here.Add($"{agent.Id} in {member.Queue}{(member.Paused ? $" paused ({member.Reason})" : "")}{(member.Phone == PhoneState.Unreachable ? " unreachable" : "")}");
            if (agent.State == AgentState.Unknown) found.Add($"{agent.Id} is unknown though the link is there");
            if (agent.Members.IsEmpty != (agent.State == AgentState.SignedOut)) found.Add($"{agent.Id} is {agent.State} with {agent.Members.Count} memberships");
        }

        foreach (var one in there.Except(here)) found.Add($"only the switch has {one}");
        foreach (var one in here.Except(there)) found.Add($"only the floor has {one}");
    }

    private static void Calls(List<string> found, FloorState floor, SimulatedSwitch pbx)
    {
        var there = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var call in pbx.Calls)
            if (call is { Queue: { } queue, Answered: { } ring, Over: false }) there.Add($"{ring.Leg.Device.Exten} talks to {call.Caller.Uniqueid} of {queue.Name}");
        var here = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var agent in floor.Agents.Values)
            if (agent.Call is { Answered: true, Queue: { } queue } call) here.Add($"{agent.Id} talks to {call.Id} of {queue}");
        foreach (var one in there.Except(here)) found.Add($"only the switch says that {one}");
        foreach (var one in here.Except(there)) found.Add($"only the floor says that {one}");
    }
}
