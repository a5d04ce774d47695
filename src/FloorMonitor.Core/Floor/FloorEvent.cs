namespace FloorMonitor.Core.Floor;

/// <summary>
/// One thing that happened on the floor, in the floor's own words. Everything that can change a <see cref="FloorState"/>
/// is one of these, time (<see cref="Tick"/>) and configuration (<see cref="FloorConfigured"/>) included, so that the
/// same journal always folds to the same state and the same verdicts. The hierarchy is closed: only this assembly adds to it.
/// </summary>
public abstract record FloorEvent
{
    private protected FloorEvent(DateTimeOffset at, string source)
    {
        At = at;
        Source = source;
    }

    /// <summary>When it happened, UTC, by the monitor's clock unless the switch's own time was known and is nearer the fact.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Who says so: the name of a feed in floor.yaml, or one of <see cref="EventSources"/>.</summary>
    public string Source { get; init; }

    /// <summary>The id of the journal entry that holds it and its raw text; 0 until the engine has stamped it. Evidence of verdicts.</summary>
    public long Entry { get; init; }
}

/// <summary>Sources of events that are no PBX feed.</summary>
public static class EventSources
{
    /// <summary>The monitor's own clock.</summary>
    public const string Clock = "clock";

    /// <summary>Configuration files.</summary>
    public const string Config = "config";

    /// <summary>The monitor's own store.</summary>
    public const string Store = "store";

    /// <summary>A person or the monitor itself acting through the gate.</summary>
    public const string Gate = "gate";
}
