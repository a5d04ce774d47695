using FloorMonitor.Core.Floor;
using FloorMonitor.Store.Embedded;
using FloorMonitor.Store.History;
using FloorMonitor.Store.Journal;
using FloorMonitor.Store.Records;
using FloorMonitor.Store.Redis;
using FloorMonitor.Store.Snapshots;
using FloorMonitor.Store.Verdicts;
using StackExchange.Redis;

namespace FloorMonitor.Store;

/// <summary>The work in the background: following with the store, asking the disk to hold, snapshots, sealing, retention.</summary>
internal sealed class StoreKeeper(
    StoreOptions options,
    DataFolder folder,
    JournalLog journal,
    VerdictLog verdicts,
    DayLog history,
    FloorMirror mirror,
    HealthTracker health,
    TimeProvider time,
    Action<string> note) : IAsyncDisposable
{
    private static readonly TimeSpan EmbeddedStartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LastWriteLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SealInterval = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> work = [];
    private EmbeddedStore? embedded;
    private ConnectionMultiplexer? link;
    private FloorState? snapped;

    /// <summary>The store's address; empty until it is known.</summary>
    public string Connection { get; private set; } = "";

    /// <summary>Starts the embedded store, where it is the one, and the work. A store that does not start is away; that stops nothing.</summary>
    public async Task StartAsync(Action<string> found, CancellationToken startStop)
    {
        if (options.Connection == StoreOptions.Embedded) await StartEmbeddedAsync(found, startStop);
        else Connection = options.Connection;
        if (Connection.Length > 0) work.Add(Task.Run(FollowAsync, CancellationToken.None));
        work.Add(Task.Run(() => EveryAsync(options.FsyncInterval, Sync), CancellationToken.None));
        work.Add(Task.Run(() => EveryAsync(options.SnapshotInterval, TakeSnapshot), CancellationToken.None));
        work.Add(Task.Run(() => EveryAsync(SealInterval, Tidy), CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await Task.WhenAll(work);
        TakeSnapshot();
        Sync();
        await WriteLastAsync();
        if (link is not null) await link.DisposeAsync();
        embedded?.Dispose();
        stop.Dispose();
    }

    private async Task StartEmbeddedAsync(Action<string> found, CancellationToken startStop)
    {
        try
        {
            embedded = await Task.Run(() => EmbeddedStore.Start(folder.Store, found), startStop).WaitAsync(EmbeddedStartLimit, time, startStop);
            Connection = embedded.Connection;
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            // The floor goes on from its own files; without this line nobody would know why the keys are missing.
            found($"The embedded store does not start ({failed.Message}); the floor runs without it.");
            health.Failed($"The embedded store does not start: {failed.Message}");
        }
    }

    private async Task FollowAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                link ??= await RedisLink.ConnectAsync(Connection, stop.Token);
                await mirror.FollowAsync(link.GetDatabase(), stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble) when (RedisLink.IsStoreTrouble(trouble))
            {
                health.Failed($"The store does not answer: {FirstLine(trouble.Message)}");
                await PauseAsync(TimeSpan.FromMilliseconds(500));
            }
        }
    }

    private async Task EveryAsync(TimeSpan interval, Action act)
    {
        while (await PauseAsync(interval)) act();
    }

    private async Task<bool> PauseAsync(TimeSpan interval)
    {
        try
        {
            await Task.Delay(interval, time, stop.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Sync() => TryDisk("ask the disk to hold the journal", () =>
    {
        journal.Sync();
        verdicts.Sync();
    });

    private void TakeSnapshot()
    {
        if (mirror.Latest is not { } latest || ReferenceEquals(latest.State, snapped)) return;
        TryDisk("write a snapshot", () =>
        {
            var bytes = SnapshotFiles.Write(new Snapshot(latest.State, latest.Entry));
            SnapshotFiles.Save(folder.Snapshots, latest.Entry, bytes);
            mirror.Publish(bytes);
            snapped = latest.State;
        });
    }

    private void Tidy() => TryDisk("seal a closed hour", () =>
    {
        journal.SealClosed(note, stop.Token);
        var oldest = time.GetUtcNow() - TimeSpan.FromDays(options.RetentionDays);
        journal.RemoveBefore(oldest);
        history.RemoveBefore(DateOnly.FromDateTime(oldest.UtcDateTime).AddDays(-1));
    });

    private void TryDisk(string what, Action act)
    {
        try
        {
            act();
        }
        catch (OperationCanceledException)
        {
            // Stopping; what was begun is begun again at the next start.
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            note($"Could not {what}: {failed.Message}");
        }
    }

    private async Task WriteLastAsync()
    {
        if (link is not { IsConnected: true }) return;
        using var limit = new CancellationTokenSource(LastWriteLimit, time);
        try
        {
            await mirror.WriteOnceAsync(link.GetDatabase(), limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception trouble) when (trouble is OperationCanceledException || RedisLink.IsStoreTrouble(trouble))
        {
            note($"The last state did not reach the store: {FirstLine(trouble.Message)}");
        }
    }

    private static string FirstLine(string message) => message.Split('\n', ';')[0];
}
