using FloorMonitor.Core.Floor;
using FloorMonitor.Store.Tests.Redis;
using FloorMonitor.Store.Tests.Support;

namespace FloorMonitor.Store.Tests.Embedded;

public sealed class EmbeddedStoreTests
{
    [Fact]
    public async Task Its_address_is_noted_for_other_programs_while_it_runs()
    {
        using var folder = new TempFolder();
        await using (var under = await StoreUnderTest.OpenAsync(folder, redis: null))
            Assert.Equal(under.Store.Connection, File.ReadAllText(folder.At("data/store/endpoint")).Trim());
        Assert.False(File.Exists(folder.At("data/store/endpoint")));
    }

    [Fact]
    public async Task Whatever_lies_in_its_folder_costs_nothing_and_all_keys_come_back_from_the_files()
    {
        using var folder = new TempFolder();
        await using (var first = await StoreUnderTest.OpenAsync(folder, redis: null))
        {
            first.Write(1, 500);
            first.Store.Publish(Floors.Floor(1, Floors.Agent("1001", AgentState.Available)), [Floors.Verdict("break-limit:1001:g", Floors.Start)]);
            await first.HoldsAsync(1, 500);
        }

        var garbage = new byte[100_000];
        new Random(1).NextBytes(garbage);
        foreach (var name in new[] { "Store/hlog.0", "Store/hlog_objs.0", "AOF/aof.log.0", "AOF/log-commits/commit.1.0", "Store/checkpoints/x" })
        {
            var path = folder.At("data/store/overflow/" + name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, garbage, TestContext.Current.CancellationToken);
        }

        await using var second = await StoreUnderTest.OpenAsync(folder, redis: null);
        Assert.Empty(second.Recovered.Notes);
        Assert.Equal(500, second.Recovered.LastEntry);
        second.Store.Publish(second.Recovered.Snapshot with { Version = 2 }, []);
        await second.HoldsAsync(2, 500);
        Assert.Equal(500, (await second.JournalIdsAsync()).Count);
        Assert.Equal("available", await second.Redis.HashGetAsync("fm:hall:agent:1001", "state"));
        await Until.True(() => second.Redis.KeyExistsAsync("fm:hall:verdict:break-limit:1001:g"), "the verdict is there");
    }

    [Fact]
    public async Task A_file_in_its_place_is_set_aside_and_told()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.At("data/store"));
        await File.WriteAllTextAsync(folder.At("data/store/overflow"), "not a folder", TestContext.Current.CancellationToken);
        await using var under = await StoreUnderTest.OpenAsync(folder, redis: null);
        Assert.Contains("set aside as overflow.aside-1", Assert.Single(under.Recovered.Notes), StringComparison.Ordinal);
        Assert.True(File.Exists(folder.At("data/store/overflow.aside-1")));
    }
}
