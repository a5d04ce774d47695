namespace FloorMonitor.Core.Floor;

/// <summary>Somebody has the duty from now on (D3.8); null: nobody.</summary>
public sealed record DutyTaken(DateTimeOffset At, string? Holder) : FloorEvent(At, EventSources.Gate);

/// <summary>The holder wants to hand the duty to a deputy; until that one accepts, the holder keeps it.</summary>
/// <param name="At">When.</param>
/// <param name="To">The deputy.</param>
/// <param name="By">The holder.</param>
public sealed record DutyOffered(DateTimeOffset At, string To, string By) : FloorEvent(At, EventSources.Gate);

/// <summary>The deputy does not take the duty, or the holder takes the offer back.</summary>
public sealed record DutyDeclined(DateTimeOffset At, string By) : FloorEvent(At, EventSources.Gate);

/// <summary>
/// The page of the duty's holder is gone. Written once when it is noticed, not for every beat of a page that is there.
/// </summary>
/// <param name="At">When it was noticed.</param>
/// <param name="Since">When the page was last heard.</param>
public sealed record DutyHolderUnseen(DateTimeOffset At, DateTimeOffset Since) : FloorEvent(At, EventSources.Gate);

/// <summary>The page of the duty's holder is back.</summary>
public sealed record DutyHolderSeen(DateTimeOffset At) : FloorEvent(At, EventSources.Gate);

/// <summary>The duty supervisor's round (P4.7).</summary>
/// <param name="At">When.</param>
/// <param name="By">Who walked it.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="Concerns">Whom it concerns: ids of agents or teams, or names.</param>
public sealed record PatrolRecorded(DateTimeOffset At, string By, string Seen, ValueArray<string> Concerns) : FloorEvent(At, EventSources.Gate);

/// <summary>A picture was put to a round; it lies as a file in the data folder.</summary>
/// <param name="At">When.</param>
/// <param name="Patrol">Which round.</param>
/// <param name="File">The file's name.</param>
public sealed record PatrolPictured(DateTimeOffset At, string Patrol, string File) : FloorEvent(At, EventSources.Gate);
