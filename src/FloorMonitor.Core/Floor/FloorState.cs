using System.Collections.Immutable;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Floor;

/// <summary>
/// The whole floor at one moment: an immutable, versioned snapshot. Made only by <see cref="FloorFold"/>; what a screen is
/// sent is the difference of two of these (<see cref="FloorDelta"/>).
/// </summary>
public sealed record FloorState
{
    /// <summary>The floor of which nothing is known yet.</summary>
    public static FloorState Empty { get; } = new();

    /// <summary>Grows by one with every change; equal versions of one run mean equal states.</summary>
    public long Version { get; init; }

    /// <summary>The latest instant that the floor has heard of.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The configuration in force.</summary>
    public FloorSetup Setup { get; init; } = FloorSetup.Default;

    /// <summary>Journal entry of the configuration that brought it, with the roster in it: what everybody who is missed is missed by; 0 for none.</summary>
    public long SetupEntry { get; init; }

    /// <summary>The current business day, by the site's zone and day start.</summary>
    public DateOnly BusinessDay { get; init; }

    /// <summary>When the current business day ends, UTC.</summary>
    public DateTimeOffset BusinessDayEndsAt { get; init; }

    /// <summary>
    /// The earliest instant at which time alone may change something (a wrap-up ends, a day begins); never later than the true
    /// one. It only spares work and is no part of what a floor is: equality and differences leave it out.
    /// </summary>
    public DateTimeOffset NextDueAt { get; init; }

    /// <summary>The agents whom that concerns; null where it is not known (a state read back or made by a difference): all are asked once.</summary>
    internal DueList? DueAgents { get; init; }

    /// <summary>The feeds by name.</summary>
    public ImmutableDictionary<string, Feed> Feeds { get; init; } = ImmutableDictionary<string, Feed>.Empty;

    /// <summary>Every agent that was configured or seen, by id.</summary>
    public ImmutableDictionary<string, Agent> Agents { get; init; } = ImmutableDictionary<string, Agent>.Empty;

    /// <summary>Every queue that was seen, by name. Two PBXs that both have a queue of one name share it.</summary>
    public ImmutableDictionary<string, Queue> Queues { get; init; } = ImmutableDictionary<string, Queue>.Empty;

    /// <summary>Dialled calls outside of queues, by the called leg's id.</summary>
    public ImmutableDictionary<string, DialedCall> DialedCalls { get; init; } = ImmutableDictionary<string, DialedCall>.Empty;

    /// <summary>Who has the duty; null: nobody was named.</summary>
    public Duty? Duty { get; init; }

    /// <summary>How the technology does.</summary>
    public FloorHealth Health { get; init; } = FloorHealth.Good;

    /// <summary>What each hour of the week usually brings, by queue; also of queues that are away.</summary>
    public ImmutableDictionary<string, ArrivalBaseline> Baselines { get; init; } = ImmutableDictionary<string, ArrivalBaseline>.Empty;

    /// <summary>
    /// The last minute of which the beginning was noted (<see cref="MinuteFold"/>). Like <see cref="NextDueAt"/> it only spares work:
    /// what is noted twice is the same, and equality and differences leave it out.
    /// </summary>
    public DateTimeOffset NotedAt { get; init; }

    /// <summary>What is known of the duty beside that: whether the floor was left without one, and the rounds.</summary>
    public DutyWatch DutyWatch { get; init; } = DutyWatch.None;

    /// <summary>Shifts that were excused as a whole, while verdicts of them may still open.</summary>
    public ValueArray<ShiftExcuse> Excuses { get; init; }

    /// <summary>The journal entry of the newest message to anybody; 0 for none. It tells whoever carries messages on that there is one.</summary>
    public long LastMessage { get; init; }

    /// <summary>The verdicts that are open now, by id. Closed ones lie in the store.</summary>
    public ImmutableDictionary<string, Verdict> Verdicts { get; init; } = ImmutableDictionary<string, Verdict>.Empty;

    /// <inheritdoc/>
    public bool Equals(FloorState? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Version == other.Version && At == other.At && Setup == other.Setup && SetupEntry == other.SetupEntry
            && BusinessDay == other.BusinessDay && BusinessDayEndsAt == other.BusinessDayEndsAt && Duty == other.Duty && DutyWatch == other.DutyWatch && Excuses == other.Excuses && LastMessage == other.LastMessage
            && Same(Feeds, other.Feeds) && Same(Agents, other.Agents) && Same(Queues, other.Queues)
            && Health == other.Health && Same(Baselines, other.Baselines)
            && Same(DialedCalls, other.DialedCalls) && Same(Verdicts, other.Verdicts));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Version, At);

    private static bool Same<T>(ImmutableDictionary<string, T> left, ImmutableDictionary<string, T> right)
        where T : class
    {
        if (ReferenceEquals(left, right)) return true;
        if (left.Count != right.Count) return false;
        foreach (var (key, value) in left)
            if (!right.TryGetValue(key, out var found) || !value.Equals(found)) return false;
        return true;
    }
}

/// <summary>The link to one PBX.</summary>
/// <param name="Name">Its name in floor.yaml.</param>
/// <param name="Kind">Its kind in floor.yaml.</param>
/// <param name="State">How it is.</param>
/// <param name="Since">Since when it is so.</param>
/// <param name="SwitchStartedAt">When the switch says that it started; null when it never said.</param>
/// <param name="Reason">Why the link is gone, as told; empty while it is there.</param>
public sealed record Feed(string Name, string Kind, FeedState State, DateTimeOffset Since, DateTimeOffset? SwitchStartedAt, string Reason)
{
    /// <summary>Since when it is out of sight, attempts to come back included; null while synced and before the first sight.</summary>
    public DateTimeOffset? LostSince { get; init; }

    /// <summary>
    /// The last stretches of which it saw nothing, oldest first, at most <see cref="MaxGaps"/>: the first reaches from the beginning of
    /// time to the first sight.
    /// </summary>
    public ValueArray<Gap> Gaps { get; init; }

    /// <summary>Bound of <see cref="Gaps"/>; the two oldest are taken as one, so that what was hidden never counts as seen.</summary>
    public const int MaxGaps = 16;

    /// <summary>Since when the link is down while the monitor was there to hold it; null while synced and before the first sight.</summary>
    public DateTimeOffset? DownSince { get; init; }

    /// <summary>The journal entry that told of its going; 0 while it is there.</summary>
    public long LostEntry { get; init; }
}

/// <summary>How the link to a PBX is.</summary>
public enum FeedState
{
    /// <summary>Being made, or its snapshot is being read.</summary>
    Connecting,

    /// <summary>Live: what is shown is what is.</summary>
    Synced,

    /// <summary>Gone: what is shown is what was.</summary>
    Lost,
}

/// <summary>A dialled call outside of queues; kept until its leg is hung up.</summary>
public sealed record DialedCall(
    string Feed, string Call, string? FromAgent, string? ToAgent, CallDirection Direction, string? Party, DateTimeOffset Since, bool Answered, long Entry);
