namespace FloorMonitor.Core.Floor;

/// <summary>A resync's calls: the call of before goes on where the PBX still has it, else its end was not seen.</summary>
internal static class ResyncCall
{
    public static Agent Replace(
        in FloorDraft draft, Agent before, Agent next, List<SeenMember> members, List<SeenCall> calls, in Resync resync,
        HashSet<string> answered, Dictionary<string, int> endedUnseen)
    {
        if (next.Call is { } ours && ours.Feed == resync.Feed)
        {
            var listed = calls.FindLast(call => call.Call == ours.Id);
            if (listed is not null)
            {
                if (ours.Answered) return next;
                next = next with
                {
                    Call = ours with
                    {
                        Answered = true,
                        Since = Earlier(listed.Since, resync.At),
                        AnswerUnseen = ours.Queue is not null && !answered.Contains(ours.Id),
                    },
                };
                return next;
            }

            // Another queue's call in its place (of the same queue or not) means that ours ended while nobody saw it.
            if (!calls.Exists(call => call.Queue is not null) && IsStillOn(draft, ours, before.Phone, members)) return next;
            next = Ended(next, ours, resync, endedUnseen);
        }

        if (next.Call is not null) return next;
        // A call that a queue brought tells more than a dialled one.
        var seen = calls.FindLast(call => call.Queue is not null);
        if (seen is null) return next with { Call = DialFold.CallOf(draft, next.Id, except: null) };
        var call = new AgentCall(
            seen.Call, seen.Queue, seen.Direction, seen.Party, Earlier(seen.Since, resync.At), true, null, draft.Entry)
        {
            Feed = resync.Feed,
            AnswerUnseen = !answered.Contains(seen.Call),
        };
        return next with { Call = call };
    }

    // Not every PBX lists its calls: a member whom its queue counts in a call is still on the one that we know, and a ring goes on
    // while its caller waits and the phone is as it was (Local channels show InUse while they ring, so the state alone tells nothing).
    private static bool IsStillOn(in FloorDraft draft, AgentCall ours, PhoneState phone, List<SeenMember> members)
    {
        if (ours.Queue is not { } brought) return false;
        if (ours.Answered) return members.Exists(seen => seen.Queue == brought && seen.InCall);
        var waits = draft.Queues.TryGetValue(brought, out var queue) && CallerFold.IndexOf(queue.Waiting, ours.Id) >= 0;
        return waits && members.Exists(seen => seen.Queue == brought && seen.Phone == phone && phone is (PhoneState.Ringing or PhoneState.InUse));
    }

    private static Agent Ended(Agent agent, AgentCall ours, in Resync resync, Dictionary<string, int> endedUnseen)
    {
        if (!ours.Answered) return agent with { Call = null };
        if (ours.Queue is { } brought) endedUnseen[brought] = endedUnseen.GetValueOrDefault(brought) + 1;
        var until = resync.LostAt > ours.Since ? resync.LostAt : ours.Since;
        return agent with
        {
            Call = null,
            // Not counted: a completion that trails the snapshot still counts it, once.
            LastCall = new(ours.Id, ours.Queue, ours.Since, until, ours.Entry) { Counted = ours.Queue is null },
        };
    }

    private static DateTimeOffset Earlier(DateTimeOffset told, DateTimeOffset at) => told < at ? told : at;
}
