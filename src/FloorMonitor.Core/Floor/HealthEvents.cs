namespace FloorMonitor.Core.Floor;

/// <summary>The store does not answer any more; the floor goes on from its own files.</summary>
/// <param name="At">When.</param>
/// <param name="Note">What is wrong, in the store's words.</param>
public sealed record StoreLost(DateTimeOffset At, string Note) : FloorEvent(At, EventSources.Store);

/// <summary>The store answers again.</summary>
public sealed record StoreFound(DateTimeOffset At) : FloorEvent(At, EventSources.Store);

/// <summary>Why a call or a leg of it ended, as far as a floor must know.</summary>
public enum HangupCause
{
    /// <summary>Not said.</summary>
    Unknown,

    /// <summary>A person ended it, or nobody took it.</summary>
    Normal,

    /// <summary>The network or a machine ended it.</summary>
    Network,
}
