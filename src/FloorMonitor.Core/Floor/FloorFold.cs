namespace FloorMonitor.Core.Floor;

/// <summary>The only way in which a floor changes: one event in, the next state out. Pure; every arm is idempotent.</summary>
public static class FloorFold
{
    /// <summary>The state after an event; the very same object when the event is no news.</summary>
    public static FloorState Apply(FloorState state, FloorEvent @event) => state;
}
