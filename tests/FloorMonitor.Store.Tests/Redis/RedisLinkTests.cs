using FloorMonitor.Core.Floor;
using FloorMonitor.Store.Redis;
using FloorMonitor.Store.Tests.Support;
using StackExchange.Redis;

namespace FloorMonitor.Store.Tests.Redis;

public sealed class RedisLinkTests
{
    [Fact]
    public async Task Commands_that_the_embedded_store_lacks_fail_in_the_client_and_never_reach_a_server()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var link = await RedisLink.ConnectAsync(redis.Connection, TestContext.Current.CancellationToken);
        var store = link.GetDatabase();
        await Assert.ThrowsAsync<RedisCommandException>(() => store.StreamAddAsync("stream", "field", "value"));
        Assert.Throws<RedisCommandException>(() => store.CreateTransaction());
    }

    [Fact]
    public async Task A_whole_life_of_the_floor_uses_single_commands_only()
    {
        using var folder = new TempFolder();
        await using var redis = await RedisServer.StartAsync();
        await using var under = await StoreUnderTest.OpenAsync(folder, redis);
        under.Write(1, 50);
        under.Store.Publish(Floors.Floor(1, Floors.Agent("1001", AgentState.Available)), [Floors.Verdict("break-limit:1001:q", Floors.Start)]);
        await under.HoldsAsync(1, 50);
        under.Store.Publish(Floors.Floor(2), []);
        await under.HoldsAsync(2, 50);
        var used = (string)(await under.Redis.ExecuteAsync("INFO", "commandstats"))!;
        Assert.Contains("cmdstat_hset", used, StringComparison.Ordinal);
        foreach (var command in new[] { "multi", "exec", "watch", "eval", "evalsha", "xadd", "keys" })
            Assert.DoesNotContain($"cmdstat_{command}:", used, StringComparison.Ordinal);
    }
}
