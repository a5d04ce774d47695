namespace FloorMonitor.Core.Floor;

/// <summary>Who has the duty and since when (D3.8).</summary>
public sealed record Duty(string Holder, DateTimeOffset Since)
{
    /// <summary>Journal entry of the taking; 0 for none.</summary>
    public long Entry { get; init; }

    /// <summary>When the holder's page was last heard, while it is gone; null while it is there.</summary>
    public DateTimeOffset? UnseenSince { get; init; }

    /// <summary>The deputy to whom it is being handed and who has not answered yet; null for nobody.</summary>
    public string? HandingTo { get; init; }

    /// <summary>Since when; null where it is not being handed over.</summary>
    public DateTimeOffset? HandingSince { get; init; }
}

/// <summary>What is known of the duty beside who has it now: whether the floor was left without one, and the rounds.</summary>
public sealed record DutyWatch
{
    /// <summary>Nothing is known.</summary>
    public static DutyWatch None { get; } = new();

    /// <summary>Since when nobody has the duty; null while somebody does, and where the floor never had one nor says when it is open.</summary>
    public DateTimeOffset? VacantSince { get; init; }

    /// <summary>Journal entry of that; 0 for none.</summary>
    public long VacantEntry { get; init; }

    /// <summary>Since when somebody has had it without a break, whoever; null while nobody does.</summary>
    public DateTimeOffset? CoveredSince { get; init; }

    /// <summary>The last rounds, oldest first, at most <see cref="MaxPatrols"/>.</summary>
    public ValueArray<Patrol> Patrols { get; init; }

    /// <summary>Bound of <see cref="Patrols"/>: two days of a round an hour.</summary>
    public const int MaxPatrols = 48;

    /// <summary>The last record, whoever made it; null for none.</summary>
    public Patrol? LastPatrol => Patrols.IsEmpty ? null : Patrols[Patrols.Count - 1];

    /// <summary>The last round of whoever held the duty then; null for none.</summary>
    public Patrol? LastRound
    {
        get
        {
            for (var i = Patrols.Count - 1; i >= 0; i--)
                if (!Patrols[i].IsAnothers) return Patrols[i];
            return null;
        }
    }
}

/// <summary>A round of the duty supervisor.</summary>
/// <param name="Id">Its id: the journal entry that holds it.</param>
/// <param name="At">When.</param>
/// <param name="By">Who walked it.</param>
/// <param name="Seen">What was seen.</param>
/// <param name="Concerns">Whom it concerns.</param>
/// <param name="Entry">Journal entry of it.</param>
public sealed record Patrol(string Id, DateTimeOffset At, string By, string Seen, ValueArray<string> Concerns, long Entry)
{
    /// <summary>Whether somebody else than the duty's holder recorded it: it is kept, and is none of the rounds that the holder owes (P4.7).</summary>
    public bool IsAnothers { get; init; }

    /// <summary>The picture's file in the data folder; null for none.</summary>
    public string? Picture { get; init; }
}
