using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FloorMonitor.Service.Http;
using FloorMonitor.Service.Tests.Support;
using Microsoft.AspNetCore.SignalR.Client;

namespace FloorMonitor.Service.Tests.Http;

public sealed class DutyApiTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_duty_is_offered_accepted_and_watched_over()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        await IsAsync(service, HttpStatusCode.Conflict, "/api/duty/hand-over", new { to = "1002" });
        var taken = await IsAsync(service, HttpStatusCode.OK, "/api/duty/take", new { holder = "1001" });
        Assert.Equal("holder name since seenAt", Keys(taken));
        Assert.Equal("Anna", taken["name"]!.GetValue<string>());
        await IsAsync(service, HttpStatusCode.OK, "/api/duty/hand-over", new { to = "1002", by = "1001" });
        var watch = (await service.FloorAsync())["dutyWatch"]!;
        Assert.Equal("uncoveredSince handingTo lastPatrolAt nextPatrolBy handingToName", Keys(watch));
        Assert.Equal("1002", watch["handingTo"]!.GetValue<string>());
        await IsAsync(service, HttpStatusCode.Conflict, "/api/duty/accept", new { by = "1003" });
        await IsAsync(service, HttpStatusCode.Conflict, "/api/duty/heartbeat", new { by = "1002" });
        Assert.Equal("1002", (await IsAsync(service, HttpStatusCode.OK, "/api/duty/accept", new { by = "1002" }))["holder"]!.GetValue<string>());
        await IsAsync(service, HttpStatusCode.OK, "/api/duty/heartbeat", new { by = "1002" });
        await IsAsync(service, HttpStatusCode.Conflict, "/api/duty/decline", new { by = "1002" });
        Assert.NotNull((await service.FloorAsync())["dutyWatch"]!["nextPatrolBy"]);
    }

    [Fact]
    public async Task A_round_is_recorded_listed_and_shown_with_its_picture()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        await IsAsync(service, HttpStatusCode.OK, "/api/duty/take", new { holder = "chen" });
        var patrol = await IsAsync(service, HttpStatusCode.OK, "/api/patrols", new { by = "chen", seen = "3 号座位无人", concerns = new[] { "1003", "A" } });
        Assert.Equal("id at by seen concerns photo", Keys(patrol));
        Assert.Null(patrol["photo"]);
        var photo = $"/api/patrols/{patrol["id"]!.GetValue<string>()}/photo";
        Assert.Equal(HttpStatusCode.NotFound, (await service.Http.GetAsync(photo, Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await PutAsync(service, photo, Png, "image/jpeg"));
        using var shown = await service.Http.GetAsync(photo, Stop);
        // What it is was read from its bytes, whatever it was called.
        Assert.Equal("image/png", shown.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Png, await shown.Content.ReadAsByteArrayAsync(Stop));
        Assert.Equal(HttpStatusCode.Conflict, await PutAsync(service, photo, Png, "image/png"));
        var listed = (await service.Http.GetFromJsonAsync<JsonArray>("/api/patrols", Stop))!;
        Assert.Equal(photo, Assert.Single(listed)!["photo"]!.GetValue<string>());
        Assert.NotNull((await service.FloorAsync())["dutyWatch"]!["lastPatrolAt"]);
    }

    [Fact]
    public async Task What_is_no_picture_too_large_or_of_no_round_is_refused()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var patrol = await IsAsync(service, HttpStatusCode.OK, "/api/patrols", new { by = "chen", seen = "all quiet" });
        var photo = $"/api/patrols/{patrol["id"]!.GetValue<string>()}/photo";
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await PutAsync(service, photo, "<svg onload=alert(1)>"u8.ToArray(), "image/svg+xml"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await PutAsync(service, photo, Png, "text/plain"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await PutAsync(service, photo, [], "image/png"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PutAsync(service, photo, [.. Png, .. new byte[PatrolPhotos.MaxLength]], "image/png"));
        Assert.Equal(HttpStatusCode.NotFound, await PutAsync(service, "/api/patrols/p999999/photo", Png, "image/png"));
        Assert.Equal(HttpStatusCode.NotFound, await PutAsync(service, "/api/patrols/..%2F..%2Fetc/photo", Png, "image/png"));
        Assert.Equal(HttpStatusCode.OK, await PutAsync(service, photo, Png, "image/png"));
    }

    [Theory]
    [InlineData("/api/duty/take", "{}", "holder")]
    [InlineData("/api/duty/take", "{\"holder\":\"a\\u0000b\"}", "holder")]
    [InlineData("/api/duty/accept", "{}", "by")]
    [InlineData("/api/duty/heartbeat", "{\"who\":\"x\"}", "who")]
    [InlineData("/api/patrols", "{\"by\":\"x\"}", "seen")]
    [InlineData("/api/patrols", "{\"seen\":\"x\"}", "by")]
    [InlineData("/api/patrols", "{\"by\":\"x\",\"seen\":\"y\",\"concerns\":\"1001\"}", "concerns")]
    [InlineData("/api/patrols", "{\"by\":\"x\",\"seen\":\"y\",\"concerns\":[5]}", "concerns")]
    [InlineData("/api/teams/A/message", "{\"by\":\"x\"}", "text")]
    [InlineData("/api/teams/A/message", "{\"text\":\"x\"}", "by")]
    [InlineData("/api/agents/1001/message", "{\"by\":\"x\"}", "text")]
    [InlineData("/api/agents/1001/message", "{\"text\":\"x\"}", "by")]
    [InlineData("/api/agents/1001/acknowledge-hand", "{}", "by")]
    [InlineData("/api/agents/1001/read-message", "{}", "message")]
    public async Task A_slip_is_named(string path, string body, string field)
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await service.Http.PostAsync(path, content, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(field, (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_text_that_is_no_sentence_any_more_is_refused()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        await IsAsync(service, HttpStatusCode.BadRequest, "/api/agents/1001/message", new { by = "lead", text = new string('x', 501) });
        await IsAsync(service, HttpStatusCode.BadRequest, "/api/patrols", new { by = "chen", seen = "x", concerns = Enumerable.Repeat("1001", 51) });
        await IsAsync(service, HttpStatusCode.Conflict, "/api/teams/nowhere/message", new { by = "lead", text = "hello" });
    }

    [Fact]
    public async Task A_hand_is_acknowledged_and_messages_are_read_on_the_page()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        await IsAsync(service, HttpStatusCode.Conflict, "/api/agents/1001/acknowledge-hand", new { by = "lead" });
        using var raised = await service.Http.PostAsync("/api/agents/1001/raise-hand", null, Stop);
        var seen = await IsAsync(service, HttpStatusCode.OK, "/api/agents/1001/acknowledge-hand", new { by = "lead" });
        Assert.Equal("lead", seen["handAcknowledgedBy"]!.GetValue<string>());
        Assert.NotNull(seen["handAcknowledgedAt"]);

        await IsAsync(service, HttpStatusCode.OK, "/api/agents/1001/message", new { by = "lead", text = "我来了" });
        using var team = await service.Http.PostAsJsonAsync("/api/teams/A/message", new { by = "lead", text = "stand-up at ten" }, Stop);
        Assert.Equal(HttpStatusCode.NoContent, team.StatusCode);
        var messages = Messages(await service.FloorAsync(), "1001");
        Assert.Equal("id at from text readAt phone", Keys(messages[0]));
        Assert.Equal(["我来了", "stand-up at ten"], messages.Select(message => message!["text"]!.GetValue<string>()));
        await IsAsync(service, HttpStatusCode.OK, "/api/agents/1001/read-message", new { message = messages[0]!["id"]!.GetValue<string>() });
        Assert.Single(Messages(await service.FloorAsync(), "1001"));
        await IsAsync(service, HttpStatusCode.Conflict, "/api/agents/1001/read-message", new { message = "m0" });

        await using var hub = service.Hub();
        await hub.StartAsync(Stop);
        Assert.True((await hub.InvokeAsync<JsonObject>("TakeDuty", "chen", Stop))["done"]!.GetValue<bool>());
        Assert.True((await hub.InvokeAsync<JsonObject>("MessageTeam", "A", "bye", "chen", Stop))["done"]!.GetValue<bool>());
        Assert.False((await hub.InvokeAsync<JsonObject>("TakeDuty", new string('x', 501), Stop))["done"]!.GetValue<bool>());
    }

    private static JsonArray Messages(JsonObject floor, string agent) =>
        floor["agents"]!.AsArray().Single(one => one!["id"]!.GetValue<string>() == agent)!["messages"]!.AsArray();

    private static string Keys(JsonNode? node) => string.Join(' ', node!.AsObject().Select(member => member.Key));

    private static async Task<JsonObject> IsAsync(ServiceUnderTest service, HttpStatusCode status, string path, object body)
    {
        using var answer = await service.Http.PostAsJsonAsync(path, body, Stop);
        Assert.Equal(status, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!;
    }

    private static async Task<HttpStatusCode> PutAsync(ServiceUnderTest service, string path, byte[] bytes, string type)
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var answer = await service.Http.PutAsync(path, content, Stop);
        return answer.StatusCode;
    }
}
