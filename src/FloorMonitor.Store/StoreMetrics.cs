using System.Diagnostics.Metrics;

namespace FloorMonitor.Store;

/// <summary>The meter <c>FloorMonitor.Store</c>.</summary>
internal sealed class StoreMetrics : IDisposable
{
    private readonly Meter meter = new("FloorMonitor.Store");

    public StoreMetrics(Func<StoreHealth> health)
    {
        meter.CreateObservableGauge("floor.store.state", () => (int)health().State, description: "0: ok, 1: behind, 2: away.");
        meter.CreateObservableGauge("floor.store.backlog", () => health().Backlog, description: "Journal entries that the store does not hold yet.");
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
