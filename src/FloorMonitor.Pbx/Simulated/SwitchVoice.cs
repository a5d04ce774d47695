namespace FloorMonitor.Pbx.Simulated;

/// <summary>
/// How the switch words what happens: the events of Asterisk 22 with their headers in its order. Nothing is worded while
/// nobody listens, and no chance is taken here, so that listening never changes what happens.
/// </summary>
internal sealed class SwitchVoice(Func<long> epoch)
{
    /// <summary>Who hears it; null while nobody does.</summary>
    public Action<AmiEvent>? Listener { get; set; }

    /// <summary>VarSet events at each step of a call.</summary>
    public int Noise { get; set; }

    public bool Silent => Listener is null;

    public void Channel(string name, EventClass @class, SimChannel channel, string? header = null, string value = "", string? header2 = null, string value2 = "", string? header3 = null, string value3 = "", string? header4 = null, string value4 = "")
    {
        if (Silent) return;
        var text = Channel(AmiText.Event(name, @class), channel, "");
        if (header is not null) text.Line(header, value);
        if (header2 is not null) text.Line(header2, value2);
        if (header3 is not null) text.Line(header3, value3);
        if (header4 is not null) text.Line(header4, value4);
        Say(name, @class, text);
    }

    public void Newexten(SimChannel channel, string app, string data)
    {
        channel.App = app;
        channel.AppData = data;
        Channel("Newexten", EventClass.Dialplan, channel, "Extension", channel.Exten, "Application", app, "AppData", data);
    }

    /// <summary>Newstate, after the state changed.</summary>
    public void State(SimChannel channel, ChannelState state)
    {
        channel.State = state;
        Channel("Newstate", EventClass.Call, channel);
    }

    public void Hangup(SimChannel channel, int cause) =>
        Channel("Hangup", EventClass.Call, channel, "Cause", $"{cause}", "Cause-txt", cause switch
        {
            16 => "Normal Clearing",
            17 => "User busy",
            34 => "Circuit/channel congestion",
            38 => "Network out of order",
            _ => "Unknown",
        });

    /// <summary>Dial, ring and answer events: caller's leg, called leg, then what is particular.</summary>
    public void Dial(string name, EventClass @class, SimChannel? caller, SimChannel called, string header, string value)
    {
        if (Silent) return;
        var text = AmiText.Event(name, @class);
        if (caller is not null) Channel(text, caller, "");
        Say(name, @class, Channel(text, called, "Dest").Line(header, value));
    }

    public void AgentCall(string name, SimCall call, SimRing ring, string? header = null, string value = "", string? header2 = null, string value2 = "", string? header3 = null, string value3 = "")
    {
        if (Silent || ring.Member is not { } member) return;
        var text = Channel(Channel(AmiText.Event(name, EventClass.Agent), call.Caller, ""), ring.Leg, "Dest")
            .Line("Queue", member.Queue.Name)
            .Line("Interface", member.Device.Address)
            .Line("MemberName", member.Name);
        if (header is not null) text.Line(header, value);
        if (header2 is not null) text.Line(header2, value2);
        if (header3 is not null) text.Line(header3, value3);
        Say(name, EventClass.Agent, text);
    }

    public void Member(string name, SimMember member)
    {
        if (Silent) return;
        Say(name, EventClass.Agent, MemberFacts(
            AmiText.Event(name, EventClass.Agent)
                .Line("Queue", member.Queue.Name)
                .Line("MemberName", member.Name)
                .Line("Interface", member.Device.Address),
            member, ringInUse: true));
    }

    /// <summary>The facts of a member in the order that events and QueueMember share; only events say Ringinuse.</summary>
    public static AmiText MemberFacts(AmiText text, SimMember member, bool ringInUse)
    {
        text.Line("StateInterface", member.Device.Address)
            .Line("Membership", member.Dynamic ? "dynamic" : "static")
            .Line("Penalty", member.Penalty)
            .Line("CallsTaken", member.CallsTaken)
            .Line("LastCall", member.LastCall)
            .Line("LastPause", member.LastPause)
            .Line("LoginTime", member.LoginTime)
            .Line("InCall", member.InCall ? 1 : 0)
            .Line("Status", member.Device.Status)
            .Line("Paused", member.Paused ? 1 : 0)
            .Line("PausedReason", member.Reason);
        if (ringInUse) text.Line("Ringinuse", 0);
        return text.Line("Wrapuptime", member.WrapUp);
    }

    public void Device(string device, string state)
    {
        if (Silent) return;
        Say("DeviceStateChange", EventClass.Call,
            AmiText.Event("DeviceStateChange", EventClass.Call).Line("Device", device).Line("State", state));
    }

    public void Bridge(string name, SimChannel channel, int channels, bool create = false)
    {
        if (Silent) return;
        var text = AmiText.Event(name, EventClass.Call)
            .Line("BridgeUniqueid", channel.Bridge)
            .Line("BridgeType", "basic")
            .Line("BridgeTechnology", "simple_bridge")
            .Line("BridgeCreator", "<unknown>")
            .Line("BridgeName", "<unknown>")
            .Line("BridgeNumChannels", channels)
            .Line("BridgeVideoSourceMode", "none");
        if (!create) Channel(text, channel, "");
        Say(name, EventClass.Call, text);
    }

    /// <summary>The VarSet noise of one step: the variables that app_queue and the bridges set, in their order.</summary>
    public void Variables(SimChannel channel, int from)
    {
        if (Silent) return;
        for (var i = 0; i < Noise; i++)
            Channel("VarSet", EventClass.Dialplan, channel, "Variable", VariableNames[(from + i) % VariableNames.Length], "Value", $"{epoch() % 100}");
    }

    /// <summary>Tells a message that is no call's or member's.</summary>
    public void Plain(string name, EventClass @class, params ReadOnlySpan<(string Name, string Value)> lines)
    {
        if (Silent) return;
        var text = AmiText.Event(name, @class);
        foreach (var (header, value) in lines) text.Line(header, value);
        Say(name, @class, text);
    }

    public static AmiText Channel(AmiText text, SimChannel channel, string prefix) => text
        .Line(prefix + "Channel", channel.Name)
        .Line(prefix + "ChannelState", (int)channel.State)
        .Line(prefix + "ChannelStateDesc", channel.State.ToString())
        .Line(prefix + "CallerIDNum", channel.CallerNum)
        .Line(prefix + "CallerIDName", channel.CallerName)
        .Line(prefix + "ConnectedLineNum", channel.ConnectedNum)
        .Line(prefix + "ConnectedLineName", channel.ConnectedName)
        .Line(prefix + "Language", "en")
        .Line(prefix + "AccountCode", "")
        .Line(prefix + "Context", channel.Context)
        .Line(prefix + "Exten", channel.Exten)
        .Line(prefix + "Priority", channel.Priority)
        .Line(prefix + "Uniqueid", channel.Uniqueid)
        .Line(prefix + "Linkedid", channel.Linkedid);

    private void Say(string name, EventClass @class, AmiText text) => Listener!(new AmiEvent(name, @class, text.End()));

    private static readonly string[] VariableNames =
    [
        "SIPDOMAIN", "ANSWEREDTIME", "ANSWEREDTIME_MS", "DIALEDTIME", "DIALEDTIME_MS", "QUEUEWAIT", "QUEUEWAIT_MS",
        "DIALEDPEERNUMBER", "QUEUEPOSITION", "BRIDGEPEER", "BRIDGEPVTCALLID", "RTPAUDIOQOS", "RTPAUDIOQOSJITTER", "RTPAUDIOQOSLOSS",
    ];
}
