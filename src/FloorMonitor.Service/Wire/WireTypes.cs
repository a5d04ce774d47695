using System.Text.Json.Serialization;

namespace FloorMonitor.Service.Wire;

// The shapes that leave the house (README: the contract). Members are written camelCase, instants as ISO-8601 UTC with
// milliseconds, durations as numbers of milliseconds; a member that is null is written as null, unless marked otherwise.

/// <summary>The whole floor, as a screen gets it first.</summary>
internal sealed record WireSnapshot(
    long Version,
    DateTimeOffset At,
    string Site,
    string TimeZone,
    DateOnly BusinessDay,
    string Build,
    WireStore Store,
    IReadOnlyList<WireFeed> Feeds,
    IReadOnlyList<WireTeam> Teams,
    IReadOnlyList<WireBreakKind> BreakKinds,
    IReadOnlyList<WireAgent> Agents,
    IReadOnlyList<WireQueue> Queues,
    WireTotals Totals,
    WireDuty? Duty,
    IReadOnlyList<WireVerdict> Verdicts,
    IReadOnlyList<WireNote> Notes)
{
    /// <summary>How the duty is watched over (D3.8, P4.7).</summary>
    public WireDutyWatch DutyWatch { get; init; } = WireDutyWatch.Nothing;

    /// <summary>When the business day began: counts that began later are shown with their beginning.</summary>
    public DateTimeOffset BusinessDayStartedAt { get; init; }

    /// <summary>The traffic of the last half hour, minute by minute.</summary>
    public WireStrip Strip { get; init; } = new(60_000, []);

    /// <summary>The wall that this was made for; null for every other screen, which is sent the whole floor.</summary>
    public WireWall? Wall { get; init; }
}

/// <summary>What changed between two versions; an absent member did not.</summary>
internal sealed record WireDelta(long From, long Version, DateTimeOffset At)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? BusinessDay { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? BusinessDayStartedAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WireStrip? Strip { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Site { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TimeZone { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WireStore? Store { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WireFeed>? Feeds { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WireTeam>? Teams { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WireBreakKind>? BreakKinds { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WireAgent>? Agents { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? AgentsGone { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WireQueue>? Queues { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? QueuesGone { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WireTotals? Totals { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Changed<WireDuty> Duty { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WireDutyWatch? DutyWatch { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WireVerdict>? Verdicts { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? VerdictsGone { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<WireNote>? Notes { get; init; }

    /// <summary>Whether it says nothing but the time.</summary>
    [JsonIgnore]
    public bool IsEmpty => this == new WireDelta(From, Version, At);
}

/// <summary>A member that may have changed to null: the default means that it did not change.</summary>
internal readonly record struct Changed<T>(bool Has, T? Value)
    where T : class;

internal sealed record WireStore(string State, DateTimeOffset Since, long Backlog, string Note);

internal sealed record WireFeed(string Name, string Kind, string State, DateTimeOffset Since, string Reason);

internal sealed record WireTeam(string Id, string Label, string? Lead, string? Supervisor);

/// <summary>A kind of break and how long it may last where nothing nearer is said of an agent; null without a limit.</summary>
internal sealed record WireBreakKind(string Kind, long? LimitMs);

internal sealed record WireAgent(
    string Id,
    string Name,
    string? Team,
    string State,
    DateTimeOffset Since,
    DateTimeOffset? SignedInAt,
    string? Seat,
    IReadOnlyList<string> Queues,
    IReadOnlyList<string> PausedQueues,
    WireBreak? Break,
    WireCall? Call,
    DateTimeOffset? WrapUpEndsAt,
    DateTimeOffset? HandRaisedAt,
    WireHour Hour)
{
    /// <summary>Until when settle-in holds the agent; null where no lock runs.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>The break that was asked for or given and has not begun; null for none.</summary>
    public WireTicket? Ticket { get; init; }

    /// <summary>Exceptions that stand.</summary>
    public IReadOnlyList<WireGrant> Grants { get; init; } = [];

    /// <summary>What feeds that watch phones see of this one (kind sip); empty where there is no such feed.</summary>
    public IReadOnlyList<WirePhone> Phones { get; init; } = [];

    /// <summary>A graded agent's calls per hour on queue; null without a grade or where the rule is off.</summary>
    public WireCph? Cph { get; init; }

    /// <summary>When somebody said that they saw the raised hand; null while nobody did.</summary>
    public DateTimeOffset? HandAcknowledgedAt { get; init; }

    /// <summary>Who; null likewise.</summary>
    public string? HandAcknowledgedBy { get; init; }

    /// <summary>The kinds of break of which this one's limit is another than everybody's (a team's, a queue's, a shift's, its meal); mostly none.</summary>
    public IReadOnlyList<WireBreakKind> Limits { get; init; } = [];

    /// <summary>The newest messages that were not read.</summary>
    public IReadOnlyList<WireMessage> Messages { get; init; } = [];

    /// <summary>The shift of the roster that runs, was worked last or comes next; null where the roster knows of none.</summary>
    public WireShift? Shift { get; init; }
}

/// <summary>A break that was asked for or given and has not begun; the position counts those of the team who wait, null where a slot is known.</summary>
internal sealed record WireTicket(
    string Kind, string Status, DateTimeOffset RequestedAt, DateTimeOffset? StartsAt, DateTimeOffset? EndsAt, int? Position, string By, WireText Text);

internal sealed record WireShift(
    string Name, DateOnly Date, DateTimeOffset StartsAt, DateTimeOffset EndsAt, string? Seat, string Status, DateTimeOffset? Mustered);

/// <summary>Calls per hour on queue today, null in the first hour, beside what the grade asks.</summary>
internal sealed record WireCph(double? Value, double Bar, string Grade);

internal sealed record WireGrant(string Id, string Allow, string Reason, string By, DateTimeOffset At, DateTimeOffset Until);

/// <summary>A phone as one source sees it, by which of its words; <c>disagreesSince</c>: since when the switch of the queues says otherwise.</summary>
internal sealed record WirePhone(
    string Feed, string State, string Word, DateTimeOffset Since, string? Direction, string? Party, WireText? Lost, DateTimeOffset? DisagreesSince);

internal sealed record WireBreak(string Kind, string Reason, DateTimeOffset Since, DateTimeOffset? EndsAt)
{
    /// <summary>When the agent is to be warned that it ends (D2.4); null without a limit, or where no rule warns.</summary>
    public DateTimeOffset? WarnAt { get; init; }

    /// <summary>The beginning of the hour of the shift whose break it is, wholly; null for one that is shared among the hours it lies in.</summary>
    public DateTimeOffset? Hour { get; init; }
}

internal sealed record WireCall(
    string Id, string? Queue, string Direction, DateTimeOffset Since, bool Answered, DateTimeOffset? HeldSince, string? Party);

/// <summary>The hour of the shift with its short break; without an hour (signed out) the instants are null.</summary>
internal sealed record WireHour(long EntitledMs, long TakenMs, DateTimeOffset? Since, DateTimeOffset? Until, bool Declined);

internal sealed record WireQueue(
    string Name,
    string Label,
    int Waiting,
    DateTimeOffset? OldestWaitSince,
    int SignedIn,
    int Available,
    int OnCall,
    int OnBreak,
    int Offered,
    int Answered,
    int Abandoned,
    int Left,
    WireServiceLevel ServiceLevel,
    long? AsaMs,
    long? AhtMs,
    double? AbandonRate,
    double? ConnectRate,
    DateTimeOffset CountedSince,
    long UnseenMs,
    int Missed)
{
    /// <summary>The same over the last half hour.</summary>
    public required WireRecent Recent { get; init; }

    /// <summary>When somebody last called back one of today's callers who gave up: the list of them is another one since; null for never.</summary>
    public DateTimeOffset? CalledBackAt { get; init; }
}

/// <summary>A queue's last half hour. <paramref name="Minutes"/>: how many of its minutes were seen; the service level by the queue's own formula.</summary>
internal sealed record WireRecent(int Minutes, int Offered, int Answered, int Abandoned, double? ServiceLevel);

/// <summary>The floor's traffic in equal buckets, oldest first, the running one last.</summary>
internal sealed record WireStrip(long BucketMs, IReadOnlyList<WireBucket> Buckets);

/// <summary>A bucket; null where no switch was in sight. <paramref name="Within"/>: answered in time.</summary>
internal sealed record WireBucket(DateTimeOffset At, int? Offered, int? Answered, int? Abandoned, int? Within);

internal sealed record WireServiceLevel(double? Value, long WithinMs, string Formula);

internal sealed record WireTotals(
    int Waiting,
    DateTimeOffset? OldestWaitSince,
    int OnBreak,
    int InternalCalls,
    int SignedIn,
    int Available,
    int OnCall,
    int Ringing,
    int WrapUp,
    int Unreachable,
    int Unknown);

/// <summary>Who has the duty; <c>seenAt</c>: when the holder's page was last heard, while it is gone, and null while it is there.</summary>
internal sealed record WireDuty(string Holder, string Name, DateTimeOffset Since, DateTimeOffset? SeenAt);

/// <summary>Since when the floor is without a duty supervisor, to whom the duty is being handed, and the rounds.</summary>
internal sealed record WireDutyWatch(DateTimeOffset? UncoveredSince, string? HandingTo, DateTimeOffset? LastPatrolAt, DateTimeOffset? NextPatrolBy)
{
    public static WireDutyWatch Nothing { get; } = new(null, null, null, null);

    /// <summary>The name of whom it is being handed to: the same where that is no agent's id.</summary>
    public string? HandingToName { get; init; }
}

/// <summary>A round of the duty supervisor; <c>photo</c> is the address of its picture.</summary>
internal sealed record WirePatrol(string Id, DateTimeOffset At, string By, string Seen, IReadOnlyList<string> Concerns, string? Photo);

/// <summary>A message to an agent that was not read yet; <c>phone</c>: how it stands with the agent's phone, null where it is on the page alone.</summary>
internal sealed record WireMessage(string Id, DateTimeOffset At, string From, string Text, DateTimeOffset? ReadAt, WireOnPhone? Phone);

/// <summary><c>waiting</c>, <c>delivered</c>, <c>accepted</c> (the PBX passes it on and does not say whether it arrived), <c>retrying</c> or <c>failed</c>, with the PBX's words.</summary>
internal sealed record WireOnPhone(string State, DateTimeOffset At, string Said);

internal sealed record WireVerdict(
    string Id,
    string Rule,
    string Clause,
    string Severity,
    WireSubject Subject,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    WireText Text,
    IReadOnlyList<long> Evidence,
    IReadOnlyList<WireGap> Gaps,
    string Status,
    IReadOnlyList<WireStep> History)
{
    /// <summary>The clause as each language's handbook prints it; <c>clause</c> is its code.</summary>
    public required WireText ClauseText { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ThresholdMs { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Threshold { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? MeasuredMs { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Measured { get; init; }

    /// <summary>The agent whose situation it is when the subject is the floor or a team; null otherwise.</summary>
    public string? Concerns { get; init; }

    /// <summary>What people last said about it; null for nothing.</summary>
    public WireDisposition? Disposition { get; init; }
}

internal sealed record WireDisposition(string Step, string By, DateTimeOffset At, string? Reason);

internal sealed record WireSubject(string Kind, string Id, string Name);

internal sealed record WireText(string Zh, string En);

internal sealed record WireGap(DateTimeOffset Since, DateTimeOffset Until);

internal sealed record WireStep(DateTimeOffset At, string By, string Step, WireText Note);

internal sealed record WireNote(string Key, WireText Text, DateTimeOffset Since);

/// <summary>Something to ring and flash about: the newest verdict of it, and the alert that it belongs to.</summary>
internal sealed record WireAlert(WireVerdict Verdict, WireAlertNews Alert)
{
    /// <summary>Whether screens fall silent about it instead: it was acknowledged, or is over.</summary>
    [JsonIgnore]
    public bool IsUpdate => Alert.News is "acknowledged" or "over";
}

/// <summary>A journal entry, as evidence.</summary>
internal sealed record WireEvidence(long Id, DateTimeOffset At, string Source, string Raw, IReadOnlyList<string> Events);
