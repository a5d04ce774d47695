using System.Collections.Immutable;

namespace FloorMonitor.Core.Floor;

/// <summary>The difference of two states: what changed and what went. Computed, never written by hand.</summary>
public sealed record FloorDelta
{
    /// <summary>The version it starts from.</summary>
    public long From { get; init; }

    /// <summary>The version it leads to.</summary>
    public long Version { get; init; }

    /// <summary>The later state's instant.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>What changed, as the later state has it; null members did not change.</summary>
    public FloorSetup? Setup { get; init; }

    /// <summary>The journal entry of the later state's setup.</summary>
    public long SetupEntry { get; init; }

    /// <summary>The business day with its end, when it changed.</summary>
    public (DateOnly Day, DateTimeOffset EndsAt)? BusinessDay { get; init; }

    /// <summary>Feeds that are new or changed.</summary>
    public ValueArray<Feed> Feeds { get; init; }

    /// <summary>Feeds that are gone.</summary>
    public ValueArray<string> FeedsGone { get; init; }

    /// <summary>Agents that are new or changed.</summary>
    public ValueArray<Agent> Agents { get; init; }

    /// <summary>Agents that are gone.</summary>
    public ValueArray<string> AgentsGone { get; init; }

    /// <summary>Queues that are new or changed.</summary>
    public ValueArray<Queue> Queues { get; init; }

    /// <summary>Queues that are gone.</summary>
    public ValueArray<string> QueuesGone { get; init; }

    /// <summary>Dialled calls that are new or changed.</summary>
    public ValueArray<DialedCall> DialedCalls { get; init; }

    /// <summary>Dialled calls that are over.</summary>
    public ValueArray<string> DialedCallsGone { get; init; }

    /// <summary>The later state's excused shifts; null when they did not change.</summary>
    public ValueArray<ShiftExcuse>? Excuses { get; init; }

    /// <summary>Whether the duty changed.</summary>
    public bool DutyChanged { get; init; }

    /// <summary>The later state's duty, when <see cref="DutyChanged"/>.</summary>
    public Duty? Duty { get; init; }

    /// <summary>How the technology does, when that changed.</summary>
    public FloorHealth? Health { get; init; }

    /// <summary>What was learnt of the arrivals of queues.</summary>
    public ValueArray<ArrivalBaseline> Baselines { get; init; }

    /// <summary>Queues of which nothing is known any more.</summary>
    public ValueArray<string> BaselinesGone { get; init; }

    /// <summary>What is known of the duty beside its holder, when it changed.</summary>
    public DutyWatch? DutyWatch { get; init; }

    /// <summary>The later state's newest message.</summary>
    public long LastMessage { get; init; }

    /// <summary>Verdicts that are new or changed.</summary>
    public ValueArray<Rules.Verdict> Verdicts { get; init; }

    /// <summary>Verdicts that are no longer open.</summary>
    public ValueArray<string> VerdictsGone { get; init; }

    /// <summary>The difference that leads from one state to another.</summary>
    public static FloorDelta Between(FloorState before, FloorState after)
    {
        var (agents, agentsGone) = Compare(before.Agents, after.Agents);
        var (queues, queuesGone) = Compare(before.Queues, after.Queues);
        var (feeds, feedsGone) = Compare(before.Feeds, after.Feeds);
        var (dialed, dialedGone) = Compare(before.DialedCalls, after.DialedCalls);
        var (verdicts, verdictsGone) = Compare(before.Verdicts, after.Verdicts);
        var (baselines, baselinesGone) = Compare(before.Baselines, after.Baselines);
        var sameDay = before.BusinessDay == after.BusinessDay && before.BusinessDayEndsAt == after.BusinessDayEndsAt;
        var dutyChanged = before.Duty != after.Duty;
        return new()
        {
            From = before.Version,
            Version = after.Version,
            At = after.At,
            Setup = before.Setup == after.Setup ? null : after.Setup,
            SetupEntry = after.SetupEntry,
            BusinessDay = sameDay ? null : (after.BusinessDay, after.BusinessDayEndsAt),
            Feeds = feeds,
            FeedsGone = feedsGone,
            Agents = agents,
            AgentsGone = agentsGone,
            Queues = queues,
            QueuesGone = queuesGone,
            DialedCalls = dialed,
            DialedCallsGone = dialedGone,
            Excuses = before.Excuses == after.Excuses ? null : after.Excuses,
            DutyChanged = dutyChanged,
            Duty = dutyChanged ? after.Duty : null,
            Health = before.Health == after.Health ? null : after.Health,
            Baselines = baselines,
            BaselinesGone = baselinesGone,
            DutyWatch = before.DutyWatch == after.DutyWatch ? null : after.DutyWatch,
            LastMessage = after.LastMessage,
            Verdicts = verdicts,
            VerdictsGone = verdictsGone,
        };
    }

    /// <summary>The later state, from the earlier one and the difference.</summary>
    /// <exception cref="ArgumentException">The difference does not start at that state's version.</exception>
    public static FloorState Apply(FloorState before, FloorDelta delta)
    {
        if (delta.From != before.Version)
            throw new ArgumentException($"The difference starts at version {delta.From}, the state is at {before.Version}.", nameof(delta));
        return before with
        {
            Version = delta.Version,
            At = delta.At,
            Setup = delta.Setup ?? before.Setup,
            SetupEntry = delta.SetupEntry,
            BusinessDay = delta.BusinessDay?.Day ?? before.BusinessDay,
            BusinessDayEndsAt = delta.BusinessDay?.EndsAt ?? before.BusinessDayEndsAt,
            // Not carried over; the fold works it out anew.
            NextDueAt = default,
            DueAgents = null,
            NotedAt = default,
            Health = delta.Health ?? before.Health,
            Baselines = Merge(before.Baselines, delta.Baselines, delta.BaselinesGone, static baseline => baseline.Queue),
            Feeds = Merge(before.Feeds, delta.Feeds, delta.FeedsGone, static feed => feed.Name),
            Agents = Merge(before.Agents, delta.Agents, delta.AgentsGone, static agent => agent.Id),
            Queues = Merge(before.Queues, delta.Queues, delta.QueuesGone, static queue => queue.Name),
            DialedCalls = Merge(before.DialedCalls, delta.DialedCalls, delta.DialedCallsGone, static call => call.Call),
            Excuses = delta.Excuses ?? before.Excuses,
            Duty = delta.DutyChanged ? delta.Duty : before.Duty,
            DutyWatch = delta.DutyWatch ?? before.DutyWatch,
            LastMessage = delta.LastMessage,
            Verdicts = Merge(before.Verdicts, delta.Verdicts, delta.VerdictsGone, static verdict => verdict.Id),
        };
    }

    private static (ValueArray<T> Changed, ValueArray<string> Gone) Compare<T>(
        ImmutableDictionary<string, T> before, ImmutableDictionary<string, T> after)
        where T : class
    {
        if (ReferenceEquals(before, after)) return default;
        List<T>? changed = null;
        List<string>? gone = null;
        var common = 0;
        foreach (var (key, value) in after)
        {
            var known = before.TryGetValue(key, out var old);
            if (known) common++;
            if (!known || (!ReferenceEquals(old, value) && !value.Equals(old))) (changed ??= []).Add(value);
        }

        if (common < before.Count)
        {
            foreach (var (key, _) in before)
                if (!after.ContainsKey(key)) (gone ??= []).Add(key);
        }

        return (changed is null ? default : ValueArray.From(changed), gone is null ? default : ValueArray.From(gone));
    }

    private static ImmutableDictionary<string, T> Merge<T>(
        ImmutableDictionary<string, T> before, ValueArray<T> changed, ValueArray<string> gone, Func<T, string> keyOf)
    {
        if (changed.IsEmpty && gone.IsEmpty) return before;
        var builder = before.ToBuilder();
        foreach (var key in gone) builder.Remove(key);
        foreach (var value in changed) builder[keyOf(value)] = value;
        return builder.ToImmutable();
    }
}
