using System.Text;
using FloorMonitor.Service.Alerts;
using FloorMonitor.Service.Alerts.Channels;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Service.Tests.Alerts;

public sealed class WebhookChannelTests
{
    private readonly FakeTimeProvider time = new(Outgoing.Start);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Our_own_webhook_is_signed_dated_and_known_again_by_its_key()
    {
        await using var receiver = await Receiver.StartAsync();
        using var channel = Channel(receiver, WebhookKind.Webhook, "s3cret");
        Assert.IsType<Delivered>(await channel.SendAsync(Outgoing.Alert(), Stop));
        Assert.IsType<Delivered>(await channel.SendAsync(Outgoing.Alert(), Stop));
        var posted = receiver.Last;
        var timestamp = posted.Headers[SignedForm.TimestampHeader];
        Assert.Equal("1795395600", timestamp);
        // As a receiver computes it, from the bytes that came.
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData("s3cret"u8, (byte[])[.. Encoding.ASCII.GetBytes(timestamp + "."), .. posted.Body]));
        Assert.Equal($"v1={expected}", posted.Headers[SignedForm.SignatureHeader]);
        Assert.Single(receiver.All.Select(one => one.Headers[SignedForm.KeyHeader]).Distinct());
        Assert.Equal("application/json; charset=utf-8", posted.Headers["Content-Type"]);
        var json = posted.Json;
        Assert.Equal(
            ("late:A:1", "opened", "warning", "2026-11-23T01:00:00.000Z", "https://floor.example.com/a/token"),
            ((string)json["alert"]!, (string)json["news"]!, (string)json["severity"]!, (string)json["at"]!, (string)json["acknowledge"]!));
        Assert.Contains("张伟", posted.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500, nameof(FailedForNow))]
    [InlineData(502, nameof(FailedForNow))]
    [InlineData(408, nameof(FailedForNow))]
    [InlineData(429, nameof(AskedToWait))]
    [InlineData(503, nameof(FailedForNow))]
    [InlineData(301, nameof(Refused))]
    [InlineData(307, nameof(Refused))]
    [InlineData(400, nameof(Refused))]
    [InlineData(404, nameof(Refused))]
    [InlineData(204, nameof(Delivered))]
    public async Task A_status_says_whether_to_try_again(int status, string outcome)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var other = await Receiver.StartAsync();
        receiver.Answer = (http, _) =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = other.Url.ToString();
            return Task.CompletedTask;
        };
        using var channel = Channel(receiver, WebhookKind.Webhook, "s");
        Assert.Equal(outcome, (await channel.SendAsync(Outgoing.Alert(), Stop)).GetType().Name);
        Assert.Empty(other.All);
    }

    [Theory]
    [InlineData(429, "7", 7)]
    [InlineData(503, "120", 120)]
    [InlineData(429, "Mon, 23 Nov 2026 01:01:00 GMT", 60)]
    public async Task A_receiver_that_says_when_is_believed(int status, string retryAfter, int seconds)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Say("slow down", status, retryAfter);
        using var channel = Channel(receiver, WebhookKind.Webhook, "s");
        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.IsType<AskedToWait>(await channel.SendAsync(Outgoing.Alert(), Stop)).After);
    }

    [Theory]
    [InlineData(nameof(WebhookKind.WeCom), "{\"errcode\":0,\"errmsg\":\"ok\"}", nameof(Delivered))]
    [InlineData(nameof(WebhookKind.WeCom), "{\"errcode\":45009,\"errmsg\":\"api freq out of limit\"}", nameof(AskedToWait))]
    [InlineData(nameof(WebhookKind.WeCom), "{\"errcode\":93000,\"errmsg\":\"invalid webhook url\"}", nameof(Refused))]
    [InlineData(nameof(WebhookKind.WeCom), "{\"errcode\":-1,\"errmsg\":\"system busy\"}", nameof(FailedForNow))]
    [InlineData(nameof(WebhookKind.WeCom), "<html>captive portal</html>", nameof(FailedForNow))]
    [InlineData(nameof(WebhookKind.DingTalk), "{\"errcode\":0,\"errmsg\":\"ok\"}", nameof(Delivered))]
    [InlineData(nameof(WebhookKind.DingTalk), "{\"errcode\":310000,\"errmsg\":\"sign not match\"}", nameof(Refused))]
    [InlineData(nameof(WebhookKind.DingTalk), "{\"errcode\":130101,\"errmsg\":\"send too fast, exceed 20 times per minute\"}", nameof(AskedToWait))]
    [InlineData(nameof(WebhookKind.Feishu), "{\"code\":0,\"msg\":\"success\",\"data\":{}}", nameof(Delivered))]
    [InlineData(nameof(WebhookKind.Feishu), "{\"StatusCode\":0,\"StatusMessage\":\"success\"}", nameof(Delivered))]
    [InlineData(nameof(WebhookKind.Feishu), "{\"code\":19021,\"msg\":\"sign match fail or timestamp is not within one hour from current time\"}", nameof(Refused))]
    [InlineData(nameof(WebhookKind.Feishu), "{\"code\":11232,\"msg\":\"frequency limited psm\"}", nameof(AskedToWait))]
    [InlineData(nameof(WebhookKind.Feishu), "{\"code\":9499,\"msg\":\"too many request, frequency limited\"}", nameof(AskedToWait))]
    [InlineData(nameof(WebhookKind.Slack), "ok", nameof(Delivered))]
    [InlineData(nameof(WebhookKind.Slack), "invalid_payload", nameof(Refused))]
    [InlineData(nameof(WebhookKind.Teams), "1", nameof(Delivered))]
    [InlineData(nameof(WebhookKind.Teams), "", nameof(Delivered))]
    [InlineData(nameof(WebhookKind.Teams), "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 429", nameof(AskedToWait))]
    public async Task What_a_robot_says_with_200_is_read(string kind, string body, string outcome)
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Say(body);
        using var channel = Channel(receiver, Enum.Parse<WebhookKind>(kind));
        Assert.Equal(outcome, (await channel.SendAsync(Outgoing.Alert(), Stop)).GetType().Name);
    }

    [Fact]
    public async Task DingTalk_is_signed_in_the_address_and_its_markdown_holds_no_markup_of_others()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Say("{\"errcode\":0}");
        using var channel = Channel(receiver, WebhookKind.DingTalk, "this is secret");
        await channel.SendAsync(Outgoing.Alert(), Stop);
        var posted = receiver.Last;
        Assert.Equal(("secret-of-the-address", "1795395600000"), (posted.Query["key"], posted.Query["timestamp"]));
        Assert.Equal(Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.HashData("this is secret"u8, "1795395600000\nthis is secret"u8)), posted.Query["sign"]);
        var text = (string)posted.Json["markdown"]!["text"]!;
        Assert.DoesNotContain("[点我]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("@所有人", text, StringComparison.Ordinal);
        Assert.Contains("[确认收到](https://floor.example.com/a/token)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feishu_is_signed_in_the_body()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Say("{\"code\":0}");
        using var channel = Channel(receiver, WebhookKind.Feishu, "k");
        await channel.SendAsync(Outgoing.Alert(), Stop);
        var json = receiver.Last.Json;
        Assert.Equal("1795395600", (string)json["timestamp"]!);
        Assert.Equal(Convert.ToBase64String(System.Security.Cryptography.HMACSHA256.HashData("1795395600\nk"u8, ReadOnlySpan<byte>.Empty)), (string)json["sign"]!);
        Assert.Equal("orange", (string)json["card"]!["header"]!["template"]!);
    }

    [Fact]
    public async Task WeCom_gets_no_more_than_it_takes_cut_between_letters()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Say("{\"errcode\":0}");
        using var channel = Channel(receiver, WebhookKind.WeCom);
        await channel.SendAsync(Outgoing.Alert(Outgoing.Message() with { Body = new string('长', 5000) }), Stop);
        var content = (string)receiver.Last.Json["markdown"]!["content"]!;
        Assert.InRange(Encoding.UTF8.GetByteCount(content), 4000, 4096);
        Assert.EndsWith("…\n[确认收到](https://floor.example.com/a/token)", content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slack_and_Teams_get_what_they_read()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Say("ok");
        using var slack = Channel(receiver, WebhookKind.Slack);
        await slack.SendAsync(Outgoing.Alert(Outgoing.Message(language: "en") with { Title = "a <!channel> & b" }), Stop);
        Assert.StartsWith("*a &lt;!channel&gt; &amp; b*", (string)receiver.Last.Json["text"]!, StringComparison.Ordinal);
        Assert.EndsWith("<https://floor.example.com/a/token|Acknowledge>", (string)receiver.Last.Json["text"]!, StringComparison.Ordinal);
        using var teams = Channel(receiver, WebhookKind.Teams);
        await teams.SendAsync(Outgoing.Alert(), Stop);
        var card = receiver.Last.Json["attachments"]![0]!;
        Assert.Equal("application/vnd.microsoft.card.adaptive", (string)card["contentType"]!);
        Assert.Equal("https://floor.example.com/a/token", (string)card["content"]!["actions"]![0]!["url"]!);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = async (http, _) =>
        {
            http.Response.StatusCode = 400;
            var chunk = new byte[64 * 1024];
            Array.Fill(chunk, (byte)'x');
            while (!http.RequestAborted.IsCancellationRequested) await http.Response.Body.WriteAsync(chunk, http.RequestAborted);
        };
        using var channel = Channel(receiver, WebhookKind.Webhook, "s");
        var refused = Assert.IsType<Refused>(await channel.SendAsync(Outgoing.Alert(), Stop));
        Assert.InRange(refused.Why.Length, 200, 260);
    }

    [Fact]
    public async Task Nobody_there_is_said_without_the_address_that_is_the_robots_secret()
    {
        Uri url;
        await using (var receiver = await Receiver.StartAsync()) url = receiver.Url;
        using var channel = new WebhookChannel(new("ops", WebhookKind.WeCom, url, "", "zh"), time);
        var failed = Assert.IsType<FailedForNow>(await channel.SendAsync(Outgoing.Alert(), Stop));
        Assert.DoesNotContain("secret-of-the-address", failed.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_is_checked_and_the_authority_of_the_house_may_be_named()
    {
        using var certificates = new TestCertificates();
        await using var receiver = await Receiver.StartAsync(certificates.Server);
        var url = new UriBuilder(receiver.Url) { Host = "localhost" }.Uri;
        var config = new WebhookConfig("ops", WebhookKind.Webhook, url, "s", "zh");
        using (var stranger = new WebhookChannel(config, time)) Assert.IsType<FailedForNow>(await stranger.SendAsync(Outgoing.Alert(), Stop));
        Assert.Empty(receiver.All);
        using var trusting = new WebhookChannel(config with { CaFile = certificates.CaFile }, time);
        Assert.IsType<Delivered>(await trusting.SendAsync(Outgoing.Alert(), Stop));
        using var misnamed = new WebhookChannel(config with { CaFile = certificates.CaFile, Url = receiver.Url }, time);
        Assert.IsType<FailedForNow>(await misnamed.SendAsync(Outgoing.Alert(), Stop));
    }

    private WebhookChannel Channel(Receiver receiver, WebhookKind kind, string secret = "") => new(new("ops", kind, receiver.Url, secret, "zh"), time);
}
