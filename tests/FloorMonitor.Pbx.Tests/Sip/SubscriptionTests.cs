using FloorMonitor.Pbx.Sip;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>What becomes of a watch when the PBX answers, refuses, forgets or ends it (RFC 6665).</summary>
public sealed class SubscriptionTests
{
    [Fact]
    public async Task A_watch_is_asked_for_with_all_that_a_notifier_needs()
    {
        await using var test = new AgentUnderTest();
        var subscribe = await test.Layer.NextAsync();
        Assert.Equal(("SUBSCRIBE", "sip:201@pbx.test"), (subscribe.Request.Method, subscribe.Request.Uri));
        Assert.Equal("<sip:201@pbx.test>", subscribe["To"]);
        Assert.StartsWith("<sip:monitor@pbx.test>;tag=", subscribe["From"], StringComparison.Ordinal);
        Assert.Equal(("dialog", "application/dialog-info+xml", "300"), (subscribe["Event"], subscribe["Accept"], subscribe["Expires"]));
        Assert.Equal(("<sip:monitor@192.0.2.9:5070>", "1 SUBSCRIBE"), (subscribe["Contact"], subscribe["CSeq"]));
    }

    [Fact]
    public async Task A_watch_is_refreshed_in_its_dialog_from_the_time_that_was_granted()
    {
        await using var test = new AgentUnderTest();
        var first = await test.WatchedAsync(seconds: 100);
        test.Clock.Advance(TimeSpan.FromSeconds(60));
        var again = await test.Layer.NextAsync();
        Assert.Equal(first["Call-ID"], again["Call-ID"]);
        Assert.Equal(first["From"], again["From"]);
        Assert.Equal(("<sip:201@pbx.test>;tag=pbx-1", "2 SUBSCRIBE"), (again["To"], again["CSeq"]));
        Assert.Equal("sip:presence@192.0.2.1:5060", again.Request.Uri);
    }

    [Fact]
    public async Task A_notify_that_shortens_the_time_moves_the_refresh()
    {
        await using var test = new AgentUnderTest();
        var first = await test.WatchedAsync(seconds: 100);
        Assert.Equal(200, test.Layer.Notify(first, "active;expires=20", sequence: 2).Status);
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(12));
        Assert.Equal("2 SUBSCRIBE", (await test.Layer.NextAsync())["CSeq"]);
    }

    [Fact]
    public async Task A_notify_before_the_200_is_heard_and_makes_the_dialog()
    {
        await using var test = new AgentUnderTest();
        var subscribe = await test.Layer.NextAsync();
        await test.StandsAsync(SipWatchStanding.Asking);
        Assert.Equal(200, test.Layer.Notify(subscribe, "active;expires=100", body: "<early/>").Status);
        Assert.Equal("<early/>", System.Text.Encoding.UTF8.GetString((await test.HeardAsync<SipNotify>()).Body.Span));
        subscribe.Answer("200 OK\nExpires: 100");
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(60));
        var again = await test.Layer.NextAsync();
        Assert.Equal(subscribe["Call-ID"], again["Call-ID"]);
        Assert.Equal("sip:presence@192.0.2.1:5060", again.Request.Uri);
    }

    [Fact]
    public async Task A_watch_that_is_taken_and_never_heard_of_is_asked_for_anew()
    {
        await using var test = new AgentUnderTest();
        var first = await test.Layer.NextAsync();
        first.Answer("200 OK\nExpires: 300");
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(32));
        var second = await test.Layer.NextAsync();
        Assert.NotEqual(first["Call-ID"], second["Call-ID"]);
        Assert.Equal("<sip:201@pbx.test>", second["To"]);
    }

    [Fact]
    public async Task A_watch_that_is_never_heard_of_is_asked_for_more_and_more_seldom()
    {
        await using var test = new AgentUnderTest();
        foreach (var wait in new[] { 0, 2, 4, 8 })
        {
            (await test.Layer.NextAsync()).Answer("200 OK\nExpires: 300");
            await test.Clock.RunOutAsync(TimeSpan.FromSeconds(32));
            var waiting = (await test.StandsAsync(SipWatchStanding.Waiting)).State;
            Assert.Equal(("no NOTIFY came", test.Clock.GetUtcNow().AddSeconds(wait)), (waiting.Reason, waiting.RetryAt));
            if (wait > 0) await test.Clock.RunOutAsync(TimeSpan.FromSeconds(wait));
        }
    }

    [Fact]
    public async Task A_watch_whose_refresh_is_taken_and_followed_by_no_notify_is_live_no_longer_until_one_comes()
    {
        await using var test = new AgentUnderTest();
        var first = await test.WatchedAsync(seconds: 100);
        test.Clock.Advance(TimeSpan.FromSeconds(60));
        (await test.Layer.NextAsync()).Answer("200 OK\nExpires: 100");
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(32));
        Assert.Equal("no NOTIFY came", (await test.StandsAsync(SipWatchStanding.Waiting)).State.Reason);
        Assert.Equal(481, test.Layer.Notify(first, "active;expires=100", sequence: 2).Status);
        Assert.NotEqual(first["Call-ID"], (await test.WatchedAsync(seconds: 100))["Call-ID"]);
    }

    [Fact]
    public async Task Refreshes_that_come_faster_than_the_patience_for_a_notify_do_not_hide_that_none_comes()
    {
        await using var test = new AgentUnderTest();
        var first = await test.Layer.NextAsync();
        first.Answer("200 OK\nExpires: 20");
        await test.Clock.TimerOfAsync(TimeSpan.FromSeconds(12));
        test.Layer.Notify(first, "active");
        test.Clock.Advance(TimeSpan.FromSeconds(12));
        for (var times = 0; times < 2; times++)
        {
            (await test.Layer.NextAsync()).Answer("200 OK\nExpires: 20");
            await test.Clock.RunOutAsync(TimeSpan.FromSeconds(12));
        }

        (await test.Layer.NextAsync()).Answer("200 OK\nExpires: 20");
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(8));
        Assert.Equal("no NOTIFY came", (await test.StandsAsync(SipWatchStanding.Waiting)).State.Reason);
    }

    [Fact]
    public async Task Too_short_a_time_is_asked_again_with_the_least_that_is_granted()
    {
        await using var test = new AgentUnderTest();
        (await test.Layer.NextAsync()).Answer("423 Interval Too Brief\nMin-Expires: 1800");
        Assert.Equal("1800", (await test.Layer.NextAsync())["Expires"]);
    }

    [Fact]
    public async Task A_423_that_asks_for_nothing_sensible_is_a_refusal()
    {
        await using var test = new AgentUnderTest();
        (await test.Layer.NextAsync()).Answer("423 Interval Too Brief\nMin-Expires: 4000000000");
        Assert.Equal("423 Interval Too Brief", (await test.StandsAsync(SipWatchStanding.Refused)).State.Reason);
    }

    [Fact]
    public async Task A_dialog_that_the_pbx_forgot_is_begun_anew_at_once()
    {
        await using var test = new AgentUnderTest();
        var first = await test.WatchedAsync(seconds: 100);
        test.Clock.Advance(TimeSpan.FromSeconds(60));
        (await test.Layer.NextAsync()).Answer("481 Subscription Does Not Exist");
        var anew = await test.Layer.NextAsync();
        Assert.NotEqual(first["Call-ID"], anew["Call-ID"]);
        Assert.Equal(("1 SUBSCRIBE", "<sip:201@pbx.test>", "sip:201@pbx.test"), (anew["CSeq"], anew["To"], anew.Request.Uri));
    }

    [Fact]
    public async Task A_pbx_that_answers_481_without_end_is_asked_more_and_more_seldom()
    {
        await using var test = new AgentUnderTest();
        (await test.Layer.NextAsync()).Answer("481 No");
        (await test.Layer.NextAsync()).Answer("481 No");
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(2));
        (await test.Layer.NextAsync()).Answer("481 No");
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(4));
        (await test.Layer.NextAsync()).Answer("481 No");
        await test.Clock.TimerOfAsync(TimeSpan.FromSeconds(8));
    }

    [Theory]
    [InlineData("489 Bad Event")]
    [InlineData("404 Not Found")]
    [InlineData("403 Forbidden")]
    [InlineData("603 Decline")]
    public async Task A_refusal_is_shown_and_asked_again_only_slowly(string answer)
    {
        await using var test = new AgentUnderTest();
        (await test.Layer.NextAsync()).Answer(answer);
        var refused = await test.StandsAsync(SipWatchStanding.Refused);
        Assert.Equal((answer, test.Clock.GetUtcNow().AddSeconds(601)), (refused.State.Reason, refused.State.RetryAt));
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(601));
        Assert.Equal("1 SUBSCRIBE", (await test.Layer.NextAsync())["CSeq"]);
    }

    [Fact]
    public async Task A_refused_watch_is_asked_again_when_somebody_wants_it()
    {
        await using var test = new AgentUnderTest();
        (await test.Layer.NextAsync()).Answer("404 Not Found");
        await test.StandsAsync(SipWatchStanding.Refused);
        test.Subscription.Refresh();
        Assert.Equal("SUBSCRIBE", (await test.Layer.NextAsync()).Request.Method);
    }

    [Fact]
    public async Task A_busy_pbx_is_given_the_time_that_it_asks_for()
    {
        await using var test = new AgentUnderTest();
        (await test.Layer.NextAsync()).Answer("503 Service Unavailable\nRetry-After: 47 (soon)");
        await test.StandsAsync(SipWatchStanding.Waiting);
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(47));
        Assert.Equal("SUBSCRIBE", (await test.Layer.NextAsync()).Request.Method);
    }

    [Fact]
    public async Task A_refresh_that_nobody_answers_keeps_the_watch_until_its_time_is_over()
    {
        await using var test = new AgentUnderTest();
        var first = await test.WatchedAsync(seconds: 100);
        test.Clock.Advance(TimeSpan.FromSeconds(60));
        (await test.Layer.NextAsync()).Fail("no answer in time");
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(1));
        var again = await test.Layer.NextAsync();
        Assert.Equal((first["Call-ID"], "3 SUBSCRIBE"), (again["Call-ID"], again["CSeq"]));
        Assert.Equal(SipWatchStanding.Active, test.Subscription.State.Standing);
    }

    [Theory]
    [InlineData("terminated;reason=deactivated")]
    [InlineData("terminated;reason=timeout")]
    [InlineData("terminated")]
    public async Task A_watch_that_ended_after_a_while_is_asked_for_at_once_in_a_new_dialog(string state)
    {
        await using var test = new AgentUnderTest();
        var first = await test.WatchedAsync();
        test.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(200, test.Layer.Notify(first, state, sequence: 2).Status);
        Assert.NotEqual(first["Call-ID"], (await test.Layer.NextAsync())["Call-ID"]);
    }

    [Fact]
    public async Task A_watch_that_is_ended_as_soon_as_it_begins_does_not_go_in_circles()
    {
        await using var test = new AgentUnderTest();
        var first = await test.WatchedAsync();
        test.Layer.Notify(first, "terminated;reason=timeout", sequence: 2);
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(1));
        Assert.NotEqual(first["Call-ID"], (await test.Layer.NextAsync())["Call-ID"]);
    }

    [Theory]
    [InlineData("terminated;reason=probation;retry-after=77")]
    [InlineData("terminated;reason=giveup;retry-after=77")]
    public async Task A_watch_on_probation_waits_as_long_as_it_is_told(string state)
    {
        await using var test = new AgentUnderTest();
        var first = await test.WatchedAsync();
        test.Layer.Notify(first, state, sequence: 2);
        Assert.Equal(test.Clock.GetUtcNow().AddSeconds(77), (await test.StandsAsync(SipWatchStanding.Waiting)).State.RetryAt);
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(77));
        Assert.NotEqual(first["Call-ID"], (await test.Layer.NextAsync())["Call-ID"]);
    }

    [Theory]
    [InlineData("rejected")]
    [InlineData("noresource")]
    public async Task A_watch_that_is_not_wanted_ends_and_says_so(string reason)
    {
        await using var test = new AgentUnderTest();
        var first = await test.WatchedAsync();
        test.Layer.Notify(first, $"terminated;reason={reason}", sequence: 2);
        var refused = await test.StandsAsync(SipWatchStanding.Refused);
        Assert.Equal(($"terminated;reason={reason}", null), (refused.State.Reason, refused.State.RetryAt));
        test.Clock.Advance(TimeSpan.FromSeconds(3));
        Assert.False(test.Layer.HasNext);
        Assert.Equal(0, test.Agent.Dialogs);
    }

    [Fact]
    public async Task A_watch_that_nobody_needs_any_more_is_taken_back()
    {
        await using var test = new AgentUnderTest();
        var first = await test.WatchedAsync();
        test.Subscription.Dispose();
        var leave = await test.Layer.NextAsync();
        Assert.Equal((first["Call-ID"], "0"), (leave["Call-ID"], leave["Expires"]));
        leave.Answer("200 OK\nExpires: 0");
        await test.Clock.TimerOfAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(200, test.Layer.Notify(first, "terminated;reason=timeout", sequence: 2).Status);
        await Until(() => test.Agent.Dialogs == 0);
        Assert.Equal(SipWatchStanding.Ended, test.Subscription.State.Standing);
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var tries = 0; tries < 2000 && !condition(); tries++) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.True(condition());
    }
}
