using FloorMonitor.Pbx.Sip;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>Numbers that a peer may say and no clock can bear.</summary>
public sealed class HostileNumbersTests
{
    [Theory]
    [InlineData("2147483647")]
    [InlineData("99999999999999999999")]
    public async Task A_time_beyond_every_timer_is_cut_to_a_day(string seconds)
    {
        await using var test = new AgentUnderTest(script: layer => layer.Ordinary = one => $"200 OK\nExpires: {seconds}");
        var subscribe = await test.Layer.NextAsync();
        subscribe.Answer($"200 OK\nExpires: {seconds}");
        Assert.Equal(200, test.Layer.Notify(subscribe, $"active;expires={seconds}").Status);
        await test.StandsAsync(SipWatchStanding.Active);
        Assert.True((await test.LinkAsync()).Up);
    }

    [Fact]
    public async Task A_time_of_nothing_is_refreshed_every_second_and_not_faster()
    {
        await using var test = new AgentUnderTest();
        var subscribe = await test.Layer.NextAsync();
        subscribe.Answer("200 OK\nExpires: 0");
        Assert.Equal(200, test.Layer.Notify(subscribe, "active;expires=0").Status);
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(1));
        await test.Layer.NextAsync();
        Assert.False(test.Layer.HasNext);
    }

    [Fact]
    public async Task A_terminated_watch_with_a_wait_of_years_is_asked_again_by_our_own_measure()
    {
        await using var test = new AgentUnderTest();
        var first = await test.WatchedAsync();
        test.Layer.Notify(first, "terminated;reason=probation;retry-after=2147483647", sequence: 2);
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first["Call-ID"], (await test.Layer.NextAsync())["Call-ID"]);
    }
}
