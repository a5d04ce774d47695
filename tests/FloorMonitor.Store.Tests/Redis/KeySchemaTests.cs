using FloorMonitor.Core.Floor;
using FloorMonitor.Store.Tests.Support;

namespace FloorMonitor.Store.Tests.Redis;

public sealed class KeySchemaTests
{
    [Theory]
    [InlineData("redis")]
    [InlineData("embedded")]
    public async Task Another_program_sees_sign_in_break_and_queue_depth(string kind)
    {
        await using var under = await StoreUnderTest.OpenAsync(kind);
        var pause = new Break("short", "小休", Floors.Start, Floors.Start.AddMinutes(5), 1, []);
        under.Store.Append(Floors.Entry(1));
        Assert.True(under.Store.Flush());
        var floor = Floors.Floor(1, Floors.Agent("1001", AgentState.Available), Floors.Agent("1002", AgentState.OnBreak, pause));
        under.Store.Publish(floor, [Floors.Verdict("break-limit:1002:20261123T090000.000Z", Floors.Start)]);
        await Until.True(async () => await under.Redis.HashGetAsync("fm:hall:floor", "version") == 1, "the floor is in the store");

        Assert.Equal("onBreak", await under.Redis.HashGetAsync("fm:hall:agent:1002", "state"));
        Assert.Equal("2026-11-23T09:00:00.000Z", await under.Redis.HashGetAsync("fm:hall:agent:1002", "signedInAt"));
        Assert.Equal("short", await under.Redis.HashGetAsync("fm:hall:agent:1002", "breakKind"));
        Assert.Equal("2026-11-23T09:05:00.000Z", await under.Redis.HashGetAsync("fm:hall:agent:1002", "breakEndsAt"));
        Assert.Equal("available", await under.Redis.HashGetAsync("fm:hall:agents", "1001"));
        Assert.Equal(["1002"], await under.Redis.SortedSetRangeByRankAsync("fm:hall:breaks"));
        Assert.Equal(Floors.Start.AddMinutes(5).ToUnixTimeMilliseconds(), await under.Redis.SortedSetScoreAsync("fm:hall:breaks", "1002"));
        Assert.Equal(1, await under.Redis.HashGetAsync("fm:hall:queue:support", "waiting"));
        Assert.Equal(2, await under.Redis.HashGetAsync("fm:hall:queue:support", "signedIn"));
        Assert.Equal(1, await under.Redis.HashGetAsync("fm:hall:queue:support", "available"));
        Assert.Equal(["support|c1"], await under.Redis.SortedSetRangeByRankAsync("fm:hall:waiting"));
        Assert.Equal("synced", await under.Redis.HashGetAsync("fm:hall:feed:pbx", "state"));
        await Until.True(() => under.Redis.KeyExistsAsync("fm:hall:verdict:break-limit:1002:20261123T090000.000Z"), "the verdict is in the store");
        await Until.True(async () => await under.Redis.StringGetAsync("fm:hall:journal:mark") == 1, "the journal is in the store");
        await Until.True(() => under.Store.Health.State == StoreState.Ok, "the store is well");
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("embedded")]
    public async Task What_is_over_leaves_the_store(string kind)
    {
        await using var under = await StoreUnderTest.OpenAsync(kind);
        var pause = new Break("short", "小休", Floors.Start, null, 1, []);
        under.Store.Publish(Floors.Floor(1, Floors.Agent("1001", AgentState.OnBreak, pause), Floors.Agent("1002", AgentState.Available)), []);
        await Until.True(async () => await under.Redis.HashGetAsync("fm:hall:floor", "version") == 1, "the floor is in the store");
        Assert.Equal(double.PositiveInfinity, await under.Redis.SortedSetScoreAsync("fm:hall:breaks", "1001"));

        var later = Floors.Floor(2, Floors.Agent("1001", AgentState.Available));
        later = later with { Queues = later.Queues.SetItem("support", later.Queues["support"] with { Waiting = [] }) };
        under.Store.Publish(later, []);
        await Until.True(async () => await under.Redis.HashGetAsync("fm:hall:floor", "version") == 2, "the next floor is in the store");

        Assert.Equal("", await under.Redis.HashGetAsync("fm:hall:agent:1001", "breakKind"));
        Assert.Empty(await under.Redis.SortedSetRangeByRankAsync("fm:hall:breaks"));
        Assert.Empty(await under.Redis.SortedSetRangeByRankAsync("fm:hall:waiting"));
        Assert.Equal(["1001"], await under.Redis.HashKeysAsync("fm:hall:agents"));
        Assert.False(await under.Redis.KeyExistsAsync("fm:hall:agent:1002"));
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("embedded")]
    public async Task After_a_restart_the_floor_its_journal_and_its_verdicts_are_there(string kind)
    {
        using var folder = new TempFolder();
        await using var redis = kind == "redis" ? await RedisServer.StartAsync() : null;
        var stop = TestContext.Current.CancellationToken;
        var verdict = Floors.Verdict("break-limit:1001:20261123T090000.000Z", Floors.Start);
        var floor = Floors.Floor(1, Floors.Agent("1001", AgentState.Available));
        await using (var first = await StoreUnderTest.OpenAsync(folder, redis))
        {
            Assert.Empty(first.Recovered.Notes);
            for (var id = 1; id <= 100; id++) first.Store.Append(Floors.Entry(id));
            Assert.True(first.Store.Flush());
            first.Store.Publish(floor, [verdict]);
            for (var id = 101; id <= 120; id++) first.Store.Append(Floors.Entry(id));
            Assert.True(first.Store.Flush());
        }

        await using var second = await StoreUnderTest.OpenAsync(folder, redis);
        Assert.Empty(second.Recovered.Notes);
        Assert.Equal(floor, second.Recovered.Snapshot);
        Assert.Equal(100, second.Recovered.SnapshotEntry);
        Assert.Equal(Enumerable.Range(101, 20).Select(id => Floors.Entry(id)), second.Recovered.Tail);
        Assert.Equal(120, second.Recovered.LastEntry);
        Assert.Equal([Floors.Entry(3), Floors.Entry(77)], await second.Store.FindAsync([77, 3, 5000], stop));
        Assert.Equal([verdict], await second.Store.FindVerdictsAsync(new VerdictQuery(Date: new DateOnly(2026, 11, 23)), stop));
        Assert.Equal([verdict], await second.Store.FindVerdictsAsync(new VerdictQuery(Id: verdict.Id), stop));
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("embedded")]
    public async Task The_store_holds_the_newest_entries_only_however_busy_the_hour(string kind)
    {
        using var folder = new TempFolder();
        await using var redis = kind == "redis" ? await RedisServer.StartAsync() : null;
        await using var under = await StoreUnderTest.OpenAsync(folder, redis, hotEntries: 1000);
        for (var id = 1; id <= 5000; id += 250)
        {
            under.Write(id, 250);
            await Until.True(async () => await under.Redis.StringGetAsync("fm:hall:journal:mark") == id + 249, "the entries are in the store");
        }

        await Until.True(async () => (await under.JournalIdsAsync()).SequenceEqual(Enumerable.Range(4001, 1000).Select(id => (long)id)), "the newest thousand are there");
        Assert.Equal([Floors.Entry(17)], await under.Store.FindAsync([17], TestContext.Current.CancellationToken));
    }
}
