using FloorMonitor.Store.Redis;
using FloorMonitor.Store.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Store.Tests.Redis;

public sealed class HealthTrackerTests
{
    private readonly FakeTimeProvider time = new(Floors.Start);

    [Fact]
    public void It_is_behind_once_something_waits_longer_than_the_limit_and_since_then()
    {
        var health = Well();
        health.Published();
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(StoreState.Ok, health.Look(5).State);
        time.Advance(TimeSpan.FromMilliseconds(1));
        var behind = health.Look(5);
        Assert.Equal((StoreState.Behind, 5, time.GetUtcNow()), (behind.State, behind.Backlog, behind.Since));
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(behind.Since, health.Look(9).Since);
        health.Written(newest: true, journal: true, time.GetUtcNow());
        Assert.Equal(new StoreHealth(StoreState.Ok, time.GetUtcNow(), 0, ""), health.Look(0));
    }

    [Fact]
    public void A_journal_that_lags_on_is_told_though_the_floor_itself_is_there()
    {
        var health = Well();
        for (var second = 0; second < 3; second++)
        {
            Assert.Equal(StoreState.Ok, health.Look(100).State);
            health.Written(newest: true, journal: false, time.GetUtcNow());
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal((StoreState.Behind, 100), (health.Look(100).State, health.Look(100).Backlog));
        health.Written(newest: true, journal: true, time.GetUtcNow());
        Assert.Equal(StoreState.Ok, health.Look(0).State);
    }

    [Fact]
    public void Away_goes_before_behind_and_a_full_disk_is_told_beside_it()
    {
        var health = Well();
        health.Disk("The disk takes nothing.");
        Assert.Equal((StoreState.Behind, "The disk takes nothing."), (health.Look(1).State, health.Look(1).Note));
        health.Failed("The store does not answer: no");
        Assert.Equal((StoreState.Away, "The disk takes nothing. The store does not answer: no"), (health.Look(1).State, health.Look(1).Note));
    }

    private HealthTracker Well()
    {
        var health = new HealthTracker(time, TimeSpan.FromSeconds(2));
        Assert.Equal(StoreState.Away, health.Look(0).State);
        health.Written(newest: true, journal: true, time.GetUtcNow());
        Assert.Equal(StoreState.Ok, health.Look(0).State);
        return health;
    }
}
