namespace FloorMonitor.Pbx.Simulated;

/// <summary>Queue calls: join, ring, answer, ring out, give up, complete; in the order in which Asterisk 22 says them for PJSIP.</summary>
internal sealed partial class SimulatedSwitch
{
    private readonly List<SimCall> _calls = [];
    private readonly Dictionary<SimChannel, SimCall> _byLeg = [];

    public IReadOnlyList<SimCall> Calls => _calls;

    public SimCall? CallOf(SimChannel channel) => _byLeg.GetValueOrDefault(channel);

    /// <summary>A caller comes in over the trunk, is answered by the dialplan and joins the queue.</summary>
    public SimCall CallIn(SimQueue queue, string number)
    {
        var trunk = Device("PJSIP/trunk");
        var channel = NewChannel(trunk, "from-trunk", number, "<unknown>", null, ChannelState.Ring, queue.Exten);
        Voice.Variables(channel, 0);
        Voice.Newexten(channel, "Answer", "");
        Voice.State(channel, ChannelState.Up);
        TellDevice(trunk);
        channel.Priority = 2;
        Voice.Newexten(channel, "Queue", $"{queue.Name},t,,,600");
        return Join(queue, channel, null);
    }

    /// <summary>A caller made by Originate over a Local channel, as tests make them.</summary>
    public SimCall CallInByLocal(SimQueue queue, string dialled, string context, string number, string name)
    {
        var device = Device($"Local/{dialled}");
        var pair = $"Local/{dialled}-{_channelNumbers++:x8}";
        var dialledExten = dialled.Split('@')[0];
        var dialledContext = dialled.Contains('@', StringComparison.Ordinal) ? dialled.Split('@')[1] : "default";
        var one = NewChannel(device, dialledContext, number, name, null, ChannelState.Down, dialledExten, pair + ";1");
        var two = NewChannel(device, dialledContext, number, name, one.Linkedid, ChannelState.Ring, dialledExten, pair + ";2");
        Voice.Newexten(one, "AppDial2", "(Outgoing Line)");
        Voice.Dial("DialBegin", EventClass.Call, null, one, "DialString", $"{dialled}/n");
        Voice.Newexten(two, "Answer", "");
        Voice.State(two, ChannelState.Up);
        Voice.State(one, ChannelState.Up);
        Voice.Dial("DialEnd", EventClass.Call, null, one, "DialStatus", "ANSWER");
        one.Context = context;
        one.Exten = queue.Exten;
        TellDevice(device);
        one.Priority = 2;
        Voice.Newexten(one, "Queue", $"{queue.Name},t,,,600");
        var call = Join(queue, one, two);
        _byLeg[two] = call;
        two.Priority = 2;
        Voice.Newexten(two, "Wait", "600");
        return call;
    }

    /// <summary>The caller hangs up, wherever the call is.</summary>
    public void CallerHangsUp(SimCall call)
    {
        if (call.Over) return;
        if (call.Answered is not null) Complete(call, "caller");
        else Abandon(call);
    }

    /// <summary>The agent hangs up a call that was taken.</summary>
    public void AgentHangsUp(SimCall call)
    {
        if (!call.Over && call.Answered is not null) Complete(call, "agent");
    }

    public void Hold(SimCall call, bool held)
    {
        if (call.Over || call.Answered is not { } ring) return;
        // The phone that puts on hold stays "in use"; the held side's device shows ONHOLD (seen on 22.10).
        call.Caller.Held = held;
        if (held) Voice.Channel("Hold", EventClass.Call, ring.Leg, "MusicClass", "default");
        else Voice.Channel("Unhold", EventClass.Call, ring.Leg);
        TellDevice(call.Caller.Device);
    }

    /// <summary>Somebody takes a ringing phone.</summary>
    public void Answer(SimRing ring)
    {
        var call = ring.Call;
        if (call.Over || call.Answered is not null || ring.Leg.Gone) return;
        if (call.Queue is not { } queue || ring.Member is not { } member)
        {
            AnswerDialled(ring);
            return;
        }

        call.Answered = ring;
        call.AnsweredAt = _time.Now;
        call.HoldTime = (int)(_time.Now - call.JoinedAt).TotalSeconds;
        queue.HoldTime = Average(queue.HoldTime, call.HoldTime);
        Voice.State(ring.Leg, ChannelState.Up);
        Voice.Dial("DialEnd", EventClass.Call, call.Caller, ring.Leg, "DialStatus", "ANSWER");
        foreach (var other in call.Ringing)
            if (other != ring) StopRinging(other);
        call.Ringing.Clear();
        // Between QueueCallerLeave and AgentConnect, and between QueueCallerAbandon and QueueCallerLeave, no order is promised.
        var leavesLast = IsDisordered();
        if (!leavesLast) Leave(call, queue);
        Voice.Variables(call.Caller, 8);
        // The member's status is told before it is counted on the call: its InCall still says 0 here (seen on 22.10).
        TellDevice(ring.Leg.Device);
        member.InCall = true;
        Voice.AgentCall("AgentConnect", call, ring,
            "HoldTime", $"{call.HoldTime}", "RingTime", $"{(int)(_time.Now - ring.Since).TotalSeconds}");
        if (leavesLast) Leave(call, queue);
        JoinBridge(call.Caller, ring.Leg);
        Connected?.Invoke(call);
    }

    /// <summary>Plans a look at the queue's waiting callers; at most one of those that mean "now".</summary>
    private void PlanTries(SimQueue queue, TimeSpan delay)
    {
        if (queue.Waiting.Count == 0) return;
        if (delay > TimeSpan.Zero)
        {
            _time.In(delay, () => PlanTries(queue, TimeSpan.Zero));
            return;
        }

        if (queue.TriesPlanned) return;
        queue.TriesPlanned = true;
        _time.In(TimeSpan.Zero, () =>
        {
            queue.TriesPlanned = false;
            foreach (var call in queue.Waiting.ToArray())
                if (!call.Over && call.Ringing.Count == 0 && call.NextTryAt <= _time.Now && !Try(call, queue)) break;
        });
    }

    private SimCall Join(SimQueue queue, SimChannel channel, SimChannel? half)
    {
        Voice.Variables(channel, 1);
        var call = new SimCall { Caller = channel, CallerHalf = half, Queue = queue, JoinedAt = _time.Now, JoinedPosition = queue.Waiting.Count + 1 };
        queue.Waiting.Add(call);
        _calls.Add(call);
        _byLeg.Add(channel, call);
        CallsProcessed++;
        if (queue.Waiting.Count == 1) Voice.Device($"Queue:{queue.Name}", "RINGING");
        Voice.Channel("QueueCallerJoin", EventClass.Agent, channel,
            "Queue", queue.Name, "Position", $"{queue.Waiting.Count}", "Count", $"{queue.Waiting.Count}");
        PlanTries(queue, TimeSpan.Zero);
        return call;
    }

    private void Leave(SimCall call, SimQueue queue)
    {
        var position = queue.Waiting.IndexOf(call) + 1;
        queue.Waiting.Remove(call);
        if (queue.Waiting.Count == 0) Voice.Device($"Queue:{queue.Name}", "NOT_INUSE");
        Voice.Channel("QueueCallerLeave", EventClass.Agent, call.Caller,
            "Queue", queue.Name, "Position", $"{position}", "Count", $"{queue.Waiting.Count}");
    }

    private void Abandon(SimCall call)
    {
        var queue = call.Queue!;
        call.Over = true;
        var waited = (int)(_time.Now - call.JoinedAt).TotalSeconds;
        Voice.Channel("HangupRequest", EventClass.Call, call.Caller);
        foreach (var ring in call.Ringing)
            Voice.Dial("DialEnd", EventClass.Call, call.Caller, ring.Leg, "DialStatus", "CANCEL");
        queue.Abandoned++;
        if (waited <= queue.ServiceLevel) queue.AbandonedInLevel++;
        var position = queue.Waiting.IndexOf(call) + 1;
        var leavesFirst = IsDisordered();
        if (leavesFirst) Leave(call, queue);
        Voice.Channel("QueueCallerAbandon", EventClass.Agent, call.Caller,
            "Queue", queue.Name, "Position", $"{position}", "OriginalPosition", $"{call.JoinedPosition}", "HoldTime", $"{waited}");
        if (!leavesFirst) Leave(call, queue);
        Voice.Channel("SoftHangupRequest", EventClass.Call, call.Caller, "Cause", "16");
        foreach (var ring in call.Ringing) StopRinging(ring);
        call.Ringing.Clear();
        Drop(call.Caller, 0);
        if (call.CallerHalf is { } half) Drop(half, 0);
    }

    private void Complete(SimCall call, string reason)
    {
        var ring = call.Answered!;
        var member = ring.Member!;
        var queue = call.Queue!;
        call.Over = true;
        var talked = (int)(_time.Now - call.AnsweredAt).TotalSeconds;
        queue.Completed++;
        if (call.HoldTime <= queue.ServiceLevel) queue.CompletedInLevel++;
        queue.TalkTime = Average(queue.TalkTime, talked);
        member.CallsTaken++;
        member.LastCall = Epoch;
        member.InCall = false;
        Voice.Channel("HangupRequest", EventClass.Call, reason == "caller" ? call.Caller : ring.Leg);
        // When the agent hangs up, AgentComplete may come after both legs are gone, and then without any channel (seen on 22.10).
        var late = reason == "agent" && IsDisordered();
        if (!late) Voice.AgentCall("AgentComplete", call, ring, "HoldTime", $"{call.HoldTime}", "TalkTime", $"{talked}", "Reason", reason);
        PartBridge(call.Caller, ring.Leg);
        if (late)
        {
            Voice.Plain("AgentComplete", EventClass.Agent,
                ("Queue", queue.Name), ("Interface", member.Device.Address), ("MemberName", member.Name),
                ("HoldTime", $"{call.HoldTime}"), ("TalkTime", $"{talked}"), ("Reason", reason));
        }

        if (member.WrapUp > 0) _time.In(TimeSpan.FromSeconds(member.WrapUp), () => PlanTries(queue, TimeSpan.Zero));
    }

    private bool IsDisordered() => Disorder > 0 && _disorder.Chance(Disorder);

    // Asterisk's moving average of hold and talk times: a quarter of the new one.
    private static int Average(int old, int value) => ((old * 3) + value) >> 2;
}
