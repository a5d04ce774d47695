namespace FloorMonitor.Core.Gate;

/// <summary>Through which door somebody came to the gate; all are judged alike.</summary>
public enum GateDoor
{
    /// <summary>A program, by HTTP.</summary>
    Api,

    /// <summary>The agent's own page.</summary>
    Page,

    /// <summary>A supervisor's desk, acting for the agent.</summary>
    Desk,

    /// <summary>A code dialled on the phone.</summary>
    Phone,
}
