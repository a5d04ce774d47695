using System.Net;
using FloorMonitor.Pbx.Sip;
using FloorMonitor.Pbx.Sip.Messages;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>What a NOTIFY and whatever else others send is answered.</summary>
public sealed class NotifyTests
{
    [Fact]
    public async Task An_empty_notify_is_answered_200_and_heard()
    {
        await using var test = new AgentUnderTest();
        var subscribe = await test.Layer.NextAsync();
        await test.StandsAsync(SipWatchStanding.Asking);
        Assert.Equal(200, test.Layer.Notify(subscribe, "active;expires=100").Status);
        var heard = await test.HeardAsync<SipNotify>();
        Assert.Equal((0, null, 1L, 1L, 1L), (heard.Body.Length, heard.ContentType, heard.SequenceNumber, heard.Epoch, heard.Dialog));
        Assert.StartsWith("NOTIFY ", heard.Raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_is_heard_with_its_type_and_its_bytes()
    {
        await using var test = new AgentUnderTest();
        var subscribe = await test.Layer.NextAsync();
        await test.StandsAsync(SipWatchStanding.Asking);
        test.Layer.Notify(subscribe, "active", more: "c: Application/Dialog-Info+XML; charset=utf-8", body: "<dialog-info/>");
        var heard = await test.HeardAsync<SipNotify>();
        Assert.Equal(("application/dialog-info+xml", "<dialog-info/>"), (heard.ContentType, System.Text.Encoding.UTF8.GetString(heard.Body.Span)));
        Assert.Equal(SipWatchStanding.Active, (await test.HeardAsync<SipWatchChanged>()).State.Standing);
    }

    [Fact]
    public async Task A_pending_watch_is_shown_as_such()
    {
        await using var test = new AgentUnderTest();
        test.Layer.Notify(await test.Layer.NextAsync(), "pending;expires=100");
        await test.StandsAsync(SipWatchStanding.Pending);
    }

    [Fact]
    public async Task An_unknown_dialog_is_answered_481()
    {
        await using var test = new AgentUnderTest();
        var subscribe = await test.Layer.NextAsync();
        var stranger = subscribe with { Request = subscribe.Request with { Fields = [.. subscribe.Request.Fields.Select(field => field.Name == "Call-ID" ? new("Call-ID", "another") : field)] } };
        Assert.Equal(481, test.Layer.Notify(stranger, "active").Status);
    }

    [Fact]
    public async Task A_notify_that_knows_the_call_id_but_not_our_tag_is_answered_481()
    {
        await using var test = new AgentUnderTest();
        var subscribe = await test.Layer.NextAsync();
        var guess = subscribe with { Request = subscribe.Request with { Fields = [.. subscribe.Request.Fields.Select(field => field.Name == "From" ? new("From", "<sip:monitor@pbx.test>;tag=guess") : field)] } };
        Assert.Equal(481, test.Layer.Notify(guess, "active").Status);
    }

    [Fact]
    public async Task A_second_notifier_in_the_same_dialog_is_answered_481()
    {
        await using var test = new AgentUnderTest();
        var subscribe = await test.Layer.NextAsync();
        Assert.Equal(200, test.Layer.Notify(subscribe, "active", tag: "one").Status);
        Assert.Equal(481, test.Layer.Notify(subscribe, "active", sequence: 2, tag: "two").Status);
    }

    [Theory]
    [InlineData("refer")]
    [InlineData("message-summary")]
    public async Task A_foreign_package_is_answered_489_and_told_which_are_not(string package)
    {
        await using var test = new AgentUnderTest();
        var reply = test.Layer.Notify(await test.Layer.NextAsync(), "active", package: package);
        Assert.Equal(489, reply.Status);
        Assert.Contains(new SipField("Allow-Events", "dialog"), reply.Fields);
    }

    [Fact]
    public async Task A_foreign_package_is_answered_489_also_without_a_dialog()
    {
        await using var test = new AgentUnderTest();
        var subscribe = await test.Layer.NextAsync();
        var stranger = subscribe with { Request = subscribe.Request with { Fields = [.. subscribe.Request.Fields.Select(field => field.Name == "Call-ID" ? new("Call-ID", "another") : field)] } };
        Assert.Equal(489, test.Layer.Notify(stranger, "active", package: "refer").Status);
    }

    [Fact]
    public async Task An_old_cseq_is_answered_500_and_not_heard()
    {
        await using var test = new AgentUnderTest();
        var subscribe = await test.Layer.NextAsync();
        await test.StandsAsync(SipWatchStanding.Asking);
        Assert.Equal(200, test.Layer.Notify(subscribe, "active", sequence: 7).Status);
        Assert.Equal(500, test.Layer.Notify(subscribe, "active", sequence: 6, body: "<old/>").Status);
        Assert.Equal(200, test.Layer.Notify(subscribe, "active", sequence: 9, body: "<new/>").Status);
        Assert.Equal(7, (await test.HeardAsync<SipNotify>()).SequenceNumber);
        await test.HeardAsync<SipWatchChanged>();
        Assert.Equal(9, (await test.HeardAsync<SipNotify>()).SequenceNumber);
    }

    [Fact]
    public async Task A_notify_without_a_state_is_answered_400()
    {
        await using var test = new AgentUnderTest();
        Assert.Equal(400, test.Layer.Notify(await test.Layer.NextAsync(), "").Status);
    }

    [Fact]
    public async Task A_compressed_document_is_answered_415()
    {
        await using var test = new AgentUnderTest();
        Assert.Equal(415, test.Layer.Notify(await test.Layer.NextAsync(), "active", more: "Content-Encoding: gzip").Status);
    }

    [Fact]
    public async Task An_event_of_the_right_package_with_an_id_is_taken()
    {
        await using var test = new AgentUnderTest();
        Assert.Equal(200, test.Layer.Notify(await test.Layer.NextAsync(), "active", package: "Dialog;id=7").Status);
    }

    [Theory]
    [InlineData("OPTIONS", 200)]
    [InlineData("INVITE", 405)]
    [InlineData("MESSAGE", 405)]
    [InlineData("CANCEL", 481)]
    [InlineData("BYE", 405)]
    public async Task What_is_no_notify_is_answered_as_a_watcher_should(string method, int status)
    {
        await using var test = new AgentUnderTest();
        await test.Layer.NextAsync();
        var request = ScriptedLayer.Parse($"""
            {method} sip:monitor@192.0.2.9:5070 SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKother
            To: <sip:monitor@pbx.test>
            From: <sip:201@pbx.test>;tag=1
            Call-ID: other
            CSeq: 1 {method}
            Content-Length: 0


            """);
        Assert.Equal(status, test.Layer.Handler!(request, new(IPAddress.Loopback, 5060)).Status);
    }

    [Fact]
    public async Task A_target_that_is_no_address_changes_no_target()
    {
        await using var test = new AgentUnderTest();
        var subscribe = await test.Layer.NextAsync();
        var notify = ScriptedLayer.NotifyOf(subscribe, "active;expires=100", 1, "", "", "pbx-1", null);
        var hostile = ScriptedLayer.Parse(notify.Raw.Replace("<sip:presence@192.0.2.1:5060>", "<tel:+1>", StringComparison.Ordinal));
        Assert.Equal(200, test.Layer.Handler!(hostile, new(IPAddress.Loopback, 5060)).Status);
        subscribe.Answer("200 OK\nExpires: 100");
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("sip:201@pbx.test", (await test.Layer.NextAsync()).Request.Uri);
    }

    [Fact]
    public async Task The_way_that_a_notify_recorded_is_the_way_of_the_refresh()
    {
        await using var test = new AgentUnderTest();
        var subscribe = await test.Layer.NextAsync();
        test.Layer.Notify(subscribe, "active;expires=100", more: "Record-Route: <sip:edge.pbx.test;lr>, <sip:core.pbx.test;lr>");
        subscribe.Answer("200 OK\nExpires: 100");
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(60));
        var routes = (await test.Layer.NextAsync()).Request.Fields.Where(field => field.Name == "Route").Select(field => field.Value);
        Assert.Equal(["<sip:edge.pbx.test;lr>", "<sip:core.pbx.test;lr>"], routes);
    }
}
