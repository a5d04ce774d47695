using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Floor;

/// <summary>A person said something about a verdict.</summary>
/// <param name="At">When.</param>
/// <param name="Verdict">Which, by its id.</param>
/// <param name="By">Who.</param>
/// <param name="Step">What: <c>acknowledged</c>, <c>excused</c>, <c>disputed</c>, <c>upheld</c> or <c>overturned</c>.</param>
/// <param name="Reason">Why; empty for none.</param>
public sealed record VerdictDisposed(DateTimeOffset At, string Verdict, string By, string Step, string Reason)
    : FloorEvent(At, EventSources.Gate), IAboutAgent
{
    /// <summary>The agent whom the verdict is about; empty for none.</summary>
    public string Agent { get; init; } = "";

    /// <summary>
    /// The verdict as it was, where it was closed by then: closed ones are no part of the floor's state, and what a replay says of
    /// them must not hang on files that may be gone. Null for one that is open.
    /// </summary>
    public Verdict? Closed { get; init; }
}

/// <summary>
/// A whole shift was excused (A1: bad weather and the like): what is open about its agents, and what still opens of it. Its closed
/// verdicts follow as <see cref="VerdictDisposed"/>, one for each.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Date">The business date on which the shift began.</param>
/// <param name="Shift">The shift's name.</param>
/// <param name="Rule">Of this rule only; null for every rule about agents.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
public sealed record ShiftExcused(DateTimeOffset At, DateOnly Date, string Shift, string? Rule, string By, string Reason)
    : FloorEvent(At, EventSources.Gate);
