using System.Reactive.Linq;
using FloorMonitor.Core.Alerts;
using FloorMonitor.Service.Alerts.Channels;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Hubs;
using FloorMonitor.Store.Outbox;

namespace FloorMonitor.Service.Alerts;

/// <summary>Where alerting keeps what must not be lost.</summary>
internal sealed record AlertFolder(string Path);

/// <summary>
/// Runs alerting beside the engine: started after it, so that the data folder is ours and the floor is known, and ended before
/// it. What the floor did in between is found by looking at it.
/// </summary>
internal sealed class AlertHost(
    AlertFolder folder,
    LiveConfig live,
    FloorBoard board,
    Broadcaster broadcaster,
    ChannelFactory channels,
    EngineInbox writer,
    DeskNotes notes,
    AlertMeter meter,
    TimeProvider time,
    ILoggerFactory logs) : BackgroundService
{
    private static readonly TimeSpan SyncEvery = TimeSpan.FromSeconds(1);

    private readonly AlertInbox inbox = new();
    private AlertOutbox? outbox;
    private AlertEngine? engine;

    /// <summary>What is going on.</summary>
    public AlertBook Book => engine?.Book ?? AlertBook.Empty;

    /// <summary>What waits, was delivered, or could not be; null before the start.</summary>
    public AlertOutbox? Outbox => outbox;

    /// <summary>What people do about dead letters; null before the start.</summary>
    public DeadLetterDesk? DeadLetters { get; private set; }

    /// <summary>Somebody acknowledges; see <see cref="AlertInbox.AcknowledgeAsync"/>.</summary>
    public Task<Alert?>? AcknowledgeAsync(string id, string by) => inbox.AcknowledgeAsync(id, by);

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var log = logs.CreateLogger<AlertHost>();
        outbox = AlertOutbox.Open(folder.Path, time, note => log.LogWarning("Outbox: {Note}", note));
        meter.Watch(() => outbox.Counts);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var links = AcknowledgementLinks.Open(folder.Path);
        var road = new AlertRoad(live.Current.Alerts, channels.Create, links);
        var teller = new MessageTeller(writer, () => board.State, time);
        var delivery = new AlertDelivery(outbox!, road, notes, meter, time, logs.CreateLogger<AlertDelivery>(), teller: teller);
        var lanes = new AlertLanes(delivery, time, logs.CreateLogger<AlertLanes>());
        var messages = new MessageCarrier(outbox!, lanes, teller, () => board.State, time);
        DeadLetters = new(outbox!, lanes, road, teller, writer, notes, time);
        DeadLetterNote.Show(outbox!, notes);
        engine = new(inbox, outbox!, lanes, messages, links, () => board.State, broadcaster.Alert, notes, meter, time, logs.CreateLogger<AlertEngine>());
        engine.Apply(live.Current.Alerts);
        Action take = () =>
        {
            road.Apply(live.Current.Alerts);
            engine.Apply(live.Current.Alerts);
            lanes.Resume();
        };
        live.Changed += take;
        using var changes = board.Changed.Subscribe(inbox.Put);
        using var said = board.States.Select(state => state.LastMessage).DistinctUntilChanged().Subscribe(_ => inbox.Look());
        using var beats = board.Beats.Subscribe(inbox.Tick);
        try
        {
            await Task.WhenAll(Task.Run(() => engine.RunAsync(stoppingToken), stoppingToken), SyncAsync(stoppingToken));
        }
        finally
        {
            live.Changed -= take;
            await lanes.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        DeadLetters?.Dispose();
        outbox?.Dispose();
        base.Dispose();
    }

    // For a power cut; a kill -9 loses nothing anyway. On a thread of its own, because a disk may take its time.
    private async Task SyncAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(SyncEvery, time);
        while (await timer.WaitForNextTickAsync(stop)) await Task.Run(outbox!.Sync, stop);
    }
}
