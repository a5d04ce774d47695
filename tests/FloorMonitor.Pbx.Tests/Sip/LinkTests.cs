using FloorMonitor.Pbx.Sip;
using FloorMonitor.Pbx.Sip.Transactions;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>Whether the PBX is there: registration, OPTIONS, loss and return.</summary>
public sealed class LinkTests
{
    [Fact]
    public async Task The_link_is_up_when_the_pbx_answered_and_registered_us()
    {
        await using var test = new AgentUnderTest();
        var up = await test.LinkAsync();
        Assert.Equal((true, 1L, null, TimeSpan.FromMilliseconds(3)), (up.Up, up.Epoch, up.Reason, up.RoundTrip));
        var register = test.Layer.Ordinaries[1];
        Assert.Equal(("REGISTER", "sip:pbx.test", "<sip:monitor@pbx.test>"), (register.Request.Method, register.Request.Uri, register["To"]));
        Assert.Equal(("<sip:monitor@192.0.2.9:5070>", "600"), (register["Contact"], register["Expires"]));
    }

    [Fact]
    public async Task An_account_that_need_not_register_does_not()
    {
        await using var test = new AgentUnderTest(AgentUnderTest.Options with { Register = false });
        Assert.True((await test.LinkAsync()).Up);
        Assert.All(test.Layer.Ordinaries, one => Assert.Equal("OPTIONS", one.Request.Method));
    }

    [Fact]
    public async Task A_registration_is_renewed_from_the_time_granted_to_our_own_contact()
    {
        await using var test = new AgentUnderTest(script: layer => layer.Ordinary = one =>
            one.Request.Method == "REGISTER" ? "200 OK\nContact: <sip:monitor@192.0.2.77:5070>;expires=9000, <sip:monitor@192.0.2.9:5070>;expires=95\nExpires: 7000" : "200 OK");
        await test.LinkAsync();
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(57));
        await Until(() => Count(test, "REGISTER") == 2);
    }

    [Fact]
    public async Task Too_short_a_registration_is_asked_again_with_the_least_that_is_granted()
    {
        await using var test = new AgentUnderTest(script: layer => layer.Ordinary = one =>
            one.Request.Method != "REGISTER" ? "200 OK" : one["Expires"] == "600" ? "423 Interval Too Brief\nMin-Expires: 3600" : "200 OK\nExpires: 3600");
        Assert.True((await test.LinkAsync()).Up);
        Assert.Equal(["600", "3600"], test.Layer.Ordinaries.Where(one => one.Request.Method == "REGISTER").Select(one => one["Expires"]));
    }

    [Fact]
    public async Task An_account_that_is_refused_is_tried_again_slowly_and_shown()
    {
        await using var test = new AgentUnderTest(script: layer => layer.Ordinary = one => one.Request.Method == "REGISTER" ? "403 Forbidden" : "200 OK");
        var down = await test.LinkAsync();
        Assert.False(down.Up);
        Assert.Contains("403 Forbidden", down.Reason, StringComparison.Ordinal);
        test.Layer.Ordinary = _ => "200 OK";
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(71));
        Assert.True((await test.LinkAsync()).Up);
    }

    [Fact]
    public async Task A_pbx_that_cannot_be_reached_is_sought_with_growing_waits()
    {
        await using var test = new AgentUnderTest(script: layer => layer.Unreachable = new SipTransportException("pbx.test cannot be reached: refused."));
        Assert.Equal("pbx.test cannot be reached: refused.", (await test.LinkAsync()).Reason);
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(2));
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(4));
        await test.Clock.TimerOfAsync(TimeSpan.FromSeconds(8));
        test.Layer.Unreachable = null;
        test.Clock.Advance(TimeSpan.FromSeconds(8));
        Assert.True((await test.LinkAsync()).Up);
    }

    [Fact]
    public async Task Two_options_without_an_answer_mean_that_the_pbx_is_away()
    {
        await using var test = new AgentUnderTest();
        await test.LinkAsync();
        await test.WatchedAsync();
        test.Layer.Ordinary = _ => null;
        test.Clock.Advance(TimeSpan.FromSeconds(15));
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(2));
        var down = await test.LinkAsync();
        Assert.False(down.Up);
        Assert.Contains("did not answer 2 times", down.Reason, StringComparison.Ordinal);
        await Until(() => test.Layer.LetGos == 1);
    }

    [Fact]
    public async Task Behind_a_nat_the_contact_is_where_the_pbx_sees_us()
    {
        await using var test = new AgentUnderTest(script: layer => layer.Seen = new(System.Net.IPAddress.Parse("203.0.113.7"), 40123));
        Assert.Equal("<sip:monitor@203.0.113.7:40123>", (await test.Layer.NextAsync())["Contact"]);
        Assert.Equal("<sip:monitor@203.0.113.7:40123>", test.Layer.Ordinaries[1]["Contact"]);
    }

    [Fact]
    public async Task A_nat_that_sends_us_by_another_way_makes_everything_be_asked_anew_by_the_new_contact()
    {
        await using var test = new AgentUnderTest(script: layer => layer.Seen = new(System.Net.IPAddress.Parse("203.0.113.7"), 40123));
        await test.LinkAsync();
        var first = await test.WatchedAsync();
        test.Layer.Seen = new(System.Net.IPAddress.Parse("203.0.113.7"), 40999);
        test.Clock.Advance(TimeSpan.FromSeconds(15));
        var down = await test.LinkAsync();
        Assert.Equal((false, "udp:192.0.2.1:5060 sees us at 203.0.113.7:40999 and no longer at 203.0.113.7:40123: what it sent there in the meantime is lost."), (down.Up, down.Reason));
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(1));
        Assert.Equal((true, 2L), await UpAsync(test));
        Assert.Equal("<sip:monitor@203.0.113.7:40999>", test.Layer.Ordinaries[^1]["Contact"]);
        var again = await test.Layer.NextAsync();
        Assert.Equal((first["Call-ID"], "<sip:monitor@203.0.113.7:40999>"), (again["Call-ID"], again["Contact"]));
    }

    [Fact]
    public async Task A_contact_that_was_configured_counts_more_than_what_the_pbx_sees()
    {
        await using var test = new AgentUnderTest(
            AgentUnderTest.Options with { Transport = new() { ContactHost = "floor.example" } }, script: layer => layer.Seen = new(System.Net.IPAddress.Parse("203.0.113.7"), 40123));
        Assert.Equal("<sip:monitor@192.0.2.9:5070>", (await test.Layer.NextAsync())["Contact"]);
    }

    [Fact]
    public async Task One_options_without_an_answer_means_nothing_yet()
    {
        await using var test = new AgentUnderTest();
        await test.LinkAsync();
        await test.WatchedAsync();
        test.Layer.Ordinary = one => Count(test, "OPTIONS") == 2 ? null : "200 OK";
        test.Clock.Advance(TimeSpan.FromSeconds(15));
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(2));
        Assert.True((await test.LinkAsync()).Up);
        Assert.Equal(1, test.Agent.Link.Epoch);
    }

    [Fact]
    public async Task Any_answer_to_options_means_that_the_pbx_is_there()
    {
        await using var test = new AgentUnderTest(script: layer => layer.Ordinary = one => one.Request.Method == "OPTIONS" ? "403 Forbidden" : "200 OK");
        Assert.True((await test.LinkAsync()).Up);
    }

    [Fact]
    public async Task After_a_lost_connection_the_account_registers_and_the_watch_is_asked_for_again_in_its_dialog()
    {
        await using var test = new AgentUnderTest();
        await test.LinkAsync();
        var first = await test.WatchedAsync();
        test.Layer.FlowLost!(AgentUnderTest.Options.Server, "The peer closed the connection.");
        Assert.Equal("The peer closed the connection.", (await test.LinkAsync()).Reason);
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(1));
        Assert.Equal((true, 2L), await UpAsync(test));
        Assert.Equal(2, Count(test, "REGISTER"));
        var again = await test.Layer.NextAsync();
        Assert.Equal((first["Call-ID"], "2 SUBSCRIBE"), (again["Call-ID"], again["CSeq"]));
        again.Answer("200 OK\nExpires: 300");
        test.Layer.Notify(again, "active;expires=300", sequence: 2);
        SipNotify heard;
        do heard = await NextNotifyAsync(test);
        while (heard.SequenceNumber != 2);
        Assert.Equal(2, heard.Epoch);
    }

    [Fact]
    public async Task Two_watches_that_the_pbx_forgot_mean_that_it_was_restarted_and_all_is_asked_anew()
    {
        await using var test = new AgentUnderTest();
        await test.LinkAsync();
        await test.WatchedAsync(seconds: 100);
        using var second = test.Agent.Subscribe(AgentUnderTest.Watch with { Target = "202" }, _ => { });
        var other = await test.Layer.NextAsync();
        other.Answer("200 OK\nExpires: 100");
        test.Layer.Notify(other, "active;expires=100");
        await test.Clock.TimerOfAsync(TimeSpan.FromSeconds(60));
        test.Clock.Advance(TimeSpan.FromSeconds(60));
        (await test.Layer.NextAsync()).Answer("481 No");
        var next = await test.Layer.NextAsync();
        if (next["CSeq"] == "1 SUBSCRIBE") next = await test.Layer.NextAsync();
        next.Answer("481 No");
        SipLinkState state;
        do state = await test.LinkAsync();
        while (state.Up);
        Assert.Contains("restarted", state.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_that_the_floor_asks_for_makes_a_new_epoch()
    {
        await using var test = new AgentUnderTest();
        await test.LinkAsync();
        await test.WatchedAsync();
        test.Agent.Restart("it could not keep up");
        Assert.Contains("it could not keep up", (await test.LinkAsync()).Reason, StringComparison.Ordinal);
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(1));
        Assert.Equal((true, 2L), await UpAsync(test));
    }

    [Fact]
    public async Task At_the_end_the_watch_and_the_registration_are_taken_back()
    {
        var test = new AgentUnderTest();
        await using (test) await test.WatchedAsync();
        var leave = await test.Layer.NextAsync();
        Assert.Equal("0", leave["Expires"]);
        Assert.Equal("0", test.Layer.Ordinaries[^1]["Expires"]);
    }

    private static int Count(AgentUnderTest test, string method)
    {
        lock (test.Layer.Ordinaries) return test.Layer.Ordinaries.Count(one => one.Request.Method == method);
    }

    private static async Task<(bool, long)> UpAsync(AgentUnderTest test)
    {
        var state = await test.LinkAsync();
        return (state.Up, state.Epoch);
    }

    private static async Task<SipNotify> NextNotifyAsync(AgentUnderTest test)
    {
        while (true)
            if (await test.HeardAnyAsync() is SipNotify notify) return notify;
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var tries = 0; tries < 2000 && !condition(); tries++) await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.True(condition());
    }
}
