namespace FloorMonitor.Pbx.Ami;

/// <summary>
/// Event names to kinds, on the bytes: the length picks at most a handful of candidates, one vectorised compare each settles it.
/// Nothing is allocated, so an event that nobody wants costs no memory at all.
/// </summary>
public static class AmiEventNames
{
    /// <summary>The kind of an event by the bytes of its name.</summary>
    public static AmiEventKind Of(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 => name.SequenceEqual("Hold"u8) ? AmiEventKind.Hold : Rest(name),
        6 => name.SequenceEqual("Hangup"u8) ? AmiEventKind.Hangup
            : name.SequenceEqual("Unhold"u8) ? AmiEventKind.Unhold
            : name.SequenceEqual("Reload"u8) ? AmiEventKind.Reload : Rest(name),
        7 => name.SequenceEqual("DialEnd"u8) ? AmiEventKind.DialEnd : Rest(name),
        8 => name.SequenceEqual("Shutdown"u8) ? AmiEventKind.Shutdown : Rest(name),
        9 => name.SequenceEqual("DialBegin"u8) ? AmiEventKind.DialBegin : Rest(name),
        10 => name.SequenceEqual("QueueEntry"u8) ? AmiEventKind.QueueEntry : Rest(name),
        11 => name.SequenceEqual("QueueMember"u8) ? AmiEventKind.QueueMember
            : name.SequenceEqual("QueueParams"u8) ? AmiEventKind.QueueParams
            : name.SequenceEqual("AgentCalled"u8) ? AmiEventKind.AgentCalled
            : name.SequenceEqual("FullyBooted"u8) ? AmiEventKind.FullyBooted : Rest(name),
        12 => name.SequenceEqual("AgentConnect"u8) ? AmiEventKind.AgentConnect : Rest(name),
        13 => name.SequenceEqual("AgentComplete"u8) ? AmiEventKind.AgentComplete : Rest(name),
        15 => name.SequenceEqual("QueueCallerJoin"u8) ? AmiEventKind.QueueCallerJoin
            : name.SequenceEqual("CoreShowChannel"u8) ? AmiEventKind.CoreShowChannel : Rest(name),
        16 => name.SequenceEqual("QueueMemberPause"u8) ? AmiEventKind.QueueMemberPause
            : name.SequenceEqual("QueueMemberAdded"u8) ? AmiEventKind.QueueMemberAdded
            : name.SequenceEqual("QueueCallerLeave"u8) ? AmiEventKind.QueueCallerLeave : Rest(name),
        17 => name.SequenceEqual("QueueMemberStatus"u8) ? AmiEventKind.QueueMemberStatus
            : name.SequenceEqual("AgentRingNoAnswer"u8) ? AmiEventKind.AgentRingNoAnswer : Rest(name),
        18 => name.SequenceEqual("QueueMemberRemoved"u8) ? AmiEventKind.QueueMemberRemoved
            : name.SequenceEqual("QueueMemberPenalty"u8) ? AmiEventKind.QueueMemberPenalty
            : name.SequenceEqual("QueueCallerAbandon"u8) ? AmiEventKind.QueueCallerAbandon : Rest(name),
        19 => name.SequenceEqual("QueueStatusComplete"u8) ? AmiEventKind.QueueStatusComplete : Rest(name),
        24 => name.SequenceEqual("CoreShowChannelsComplete"u8) ? AmiEventKind.CoreShowChannelsComplete : Rest(name),
        _ => Rest(name),
    };

    /// <summary>Names of Asterisk's that mean nothing to a floor, told from names that nobody knows by how Asterisk names its families.</summary>
    private static AmiEventKind Rest(ReadOnlySpan<byte> name)
    {
        if (name.Length < 4) return AmiEventKind.Unknown;
        return name[0] switch
        {
            (byte)'A' => Any(name, "AGIExec"u8, "Agent"u8, "AttendedTransfer"u8, "AuthMethodNotAllowed"u8, "AOC"u8, "AuthDetail"u8, "AorDetail"u8, "AlarmClear"u8, "Alarm"u8, "AsyncAGI"u8),
            (byte)'B' => Any(name, "Bridge"u8, "BlindTransfer"u8),
            (byte)'C' => Any(name, "ChanSpy"u8, "Cdr"u8, "CEL"u8, "Confbridge"u8, "ContactStatus"u8, "ContactList"u8, "ChallengeResponseFailed"u8, "ChallengeSent"u8, "ChannelTalking"u8, "CoreShow"u8),
            (byte)'D' => Any(name, "DeviceStateChange"u8, "DTMF"u8, "DialState"u8, "DNDState"u8, "DeviceStateList"u8, "DeadlockStart"u8),
            (byte)'E' => Any(name, "ExtensionStatus"u8, "EndpointList"u8, "EndpointDetail"u8, "ExtensionState"u8),
            (byte)'F' => Any(name, "FAX"u8, "FailedACL"u8, "Flash"u8),
            (byte)'H' => Any(name, "Hangup"u8, "Hold"u8),
            (byte)'I' => Any(name, "Invalid"u8, "IdentifyDetail"u8),
            (byte)'L' => Any(name, "Local"u8, "LoadAverageLimit"u8, "Load"u8),
            (byte)'M' => Any(name, "MusicOnHold"u8, "Meetme"u8, "MessageWaiting"u8, "Minivm"u8, "MCID"u8, "MWI"u8, "MemoryLimit"u8, "MixMonitor"u8),
            (byte)'N' => Any(name, "New"u8),
            (byte)'O' => Any(name, "OriginateResponse"u8),
            (byte)'P' => Any(name, "Peer"u8, "Presence"u8, "Parked"u8, "Pickup"u8, "ParkingLot"u8, "PauseMonitor"u8),
            (byte)'Q' => Any(name, "Queue"u8),
            (byte)'R' => Any(name, "RTCP"u8, "Registry"u8, "Rename"u8, "ReceiveFAX"u8, "RequestBadFormat"u8, "RequestNot"u8, "RaiseAlarm"u8),
            (byte)'S' => Any(name, "SoftHangup"u8, "SuccessfulAuth"u8, "SendFAX"u8, "SessionLimit"u8, "SessionTimeout"u8, "Status"u8, "Span"u8, "SIP"u8),
            (byte)'T' => Any(name, "TestEvent"u8, "TransportDetail"u8),
            (byte)'U' => Any(name, "UserEvent"u8, "UnParkedCall"u8, "Unexpected"u8, "Unload"u8, "UnpauseMonitor"u8),
            (byte)'V' => Any(name, "VarSet"u8, "VoicemailUser"u8, "VoicemailPassword"u8),
            (byte)'W' => Any(name, "Wink"u8),
            _ => AmiEventKind.Unknown,
        };
    }

    private static AmiEventKind Any(ReadOnlySpan<byte> name, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b = default, ReadOnlySpan<byte> c = default,
        ReadOnlySpan<byte> d = default, ReadOnlySpan<byte> e = default, ReadOnlySpan<byte> f = default, ReadOnlySpan<byte> g = default,
        ReadOnlySpan<byte> h = default, ReadOnlySpan<byte> i = default, ReadOnlySpan<byte> j = default, ReadOnlySpan<byte> k = default) =>
        Is(name, a) || Is(name, b) || Is(name, c) || Is(name, d) || Is(name, e) || Is(name, f) || Is(name, g) || Is(name, h) || Is(name, i)
        || Is(name, j) || Is(name, k) ? AmiEventKind.Irrelevant : AmiEventKind.Unknown;

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> family) => !family.IsEmpty && name.StartsWith(family);
}
