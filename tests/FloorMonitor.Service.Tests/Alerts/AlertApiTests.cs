using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FloorMonitor.Service.Tests.Alerts;

/// <summary>From a verdict through the whole service to a receiver, and back by the desk or by the link in the message.</summary>
public sealed class AlertApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_verdict_reaches_a_receiver_and_is_acknowledged_by_the_link_in_its_message()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await StartAsync(receiver);
        BreakTooSoon(service);
        var posted = await FirstAsync(receiver);
        Assert.Equal("settle-in", (string)posted["rule"]!);
        Assert.StartsWith("【警告】1003:", (string)posted["title"]!, StringComparison.Ordinal);
        var link = new Uri(service.Http.BaseAddress!, new Uri((string)posted["acknowledge"]!).PathAndQuery);

        // Whoever only looks (a scanner, a preview) acknowledges nothing.
        for (var i = 0; i < 3; i++)
        {
            var page = await service.Http.GetAsync(link, Stop);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            Assert.Equal("same-origin", page.Headers.GetValues("Referrer-Policy").Single());
            Assert.Contains("<button>确认收到</button>", await page.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        Assert.Null((await BookAsync(service))["open"]![0]!["acknowledgedBy"]);
        var done = await PostFormAsync(service, link);
        Assert.Contains("谢谢,已确认", await done.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        var open = (await BookAsync(service))["open"]![0]!;
        Assert.Equal("ops", (string)open["acknowledgedBy"]!);
        Assert.NotNull(open["acknowledgedAt"]);

        // Once only.
        var again = await PostFormAsync(service, link);
        Assert.DoesNotContain("谢谢", await again.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.DoesNotContain("<button>", await (await service.Http.GetAsync(link, Stop)).Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%22")]
    public async Task A_token_that_nobody_was_given_opens_nothing(string token)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await StartAsync(receiver);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Http.GetAsync(new Uri(service.Http.BaseAddress!, $"a/{token}"), Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PostFormAsync(service, new Uri(service.Http.BaseAddress!, $"a/{token}"))).StatusCode);
    }

    [Fact]
    public async Task A_form_of_another_page_cannot_press_the_button()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await StartAsync(receiver);
        BreakTooSoon(service);
        var link = new Uri(service.Http.BaseAddress!, new Uri((string)(await FirstAsync(receiver))["acknowledge"]!).PathAndQuery);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, link);
        foreign.Headers.Add("Origin", "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await service.Http.SendAsync(foreign, Stop)).StatusCode);
        Assert.Null((await BookAsync(service))["open"]![0]!["acknowledgedBy"]);
    }

    [Fact]
    public async Task The_desk_acknowledges_and_every_screen_falls_silent()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await StartAsync(receiver);
        await using var hub = service.Hub();
        var updates = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        var alerts = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var heard = Microsoft.AspNetCore.SignalR.Client.HubConnectionExtensions.On<JsonObject>(hub, "Alert", alert => alerts.TrySetResult(alert));
        using var silent = Microsoft.AspNetCore.SignalR.Client.HubConnectionExtensions.On<JsonObject>(hub, "AlertUpdate", alert => updates.TrySetResult(alert));
        // A screen hears of what happens from its first picture on.
        var picture = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var first = Microsoft.AspNetCore.SignalR.Client.HubConnectionExtensions.On<JsonObject>(hub, "Snapshot", _ => picture.TrySetResult());
        await hub.StartAsync(Stop);
        await picture.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        BreakTooSoon(service);
        var shown = await alerts.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        Assert.Equal("settle-in", (string)shown["verdict"]!["rule"]!);
        Assert.Equal(("opened", "chime", 1), ((string)shown["alert"]!["news"]!, (string)shown["alert"]!["sound"]!, (int)shown["alert"]!["open"]!));
        Assert.Equal(["desk", "wall"], shown["alert"]!["screens"]!.AsArray().Select(screen => (string)screen!));
        Assert.StartsWith("[warning] 1003: ", (string)shown["alert"]!["title"]!["en"]!, StringComparison.Ordinal);

        var id = Uri.EscapeDataString((string)shown["alert"]!["id"]!);
        var nobody = await service.Http.PostAsJsonAsync($"/api/alerts/{id}/acknowledge", new { }, Stop);
        Assert.Equal(("by: is required: who has seen to it", 400), ((string)(await nobody.Content.ReadFromJsonAsync<JsonObject>(Stop))!["detail"]!, (int)nobody.StatusCode));
        var answer = await service.Http.PostAsJsonAsync($"/api/alerts/{id}/acknowledge", new { by = "周海燕" }, Stop);
        Assert.Equal("周海燕", (string)(await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!["acknowledgedBy"]!);
        var update = await updates.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        Assert.Equal(("acknowledged", "none", "周海燕"), ((string)update["alert"]!["news"]!, (string)update["alert"]!["sound"]!, (string)update["alert"]!["acknowledgedBy"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await service.Http.PostAsJsonAsync("/api/alerts/nothing/acknowledge", new { by = "x" }, Stop)).StatusCode);
    }

    [Fact]
    public async Task What_is_over_is_told_kept_and_can_no_longer_be_acknowledged()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await StartAsync(receiver);
        BreakTooSoon(service);
        var first = await FirstAsync(receiver);
        service.Feeds["pbx"].Say(Floors.Said(new MemberResumed(ServiceUnderTest.Now, "pbx", "1003", "support")));
        await LanesUnderTest.UntilAsync(() => receiver.All.Count == 2);
        Assert.Equal("over", (string)receiver.Last.Json["news"]!);
        Assert.Null(receiver.Last.Json["acknowledge"]);
        var book = await BookAsync(service);
        Assert.Empty(book["open"]!.AsArray());
        Assert.Equal((string)first["alert"]!, (string)book["ended"]![0]!["id"]!);
        var late = await service.Http.PostAsJsonAsync($"/api/alerts/{Uri.EscapeDataString((string)first["alert"]!)}/acknowledge", new { by = "x" }, Stop);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var page = await service.Http.GetStringAsync(new Uri(service.Http.BaseAddress!, new Uri((string)first["acknowledge"]!).PathAndQuery), Stop);
        Assert.Contains("已解除", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_letters_are_seen_by_the_api_and_by_the_metrics_without_anybodys_address()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Say("gone", 410);
        await using var service = await StartAsync(receiver);
        BreakTooSoon(service);
        await LanesUnderTest.UntilAsync(() => !receiver.All.IsEmpty);
        JsonObject book;
        do book = await BookAsync(service);
        while (book["deadCount"]!.GetValue<int>() == 0);
        var dead = book["dead"]![0]!;
        Assert.Equal(("ops", 1, "HTTP 410: gone"), ((string)dead["channel"]!, (int)dead["attempts"]!, (string)dead["error"]!));
        Assert.DoesNotContain("secret-of-the-address", book.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("floor_alerts_dead", await service.Http.GetStringAsync("/metrics", Stop), StringComparison.Ordinal);
        Assert.Contains((await service.FloorAsync())["notes"]!.AsArray(), note => (string)note!["key"]! == "alerts-dead");
        Assert.Equal(HttpStatusCode.BadRequest, (await service.Http.GetAsync("/api/alerts?limit=0", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await service.Http.GetAsync("/api/alerts?limt=5", Stop)).StatusCode);
    }

    [Fact]
    public async Task A_changed_file_is_followed_from_the_next_verdict_on()
    {
        await using var first = await Receiver.StartAsync();
        await using var second = await Receiver.StartAsync();
        await using var service = await StartAsync(first);
        service.Services.GetRequiredService<LiveConfig>().Take(Config(second));
        BreakTooSoon(service);
        Assert.Equal("settle-in", (string)(await FirstAsync(second))["rule"]!);
        Assert.Empty(first.All);
    }

    private static Task<ServiceUnderTest> StartAsync(Receiver receiver) => ServiceUnderTest.WithAFloorAsync(config: Config(receiver));

    private static FloorConfig Config(Receiver receiver) => Floors.Config() with
    {
        // One rule, so that one break is one verdict, however many rules the book has.
        Rules = [.. RuleCatalogue.Defaults.Where(rule => rule.Id == "settle-in")],
        Alerts = new()
        {
            PublicUrl = new("https://floor.example.com/"),
            Channels = [new WebhookConfig("ops", WebhookKind.Webhook, receiver.Url, "s", "zh")],
            Settings = new() { Groups = [new("ops", "zh")], Routes = [new() { Rules = ["settle-in"], To = ["ops"] }] },
        },
    };

    private static void BreakTooSoon(ServiceUnderTest service)
    {
        var now = ServiceUnderTest.Now;
        service.Feeds["pbx"].Say(Floors.Said(new MemberPaused(now, "pbx", "1003", "support", "short", now)));
    }

    private static async Task<JsonObject> FirstAsync(Receiver receiver)
    {
        await LanesUnderTest.UntilAsync(() => !receiver.All.IsEmpty);
        return receiver.All.First().Json;
    }

    private static async Task<JsonObject> BookAsync(ServiceUnderTest service) => (await service.Http.GetFromJsonAsync<JsonObject>("/api/alerts", Stop))!;

    private static Task<HttpResponseMessage> PostFormAsync(ServiceUnderTest service, Uri link) => service.Http.PostAsync(link, new FormUrlEncodedContent([]), Stop);
}
