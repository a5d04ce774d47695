using FloorMonitor.Store.Outbox;

namespace FloorMonitor.Service.Alerts;

/// <summary>The lanes of all recipients, each with a worker of its own. There are as many as alerts.yaml names addresses.</summary>
internal sealed class AlertLanes(AlertDelivery delivery, TimeProvider time, ILogger<AlertLanes> log) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Channel, string To), (DeliveryLane Lane, Task Work)> lanes = [];
    private readonly CancellationTokenSource stop = new();

    /// <summary>Takes messages, in the order in which they were decided.</summary>
    public void Put(IEnumerable<OutboxEntry> entries)
    {
        foreach (var entry in entries) LaneOf(entry.Message.Target.Channel, entry.Message.Target.To).Put(entry);
    }

    /// <summary>Takes messages that a person sends again: whoever does has seen to the channel, so it is tried now, whatever it was paused for.</summary>
    public void Again(IEnumerable<OutboxEntry> entries)
    {
        foreach (var entry in entries)
        {
            var lane = LaneOf(entry.Message.Target.Channel, entry.Message.Target.To);
            lane.Put(entry);
            lane.Resume();
        }
    }

    /// <summary>The configuration changed: what waits for a channel in trouble is tried now.</summary>
    public void Resume()
    {
        lock (gate)
            foreach (var (lane, _) in lanes.Values) lane.Resume();
    }

    /// <summary>Ends the workers. What they were at is still in the outbox.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        Task[] working;
        lock (gate) working = [.. lanes.Values.Select(lane => lane.Work)];
        await Task.WhenAll(working);
        stop.Dispose();
    }

    private DeliveryLane LaneOf(string channel, string to)
    {
        lock (gate)
        {
            if (lanes.TryGetValue((channel, to), out var known)) return known.Lane;
            var lane = new DeliveryLane(channel, delivery, time);
            lanes[(channel, to)] = (lane, Task.Run(() => WorkAsync(lane, channel), CancellationToken.None));
            return lane;
        }
    }

    private async Task WorkAsync(DeliveryLane lane, string channel)
    {
        try
        {
            await lane.RunAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The service ends.
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            log.LogCritical(bug, "The lane of {Channel} ended by a bug; its messages stay in the outbox and are sent after a restart", channel);
        }
    }
}
