namespace FloorMonitor.Core.Floor;

/// <summary>Calls outside of queues: a seat dials or is dialled.</summary>
internal static class DialFold
{
    /// <summary>Bound against a PBX that never says that calls ended; the oldest goes.</summary>
    public const int MaxDialedCalls = 4_096;

    public static void Dialed(ref FloorDraft draft, CallDialed e)
    {
        if (draft.DialedCalls.ContainsKey(e.Call)) return;
        // A queue rings its agents by dialling them too: those calls are told by the queue's own events.
        if (CallerFold.WaitsAnywhere(draft, e.Linked) || IsOnQueueCall(draft, e.FromAgent, e.Linked) || IsOnQueueCall(draft, e.ToAgent, e.Linked))
            return;
        Add(ref draft, new(e.Source, e.Call, e.FromAgent, e.ToAgent, e.Direction, e.Party, e.At, false, e.Entry));
        Show(ref draft, e.FromAgent, e.At);
        Show(ref draft, e.ToAgent, e.At);
    }

    public static void PickedUp(ref FloorDraft draft, CallPickedUp e)
    {
        if (!draft.DialedCalls.TryGetValue(e.Call, out var call) || call.Answered) return;
        draft.DialedCalls = draft.DialedCalls.SetItem(e.Call, call with { Answered = true, Since = e.At });
        PickUp(ref draft, call.FromAgent, e);
        PickUp(ref draft, call.ToAgent, e);
    }

    public static void HungUp(ref FloorDraft draft, CallHungUp e)
    {
        if (!draft.DialedCalls.TryGetValue(e.Call, out var call))
        {
            // A queue's own events tell of the end of its calls; that the network ended one, nothing else tells.
            if (e.Cause == HangupCause.Network) BrokeOff(ref draft, e.Of ?? e.Call, e.At);
            return;
        }

        CountEnd(ref draft, call, e);
        draft.DialedCalls = draft.DialedCalls.Remove(e.Call);
        HangUp(ref draft, call.FromAgent, e);
        HangUp(ref draft, call.ToAgent, e);
    }

    /// <summary>Watches for the end of a call that no queue will tell of any more.</summary>
    public static void Follow(ref FloorDraft draft, string agent, AgentCall call)
    {
        if (draft.DialedCalls.ContainsKey(call.Id)) return;
        Add(ref draft, new(call.Feed, call.Id, null, agent, call.Direction, call.Party, call.Since, true, call.Entry));
    }

    /// <summary>Keeps a dialled call; the oldest goes when there are too many.</summary>
    public static void Add(ref FloorDraft draft, DialedCall call)
    {
        if (draft.DialedCalls.Count >= MaxDialedCalls)
        {
            var oldest = draft.DialedCalls.Values.MinBy(known => (known.Since, known.Call))!;
            draft.DialedCalls = draft.DialedCalls.Remove(oldest.Call);
        }

        draft.DialedCalls = draft.DialedCalls.SetItem(call.Call, call);
    }

    /// <summary>The dialled call that an agent is on besides a given one: an answered one first, then the earliest; null for none.</summary>
    public static AgentCall? CallOf(in FloorDraft draft, string agent, string? except)
    {
        DialedCall? found = null;
        foreach (var (_, call) in draft.DialedCalls)
        {
            if ((call.FromAgent != agent && call.ToAgent != agent) || call.Call == except) continue;
            if (found is null || IsNearer(call, found)) found = call;
        }

        return found is null ? null : CallOf(found, agent);
    }

    private static void CountEnd(ref FloorDraft draft, DialedCall call, CallHungUp e)
    {
        var isQueues = IsOnQueueCall(draft, call.FromAgent, call.Call) || IsOnQueueCall(draft, call.ToAgent, call.Call);
        if (e.Cause == HangupCause.Network) HealthFold.BrokeOff(ref draft, call.Call, e.At, isCounted: false);
        else if (call.Answered && !isQueues) HealthFold.Ended(ref draft, call.Call, e.At - call.Since, e.At, byPerson: true);
    }

    private static void BrokeOff(ref FloorDraft draft, string call, DateTimeOffset at)
    {
        foreach (var (_, agent) in draft.Agents)
        {
            var isOn = agent.Call is { Answered: true } talk && talk.Id == call;
            if (!isOn && agent.LastCall?.Id != call) continue;
            HealthFold.BrokeOff(ref draft, call, at, isCounted: !isOn && agent.LastCall!.Counted);
            return;
        }
    }

    private static bool IsNearer(DialedCall call, DialedCall found) => call.Answered != found.Answered
        ? call.Answered
        : call.Since != found.Since ? call.Since < found.Since : string.CompareOrdinal(call.Call, found.Call) < 0;

    private static AgentCall CallOf(DialedCall call, string agent) =>
        new(call.Call, null, call.Direction, call.Party, call.Since, call.Answered, null, call.Entry) { Feed = call.Feed, IsCaller = call.FromAgent == agent };

    private static bool IsOnQueueCall(in FloorDraft draft, string? agent, string call) =>
        agent is not null && draft.Agents.TryGetValue(agent, out var found) && found.Call is { Queue: not null } on && on.Id == call;

    private static void Show(ref FloorDraft draft, string? id, DateTimeOffset at)
    {
        if (id is null || !draft.Agents.TryGetValue(id, out var agent) || agent.Call is not null) return;
        AgentFold.Settle(ref draft, agent, agent with { Call = CallOf(draft, id, except: null), PhoneSettlesAt = null }, new(at));
    }

    private static void PickUp(ref FloorDraft draft, string? id, CallPickedUp e)
    {
        if (id is null || !draft.Agents.TryGetValue(id, out var agent) || agent.Call is not { Answered: false } call || call.Id != e.Call) return;
        AgentFold.Settle(ref draft, agent, agent with { Call = call with { Answered = true, Since = e.At } }, new(e.At));
    }

    private static void HangUp(ref FloorDraft draft, string? id, CallHungUp e)
    {
        if (id is null || !draft.Agents.TryGetValue(id, out var agent) || agent.Call is not { } call || call.Id != e.Call) return;
        // A queue's call is counted by its completion, which may still come.
        AgentFold.Settle(ref draft, agent, CallFold.End(ref draft, agent, e.At, counted: call.Queue is null), new(e.At));
    }
}
