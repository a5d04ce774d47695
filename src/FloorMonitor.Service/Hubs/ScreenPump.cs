using System.Threading.Channels;

namespace FloorMonitor.Service.Hubs;

/// <summary>
/// Feeds one screen: everything first, then the newest difference whenever the last one was taken. A slow screen gets
/// fewer and bigger differences; what waits for it is never more than one message, and nobody else waits for it.
/// </summary>
internal sealed class ScreenPump(string connection, Func<string, object, CancellationToken, Task> send, Broadcaster broadcaster, FloorViews views)
{
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private int mustRefresh;

    /// <summary>The connection's id.</summary>
    public string Connection => connection;

    /// <summary>There is something newer. Returns at once.</summary>
    public void Wake() => wake.Writer.TryWrite(true);

    /// <summary>The screen asks for everything anew (a gap of versions). Asked often, it is still sent once at a time.</summary>
    public void Refresh()
    {
        Volatile.Write(ref mustRefresh, 1);
        Wake();
    }

    /// <summary>Feeds the screen until it is gone.</summary>
    public async Task RunAsync(CancellationToken gone)
    {
        try
        {
            var newest = broadcaster.Newest;
            var (sent, alerts) = (newest.View, newest.AlertCount);
            await send(FloorHub.Snapshot, sent.Snapshot, gone);
            await foreach (var _ in wake.Reader.ReadAllAsync(gone))
            {
                newest = broadcaster.Newest;
                if (Interlocked.Exchange(ref mustRefresh, 0) == 1)
                {
                    // Never older than what it has: a snapshot may not go back in time.
                    sent = newest.View.Version >= sent.Version ? newest.View : sent;
                    await send(FloorHub.Snapshot, sent.Snapshot, gone);
                    continue;
                }

                var delta = views.Between(sent, newest.View);
                sent = newest.View;
                await send(FloorHub.Delta, delta, gone);
                alerts = await AlertAsync(newest, alerts, gone);
            }
        }
        catch (OperationCanceledException)
        {
            // The screen is gone, or the service ends.
        }
    }

    private async Task<long> AlertAsync(Broadcaster.Published newest, long alerted, CancellationToken gone)
    {
        var missed = (int)Math.Min(newest.AlertCount - alerted, newest.Alerts.Count);
        for (var i = newest.Alerts.Count - missed; i < newest.Alerts.Count; i++)
            await send(newest.Alerts[i].IsUpdate ? FloorHub.AlertUpdate : FloorHub.Alert, newest.Alerts[i], gone);
        return newest.AlertCount;
    }
}
