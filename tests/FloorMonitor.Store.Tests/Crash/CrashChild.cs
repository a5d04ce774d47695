using System.Globalization;
using FloorMonitor.Core.Floor;
using FloorMonitor.Store.Serialization;
using FloorMonitor.Store.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace FloorMonitor.Store.Tests.Crash;

/// <summary>
/// A floor that writes as fast as it can until it is killed. What it has been promised it says on its output, a line each, so that
/// the parent can hold the next start to it.
/// </summary>
internal static class CrashChild
{
    public static async Task<int> RunAsync(string folder, string connection, bool verify)
    {
        Say("opening");
        var options = new StoreOptions(folder, connection, "hall")
        {
            MirrorInterval = TimeSpan.FromMilliseconds(10),
            SnapshotInterval = TimeSpan.FromMilliseconds(200),
            FsyncInterval = TimeSpan.FromMilliseconds(100),
        };
        await using var store = new FloorStore(options, TimeProvider.System, NullLogger<FloorStore>.Instance);
        var recovered = await store.OpenAsync(CancellationToken.None);
        foreach (var note in recovered.Notes) Say("note " + note.ReplaceLineEndings(" "));
        var next = recovered.SnapshotEntry;
        foreach (var entry in recovered.Tail)
            if (entry.Id != ++next) return Fail($"the tail has {entry.Id} where {next} should be");
        if (recovered.LastEntry != next) return Fail($"the last entry is {recovered.LastEntry}, the tail ends at {next}");
        if (recovered.SnapshotEntry > 0 && recovered.Snapshot.Version != recovered.SnapshotEntry)
            return Fail($"the snapshot of entry {recovered.SnapshotEntry} is version {recovered.Snapshot.Version}");
        Say(string.Create(CultureInfo.InvariantCulture, $"open {recovered.LastEntry}"));
        if (verify) return await VerifyAsync(store, options, recovered.LastEntry);
        for (var id = recovered.LastEntry + 1; ; id++)
        {
            store.Append(Floors.Entry(id));
            if (id % 5 != 0) continue;
            if (!store.Flush()) return Fail("the disk took nothing");
            Say(string.Create(CultureInfo.InvariantCulture, $"flushed {id}"));
            var verdict = Floors.Verdict(VerdictId(id), Floors.Start);
            store.Publish(FloorAt(id), id % 50 == 0 ? [verdict] : []);
            if (id % 50 == 0) Say(string.Create(CultureInfo.InvariantCulture, $"verdict {id}"));
        }
    }

    /// <summary>The id of the verdict that is published with an entry.</summary>
    public static string VerdictId(long entry) => string.Create(CultureInfo.InvariantCulture, $"break-limit:{entry}:20261123T090000.000Z");

    private static FloorState FloorAt(long id) =>
        Floors.Floor(id, [.. Enumerable.Range(0, 20).Select(agent => Floors.Agent($"{1000 + agent}", (AgentState)((id + agent) % 8)))]);

    /// <summary>Brings the store up to date and compares it with the files, entry by entry.</summary>
    private static async Task<int> VerifyAsync(FloorStore store, StoreOptions options, long last)
    {
        store.Publish(FloorAt(last), []);
        await using var client = await ConnectionMultiplexer.ConnectAsync(store.Connection);
        var redis = client.GetDatabase();
        var mark = 0L;
        for (var tries = 0; mark != last || await redis.HashGetAsync("fm:hall:floor", "version") != last; tries++)
        {
            if (tries > 3000) return Fail($"the store came to {mark} of {last}: {store.Health.Note}");
            mark = (long)await redis.StringGetAsync("fm:hall:journal:mark");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        var stored = new Dictionary<long, byte[]>();
        foreach (var key in client.GetServers()[0].Keys(pattern: "fm:hall:journal:2*", pageSize: 1000))
            await foreach (var field in redis.HashScanAsync(key, pageSize: 500)) stored[(long)field.Name] = field.Value!;
        var compared = 0L;
        await foreach (var entry in store.ReadAsync(1, CancellationToken.None))
        {
            compared++;
            if (entry.Id <= last - options.HotEntries) continue;
            if (!stored.TryGetValue(entry.Id, out var json)) return Fail($"entry {entry.Id} is missing from the store");
            if (JournalJson.Read(json) != entry) return Fail($"entry {entry.Id} differs in the store");
        }

        if (compared != last) return Fail($"the files hold {compared} of {last} entries");
        foreach (var verdict in await store.FindVerdictsAsync(new VerdictQuery(Date: new DateOnly(2026, 11, 23)), CancellationToken.None))
        {
            if (!await redis.KeyExistsAsync("fm:hall:verdict:" + verdict.Id)) return Fail($"verdict {verdict.Id} is missing from the store");
            Say("has " + verdict.Id);
        }

        Say("same");
        return 0;
    }

    private static int Fail(string why)
    {
        Say("FAIL " + why);
        return 1;
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
