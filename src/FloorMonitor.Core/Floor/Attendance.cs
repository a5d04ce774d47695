namespace FloorMonitor.Core.Floor;

/// <summary>
/// What is known of an agent's coming to one shift of the roster, beyond the session that runs: kept until something is known of the
/// next shift.
/// </summary>
/// <param name="Shift">The shift's name.</param>
/// <param name="Date">The business date on which it began.</param>
public sealed record Attendance(string Shift, DateOnly Date)
{
    /// <summary>The first sign-in of the shift whose session is over by now; null where the session that runs is the first.</summary>
    public DateTimeOffset? FirstInAt { get; init; }

    /// <summary>Journal entry of that; 0 for none.</summary>
    public long FirstInEntry { get; init; }

    /// <summary>Whether nobody can say since when that one was signed in.</summary>
    public bool FirstInUnseen { get; init; }

    /// <summary>The exception under which that one came after the shift began; null for none.</summary>
    public Grant? FirstInGrant { get; init; }

    /// <summary>When they checked in before the shift, or were roll-called; null for neither (D2.1).</summary>
    public DateTimeOffset? MusteredAt { get; init; }

    /// <summary>Who said so: the agent's id, or that of the lead who called the roll.</summary>
    public string? MusteredBy { get; init; }

    /// <summary>Journal entry of that; 0 for none.</summary>
    public long MusterEntry { get; init; }

    /// <summary>Whether it is about this shift.</summary>
    public bool IsOf(WorkShift shift) => Date == shift.Date && Shift == shift.Name;
}

/// <summary>An agent is here for a shift (D2.1): checked in on the own page, or found present by the lead who calls the roll.</summary>
/// <param name="At">When.</param>
/// <param name="Agent">Who is here.</param>
/// <param name="By">Who says so: the agent's id, or the lead's.</param>
public sealed record AgentMustered(DateTimeOffset At, string Agent, string By) : FloorEvent(At, EventSources.Gate), IAboutAgent;
