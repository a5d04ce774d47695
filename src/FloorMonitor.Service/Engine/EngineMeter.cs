using System.Diagnostics.Metrics;

namespace FloorMonitor.Service.Engine;

/// <summary>What the engine counts of itself, as meter <c>FloorMonitor.Engine</c>.</summary>
internal sealed class EngineMeter : IDisposable
{
    public const string Name = "FloorMonitor.Engine";

    private readonly Meter meter = new(Name);

    public EngineMeter()
    {
        Events = meter.CreateCounter<long>("floor.engine.events", "{event}", "Events folded, by source.");
        Overflows = meter.CreateCounter<long>("floor.engine.overflows", "{overflow}", "Times a feed said more than the engine could take, and was read anew.");
        DroppedMessages = meter.CreateCounter<long>("floor.engine.dropped_messages", "{message}", "Messages of a feed that were dropped until its next snapshot.");
        Failures = meter.CreateCounter<long>("floor.engine.failures", "{failure}", "Journal entries that could not be folded or judged, by stage.");
        Verdicts = meter.CreateCounter<long>("floor.engine.verdicts", "{verdict}", "Verdicts opened, by rule.");
        Commands = meter.CreateCounter<long>("floor.engine.commands", "{command}", "Commands, by command and answer.");
        BatchTime = meter.CreateHistogram<double>("floor.engine.batch_time", "s", "From taking a batch off the queue to its publication.");
    }

    public Counter<long> Events { get; }

    public Counter<long> Overflows { get; }

    public Counter<long> DroppedMessages { get; }

    public Counter<long> Failures { get; }

    public Counter<long> Verdicts { get; }

    public Counter<long> Commands { get; }

    public Histogram<double> BatchTime { get; }

    /// <summary>Watches how many items wait for the writer.</summary>
    public void WatchBacklog(Func<int> count) =>
        meter.CreateObservableGauge("floor.engine.backlog", count, "{item}", "Items that wait for the one writer.");

    /// <summary>Watches the floor's version and how many screens look at it.</summary>
    public void WatchScreens(Func<int> count) =>
        meter.CreateObservableGauge("floor.engine.screens", count, "{connection}", "Screens connected to the hub.");

    public void Dispose() => meter.Dispose();
}
