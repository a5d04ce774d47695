using System.Diagnostics.Metrics;

namespace FloorMonitor.Service.Alerts;

/// <summary>What alerting counts of itself, as meter <c>FloorMonitor.Alerts</c>.</summary>
internal sealed class AlertMeter : IDisposable
{
    public const string Name = "FloorMonitor.Alerts";

    private readonly Meter meter = new(Name);

    public AlertMeter()
    {
        Shown = meter.CreateCounter<long>("floor.alerts.shown", "{alert}", "Alerts shown on screens, by what was new.");
        Tries = meter.CreateCounter<long>("floor.alerts.tries", "{try}", "Tries to deliver a message, by channel and outcome.");
        Latency = meter.CreateHistogram<double>("floor.alerts.latency", "s", "From the decision to the delivery of a message, by channel.");
    }

    public Counter<long> Shown { get; }

    public Counter<long> Tries { get; }

    public Histogram<double> Latency { get; }

    /// <summary>Watches how many messages wait and how many are dead letters.</summary>
    public void Watch(Func<(int Waiting, int Dead)> counts)
    {
        meter.CreateObservableGauge("floor.alerts.waiting", () => counts().Waiting, "{message}", "Messages that are not delivered yet.");
        meter.CreateObservableGauge("floor.alerts.dead", () => counts().Dead, "{message}", "Dead letters that are kept.");
    }

    public void Dispose() => meter.Dispose();
}
