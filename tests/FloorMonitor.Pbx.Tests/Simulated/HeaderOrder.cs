namespace FloorMonitor.Pbx.Tests.Simulated;

/// <summary>The headers of each event in the order in which Asterisk 22.10.1 sends them, as read off a running one.</summary>
internal static class HeaderOrder
{
    private const string Channel =
        "Channel ChannelState ChannelStateDesc CallerIDNum CallerIDName ConnectedLineNum ConnectedLineName Language AccountCode Context Exten Priority Uniqueid Linkedid";

    private const string Dest =
        "DestChannel DestChannelState DestChannelStateDesc DestCallerIDNum DestCallerIDName DestConnectedLineNum DestConnectedLineName DestLanguage DestAccountCode DestContext DestExten DestPriority DestUniqueid DestLinkedid";

    private const string Facts = "StateInterface Membership Penalty CallsTaken LastCall LastPause LoginTime InCall Status Paused PausedReason";
    private const string Bridge = "BridgeUniqueid BridgeType BridgeTechnology BridgeCreator BridgeName BridgeNumChannels BridgeVideoSourceMode";
    private const string Member = $"Privilege Queue MemberName Interface {Facts} Ringinuse Wrapuptime";

    public static readonly IReadOnlyDictionary<string, string[]> Real = new Dictionary<string, string[]>
    {
        ["AgentCalled"] = [$"Privilege {Channel} {Dest} Queue Interface MemberName"],
        ["AgentConnect"] = [$"Privilege {Channel} {Dest} Queue Interface MemberName HoldTime RingTime"],
        ["AgentComplete"] =
        [
            $"Privilege {Channel} {Dest} Queue Interface MemberName HoldTime TalkTime Reason",
            "Privilege Queue Interface MemberName HoldTime TalkTime Reason",
        ],
        ["AgentRingNoAnswer"] = [$"Privilege {Channel} {Dest} Queue Interface MemberName RingTime"],
        ["BridgeCreate"] = [$"Privilege {Bridge}"],
        ["BridgeDestroy"] = [$"Privilege {Bridge}"],
        ["BridgeEnter"] = [$"Privilege {Bridge} {Channel}"],
        ["BridgeLeave"] = [$"Privilege {Bridge} {Channel}"],
        ["CoreShowChannel"] = [$"ActionID {Channel} Application ApplicationData Duration BridgeId"],
        ["CoreShowChannelsComplete"] = ["ActionID EventList ListItems"],
        ["DeviceStateChange"] = ["Privilege Device State"],
        ["DialBegin"] = [$"Privilege {Channel} {Dest} DialString", $"Privilege {Dest} DialString"],
        ["DialEnd"] = [$"Privilege {Channel} {Dest} DialStatus", $"Privilege {Dest} DialStatus"],
        ["DialState"] = [$"Privilege {Channel} {Dest} DialStatus"],
        ["FullyBooted"] = ["Privilege Uptime LastReload Status"],
        ["Hangup"] = [$"Privilege {Channel} Cause Cause-txt"],
        ["HangupRequest"] = [$"Privilege {Channel}"],
        ["Hold"] = [$"Privilege {Channel} MusicClass"],
        ["NewConnectedLine"] = [$"Privilege {Channel}"],
        ["Newchannel"] = [$"Privilege {Channel}"],
        ["Newexten"] = [$"Privilege {Channel} Extension Application AppData"],
        ["Newstate"] = [$"Privilege {Channel}"],
        ["OriginateResponse"] = ["Privilege ActionID Response Channel Context Exten Reason Uniqueid CallerIDNum CallerIDName"],
        ["QueueCallerAbandon"] = [$"Privilege {Channel} Queue Position OriginalPosition HoldTime"],
        ["QueueCallerJoin"] = [$"Privilege {Channel} Queue Position Count"],
        ["QueueCallerLeave"] = [$"Privilege {Channel} Queue Position Count"],
        ["QueueEntry"] = ["Queue Position Channel Uniqueid CallerIDNum CallerIDName ConnectedLineNum ConnectedLineName Wait Priority ActionID"],
        ["QueueMember"] = [$"Queue Name Location {Facts} Wrapuptime ActionID"],
        ["QueueMemberAdded"] = [Member],
        ["QueueMemberPause"] = [Member],
        ["QueueMemberPenalty"] = [Member],
        ["QueueMemberRemoved"] = [Member],
        ["QueueMemberStatus"] = [Member],
        ["QueueParams"] = ["Queue Max Strategy Calls Holdtime TalkTime Completed Abandoned ServiceLevel ServicelevelPerf ServicelevelPerf2 Weight ActionID"],
        ["QueueStatusComplete"] = ["ActionID EventList ListItems"],
        ["QueueSummary"] = ["Queue LoggedIn Available Callers HoldTime TalkTime LongestHoldTime ActionID"],
        ["QueueSummaryComplete"] = ["ActionID EventList ListItems"],
        ["SoftHangupRequest"] = [$"Privilege {Channel} Cause"],
        ["Unhold"] = [$"Privilege {Channel}"],
        ["VarSet"] = [$"Privilege {Channel} Variable Value"],
        // PJSIP phones that come and go; read off the manager's documentation, not off the wire.
        ["ContactStatus"] = ["Privilege URI ContactStatus AOR EndpointName"],
        ["PeerStatus"] = ["Privilege ChannelType Peer PeerStatus"],
    };

    /// <summary>What is wrong with a stream of messages, if anything: each ends by an empty line, each line by CRLF, each event has the real one's headers.</summary>
    public static List<string> Complaints(string stream)
    {
        var complaints = new List<string>();
        if (stream.Replace("\r\n", "", StringComparison.Ordinal).AsSpan().IndexOfAny('\r', '\n') >= 0) complaints.Add("a line is not ended by CRLF");
        foreach (var message in stream.Split("\r\n\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = message.Split("\r\n");
            if (!lines[0].StartsWith("Event: ", StringComparison.Ordinal)) continue;
            var name = lines[0]["Event: ".Length..];
            var headers = string.Join(' ', lines.Skip(1).Select(line => line.Split(':')[0]));
            if (!Real.TryGetValue(name, out var known)) complaints.Add($"{name} is not known");
            else if (!known.Contains(headers)) complaints.Add($"{name}: {headers}");
        }

        return complaints;
    }
}
