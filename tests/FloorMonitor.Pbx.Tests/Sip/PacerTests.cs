using FloorMonitor.Pbx.Sip.Agent;
using FloorMonitor.Pbx.Tests.Ami;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>Keeping requests apart.</summary>
public sealed class PacerTests
{
    private static readonly TimeSpan Holds = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_thousand_requests_take_ten_seconds_at_a_hundred_a_second()
    {
        var clock = new FakeTimeProvider();
        using var pacer = new SipPacer(perSecond: 100, atOnce: 1000, Holds, clock);
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
        using var pacer = new SipPacer(perSecond: 1_000_000, atOnce: 2, Holds, new FakeTimeProvider());
        await pacer.EnterAsync(TestContext.Current.CancellationToken);
        var second = await pacer.EnterAsync(TestContext.Current.CancellationToken);
        var third = pacer.EnterAsync(TestContext.Current.CancellationToken);
        Assert.False(third.IsCompleted);
        second.Dispose();
        await third;
    }

    [Fact]
    public async Task Who_is_not_answered_makes_room_after_a_moment_and_only_once()
    {
        var clock = new FakeTimeProvider();
        using var pacer = new SipPacer(perSecond: 1_000_000, atOnce: 1, Holds, clock);
        var first = await pacer.EnterAsync(TestContext.Current.CancellationToken);
        var second = pacer.EnterAsync(TestContext.Current.CancellationToken);
        Assert.False(second.IsCompleted);
        clock.Advance(Holds);
        await second.WaitAsync(FeedUnderTest.Patience, TestContext.Current.CancellationToken);
        first.Dispose();
        Assert.False(pacer.EnterAsync(TestContext.Current.CancellationToken).IsCompleted);
    }

    [Fact]
    public async Task A_thousand_watches_that_the_pbx_silently_drops_keep_the_one_behind_them_waiting_for_seconds_only()
    {
        const int dropped = 1000;
        await using var test = new AgentUnderTest(AgentUnderTest.Options with { AskPerSecond = 100_000, AskHolds = TimeSpan.FromSeconds(1) });
        await test.LinkAsync();
        (await test.Layer.NextAsync()).Answer("200 OK\nExpires: 300");
        for (var i = 0; i < dropped; i++) test.Agent.Subscribe(new($"5{i}", "reg", "application/reginfo+xml"), _ => { });
        using var last = test.Agent.Subscribe(AgentUnderTest.Watch with { Target = "202" }, _ => { });
        for (var asked = 0; asked < dropped; asked++)
        {
            // As soon as all that may be asked at once were asked and got no answer, a second passes.
            if (asked > 0 && asked % AgentUnderTest.Options.AskAtOnce == 0) test.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal("reg", (await test.Layer.NextAsync())["Event"]);
        }

        test.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("<sip:202@pbx.test>", (await test.Layer.NextAsync())["To"]);
    }

    [Fact]
    public async Task Whoever_is_called_off_leaves_its_place_to_the_next()
    {
        var clock = new FakeTimeProvider();
        using var pacer = new SipPacer(perSecond: 1, atOnce: 2, Holds, clock);
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
