namespace FloorMonitor.Core.Floor;

/// <summary>What a phone's state tells of the call that is known: often earlier than the queue's own events, sometimes the only word.</summary>
internal static class PhoneFold
{
    /// <summary>What a phone's report means for the known call: the end of a ring, of a talk, hold and back.</summary>
    public static Agent FollowPhone(ref FloorDraft draft, Agent before, Agent next, MemberStatusChanged e)
    {
        if (next.Call is not { } call || call.Feed != e.Source) return next;
        if (!call.Answered)
        {
            // Only a phone that was busy and no longer is tells of an end; one that does not ring yet tells nothing.
            var stopped = before.Phone is (PhoneState.Ringing or PhoneState.InUse) && next.Phone is (PhoneState.Idle or PhoneState.Unreachable);
            return stopped && call.Queue is not null ? CallFold.End(ref draft, next, e.At, counted: false) : next;
        }

        if (e.Phone == PhoneState.OnHold && before.Phone != PhoneState.OnHold && call.HeldSince is null)
            return next with { Call = call with { HeldSince = e.At } };
        if (e.Phone == PhoneState.InUse && before.Phone == PhoneState.OnHold && call.HeldSince is not null)
            return next with { Call = call with { HeldSince = null } };
        return EndedByPhone(ref draft, next, e.Queue, e.Source, e.Phone, e.InCall, e.At);
    }

    /// <summary>What a phone that comes into sight says of the known talk's hold.</summary>
    public static Agent HoldAsPhone(Agent agent, DateTimeOffset at) => agent switch
    {
        { Call: { Answered: true, HeldSince: null } talk, Phone: PhoneState.OnHold } => agent with { Call = talk with { HeldSince = at } },
        { Call: { Answered: true, HeldSince: not null } held, Phone: PhoneState.InUse } => agent with { Call = held with { HeldSince = null } },
        _ => agent,
    };

    /// <summary>A phone at rest that its queue no longer counts in a call has ended the talk, though CallCompleted is late or never comes.</summary>
    public static Agent EndedByPhone(
        ref FloorDraft draft, Agent agent, string queue, string feed, PhoneState phone, bool inCall, DateTimeOffset at)
    {
        if (inCall || phone is not (PhoneState.Idle or PhoneState.Unreachable)) return agent;
        if (agent.Call is not { Answered: true, Queue: { } brought } call || call.Feed != feed) return agent;
        return brought == queue || MemberFold.IndexOf(agent, brought, feed) < 0 ? CallFold.End(ref draft, agent, at, counted: false) : agent;
    }
}
