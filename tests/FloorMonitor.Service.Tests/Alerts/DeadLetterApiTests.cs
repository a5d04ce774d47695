using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace FloorMonitor.Service.Tests.Alerts;

/// <summary>What could not be delivered, through the whole service: seen, sent again to a real receiver, dropped, and who did it.</summary>
public sealed class DeadLetterApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_letter_is_listed_sent_again_with_the_same_key_and_the_trail_says_who_did_it()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Say("gone", 410);
        await using var service = await StartAsync(receiver);
        var letter = await DeadAsync(service, receiver);
        Assert.Equal("id channel recipient news alert title since failedAt attempts error obstacle", string.Join(' ', letter.AsObject().Select(member => member.Key)));
        Assert.Equal(("ops", "opened", 1, "HTTP 410: gone"), ((string)letter["channel"]!, (string)letter["news"]!, (int)letter["attempts"]!, (string)letter["error"]!));
        Assert.Null(letter["recipient"]);
        Assert.Null(letter["obstacle"]);

        // Still away: it dies again and is the same letter.
        var id = (string)letter["id"]!;
        await IsAsync(service, HttpStatusCode.OK, $"/api/dead-letters/{id}/resend", new { by = "周海燕" });
        await LanesUnderTest.UntilAsync(() => receiver.All.Count == 2);
        Assert.Equal(id, (string)(await ListAsync(service, 1))["letters"]![0]!["id"]!);

        receiver.Say("ok", 200);
        Assert.Equal(1, (int)(await IsAsync(service, HttpStatusCode.OK, $"/api/dead-letters/{id}/resend", new { by = "周海燕" }))["count"]!);
        await LanesUnderTest.UntilAsync(() => receiver.All.Count == 3);
        Assert.Single(receiver.All.Select(posted => (string)posted.Json["key"]!).Distinct());
        Assert.Single(receiver.All.Select(posted => posted.Headers["Idempotency-Key"]).Distinct());
        await ListAsync(service, 0);
        // The desk's line is gone with the last letter.
        await LanesUnderTest.UntilAsync(() => service.Services.GetRequiredService<Service.Engine.DeskNotes>().All.All(note => note.Key != "alerts-dead"));

        var late = await IsAsync(service, HttpStatusCode.NotFound, $"/api/dead-letters/{id}/resend", new { by = "li" });
        Assert.Contains("read the list anew", (string)late["text"]!["en"]!, StringComparison.Ordinal);
        Assert.Contains("刷新列表", (string)late["text"]!["zh"]!, StringComparison.Ordinal);
        Assert.Equal(["resend-dead-letter 周海燕 granted", "resend-dead-letter 周海燕 granted", "resend-dead-letter li refused"], await TrailAsync(service));
    }

    [Fact]
    public async Task All_of_a_channel_are_sent_again_at_once()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Say("gone", 410);
        await using var service = await StartAsync(receiver);
        await DeadAsync(service, receiver);
        // A second alert of the same channel.
        service.Feeds["pbx"].Say(Floors.Said(new MemberPaused(ServiceUnderTest.Now, "pbx", "1001", "support", "short", ServiceUnderTest.Now)));
        var list = await ListAsync(service, 2);
        Assert.Equal(("ops", 2), ((string)list["channels"]![0]!["channel"]!, (int)list["channels"]![0]!["count"]!));
        await IsAsync(service, HttpStatusCode.NotFound, "/api/dead-letters/resend", new { by = "li", channel = "email" });
        receiver.Say("ok", 200);
        Assert.Equal(2, (int)(await IsAsync(service, HttpStatusCode.OK, "/api/dead-letters/resend", new { by = "li", channel = "ops" }))["count"]!);
        await ListAsync(service, 0);
        Assert.Equal(["resend-dead-letters li refused", "resend-dead-letters li granted"], await TrailAsync(service));
    }

    [Fact]
    public async Task A_letter_is_dropped_with_a_reason_that_is_kept()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Say("gone", 410);
        await using var service = await StartAsync(receiver);
        var id = (string)(await DeadAsync(service, receiver))["id"]!;
        Assert.Equal("reason", (string)(await IsAsync(service, HttpStatusCode.BadRequest, $"/api/dead-letters/{id}/drop", new { by = "li" }))["field"]!);
        Assert.Equal("by", (string)(await IsAsync(service, HttpStatusCode.BadRequest, $"/api/dead-letters/{id}/drop", new { reason = "x" }))["field"]!);
        await IsAsync(service, HttpStatusCode.OK, $"/api/dead-letters/{id}/drop", new { by = "li", reason = "机器人已下线" });
        await ListAsync(service, 0);
        var trail = (await service.Http.GetFromJsonAsync<JsonObject>("/api/audit", Stop))!["entries"]!.AsArray();
        Assert.EndsWith(": 机器人已下线", (string)trail.Single(line => (string?)line!["command"] == "drop-dead-letter")!["detail"]!, StringComparison.Ordinal);
        Assert.Single(receiver.All);
    }

    [Fact]
    public async Task A_letter_of_a_channel_that_is_gone_says_what_to_do_and_stays()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Say("gone", 410);
        await using var service = await StartAsync(receiver);
        var id = (string)(await DeadAsync(service, receiver))["id"]!;
        service.Services.GetRequiredService<LiveConfig>().Take(Config(receiver) with { Alerts = new() });
        var refused = await IsAsync(service, HttpStatusCode.Conflict, $"/api/dead-letters/{id}/resend", new { by = "li" });
        Assert.Equal("alerts.yaml has no channel ops any more: add it and send again, or drop the letter", (string)refused["text"]!["en"]!);
        Assert.NotNull((await ListAsync(service, 1))["letters"]![0]!["obstacle"]);
        await IsAsync(service, HttpStatusCode.Conflict, "/api/dead-letters/resend", new { by = "li", channel = "ops" });
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=1001", "limit")]
    [InlineData("?chanel=ops", "chanel")]
    public async Task A_wrong_question_is_named(string query, string field)
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        using var answer = await service.Http.GetAsync($"/api/dead-letters{query}", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(field, (string)(await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!["field"]!);
    }

    private static Task<ServiceUnderTest> StartAsync(Receiver receiver) => ServiceUnderTest.WithAFloorAsync(config: Config(receiver));

    private static FloorConfig Config(Receiver receiver) => Floors.Config() with
    {
        // One rule and each verdict an alert of its own, so that one break is one message.
        Rules = [.. RuleCatalogue.Defaults.Where(rule => rule.Id == "settle-in").Select(rule => (IFloorRule)((SettleIn)rule with { Lock = TimeSpan.FromHours(2) }))],
        Alerts = new()
        {
            Channels = [new WebhookConfig("ops", WebhookKind.Webhook, receiver.Url, "s", "zh")],
            Settings = new() { Groups = [new("ops", "zh")], Routes = [new() { To = ["ops"] }], Grouping = Core.Alerts.AlertGrouping.Subject },
        },
    };

    private static async Task<JsonNode> DeadAsync(ServiceUnderTest service, Receiver receiver)
    {
        service.Feeds["pbx"].Say(Floors.Said(new MemberPaused(ServiceUnderTest.Now, "pbx", "1003", "support", "short", ServiceUnderTest.Now)));
        await LanesUnderTest.UntilAsync(() => !receiver.All.IsEmpty);
        return (await ListAsync(service, 1))["letters"]![0]!;
    }

    // What was answered is noted a moment later.
    private static async Task<JsonObject> ListAsync(ServiceUnderTest service, int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        JsonObject list;
        do list = (await service.Http.GetFromJsonAsync<JsonObject>("/api/dead-letters", limit.Token))!;
        while ((int)list["count"]! != count);
        Assert.Equal(count, list["letters"]!.AsArray().Count);
        return list;
    }

    private static async Task<List<string>> TrailAsync(ServiceUnderTest service) =>
        [.. (await service.Http.GetFromJsonAsync<JsonObject>("/api/audit", Stop))!["entries"]!.AsArray()
            .Where(line => ((string?)line!["command"])?.Contains("dead-letter", StringComparison.Ordinal) == true).Select(line => $"{line!["command"]} {line["by"]} {line["answer"]}")];

    private static async Task<JsonObject> IsAsync(ServiceUnderTest service, HttpStatusCode status, string path, object body)
    {
        using var answer = await service.Http.PostAsJsonAsync(path, body, Stop);
        Assert.Equal(status, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!;
    }
}
