using FloorMonitor.Pbx.Sip.Agent;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>Keeping requests apart.</summary>
public sealed class PacerTests
{
    [Fact]
    public async Task A_thousand_requests_take_ten_seconds_at_a_hundred_a_second()
    {
        var clock = new FakeTimeProvider();
        using var pacer = new SipPacer(perSecond: 100, atOnce: 1000, clock);
        var entering = Enumerable.Range(0, 1000).Select(_ => pacer.EnterAsync(TestContext.Current.CancellationToken)).ToList();
        Assert.Equal(11, entering.Count(one => one.IsCompleted));
        clock.Advance(TimeSpan.FromSeconds(5));
        await PeerTests.Until(() => entering.Count(one => one.IsCompleted) == 511);
        clock.Advance(TimeSpan.FromSeconds(5));
        await PeerTests.Until(() => entering.All(one => one.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task No_more_are_unanswered_than_may_be()
    {
        using var pacer = new SipPacer(perSecond: 1_000_000, atOnce: 2, new FakeTimeProvider());
        await pacer.EnterAsync(TestContext.Current.CancellationToken);
        await pacer.EnterAsync(TestContext.Current.CancellationToken);
        var third = pacer.EnterAsync(TestContext.Current.CancellationToken);
        Assert.False(third.IsCompleted);
        pacer.Leave();
        await third;
    }

    [Fact]
    public async Task Whoever_is_called_off_leaves_its_place_to_the_next()
    {
        var clock = new FakeTimeProvider();
        using var pacer = new SipPacer(perSecond: 1, atOnce: 2, clock);
        using var stop = new CancellationTokenSource();
        await pacer.EnterAsync(TestContext.Current.CancellationToken);
        var waiting = pacer.EnterAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        var next = pacer.EnterAsync(TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(2));
        await next;
    }
}
