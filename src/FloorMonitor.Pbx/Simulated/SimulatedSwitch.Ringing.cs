namespace FloorMonitor.Pbx.Simulated;

/// <summary>Which phones ring for a waiting caller, and for how long.</summary>
internal sealed partial class SimulatedSwitch
{
    /// <summary>Rings the member (or with ringall the members) whose turn it is; false where nobody is free.</summary>
    private bool Try(SimCall call, SimQueue queue)
    {
        List<SimMember>? free = null;
        var least = int.MaxValue;
        foreach (var member in queue.Members)
        {
            if (!IsFree(member)) continue;
            if (member.Penalty < least) (least, free) = (member.Penalty, []);
            if (member.Penalty == least) free!.Add(member);
        }

        if (free is null) return false;
        if (queue.Strategy == "ringall")
        {
            foreach (var member in free) Ring(call, member);
        }
        else
        {
            Ring(call, Choose(queue, free));
        }

        var rings = call.Ringing.ToArray();
        _time.In(queue.RingFor, () => RingOut(call, queue, rings));
        return true;
    }

    private bool IsFree(SimMember member) =>
        !member.Paused && !member.Device.HeldBack && member.Device.Status == 1
        && (member.LastCall == 0 || member.WrapUp == 0 || Epoch >= member.LastCall + member.WrapUp);

    private SimMember Choose(SimQueue queue, List<SimMember> free)
    {
        switch (queue.Strategy)
        {
            case "leastrecent": return free.MinBy(member => member.LastCall)!;
            case "fewestcalls": return free.MinBy(member => member.CallsTaken)!;
            case "random": return _dice.Pick(free);
            case "linear": return free[0];
            default:
                // rrmemory goes on after the one who was tried last.
                for (var i = 0; i < queue.Members.Count; i++)
                {
                    var at = (queue.NextMember + i) % queue.Members.Count;
                    if (!free.Contains(queue.Members[at])) continue;
                    queue.NextMember = at + 1;
                    return queue.Members[at];
                }

                return free[0];
        }
    }

    private void Ring(SimCall call, SimMember member)
    {
        var leg = NewChannel(member.Device, "from-internal", member.Device.Exten, member.Name, call.Caller.Linkedid, ChannelState.Down, "s");
        var ring = new SimRing(call, leg, member, _time.Now);
        call.Ringing.Add(ring);
        _byLeg.Add(leg, call);
        Voice.Variables(leg, 7);
        leg.ConnectedNum = call.Caller.CallerNum;
        leg.ConnectedName = call.Caller.CallerName;
        leg.Exten = call.Queue!.Exten;
        Voice.AgentCall("AgentCalled", call, ring);
        Voice.Dial("DialBegin", EventClass.Call, call.Caller, leg, "DialString", member.Device.Address);
        call.Caller.ConnectedNum = leg.CallerNum;
        call.Caller.ConnectedName = leg.CallerName;
        Voice.Channel("NewConnectedLine", EventClass.Call, call.Caller);
        Voice.State(leg, ChannelState.Ringing);
        Voice.Newexten(leg, "AppQueue", "(Outgoing Line)");
        Voice.Channel("NewConnectedLine", EventClass.Call, leg);
        Voice.Dial("DialState", EventClass.Call, call.Caller, leg, "DialStatus", "RINGING");
        TellDevice(member.Device);
        Rang?.Invoke(ring);
    }

    /// <summary>The queue's timeout: nobody took it at these phones, the caller waits on and the next is tried after the retry time.</summary>
    private void RingOut(SimCall call, SimQueue queue, SimRing[] rings)
    {
        if (call.Over || call.Answered is not null) return;
        foreach (var ring in rings)
        {
            if (!call.Ringing.Remove(ring)) continue;
            Voice.AgentCall("AgentRingNoAnswer", call, ring, "RingTime", $"{(int)(_time.Now - ring.Since).TotalMilliseconds}");
            Voice.Dial("DialEnd", EventClass.Call, call.Caller, ring.Leg, "DialStatus", "NOANSWER");
            StopRinging(ring);
        }

        call.NextTryAt = _time.Now + queue.Retry;
        PlanTries(queue, queue.Retry);
    }

    private void StopRinging(SimRing ring)
    {
        Voice.Dial("DialEnd", EventClass.Call, ring.Call.Caller, ring.Leg, "DialStatus", "CANCEL");
        Drop(ring.Leg, 0);
    }
}
