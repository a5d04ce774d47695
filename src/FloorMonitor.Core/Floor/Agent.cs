namespace FloorMonitor.Core.Floor;

/// <summary>A person of the floor, with everything that the PBX and the house know of them now.</summary>
public sealed record Agent
{
    /// <summary>The id of agents.csv, or <c>feed:address</c> for one who is not in it.</summary>
    public required string Id { get; init; }

    /// <summary>The name shown.</summary>
    public required string Name { get; init; }

    /// <summary>The team's id; null for none.</summary>
    public string? Team { get; init; }

    /// <summary>The grade of agents.csv (<see cref="Grades"/>); null for none.</summary>
    public string? Grade { get; init; }

    /// <summary>What a graded agent did today, as far as it was seen; null without a grade and before the first time on queue.</summary>
    public AgentDay? Today { get; init; }

    /// <summary>How the PBX addresses them; empty until it was seen or configured.</summary>
    public string Address { get; init; } = "";

    /// <summary>The extension they sit at; null when none is known.</summary>
    public string? Seat { get; init; }

    /// <summary>What they are doing. Derived by <see cref="AgentStatus"/> from the facts below, never set by hand.</summary>
    public AgentState State { get; init; }

    /// <summary>Since when <see cref="State"/> is so.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Journal entry of what began <see cref="State"/>; 0 where time alone began it.</summary>
    public long SinceEntry { get; init; }

    /// <summary>The present session, or the last one until a new one begins; null when none was ever seen.</summary>
    public Session? Session { get; init; }

    /// <summary>The queues they are in.</summary>
    public ValueArray<QueueMember> Members { get; init; }

    /// <summary>The break they are on (paused in every queue for a reason); null when on none. Runs on beneath a call.</summary>
    public Break? Break { get; init; }

    /// <summary>
    /// Breaks that are over, oldest first, at most <see cref="MaxBreaksKept"/>: of this session, and of the shift's earlier ones where the
    /// roster tells of a shift, whose hours go on wherever they sign in anew.
    /// </summary>
    public ValueArray<EndedBreak> EndedBreaks { get; init; }

    /// <summary>The call that rings, talks or is held; null for none.</summary>
    public AgentCall? Call { get; init; }

    /// <summary>The wrap-up after the last call; null when over.</summary>
    public WrapUp? WrapUp { get; init; }

    /// <summary>The last call that ended, so that a deadline that fell inside it can name it; null for none in this session.</summary>
    public EndedCall? LastCall { get; init; }

    /// <summary>What the PBX whose queues they are in knows of the phone. <see cref="PhoneWords.Of"/> takes <see cref="Sights"/> in.</summary>
    public PhoneState Phone { get; init; }

    /// <summary>What feeds that watch phones see of it, one for each feed; empty where there is no such feed.</summary>
    public ValueArray<PhoneSight> Sights { get; init; }

    /// <summary>
    /// A known call just ended while the phone was busy: until the PBX reports the phone anew, or this instant comes, the busy
    /// phone is that call's echo and no call of its own. Null otherwise.
    /// </summary>
    public DateTimeOffset? PhoneSettlesAt { get; init; }

    /// <summary>
    /// Since when the phone cannot be reached while they are signed in, whatever else they do meanwhile; null while it can. What nobody saw
    /// of it lies in <see cref="Unseen"/>.
    /// </summary>
    public PhoneAway? PhoneGone { get; init; }

    /// <summary>The state in which they were last in sight, while <see cref="AgentState.Unknown"/>; null otherwise.</summary>
    public LastSight? LastSight { get; init; }

    /// <summary>Since when the hand is up; null when down.</summary>
    public DateTimeOffset? HandRaisedAt { get; init; }

    /// <summary>Journal entry of the raised hand; 0 while it is down.</summary>
    public long HandEntry { get; init; }

    /// <summary>When somebody said that they saw the raised hand; null while nobody did, and while it is down.</summary>
    public DateTimeOffset? HandAcknowledgedAt { get; init; }

    /// <summary>Who; null likewise.</summary>
    public string? HandAcknowledgedBy { get; init; }

    /// <summary>The last hand that went up and is down again; null for none.</summary>
    public AnsweredHand? LastHand { get; init; }

    /// <summary>What was said to them, oldest first, at most <see cref="MaxMessagesKept"/>.</summary>
    public ValueArray<AgentMessage> Messages { get; init; }

    /// <summary>
    /// Calls that rang out at them one after the other, oldest first, at most <see cref="MaxMissedKept"/>: the row ends with a call that they
    /// take or make, with a break, and with a gap that may hide either.
    /// </summary>
    public ValueArray<MissedRing> MissedRings { get; init; }

    /// <summary>When the monitor undid changes of theirs at the switch, of the last ten minutes (revert limit).</summary>
    public ValueArray<DateTimeOffset> Reverts { get; init; }

    /// <summary>What is known of their coming to the shift; null where nothing is beyond the session itself.</summary>
    public Attendance? Attendance { get; init; }

    /// <summary>Exceptions that were given to them and neither used nor over, oldest first.</summary>
    public ValueArray<Grant> Grants { get; init; }

    /// <summary>The exception to come late that ended last without being used; null for none. Lateness counts from its end.</summary>
    public Grant? LapsedLate { get; init; }

    /// <summary>The break that they asked for or were given and have not begun; null for none.</summary>
    public BreakTicket? Ticket { get; init; }

    /// <summary>The hour of the shift for which they had a ticket last; null for none in this session.</summary>
    public DateTimeOffset? TicketHour { get; init; }

    /// <summary>When the hours of the shift began whose break they do without, oldest first.</summary>
    public ValueArray<DateTimeOffset> DeclinedHours { get; init; }

    /// <summary>The last call (with its wrap-up) in which an hour of the shift ended; null for none in this session.</summary>
    public EndedCall? HourCall { get; init; }

    /// <summary>Stretches of this session that nobody saw, oldest first.</summary>
    public ValueArray<Gap> Unseen { get; init; }

    /// <summary>Bound of <see cref="EndedBreaks"/>; the oldest go first.</summary>
    public const int MaxBreaksKept = 32;

    /// <summary>Bound of <see cref="Messages"/>; what was read goes first.</summary>
    public const int MaxMessagesKept = 20;

    /// <summary>Bound of <see cref="MissedRings"/>; later ones are the same fact.</summary>
    public const int MaxMissedKept = 8;
}

/// <summary>A call that rang at an agent and that nobody took.</summary>
/// <param name="At">When it first rang out.</param>
/// <param name="Queue">The queue that brought it.</param>
/// <param name="Entry">Journal entry of that.</param>
public sealed record MissedRing(DateTimeOffset At, string Queue, long Entry)
{
    /// <summary>The call's id at the PBX. A queue rings the same caller at the same agent again and again: that is one call.</summary>
    public string Call { get; init; } = "";
}

/// <summary>The phone of one who is signed in, while it cannot be reached.</summary>
/// <param name="Since">Since when.</param>
/// <param name="Entry">Journal entry of that.</param>
public sealed record PhoneAway(DateTimeOffset Since, long Entry);

/// <summary>What an agent was doing when the link went away, so that a resync that finds the same keeps its first instant.</summary>
public sealed record LastSight(AgentState State, DateTimeOffset Since);

/// <summary>What an agent is doing: the words of the API.</summary>
public enum AgentState
{
    /// <summary>In no queue.</summary>
    SignedOut,

    /// <summary>Free to take a call from at least one queue.</summary>
    Available,

    /// <summary>A call rings.</summary>
    Ringing,

    /// <summary>Talking.</summary>
    OnCall,

    /// <summary>The other side is on hold.</summary>
    OnHold,

    /// <summary>Finishing the work of the last call (ACW).</summary>
    WrapUp,

    /// <summary>Paused in every queue.</summary>
    OnBreak,

    /// <summary>Signed in, but the phone cannot be reached.</summary>
    Unreachable,

    /// <summary>Not in sight: the link to the PBX is gone.</summary>
    Unknown,
}

/// <summary>One stretch from sign-in to sign-out.</summary>
/// <param name="SignedInAt">The sign-in, by the PBX's word where it has one.</param>
/// <param name="Entry">Journal entry of the sign-in.</param>
/// <param name="LeftAt">When the last queue was left; null while signed in.</param>
/// <param name="LeftEntry">Journal entry of that; 0 while signed in.</param>
/// <param name="LeftUnseen">Whether they were merely gone after a gap in sight: nobody saw when or why, so nobody is blamed.</param>
/// <param name="LeftMembers">The memberships that were left last, so that they can be put back as they were.</param>
/// <param name="BeingRestored">The monitor is putting the members back: a join that follows continues this session.</param>
public sealed record Session(
    DateTimeOffset SignedInAt,
    long Entry,
    DateTimeOffset? LeftAt,
    long LeftEntry,
    bool LeftUnseen,
    ValueArray<QueueMember> LeftMembers,
    bool BeingRestored)
{
    /// <summary>Leaving the last queue and joining another within this is a change of queues, no sign-out (RULEBOOK example 3).</summary>
    public static readonly TimeSpan QueueChangeWindow = TimeSpan.FromMilliseconds(500);

    /// <summary>When any queue was left last; null for never. A sign-out from several queues comes as one leave for each.</summary>
    public DateTimeOffset? LastLeftAt { get; init; }

    /// <summary>
    /// The call that was on when the last queue was left, which is still work (principle 2); it lasts until the end of time while it goes
    /// on. Null for none, and where it rang and nobody took it.
    /// </summary>
    public EndedCall? LeftCall { get; init; }

    /// <summary>The exception under which they signed in after the shift began; null for none.</summary>
    public Grant? SignInGrant { get; init; }

    /// <summary>The exception under which the last queue was left; null for none. Who holds it is not blamed, and not put back.</summary>
    public Grant? LeftGrant { get; init; }

    /// <summary>
    /// They were found signed in and nobody can say since when: the PBX named no instant, or only that of its own start. No lock
    /// runs from such a sign-in (principle 1).
    /// </summary>
    public bool SignInUnseen { get; init; }
}

/// <summary>An agent in a queue.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Feed">The feed that says so.</param>
/// <param name="Penalty">Its penalty there.</param>
/// <param name="IsStatic">Whether the PBX's configuration fixes it.</param>
/// <param name="JoinedAt">Since when.</param>
/// <param name="Paused">Whether paused there.</param>
/// <param name="Reason">The pause reason; empty when not paused or none given.</param>
/// <param name="PausedAt">Since when paused with that reason; null when not paused.</param>
/// <param name="PauseEntry">Journal entry of the pause; 0 when not paused.</param>
/// <param name="PauseVouched">Whether the PBX itself names the pause's instant.</param>
/// <param name="Phone">The phone as that queue sees it.</param>
/// <param name="InCall">Whether the PBX counts it on a call of that queue.</param>
/// <param name="WrapUp">The queue's wrap-up time.</param>
public sealed record QueueMember(
    string Queue,
    string Feed,
    int Penalty,
    bool IsStatic,
    DateTimeOffset JoinedAt,
    bool Paused,
    string Reason,
    DateTimeOffset? PausedAt,
    long PauseEntry,
    bool PauseVouched,
    PhoneState Phone,
    bool InCall,
    TimeSpan WrapUp);

/// <summary>A break under way.</summary>
/// <param name="Kind">Its kind, or <see cref="OtherKind"/> where the reason means none.</param>
/// <param name="Reason">The pause reason as given.</param>
/// <param name="Since">When it began: the pause, or the end of the call that was on when it was set.</param>
/// <param name="EndsAt">When its limit is reached, gaps and calls added; null without a limit.</param>
/// <param name="Entry">Journal entry of the pause.</param>
/// <param name="Gaps">Stretches of it that nobody saw; they do not count against the agent.</param>
public sealed record Break(string Kind, string Reason, DateTimeOffset Since, DateTimeOffset? EndsAt, long Entry, ValueArray<Gap> Gaps)
{
    /// <summary>The exception under which it was taken; null for none.</summary>
    public Grant? Grant { get; init; }

    /// <summary>How long it may last, as was told when it began; null without a limit.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>The ticket that it used up; null for a break that nobody had arranged.</summary>
    public BreakTicket? Ticket { get; init; }

    /// <summary>The beginning of the hour of the shift whose break it is, wholly; null for one that belongs to the hours that it lies in.</summary>
    public DateTimeOffset? Hour { get; init; }

    /// <summary>Whether the monitor is taking the pause off: what ends so was not given.</summary>
    public bool TakenOff { get; init; }

    /// <summary>The kind of a pause whose reason is no configured kind of break: shown, without limit, judged by nothing.</summary>
    public const string OtherKind = "other";
}

/// <summary>A break that is over.</summary>
public sealed record EndedBreak(string Kind, DateTimeOffset Since, DateTimeOffset Until, long Entry, long EndEntry)
{
    /// <summary>The beginning of the hour of the shift whose break it was, wholly; null for one that belonged to the hours that it lay in.</summary>
    public DateTimeOffset? Hour { get; init; }

    /// <summary>Whether the monitor took it off.</summary>
    public bool TakenOff { get; init; }

    /// <summary>What nobody saw of it.</summary>
    public ValueArray<Gap> Gaps { get; init; } = [];
}

/// <summary>A stretch out of sight.</summary>
public sealed record Gap(DateTimeOffset Since, DateTimeOffset Until);

/// <summary>An agent's call.</summary>
/// <param name="Id">The call's id at the PBX; empty where only the phone's state tells of it.</param>
/// <param name="Queue">The queue that brought it; null when none did.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Party">The other side's number, unmasked; null when unknown.</param>
/// <param name="Since">Since when it rings or, once answered, since the answer.</param>
/// <param name="Answered">Whether they talk.</param>
/// <param name="HeldSince">Since when on hold; null when not.</param>
/// <param name="Entry">Journal entry of its beginning.</param>
public sealed record AgentCall(
    string Id, string? Queue, CallDirection Direction, string? Party, DateTimeOffset Since, bool Answered, DateTimeOffset? HeldSince, long Entry)
{
    /// <summary>The feed that tells of it.</summary>
    public string Feed { get; init; } = "";

    /// <summary>Whether the agent is the one who calls: busy from the first ring on, where a called one merely rings.</summary>
    public bool IsCaller { get; init; }

    /// <summary>Whether a snapshot showed it answered and the answer itself was not seen; a late answer is then counted once.</summary>
    public bool AnswerUnseen { get; init; }
}

/// <summary>A call that ended.</summary>
public sealed record EndedCall(string Id, string? Queue, DateTimeOffset Since, DateTimeOffset Until, long Entry)
{
    /// <summary>Whether its end is already in the queue's counters; a phone that fell idle tells of the end before the PBX counts it.</summary>
    public bool Counted { get; init; } = true;

    /// <summary>When its wrap-up was over; null where it had none, or while that runs.</summary>
    public DateTimeOffset? WrappedUpAt { get; init; }
}

/// <summary>Wrap-up after a call: no event ends it, its time does.</summary>
public sealed record WrapUp(string Queue, DateTimeOffset Since, DateTimeOffset EndsAt);
