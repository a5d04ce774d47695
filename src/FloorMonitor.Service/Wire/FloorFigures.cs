using FloorMonitor.Core.Floor;

namespace FloorMonitor.Service.Wire;

/// <summary>The figures of queues and of the whole floor, counted in one walk over the agents.</summary>
internal static class FloorFigures
{
    /// <summary>Every queue, by name.</summary>
    public static IReadOnlyList<WireQueue> Queues(FloorState floor)
    {
        var staff = new Dictionary<string, Staff>(StringComparer.Ordinal);
        foreach (var (_, agent) in floor.Agents)
            foreach (var member in agent.Members.AsSpan())
                Count(staff, agent, member);
        return [.. floor.Queues.Values.OrderBy(queue => queue.Name, StringComparer.Ordinal).Select(queue => Of(queue, staff.GetValueOrDefault(queue.Name)))];
    }

    /// <summary>The floor as a whole.</summary>
    public static WireTotals Totals(FloorState floor)
    {
        Span<int> states = stackalloc int[16];
        foreach (var (_, agent) in floor.Agents) states[(int)agent.State]++;
        var waiting = 0;
        DateTimeOffset? oldest = null;
        foreach (var (_, queue) in floor.Queues)
        {
            waiting += queue.Waiting.Count;
            foreach (var caller in queue.Waiting.AsSpan())
                if (oldest is null || caller.Since < oldest) oldest = caller.Since;
        }

        var internalCalls = 0;
        foreach (var (_, call) in floor.DialedCalls)
            if (call.Direction == CallDirection.Internal) internalCalls++;
        var signedOut = states[(int)AgentState.SignedOut];
        return new(
            waiting,
            oldest,
            states[(int)AgentState.OnBreak],
            internalCalls,
            floor.Agents.Count - signedOut - NotSeen(floor),
            states[(int)AgentState.Available],
            states[(int)AgentState.OnCall] + states[(int)AgentState.OnHold],
            states[(int)AgentState.Ringing],
            states[(int)AgentState.WrapUp],
            states[(int)AgentState.Unreachable],
            states[(int)AgentState.Unknown]);
    }

    // Out of sight and without a session: nobody knows that such a one is signed in.
    private static int NotSeen(FloorState floor)
    {
        var count = 0;
        foreach (var (_, agent) in floor.Agents)
            if (agent.State == AgentState.Unknown && agent.Session is not { LeftAt: null }) count++;
        return count;
    }

    private static void Count(Dictionary<string, Staff> staff, Agent agent, QueueMember member)
    {
        ref var counts = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(staff, member.Queue, out _);
        if (agent.State == AgentState.SignedOut) return;
        counts.SignedIn++;
        if (agent.State is AgentState.OnCall or AgentState.OnHold) counts.OnCall++;
        else if (member.Paused) counts.OnBreak++;
        else if (agent.State == AgentState.Available) counts.Available++;
    }

    private static WireQueue Of(Queue queue, Staff staff)
    {
        var counters = queue.Counters;
        DateTimeOffset? oldest = null;
        foreach (var caller in queue.Waiting.AsSpan())
            if (oldest is null || caller.Since < oldest) oldest = caller.Since;
        return new(
            queue.Name,
            queue.Label,
            queue.Waiting.Count,
            oldest,
            staff.SignedIn,
            staff.Available,
            staff.OnCall,
            staff.OnBreak,
            counters.Offered,
            counters.Answered,
            counters.Abandoned,
            counters.LeftOtherwise,
            new(ServiceLevel(queue), (long)queue.ServiceLevelWithin.TotalMilliseconds, WireWords.Of(queue.Formula)),
            Mean(counters.Waited, counters.Answered),
            Mean(counters.Talked + counters.WrappedUp, counters.Handled),
            Share(counters.Abandoned, counters.Offered),
            Share(counters.Answered, counters.Offered),
            counters.Since,
            (long)counters.Unseen.TotalMilliseconds,
            counters.Missed);
    }

    private static double? ServiceLevel(Queue queue)
    {
        var counters = queue.Counters;
        var decided = counters.Answered + counters.Abandoned + counters.LeftOtherwise;
        return queue.Formula switch
        {
            ServiceLevelFormula.Asterisk => Share(counters.AnsweredWithin, counters.Answered),
            ServiceLevelFormula.Asterisk2 => Share(counters.AnsweredWithin + counters.AbandonedWithin, counters.Answered + counters.Abandoned),
            _ => Share(counters.AnsweredWithin, decided - counters.AbandonedWithin),
        };
    }

    private static long? Mean(TimeSpan sum, int count) => count > 0 ? (long)(sum / count).TotalMilliseconds : null;

    // Four digits: a hundredth of a percent, and equal figures stay equal.
    private static double? Share(int part, int whole) => whole > 0 ? Math.Round((double)part / whole, 4) : null;

    private struct Staff
    {
        public int SignedIn;
        public int Available;
        public int OnCall;
        public int OnBreak;
    }
}
