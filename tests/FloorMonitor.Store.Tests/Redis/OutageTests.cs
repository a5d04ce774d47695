using System.Globalization;
using FloorMonitor.Core.Floor;
using FloorMonitor.Store.Tests.Support;
using StackExchange.Redis;

namespace FloorMonitor.Store.Tests.Redis;

/// <summary>A store that is away, slow, emptied or wrong: the floor goes on, says so, and nothing is missing afterwards.</summary>
public sealed class OutageTests
{
    private static readonly Agent One = Floors.Agent("1001", AgentState.Available);
    private static readonly Agent Two = Floors.Agent("1002", AgentState.OnCall);

    [Fact]
    public async Task A_store_that_is_away_at_the_start_stops_nothing_and_gets_everything_when_it_comes()
    {
        using var folder = new TempFolder();
        await using var redis = new RedisServer();
        await using var under = await StoreUnderTest.OpenAsync(folder, redis);
        await Until.True(() => under.Store.Health.Note.StartsWith("The store does not answer:", StringComparison.Ordinal), "the outage is told");
        Assert.Equal(StoreState.Away, under.Store.Health.State);
        under.Write(1, 5000);
        under.Store.Publish(Floors.Floor(7, One), [Floors.Verdict("break-limit:1001:x", Floors.Start)]);
        Assert.Equal(5000, under.Store.Health.Backlog);
        await redis.BeginAsync();
        await under.HoldsAsync(7, 5000);
        Assert.Equal(Enumerable.Range(1, 5000).Select(id => (long)id), await under.JournalIdsAsync());
        Assert.True(await under.Redis.KeyExistsAsync("fm:hall:verdict:break-limit:1001:x"));
        await Until.True(() => under.Store.Health is { State: StoreState.Ok, Backlog: 0, Note: "" }, "the store is well");
    }

    [Fact]
    public async Task A_store_that_dies_and_comes_back_catches_up_with_nothing_missing_and_nothing_stale()
    {
        using var folder = new TempFolder();
        await using var redis = await RedisServer.StartAsync();
        await using var under = await StoreUnderTest.OpenAsync(folder, redis);
        under.Write(1, 100);
        under.Store.Publish(Floors.Floor(1, One, Two), []);
        await under.HoldsAsync(1, 100);
        await redis.KillAsync();
        under.Write(101, 1000);
        under.Store.Publish(Floors.Floor(2, One), [Floors.Verdict("break-limit:1001:y", Floors.Start)]);
        await Until.True(() => under.Store.Health.State == StoreState.Away, "the outage is seen");
        Assert.Contains("does not answer", under.Store.Health.Note, StringComparison.Ordinal);
        await redis.BeginAsync();
        await under.HoldsAsync(2, 1100);
        Assert.Equal(Enumerable.Range(1, 1100).Select(id => (long)id), await under.JournalIdsAsync());
        Assert.False(await under.Redis.KeyExistsAsync("fm:hall:agent:1002"));
        await Until.True(() => under.Redis.KeyExistsAsync("fm:hall:verdict:break-limit:1001:y"), "the verdict is there");
    }

    [Fact]
    public async Task A_frozen_store_delays_nothing_is_told_and_catches_up()
    {
        using var folder = new TempFolder();
        await using var redis = await RedisServer.StartAsync();
        await using var under = await StoreUnderTest.OpenAsync(folder, redis);
        under.Write(1, 10);
        under.Store.Publish(Floors.Floor(1, One), []);
        await under.HoldsAsync(1, 10);
        await redis.FreezeAsync(true);
        try
        {
            var started = TimeProvider.System.GetTimestamp();
            for (var id = 11; id <= 1010; id++)
            {
                under.Write(id, 1);
                under.Store.Publish(Floors.Floor(id, One), []);
            }

            // The store answers nothing at all; a single wait for it would already be two seconds.
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(2));
            await Until.True(() => under.Store.Health.State != StoreState.Ok, "the slowness is told");
            Assert.Equal(1000, under.Store.Health.Backlog);
            Assert.NotEqual("", under.Store.Health.Note);
        }
        finally
        {
            await redis.FreezeAsync(false);
        }

        await under.HoldsAsync(1010, 1010);
        Assert.Equal(Enumerable.Range(1, 1010).Select(id => (long)id), await under.JournalIdsAsync());
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("embedded")]
    public async Task A_store_that_somebody_emptied_is_filled_again(string kind)
    {
        await using var under = await StoreUnderTest.OpenAsync(kind);
        under.Write(1, 300);
        under.Store.Publish(Floors.Floor(1, One, Two), [Floors.Verdict("break-limit:1001:z", Floors.Start)]);
        await under.HoldsAsync(1, 300);
        await under.Client.GetServers()[0].FlushDatabaseAsync();
        await under.HoldsAsync(1, 300);
        Assert.Equal(300, (await under.JournalIdsAsync()).Count);
        Assert.Equal("onCall", await under.Redis.HashGetAsync("fm:hall:agent:1002", "state"));
        await Until.True(() => under.Redis.KeyExistsAsync("fm:hall:verdict:break-limit:1001:z"), "the verdict is there again");
    }

    [Fact]
    public async Task A_store_that_was_emptied_while_it_was_written_to_is_filled_again()
    {
        await using var under = await StoreUnderTest.OpenAsync("redis");
        under.Write(1, 300);
        under.Store.Publish(Floors.Floor(1, One, Two), [Floors.Verdict("break-limit:1001:z", Floors.Start)]);
        await under.HoldsAsync(1, 300);
        var day = BusinessDay.Of(FloorState.Empty.Setup, Floors.Start).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await Until.True(() => under.Redis.HashExistsAsync("fm:hall:verdicts:marks", day), "the verdict's mark is there");
        // Emptied just before the marks: what they stand for is gone, and they are as the monitor believes.
        RedisKey[] lost = [.. under.Client.GetServers()[0].Keys(pattern: "*").Where(key => key != "fm:hall:journal:mark" && key != "fm:hall:verdicts:marks")];
        Assert.True(await under.Redis.KeyDeleteAsync(lost) > 5);
        await Until.True(() => under.Redis.KeyExistsAsync("fm:hall:verdict:break-limit:1001:z"), "the verdict is there again");
        await Until.True(async () => (await under.JournalIdsAsync()).Count == 300, "all entries are there again");
        await under.HoldsAsync(1, 300);
        Assert.Equal("onCall", await under.Redis.HashGetAsync("fm:hall:agent:1002", "state"));
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("embedded")]
    public async Task Entries_that_the_store_lost_in_silence_are_written_again_at_the_next_start(string kind)
    {
        using var folder = new TempFolder();
        await using var redis = kind == "redis" ? await RedisServer.StartAsync() : null;
        await using (var first = await StoreUnderTest.OpenAsync(folder, redis))
        {
            first.Write(1, 200);
            first.Store.Publish(Floors.Floor(1, One), []);
            await first.HoldsAsync(1, 200);
            foreach (var key in first.Client.GetServers()[0].Keys(pattern: "fm:hall:journal:2*").ToList())
                await first.Redis.HashDeleteAsync(key, [50, 51, 52]);
        }

        await using var second = await StoreUnderTest.OpenAsync(folder, redis);
        second.Store.Publish(Floors.Floor(2, One), []);
        await Until.True(async () => (await second.JournalIdsAsync()).Count == 200, "all entries are there");
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("embedded")]
    public async Task Agents_that_went_while_nobody_looked_leave_the_store_at_the_next_start(string kind)
    {
        using var folder = new TempFolder();
        await using var redis = kind == "redis" ? await RedisServer.StartAsync() : null;
        await using (var first = await StoreUnderTest.OpenAsync(folder, redis))
        {
            first.Store.Publish(Floors.Floor(1, One, Two), []);
            await first.HoldsAsync(1);
        }

        await using var second = await StoreUnderTest.OpenAsync(folder, redis);
        second.Store.Publish(Floors.Floor(2, Two), []);
        await second.HoldsAsync(2);
        Assert.Equal(["1002"], await second.Redis.HashKeysAsync("fm:hall:agents"));
        Assert.False(await second.Redis.KeyExistsAsync("fm:hall:agent:1001"));
    }

    [Fact]
    public async Task A_key_of_the_wrong_type_is_told_and_hides_nothing_once_it_is_gone()
    {
        using var folder = new TempFolder();
        await using var redis = await RedisServer.StartAsync();
        await using var under = await StoreUnderTest.OpenAsync(folder, redis);
        await under.Redis.StringSetAsync("fm:hall:breaks", "mine");
        under.Store.Publish(Floors.Floor(1, One), []);
        await Until.True(() => under.Store.Health is { State: StoreState.Away } health && health.Note.Contains("WRONGTYPE", StringComparison.Ordinal), "the error is told");
        await under.Redis.KeyDeleteAsync("fm:hall:breaks");
        await under.HoldsAsync(1);
        await Until.True(() => under.Store.Health.State == StoreState.Ok, "the store is well");
    }
}
