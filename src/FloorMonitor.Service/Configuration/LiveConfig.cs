namespace FloorMonitor.Service.Configuration;

/// <summary>The configuration in force, for parts of the house that are no part of the floor.</summary>
internal sealed class LiveConfig(FloorConfig first)
{
    private FloorConfig current = first;

    /// <summary>What holds now.</summary>
    public FloorConfig Current => Volatile.Read(ref current);

    /// <summary>Told after another one came into force.</summary>
    public event Action? Changed;

    /// <summary>Another one is in force from here on.</summary>
    public void Take(FloorConfig config)
    {
        Volatile.Write(ref current, config);
        Changed?.Invoke();
    }
}
