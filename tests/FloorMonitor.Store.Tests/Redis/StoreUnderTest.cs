using FloorMonitor.Store.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace FloorMonitor.Store.Tests.Redis;

/// <summary>One floor store over a real Redis or over the embedded one, with a second, plain client as other programs have.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    private readonly TempFolder? ownFolder;
    private readonly RedisServer? ownRedis;

    private StoreUnderTest(FloorStore store, RecoveredFloor recovered, IConnectionMultiplexer client, TempFolder? folder, RedisServer? redis)
    {
        Store = store;
        Recovered = recovered;
        Client = client;
        ownFolder = folder;
        ownRedis = redis;
    }

    public FloorStore Store { get; }

    public RecoveredFloor Recovered { get; }

    public IConnectionMultiplexer Client { get; }

    public IDatabase Redis => Client.GetDatabase();

    public static async Task<StoreUnderTest> OpenAsync(string kind)
    {
        var folder = new TempFolder();
        var redis = kind == "redis" ? await RedisServer.StartAsync() : null;
        return await OpenAsync(folder, redis, owns: true);
    }

    public static async Task<StoreUnderTest> OpenAsync(TempFolder folder, RedisServer? redis, bool owns = false, int hotEntries = 100_000)
    {
        var options = new StoreOptions(folder.At("data"), redis?.Connection ?? StoreOptions.Embedded, "hall")
        {
            MirrorInterval = TimeSpan.FromMilliseconds(10),
            HotEntries = hotEntries,
        };
        var store = new FloorStore(options, TimeProvider.System, NullLogger<FloorStore>.Instance);
        var recovered = await store.OpenAsync(TestContext.Current.CancellationToken);
        var client = await ConnectionMultiplexer.ConnectAsync(store.Connection + ",abortConnect=false,allowAdmin=true");
        return new StoreUnderTest(store, recovered, client, owns ? folder : null, owns ? redis : null);
    }

    /// <summary>Appends entries and flushes them.</summary>
    public void Write(long from, int count)
    {
        for (var id = from; id < from + count; id++) Store.Append(Floors.Entry(id));
        Assert.True(Store.Flush());
    }

    /// <summary>Waits until the store holds a floor of this version and the journal up to this entry.</summary>
    public Task HoldsAsync(long version, long? entry = null) => Until.True(
        async () => await Redis.HashGetAsync("fm:hall:floor", "version") == version && (entry is null || await Redis.StringGetAsync("fm:hall:journal:mark") == entry),
        $"the store holds version {version} and entry {entry}");

    /// <summary>The ids of the journal entries that the store holds, in order.</summary>
    public async Task<List<long>> JournalIdsAsync()
    {
        var ids = new List<long>();
        foreach (var key in Client.GetServers()[0].Keys(pattern: "fm:hall:journal:2*", pageSize: 1000).ToList())
            ids.AddRange((await Redis.HashKeysAsync(key)).Select(id => (long)id));
        return [.. ids.Order()];
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Store.DisposeAsync();
        if (ownRedis is not null) await ownRedis.DisposeAsync();
        ownFolder?.Dispose();
    }
}
