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

    public static async Task<StoreUnderTest> OpenAsync(TempFolder folder, RedisServer? redis, bool owns = false)
    {
        var options = new StoreOptions(folder.At("data"), redis?.Connection ?? StoreOptions.Embedded, "hall") { MirrorInterval = TimeSpan.FromMilliseconds(10) };
        var store = new FloorStore(options, TimeProvider.System, NullLogger<FloorStore>.Instance);
        var recovered = await store.OpenAsync(TestContext.Current.CancellationToken);
        var client = await ConnectionMultiplexer.ConnectAsync(store.Connection + ",abortConnect=false");
        return new StoreUnderTest(store, recovered, client, owns ? folder : null, owns ? redis : null);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Store.DisposeAsync();
        if (ownRedis is not null) await ownRedis.DisposeAsync();
        ownFolder?.Dispose();
    }
}
