namespace FloorMonitor.Pbx.Ami;

/// <summary>What one feed remembers of its switch from one connection to the next.</summary>
internal sealed class AmiMemory
{
    /// <summary>The difference of the clocks.</summary>
    public SwitchClock Clock { get; } = new();

    /// <summary>When the switch started, in monitor time; null while not known.</summary>
    public DateTimeOffset? SwitchStartedAt { get; private set; }

    /// <summary>Whether the switch has ever told this account that it is fully booted: then its silence means that it is not.</summary>
    public bool TellsBoot { get; set; }

    /// <summary>Takes a start as told now. Uptime is whole seconds, so a start that moved by no more than that did not move.</summary>
    public void Started(DateTimeOffset? start)
    {
        if (start is { } told && (SwitchStartedAt is not { } known || (told - known).Duration() > TimeSpan.FromSeconds(3))) SwitchStartedAt = told;
    }
}
