using FloorMonitor.EndToEnd.Tests.Lab;

namespace FloorMonitor.EndToEnd.Tests.WholeWay;

/// <summary>A real Redis as the store: other programs read the floor there, and the floor does without it when it must.</summary>
public sealed class StoreTests
{
    private const string Zhao = "Local/2001@agents/n";

    [Fact]
    public async Task Another_program_reads_sign_in_break_and_queue_depth()
    {
        await using var redis = await RealRedis.StartAsync();
        await using var floor = await Floor.OpenAsync(store: redis.Connection);
        await floor.AddAsync(Zhao, "support");
        await floor.PauseAsync(Zhao, "meal");
        await floor.Pbx.CallAsync("600", "13800001234");
        var seen = await floor.Service.UntilAsync(view => view.Agent("zhao").State == "onBreak" && view.Queue("support").Waiting == 1, "the floor");
        await Eventually.SeeAsync(
            async _ => string.Join(' ', (string[])(await redis.AskAsync("HMGET", "fm:lab:agent:zhao", "state", "name", "queues"))!),
            text => text == "onBreak 赵强 support",
            "the agent in Redis");
        var agent = (await redis.AskAsync("HGETALL", "fm:lab:agent:zhao")).ToDictionary();
        Assert.Equal(seen.Agent("zhao").SignedInAt, DateTimeOffset.Parse(agent["signedInAt"].ToString(), System.Globalization.CultureInfo.InvariantCulture));
        await Eventually.SeeAsync(async _ => (await redis.AskAsync("HGET", "fm:lab:queue:support", "waiting")).ToString(), depth => depth == "1", "the queue's depth in Redis");
        Assert.Equal("zhao", Assert.Single((string[])(await redis.AskAsync("ZRANGE", "fm:lab:breaks", "0", "-1"))!));
    }

    [Fact]
    public async Task The_floor_goes_on_without_the_store_and_the_store_catches_up()
    {
        await using var redis = await RealRedis.StartAsync();
        await using var floor = await Floor.OpenAsync(store: redis.Connection);
        await floor.AddAsync(Zhao, "support");
        await floor.Service.UntilAgentAsync("zhao", "available");
        await redis.AwayAsync();
        await floor.PauseAsync(Zhao, "meal");
        await floor.Service.UntilAgentAsync("zhao", "onBreak");
        await floor.Service.UntilAsync(seen => seen.Store.State == "away", "the service to say that the store is away");
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, (await floor.Service.GetAsync("/readyz")).Status);
        await floor.AgreesAsync("without a store");

        await redis.BackAsync();
        await floor.Service.UntilAsync(seen => seen.Store.State == "ok", "the store to be back", TimeSpan.FromSeconds(40));
        await Eventually.SeeAsync(async _ => (await redis.AskAsync("HGET", "fm:lab:agents", "zhao")).ToString(), state => state == "onBreak", "the break in Redis");
        await floor.Service.ReadyAsync();
    }
}
