namespace FloorMonitor.Service.Wire;

// A day as it was, and how a figure comes about (README: the contract). Numbers of callers are masked as everywhere.

/// <summary>An agent's day on one strip; what is still going on has no end.</summary>
internal sealed record WireTimeline(
    string Agent,
    string Name,
    DateOnly Date,
    DateTimeOffset From,
    DateTimeOffset Until,
    IReadOnlyList<WireStateSpan> States,
    IReadOnlyList<WireBreakSpan> Breaks,
    IReadOnlyList<WireCallSpan> Calls,
    IReadOnlyList<WireVerdict> Verdicts);

internal sealed record WireStateSpan(string State, DateTimeOffset Since, DateTimeOffset? Until, string? Detail);

/// <summary>A break; <c>hour</c>: the beginning of the hour whose break it is, wholly, and null for one shared among the hours it lies in.</summary>
internal sealed record WireBreakSpan(string Kind, DateTimeOffset Since, DateTimeOffset? Until, long Entry, DateTimeOffset? Hour);

internal sealed record WireCallSpan(
    string Call, string? Queue, string Direction, string? Party, DateTimeOffset Since, DateTimeOffset? Until, bool Answered, long Entry);

/// <summary>A caller who gave up. <c>ReachedAt</c>: the same number was answered later, so nobody needs to call.</summary>
internal sealed record WireAbandoned(
    string Queue,
    string Label,
    string Call,
    string? Party,
    DateTimeOffset JoinedAt,
    DateTimeOffset AbandonedAt,
    long WaitedMs,
    DateTimeOffset? ReachedAt,
    string? CalledBackBy,
    DateTimeOffset? CalledBackAt,
    long Entry);

/// <summary>A figure, how it is computed and from which calls.</summary>
/// <param name="Queue">The queue.</param>
/// <param name="Figure">The figure.</param>
/// <param name="Unit"><c>count</c>, <c>share</c> or <c>ms</c>.</param>
/// <param name="Value">Its value.</param>
/// <param name="Meaning">The formula in words.</param>
/// <param name="Parts">The numbers that go into it.</param>
/// <param name="CountedSince">From when on was counted.</param>
/// <param name="UnseenMs">How long of that was out of sight.</param>
/// <param name="Listed">How many calls the list would hold whole.</param>
/// <param name="Calls">The newest of them, with what each counts for.</param>
internal sealed record WireFigure(
    string Queue,
    string Figure,
    string Unit,
    double? Value,
    WireText Meaning,
    IReadOnlyList<WireFigurePart> Parts,
    DateTimeOffset CountedSince,
    long UnseenMs,
    int Listed,
    IReadOnlyList<WireFigureCall> Calls);

internal sealed record WireFigurePart(WireText Name, string Unit, double Value);

/// <summary>A call behind a figure. <c>Role</c>: <c>counts</c>, <c>decided</c> (in the denominator only) or <c>excluded</c>.</summary>
internal sealed record WireFigureCall(
    string Call, string? Party, string? Agent, DateTimeOffset At, string Outcome, long? WaitedMs, long? TalkedMs, string Role, long Entry);
