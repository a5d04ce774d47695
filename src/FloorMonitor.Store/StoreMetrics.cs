using System.Diagnostics.Metrics;

namespace FloorMonitor.Store;

/// <summary>The meter <c>FloorMonitor.Store</c>.</summary>
internal sealed class StoreMetrics : IDisposable
{
    private readonly Meter meter = new("FloorMonitor.Store");

    public StoreMetrics()
    {
        Appended = meter.CreateCounter<long>("floor.journal.entries", description: "Journal entries appended.");
        Lost = meter.CreateCounter<long>("floor.journal.lost", description: "Journal entries lost because the disk took nothing for too long.");
        Verdicts = meter.CreateCounter<long>("floor.verdicts.stored", description: "Verdict changes stored.");
    }

    /// <summary>Journal entries appended.</summary>
    public Counter<long> Appended { get; }

    /// <summary>Journal entries lost.</summary>
    public Counter<long> Lost { get; }

    /// <summary>Verdict changes stored.</summary>
    public Counter<long> Verdicts { get; }

    public void Dispose() => meter.Dispose();
}
