namespace FloorMonitor.Core.Floor;

/// <summary>
/// Somebody called an abandoned caller back, or says so. It stands in the journal and in the day's records, and on the floor only as the
/// instant of it, by which every desk learns that there is news of them: so that nobody calls twice.
/// </summary>
/// <param name="At">When.</param>
/// <param name="Queue">The queue that the caller had waited in.</param>
/// <param name="Call">The abandoned call's id.</param>
/// <param name="By">Who says so.</param>
public sealed record CallerCalledBack(DateTimeOffset At, string Queue, string Call, string By) : FloorEvent(At, EventSources.Gate);
