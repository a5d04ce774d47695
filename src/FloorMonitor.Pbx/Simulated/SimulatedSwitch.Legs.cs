namespace FloorMonitor.Pbx.Simulated;

/// <summary>Legs of calls: made, bridged, dialled from a seat, dropped.</summary>
internal sealed partial class SimulatedSwitch
{
    /// <summary>A seat dials a colleague or, over the trunk, a number outside.</summary>
    public SimCall Dial(SimDevice from, string callerName, string number, SimDevice to)
    {
        var outside = to.Address == "PJSIP/trunk";
        var caller = NewChannel(from, "from-internal", from.Exten, callerName, null, ChannelState.Ring, outside ? "9" + number : number);
        Voice.Newexten(caller, "Dial", outside ? $"PJSIP/trunk/sip:{number}@192.0.2.1,30" : $"{to.Address},20");
        TellDevice(from);
        var leg = NewChannel(to, outside ? "from-trunk" : "from-internal", number, "<unknown>", caller.Linkedid, ChannelState.Down, "s");
        leg.Exten = caller.Exten;
        leg.ConnectedNum = caller.CallerNum;
        leg.ConnectedName = caller.CallerName;
        var call = new SimCall { Caller = caller, JoinedAt = _time.Now };
        var ring = new SimRing(call, leg, null, _time.Now);
        call.Ringing.Add(ring);
        _calls.Add(call);
        _byLeg.Add(caller, call);
        _byLeg.Add(leg, call);
        CallsProcessed++;
        Voice.Newexten(leg, "AppDial", "(Outgoing Line)");
        Voice.Channel("NewConnectedLine", EventClass.Call, leg);
        Voice.Dial("DialBegin", EventClass.Call, caller, leg, "DialString", outside ? $"trunk/sip:{number}@192.0.2.1" : number);
        caller.ConnectedNum = number;
        Voice.Channel("NewConnectedLine", EventClass.Call, caller);
        Voice.State(leg, ChannelState.Ringing);
        Voice.Dial("DialState", EventClass.Call, caller, leg, "DialStatus", "RINGING");
        TellDevice(to);
        Rang?.Invoke(ring);
        return call;
    }

    /// <summary>A dialled call (no queue) ends, whether it was taken or not.</summary>
    public void HangUpDialled(SimCall call)
    {
        if (call.Over || call.Queue is not null) return;
        call.Over = true;
        Voice.Channel("HangupRequest", EventClass.Call, call.Caller);
        foreach (var ring in call.Ringing)
        {
            Voice.Dial("DialEnd", EventClass.Call, call.Caller, ring.Leg, "DialStatus", "CANCEL");
            Drop(ring.Leg, 0);
        }

        call.Ringing.Clear();
        if (call.Answered is { } answered)
        {
            PartBridge(call.Caller, answered.Leg);
        }
        else
        {
            Voice.Channel("SoftHangupRequest", EventClass.Call, call.Caller, "Cause", "16");
            Drop(call.Caller, 16);
        }
    }

    /// <summary>Hangs up a call by one of its channels' names, as the Hangup action does; false where there is none.</summary>
    public bool HangUp(SimCall call, SimChannel by)
    {
        if (call.Over) return false;
        if (call.Queue is null) HangUpDialled(call);
        else if (call.Answered?.Leg == by) AgentHangsUp(call);
        else CallerHangsUp(call);
        return true;
    }

    private void AnswerDialled(SimRing ring)
    {
        var call = ring.Call;
        call.Answered = ring;
        call.AnsweredAt = _time.Now;
        call.Ringing.Clear();
        Voice.State(ring.Leg, ChannelState.Up);
        Voice.Dial("DialEnd", EventClass.Call, call.Caller, ring.Leg, "DialStatus", "ANSWER");
        Voice.State(call.Caller, ChannelState.Up);
        JoinBridge(call.Caller, ring.Leg);
        TellDevice(ring.Leg.Device);
        TellDevice(call.Caller.Device);
        Connected?.Invoke(call);
    }

    private void JoinBridge(SimChannel caller, SimChannel leg)
    {
        caller.Bridge = leg.Bridge = _dice.Uuid();
        Voice.Bridge("BridgeCreate", leg, 0, create: true);
        Voice.Bridge("BridgeEnter", leg, 1);
        Voice.Bridge("BridgeEnter", caller, 2);
        Voice.Variables(leg, 9);
    }

    private void PartBridge(SimChannel caller, SimChannel leg)
    {
        Voice.Bridge("BridgeLeave", caller, 1);
        Voice.Variables(caller, 3);
        Voice.Channel("SoftHangupRequest", EventClass.Call, caller, "Cause", "16");
        Voice.Bridge("BridgeLeave", leg, 0);
        Voice.Bridge("BridgeDestroy", leg, 0, create: true);
        var call = _byLeg.GetValueOrDefault(caller);
        Drop(caller, call?.Cause ?? 16);
        if (call?.CallerHalf is { } half) Drop(half, 16);
        Drop(leg, 16);
    }

    private SimChannel NewChannel(
        SimDevice device, string context, string number, string name, string? linked, ChannelState state, string exten, string? channelName = null)
    {
        var uniqueid = $"{Epoch}.{_uniqueids++}";
        var channel = new SimChannel
        {
            Name = channelName ?? $"{device.Address}-{_channelNumbers++:x8}",
            Uniqueid = uniqueid,
            Linkedid = linked ?? uniqueid,
            Device = device,
            CreatedAt = _time.Now,
            Context = context,
            CallerNum = number,
            CallerName = name,
            Exten = exten,
            State = state,
        };
        Channels.Add(channel);
        device.Channels.Add(channel);
        Voice.Channel("Newchannel", EventClass.Call, channel);
        return channel;
    }

    private void Drop(SimChannel channel, int cause)
    {
        if (channel.Gone) return;
        channel.Gone = true;
        Channels.Remove(channel);
        channel.Device.Channels.Remove(channel);
        if (_byLeg.Remove(channel, out var call) && call.Over && call.Caller.Gone) _calls.Remove(call);
        Voice.Hangup(channel, cause);
        TellDevice(channel.Device);
    }
}
