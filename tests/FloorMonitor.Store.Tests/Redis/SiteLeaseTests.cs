using FloorMonitor.Store.Redis;
using FloorMonitor.Store.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Store.Tests.Redis;

public sealed class SiteLeaseTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
    private readonly FakeTimeProvider time = new(Floors.Start);

    [Theory]
    [InlineData("redis")]
    [InlineData("embedded")]
    public async Task One_of_many_that_ask_at_once_gets_it(string kind)
    {
        await using var under = await StoreUnderTest.OpenAsync(kind);
        var asking = Enumerable.Range(0, 20).Select(node => Lease(under, $"node{node}")).ToList();
        var got = await Task.WhenAll(asking.Select(lease => lease.TryTakeAsync()));
        Assert.Single(got, taken => taken);
        var winner = asking[Array.IndexOf(got, true)];
        Assert.True(winner.IsHeld);
        Assert.Equal((winner.Token, $"node{Array.IndexOf(got, true)}"), await winner.HolderAsync());
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("embedded")]
    public async Task The_next_holder_has_a_larger_token_and_the_last_one_cannot_renew_or_release_it_away(string kind)
    {
        await using var under = await StoreUnderTest.OpenAsync(kind);
        var first = Lease(under, "first");
        Assert.True(await first.TryTakeAsync());
        Assert.True(await first.RenewAsync());
        // Its time ran out while it was paused.
        await under.Redis.KeyDeleteAsync("fm:hall:lease");
        var second = Lease(under, "second");
        Assert.True(await second.TryTakeAsync());
        Assert.True(second.Token > first.Token);
        Assert.False(await first.RenewAsync());
        Assert.False(first.IsHeld);
        await first.ReleaseAsync();
        Assert.Equal((second.Token, "second"), await first.HolderAsync());
        await second.ReleaseAsync();
        Assert.Null(await first.HolderAsync());
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("embedded")]
    public async Task It_ends_by_itself_in_the_store(string kind)
    {
        await using var under = await StoreUnderTest.OpenAsync(kind);
        var first = Lease(under, "first", TimeSpan.FromMilliseconds(100));
        Assert.True(await first.TryTakeAsync());
        var second = Lease(under, "second");
        await Until.True(() => second.TryTakeAsync(), "the lease of the first has ended");
        Assert.False(await first.RenewAsync());
    }

    [Fact]
    public async Task A_holder_knows_by_its_own_clock_that_it_must_stop_before_another_can_begin()
    {
        await using var under = await StoreUnderTest.OpenAsync("embedded");
        var lease = Lease(under, "paused");
        Assert.True(await lease.TryTakeAsync());
        time.Advance(Long * 0.9 - TimeSpan.FromTicks(1));
        Assert.True(lease.IsHeld);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.False(lease.IsHeld);
        Assert.True(await lease.RenewAsync());
        Assert.True(lease.IsHeld);
    }

    [Fact]
    public async Task A_store_that_was_emptied_gives_no_token_that_was_used_before()
    {
        await using var under = await StoreUnderTest.OpenAsync("redis");
        var lease = Lease(under, "node");
        for (var i = 0; i < 5; i++)
        {
            Assert.True(await lease.TryTakeAsync());
            await lease.ReleaseAsync();
        }

        await under.Client.GetServers()[0].FlushDatabaseAsync();
        var last = lease.Token;
        Assert.True(await lease.TryTakeAsync());
        Assert.Equal(last + 1, lease.Token);
    }

    private SiteLease Lease(StoreUnderTest under, string holder, TimeSpan? length = null) => new(under.Redis, new Keys("hall"), holder, length ?? Long, time);
}
