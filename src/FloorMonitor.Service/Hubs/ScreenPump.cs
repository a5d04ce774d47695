using System.Threading.Channels;

namespace FloorMonitor.Service.Hubs;

/// <summary>
/// Feeds one screen: everything first, then the newest difference whenever the last one was taken. A slow screen gets
/// fewer and bigger differences; what waits for it is never more than one message, and nobody else waits for it.
/// </summary>
/// <param name="connection">The connection's id.</param>
/// <param name="send">Sends a message; completes when it was taken.</param>
/// <param name="broadcaster">Knows what screens should have.</param>
/// <param name="views">Computes differences of the whole floor, once for all screens.</param>
/// <param name="wall">Finds what this screen's wall lets through now (null: there is no such wall any more); null for a screen of the whole floor.</param>
internal sealed class ScreenPump(
    string connection, Func<string, object, CancellationToken, Task> send, Broadcaster broadcaster, FloorViews views, Func<WallLens?>? wall = null)
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

    /// <summary>Feeds the screen until it, or the wall that it shows, is gone.</summary>
    public async Task RunAsync(CancellationToken gone)
    {
        try
        {
            var newest = broadcaster.Newest;
            var (sent, alerts) = (newest.View, newest.AlertCount);
            var lens = wall?.Invoke();
            if (wall is not null && lens is null) return;
            await send(FloorHub.Snapshot, lens?.Of(sent) ?? sent.Snapshot, gone);
            await foreach (var _ in wake.Reader.ReadAllAsync(gone))
            {
                newest = broadcaster.Newest;
                var lensNow = wall?.Invoke();
                if (wall is not null && lensNow is null) return;
                if (Interlocked.Exchange(ref mustRefresh, 0) == 1 || lensNow != lens)
                {
                    lens = lensNow;
                    // Never older than what it has: a snapshot may not go back in time.
                    sent = newest.View.Version >= sent.Version ? newest.View : sent;
                    await send(FloorHub.Snapshot, lens?.Of(sent) ?? sent.Snapshot, gone);
                    continue;
                }

                var delta = lens?.Between(sent, newest.View) ?? views.Between(sent, newest.View);
                sent = newest.View;
                await send(FloorHub.Delta, delta, gone);
                alerts = await AlertAsync(newest, alerts, lens, gone);
            }
        }
        catch (OperationCanceledException)
        {
            // The screen is gone, or the service ends.
        }
    }

    private async Task<long> AlertAsync(Broadcaster.Published newest, long alerted, WallLens? lens, CancellationToken gone)
    {
        var missed = (int)Math.Min(newest.AlertCount - alerted, newest.Alerts.Count);
        for (var i = newest.Alerts.Count - missed; i < newest.Alerts.Count; i++)
            if ((lens is null ? newest.Alerts[i] : lens.Of(newest.Alerts[i])) is { } alert) await send(alert.IsUpdate ? FloorHub.AlertUpdate : FloorHub.Alert, alert, gone);
        return newest.AlertCount;
    }
}
