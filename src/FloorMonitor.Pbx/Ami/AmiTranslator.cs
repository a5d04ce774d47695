using FloorMonitor.Core.Floor;

namespace FloorMonitor.Pbx.Ami;

/// <summary>
/// AMI's words into the floor's: the only place that knows both. No clock, no I/O: the same messages in the same order give the
/// same events. It remembers only which calls and members the floor has heard of.
/// </summary>
public sealed class AmiTranslator(string feed, AgentDirectory directory, SwitchClock clock)
{
    /// <summary>A name longer than this is no queue, member or call, but an attack on whatever would show it.</summary>
    public const int MaxNameLength = 256;

    /// <summary>The calls that the floor has heard of.</summary>
    public AmiCalls Calls { get; } = new();

    /// <summary>The members that the switch has named.</summary>
    public AmiMembers Members { get; } = new(feed, directory);

    /// <summary>Wanted events that lacked what they must have: counted, ignored.</summary>
    public long Malformed { get; private set; }

    /// <summary>What an event means for the floor; null when nothing.</summary>
    public FloorEvent? Translate(AmiMessage message, DateTimeOffset receivedAt)
    {
        var at = clock.InstantOf(message, receivedAt);
        switch (message.Event)
        {
            case AmiEventKind.DialBegin: return DialBegin(message, at);
            case AmiEventKind.DialEnd:
                return Calls.Knows(message.Find("DestUniqueid")) && message.Find("DialStatus") is "ANSWER"
                    ? new CallPickedUp(at, feed, message.Get("DestUniqueid")!) : null;
            case AmiEventKind.Hangup:
                return HungUp(message, at);
            case AmiEventKind.Hold:
                return Members.TalkerOn(message.Find("Channel"), Name(message, "Linkedid")) is { } holder ? new CallHeld(at, feed, holder) : null;
            case AmiEventKind.Unhold:
                return Members.TalkerOn(message.Find("Channel"), Name(message, "Linkedid")) is { } returner ? new CallUnheld(at, feed, returner) : null;
            case AmiEventKind.QueueCallerJoin or AmiEventKind.QueueCallerLeave or AmiEventKind.QueueCallerAbandon:
                return Caller(message, at);
            case AmiEventKind.QueueMemberAdded or AmiEventKind.QueueMemberRemoved or AmiEventKind.QueueMemberPause
                or AmiEventKind.QueueMemberStatus or AmiEventKind.QueueMemberPenalty:
                return Member(message, at);
            case AmiEventKind.AgentCalled or AmiEventKind.AgentConnect or AmiEventKind.AgentComplete or AmiEventKind.AgentRingNoAnswer:
                return Agent(message, at);
            default: return null;
        }
    }

    private FloorEvent? Caller(AmiMessage message, DateTimeOffset at)
    {
        var party = PartyOf(message.Find("CallerIDNum"));
        if (Name(message, "Uniqueid") is not { } call || Name(message, "Queue") is not { } queue) return Bad();
        if (message.Event == AmiEventKind.QueueCallerJoin)
        {
            Calls.Waits(call);
            return new CallerJoined(at, feed, queue, call, party);
        }

        Calls.WaitsNoLonger(call);
        return message.Event == AmiEventKind.QueueCallerLeave
            ? new CallerLeft(at, feed, queue, call)
            : new CallerAbandoned(at, feed, queue, call, Seconds(message.GetNumber("HoldTime")));
    }

    private FloorEvent? Member(AmiMessage message, DateTimeOffset at)
    {
        if (SeenMember(message, at) is not { } member) return Bad();
        if (message.Event == AmiEventKind.QueueMemberRemoved) Members.Removed(member.Address, member.Queue);
        return message.Event switch
        {
            // A known member that joins again only brings its settings: that is how a new penalty is told.
            AmiEventKind.QueueMemberAdded or AmiEventKind.QueueMemberPenalty => new MemberJoined(at, feed, member),
            AmiEventKind.QueueMemberRemoved => new MemberLeft(at, feed, member.Agent, member.Queue),
            AmiEventKind.QueueMemberPause when member.Paused =>
                new MemberPaused(at, feed, member.Agent, member.Queue, member.PauseReason, member.PausedAt),
            AmiEventKind.QueueMemberPause => new MemberResumed(at, feed, member.Agent, member.Queue),
            _ => new MemberStatusChanged(at, feed, member.Agent, member.Queue, member.Phone, member.InCall, member.WrapUp, member.LastCallAt),
        };
    }

    /// <summary>The member that a QueueMember or QueueMember… message describes; null when it lacks a queue or an interface.</summary>
    internal SeenMember? SeenMember(AmiMessage message, DateTimeOffset at)
    {
        // The list says Name and Location where the events say MemberName and Interface.
        if (Name(message, "Queue") is not { } queue) return null;
        var name = Name(message, "MemberName") ?? Name(message, "Name");
        if ((Name(message, "Interface") ?? Name(message, "Location")) is not { } address) return null;
        var agent = Members.Remember(address, Name(message, "StateInterface"), name, queue);

        // A realtime member comes from a table that log-in pages write to: it comes and goes like a dynamic one.
        var isStatic = message.Find("Membership") is "static";
        var penalty = (int)Math.Clamp(message.GetNumber("Penalty") ?? 0, 0, int.MaxValue);
        var lastCall = clock.FromEpoch(message.GetNumber("LastCall"), at);
        var lastPause = clock.FromEpoch(message.GetNumber("LastPause"), at);
        var login = clock.FromEpoch(message.GetNumber("LoginTime"), at);
        var inCall = message.Find("InCall") is "1";
        var phone = PhoneOf(message.GetNumber("Status"));
        var paused = message.Find("Paused") is "1";
        var reason = paused ? Name(message, "PausedReason") ?? "" : "";
        var wrapUp = Seconds(message.GetNumber("Wrapuptime"));
        return new(agent, name ?? address, address, AgentDirectory.SeatOf(address), queue, penalty, isStatic, login,
            paused, reason, paused ? lastPause : null, phone, inCall, wrapUp, lastCall);
    }

    private FloorEvent? Agent(AmiMessage message, DateTimeOffset at)
    {
        var party = PartyOf(message.Find("CallerIDNum"));
        var call = Name(message, "Uniqueid");
        if (Name(message, "Queue") is not { } queue || message.Find("Interface") is not { Length: > 0 and <= MaxNameLength } address) return Bad();
        var agent = Members.AgentOf(address);
        switch (message.Event)
        {
            case AmiEventKind.AgentCalled when call is not null:
                return new AgentRinging(at, feed, agent, queue, call, party);
            case AmiEventKind.AgentConnect when call is not null:
                // Should AgentComplete never come (the member was removed meanwhile), the caller's hangup still ends it.
                Calls.Know(call);
                Members.Took(address, call, agent);
                if (Name(message, "DestUniqueid") is { } leg) Calls.KnowLeg(leg, call);
                return new CallAnswered(at, feed, agent, queue, call, party, Seconds(message.GetNumber("HoldTime")), Seconds(message.GetNumber("RingTime")));
            case AmiEventKind.AgentRingNoAnswer:
                // The one duration that app_queue gives in milliseconds.
                return new RingUnanswered(at, feed, agent, queue, call, Milliseconds(message.GetNumber("RingTime")));
            case AmiEventKind.AgentComplete:
                // When the caller's leg is already gone the event comes late and names no channel (asterisk issue 393).
                return new CallCompleted(at, feed, Members.TakerOf(address, call) ?? agent, queue, call, Seconds(message.GetNumber("TalkTime")), message.Find("Reason") switch
                {
                    "agent" => CallEnd.Agent,
                    "caller" => CallEnd.Caller,
                    "transfer" => CallEnd.Transferred,
                    _ => CallEnd.Unknown,
                });
            default: return Bad();
        }
    }

    private CallDialed? DialBegin(AmiMessage message, DateTimeOffset at)
    {
        if (Calls.IsWaiting(message.Find("Linkedid")) || Calls.IsWaiting(message.Find("DestLinkedid"))) return null;
        var from = Members.AgentOnChannel(message.Find("Channel"));
        var to = Members.AgentOnChannel(message.Find("DestChannel"));
        if ((from is null && to is null) || Name(message, "DestUniqueid") is not { } call) return null;
        if (from == to) from = null;
        var direction = from is null ? CallDirection.Inbound : to is null ? CallDirection.Outbound : CallDirection.Internal;
        var party = direction == CallDirection.Inbound
            ? PartyOf(message.Find("CallerIDNum")) ?? PartyOf(message.Find("DestConnectedLineNum"))
            : PartyOf(message.Find("DestCallerIDNum")) ?? PartyOf(message.Find("Exten"));
        Calls.Know(call);
        return new CallDialed(at, feed, call, Name(message, "DestLinkedid") ?? call, from, to, direction, party);
    }

    private CallHungUp? HungUp(AmiMessage message, DateTimeOffset at)
    {
        var id = message.Find("Uniqueid");
        var cause = CauseOf(message.GetNumber("Cause"));
        if (Calls.Forget(id)) return new(at, feed, id.ToString()) { Cause = cause };
        // Of the agent's leg only that the network took it away: then the caller's leg says that a person ended it (16).
        return Calls.ForgetLeg(id) is { } call && cause == HangupCause.Network ? new(at, feed, id.ToString()) { Of = call, Cause = cause } : null;
    }

    private FloorEvent? Bad()
    {
        Malformed++;
        return null;
    }

    /// <summary>A value that names something: null when missing, empty or too long to be a name.</summary>
    internal static string? Name(AmiMessage message, string header)
    {
        var value = message.Find(header);
        return value.IsEmpty || value.Length > MaxNameLength ? null : value.ToString();
    }

    /// <summary>A number to call back; null for what Asterisk writes when it knows none.</summary>
    internal static string? PartyOf(ReadOnlySpan<char> number) =>
        number.IsEmpty || number.Length > 64 || number is "<unknown>" or "s" ? null : number.ToString();

    internal static TimeSpan Seconds(long? seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds ?? 0, 0, 30L * 86400));

    private static TimeSpan Milliseconds(long? milliseconds) => TimeSpan.FromMilliseconds(Math.Clamp(milliseconds ?? 0, 0, 30L * 86400_000));

    /// <summary>
    /// AMI Hangup's <c>Cause</c>, of ITU-T Q.850 (Asterisk's causes.h): the class "resource unavailable" (32 to 47; chan_pjsip says 44
    /// when no RTP comes any more), exchange routing error (25), destination out of order (27), recovery on timer expiry (102) and
    /// protocol error (111) are the network's. Interworking (127) says nothing: Asterisk uses it for many an ordinary refusal.
    /// </summary>
    internal static HangupCause CauseOf(long? cause) => cause switch
    {
        null or 0 or 127 => HangupCause.Unknown,
        25 or 27 or (>= 32 and <= 47) or 102 or 111 => HangupCause.Network,
        _ => HangupCause.Normal,
    };

    /// <summary>Asterisk's device states. Busy (3) is in use; invalid (4) and unavailable (5) cannot be reached; 7 talks while another rings.</summary>
    internal static PhoneState PhoneOf(long? status) => status switch
    {
        1 => PhoneState.Idle,
        2 or 3 or 7 => PhoneState.InUse,
        4 or 5 => PhoneState.Unreachable,
        6 => PhoneState.Ringing,
        8 => PhoneState.OnHold,
        _ => PhoneState.Unknown,
    };
}
