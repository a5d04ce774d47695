using System.Diagnostics;
using FloorMonitor.Core.Floor;
using FloorMonitor.Store;
using FloorMonitor.Store.Embedded;
using FloorMonitor.Store.Journal;
using FloorMonitor.Store.Redis;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace FloorMonitor.Benchmarks;

/// <summary>
/// The store beside the limits of what it stands on: the journal beside plain writes of the same bytes, the mirror beside bare pipelined
/// HSETs of the same fields over the same connection, and how long a start takes after a whole day of a thousand agents.
/// </summary>
public sealed class StoreBenchmark : IBenchmark
{
    private const int Rounds = 5;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("floormonitor-bench-");

    /// <inheritdoc/>
    public string Name => "store";

    /// <inheritdoc/>
    public async Task RunAsync(TextWriter output, CancellationToken stop)
    {
        try
        {
            await output.WriteLineAsync($"store: medians of {Rounds} alternating rounds");
            await output.WriteLineAsync("| what | ours | beside | ratio |\n|---|---|---|---|");
            Journal(output, batch: 1, stop);
            Journal(output, batch: 32, stop);
            await MirrorAsync(output, "Garnet, in process", StoreOptions.Embedded);
            if (await StoreBenchmarkRedis.StartAsync(folder.FullName) is { } redis)
            {
                using (redis) await MirrorAsync(output, "Redis, everysec", redis.Connection);
            }

            await DayAsync(output, stop);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Entries appended and flushed in batches, and the very same bytes by FileStream, in turn.</summary>
    private void Journal(TextWriter output, int batch, CancellationToken stop)
    {
        const int count = 100_000;
        var entries = Enumerable.Range(1, count).Select(id => StoreBenchmarkFloor.Entry(id)).ToList();
        var ours = new List<double>();
        var plain = new List<double>();
        long bytes = 0;
        for (var round = 0; round < Rounds; round++)
        {
            stop.ThrowIfCancellationRequested();
            var path = Path.Combine(folder.FullName, $"journal-{batch}-{round}");
            using (var journal = JournalLog.Open(path, TimeProvider.System, _ => { }))
            {
                var started = Stopwatch.GetTimestamp();
                for (var i = 0; i < count; i++)
                {
                    journal.Append(entries[i]);
                    if ((i + 1) % batch == 0) journal.Flush(out _);
                }

                journal.Flush(out _);
                ours.Add(count / Stopwatch.GetElapsedTime(started).TotalSeconds);
            }

            bytes = Directory.GetFiles(path).Sum(file => new FileInfo(file).Length);
            plain.Add(count / Plain(path + ".plain", bytes, count / batch).TotalSeconds);
            Directory.Delete(path, recursive: true);
        }

        var mb = bytes / 1e6 / count;
        output.WriteLine($"| journal, flushed every {batch} | {Median(ours) / 1e3:F0} k entries/s, {Median(ours) * mb:F0} MB/s | the same bytes by FileStream, flushed as often: {Median(plain) / 1e3:F0} k/s, {Median(plain) * mb:F0} MB/s | {Median(ours) / Median(plain):F2} |");
    }

    private static TimeSpan Plain(string path, long bytes, int writes)
    {
        var block = new byte[bytes / writes];
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < writes; i++)
        {
            file.Write(block);
            file.Flush();
        }

        var took = Stopwatch.GetElapsedTime(started);
        file.Close();
        File.Delete(path);
        return took;
    }

    /// <summary>A floor of which every agent changed, through the mirror's writer, and its hashes bare.</summary>
    private async Task MirrorAsync(TextWriter output, string name, string connection)
    {
        using var embedded = connection == StoreOptions.Embedded ? EmbeddedStore.Start(Path.Combine(folder.FullName, "store"), _ => { }) : null;
        await using var link = await RedisLink.ConnectAsync(embedded?.Connection ?? connection, CancellationToken.None);
        var store = link.GetDatabase();
        var writer = new FloorWriter(new Keys("bench"));
        var floors = new[] { StoreBenchmarkFloor.Floor(1000, 0), StoreBenchmarkFloor.Floor(1000, 1) };
        await writer.WriteAsync(store, null, floors[0], 1);
        var ours = new List<double>();
        var plain = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            const int floorsWritten = 20;
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < floorsWritten; i++) await writer.WriteAsync(store, floors[i % 2], floors[(i + 1) % 2], i);
            ours.Add(floorsWritten * 1000 / Stopwatch.GetElapsedTime(started).TotalSeconds);
            plain.Add(await BareAsync(store, floors, floorsWritten));
        }

        output.WriteLine($"| mirror to {name} | {Median(ours) / 1e3:F0} k agents/s (hash and index) | bare pipelined HSETs of the same fields: {Median(plain) / 1e3:F0} k/s | {Median(ours) / Median(plain):F2} |");
    }

    private static async Task<double> BareAsync(IDatabase store, FloorState[] floors, int times)
    {
        var hashes = floors[1].Agents.Values.Select(agent => (Key: $"bare:{agent.Id}", Fields: FloorHashes.Of(agent, 1))).ToList();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            var batch = new Pipeline();
            foreach (var (key, fields) in hashes) await batch.AddAsync(store.HashSetAsync(key, fields));
            await batch.DrainAsync();
        }

        return times * hashes.Count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>A day of 24 hours of 27,000 entries (1,000 agents, ten calls an hour), sealed; then the start after a kill, and evidence.</summary>
    private async Task DayAsync(TextWriter output, CancellationToken stop)
    {
        const int hours = 24, each = 27_000;
        var data = Path.Combine(folder.FullName, "day");
        var clock = new StoreBenchmarkClock(TimeProvider.System.GetUtcNow().AddHours(-hours));
        using (var journal = JournalLog.Open(Path.Combine(data, "journal"), clock, _ => { }))
        {
            for (var id = 1L; id <= hours * each; id++)
            {
                if (id % each == 0) clock.Now += TimeSpan.FromHours(1);
                journal.Append(StoreBenchmarkFloor.Entry(id));
                if (id % 32 == 0) journal.Flush(out _);
            }

            journal.Flush(out _);
            journal.SealClosed(_ => { }, stop);
        }

        var floor = StoreBenchmarkFloor.Floor(1000, 0);
        var snapshot = Store.Snapshots.SnapshotFiles.Write(new Store.Snapshots.Snapshot(floor, (hours * each) - 5000));
        Store.Snapshots.SnapshotFiles.Save(Path.Combine(data, "snapshots"), (hours * each) - 5000, snapshot);
        var size = new DirectoryInfo(Path.Combine(data, "journal")).GetFiles().Sum(file => file.Length);
        // The floor's own start: files only. The embedded store adds its own, which is told beside it.
        await using var store = new FloorStore(new StoreOptions(data, "127.0.0.1:1,abortConnect=false"), TimeProvider.System, NullLogger<FloorStore>.Instance);
        var started = Stopwatch.GetTimestamp();
        var recovered = await store.OpenAsync(stop);
        var open = Stopwatch.GetElapsedTime(started);
        started = Stopwatch.GetTimestamp();
        const int lookUps = 200;
        for (var i = 0; i < lookUps; i++) await store.FindAsync([1 + (i * 3000L), 2 + (i * 3000L), 500 + (i * 3000L)], stop);
        var find = Stopwatch.GetElapsedTime(started) / lookUps;
        started = Stopwatch.GetTimestamp();
        using (EmbeddedStore.Start(Path.Combine(folder.FullName, "fresh"), _ => { })) output.Flush();
        var garnet = Stopwatch.GetElapsedTime(started);
        output.WriteLine($"| start after a day of 1,000 agents ({hours * each:N0} entries, {size / 1e6:F0} MB on disk, snapshot of {snapshot.Length / 1e3:F0} kB, {recovered.Tail.Count:N0} entries after it) | {open.TotalMilliseconds:F0} ms | the embedded store's own start and stop: {garnet.TotalMilliseconds:F0} ms | |");
        output.WriteLine($"| evidence of a verdict: three entries of sealed hours | {find.TotalMilliseconds:F2} ms | | |");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
