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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Garbage_in_its_folder_costs_nothing_that_matters(int seed)
    {
        using var folder = new TempFolder();
        await using (var first = await StoreUnderTest.OpenAsync(folder, redis: null))
        {
            first.Write(1, 500);
            first.Store.Publish(Floors.Floor(1, Floors.Agent("1001", AgentState.Available)), [Floors.Verdict("break-limit:1001:g", Floors.Start)]);
            await first.HoldsAsync(1, 500);
        }

        var files = Directory.GetFiles(folder.At("data/store/garnet"), "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        var random = new Random(seed);
        foreach (var file in files)
        {
            var garbage = new byte[new FileInfo(file).Length];
            random.NextBytes(garbage);
            File.WriteAllBytes(file, garbage);
        }

        await using var second = await StoreUnderTest.OpenAsync(folder, redis: null);
        Assert.Equal(500, second.Recovered.LastEntry);
        second.Store.Publish(Floors.Floor(2, Floors.Agent("1001", AgentState.Available)), []);
        await second.HoldsAsync(2, 500);
        Assert.Equal(500, (await second.JournalIdsAsync()).Count);
        await Until.True(() => second.Redis.KeyExistsAsync("fm:hall:verdict:break-limit:1001:g"), "the verdict is there");
    }

    [Fact]
    public async Task A_folder_that_does_not_start_is_set_aside_rebuilt_and_told()
    {
        using var folder = new TempFolder();
        await using (var first = await StoreUnderTest.OpenAsync(folder, redis: null)) first.Write(1, 5);
        // A file where the server wants a folder is something it cannot start over.
        Directory.Delete(folder.At("data/store/garnet"), recursive: true);
        await File.WriteAllTextAsync(folder.At("data/store/garnet"), "not a folder", TestContext.Current.CancellationToken);
        await using var second = await StoreUnderTest.OpenAsync(folder, redis: null);
        Assert.Contains("set aside as garnet.aside-1", Assert.Single(second.Recovered.Notes), StringComparison.Ordinal);
        Assert.True(File.Exists(folder.At("data/store/garnet.aside-1")));
        await Until.True(async () => (await second.JournalIdsAsync()).Count == 5, "the journal is in the new store");
    }

    [Fact]
    public async Task A_folder_whose_last_two_starts_did_not_end_is_set_aside_before_it_takes_the_process_again()
    {
        using var folder = new TempFolder();
        await using (var first = await StoreUnderTest.OpenAsync(folder, redis: null)) first.Write(1, 5);
        await File.WriteAllTextAsync(folder.At("data/store/starting"), "..", TestContext.Current.CancellationToken);
        await using var second = await StoreUnderTest.OpenAsync(folder, redis: null);
        Assert.Contains("its last two starts did not end", Assert.Single(second.Recovered.Notes), StringComparison.Ordinal);
        Assert.True(Directory.Exists(folder.At("data/store/garnet.aside-1")));
    }
}
