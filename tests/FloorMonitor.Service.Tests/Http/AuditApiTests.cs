using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Service.Tests.Support;
using Microsoft.AspNetCore.SignalR.Client;

namespace FloorMonitor.Service.Tests.Http;

/// <summary>Exceptions and the trail of everything that was asked.</summary>
public sealed class AuditApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_sign_out_is_granted_once_a_lead_allows_it_and_the_trail_tells_the_whole_story()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var feed = service.Feeds["pbx"];
        feed.Answer = (action, _) =>
        {
            if (action is LeaveQueue leave) feed.Say(Floors.Said(new MemberLeft(ServiceUnderTest.Now, "pbx", "1003", leave.Queue)));
            return Task.FromResult(new Pbx.ControlResult(true, "done"));
        };
        Assert.Equal(HttpStatusCode.Conflict, await AskAsync(service, "sign-out", new { }));
        Assert.Equal(HttpStatusCode.Conflict, await AskAsync(service, "grant", new { allow = "sign-out", reason = "孩子发烧", minutes = 30, by = "1003" }));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(service, "grant", new { allow = "sign-out", reason = "孩子发烧", minutes = 30, by = "lead" }));
        var agent = (await service.FloorAsync())["agents"]!.AsArray().Single(one => one!["id"]!.GetValue<string>() == "1003")!;
        Assert.Equal("sign-out", agent["grants"]![0]!["allow"]!.GetValue<string>());
        Assert.EndsWith("Z", agent["lockedUntil"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(service, "sign-out", new { by = "lead" }));
        var floor = await service.UntilAsync(one => one.Agents["1003"].Members.IsEmpty);
        Assert.Equal("孩子发烧", floor.Agents["1003"].Session!.LeftGrant!.Reason);

        var trail = await TrailAsync(service, "");
        Assert.Equal(
            ["sign-out 1003 refused settle-in", "grant 1003 refused ", "grant lead granted ", "grant-given lead", "sign-out lead granted "],
            trail["entries"]!.AsArray().Select(line => line!["what"]!.GetValue<string>() == "gate-answered"
                ? $"{line["command"]} {line["by"]} {line["answer"]} {line["rule"]}" : $"{line["what"]} {line["by"]}"));
        Assert.All(trail["entries"]!.AsArray().Where(line => line!["door"] is not null), line => Assert.Equal("api", line!["door"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_trail_comes_in_pages_and_a_page_of_ours_is_told_from_a_program()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        for (var i = 0; i < 3; i++)
        {
            using var raise = new HttpRequestMessage(HttpMethod.Post, "/api/agents/1001/raise-hand") { Headers = { { "Sec-Fetch-Site", "same-origin" } } };
            using var raised = await service.Http.SendAsync(raise, Stop);
            Assert.Equal(HttpStatusCode.OK, raised.StatusCode);
        }

        var first = await TrailAsync(service, "?limit=2", "1001");
        Assert.Equal(2, first["entries"]!.AsArray().Count);
        Assert.Equal("page", first["entries"]![0]!["door"]!.GetValue<string>());
        var rest = await TrailAsync(service, $"?limit=100&after={first["next"]}", "1001");
        Assert.Null(rest["next"]);
        // The hand was raised once; it was asked three times.
        Assert.Equal(4, first["entries"]!.AsArray().Concat(rest["entries"]!.AsArray()).Count(line => line!["what"]!.GetValue<string>() is "gate-answered" or "hand-raised") - 2);
        Assert.Empty((await TrailAsync(service, "?date=2020-01-01", "1001"))["entries"]!.AsArray());
    }

    [Fact]
    public async Task Everything_that_was_asked_about_the_duty_stands_in_the_houses_trail_what_was_refused_too()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        await DutyAsync(service, HttpStatusCode.Conflict, "hand-over", new { to = "bo", by = "anna" });
        await DutyAsync(service, HttpStatusCode.Conflict, "accept", new { by = "bo" });
        await DutyAsync(service, HttpStatusCode.Conflict, "decline", new { by = "bo" });
        await DutyAsync(service, HttpStatusCode.OK, "take", new { holder = "anna" });
        await DutyAsync(service, HttpStatusCode.Conflict, "hand-over", new { to = "bo", by = "chen" });
        await DutyAsync(service, HttpStatusCode.OK, "hand-over", new { to = "bo", by = "anna" });
        await DutyAsync(service, HttpStatusCode.OK, "accept", new { by = "bo" });
        using var nowhere = await service.Http.PostAsJsonAsync("/api/teams/nowhere/message", new { text = "hello", by = "bo" }, Stop);
        Assert.Equal(HttpStatusCode.Conflict, nowhere.StatusCode);
        using var round = await service.Http.PostAsJsonAsync("/api/patrols", new { by = "bo", seen = "all quiet" }, Stop);
        using var twice = await service.Http.PostAsJsonAsync("/api/patrols", new { by = "bo", seen = "all quiet" }, Stop);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        await using var hub = service.Hub();
        await hub.StartAsync(Stop);
        await hub.InvokeAsync<JsonObject>("DeclineDuty", "chen", Stop);

        var trail = (await service.Http.GetFromJsonAsync<JsonObject>("/api/audit", Stop))!;
        Assert.Null(trail["agent"]);
        var lines = trail["entries"]!.AsArray();
        Assert.Equal(
            [
                "hand-over-duty anna bo refused api", "accept-duty bo  refused api", "decline-duty bo  refused api", "take-duty anna  granted api", "duty-taken anna",
                "hand-over-duty chen bo refused api", "hand-over-duty anna bo granted api", "duty-offered anna", "accept-duty bo  granted api", "duty-taken bo",
                "message-team bo nowhere: hello refused api", "record-patrol bo all quiet granted api", "patrol-recorded bo", "record-patrol bo all quiet refused api", "decline-duty chen  refused desk",
            ],
            lines.Select(line => line!["what"]!.GetValue<string>() == "house-answered"
                ? $"{line["command"]} {line["by"]} {line["detail"]} {line["answer"]} {line["door"]}" : $"{line["what"]} {line["by"]}"));
        Assert.Equal(("No duty is being handed to bo", "没有向您移交的值班"), (lines[1]!["text"]!["en"]!.GetValue<string>(), lines[1]!["text"]!["zh"]!.GetValue<string>()));
        Assert.Null(lines[3]!["text"]);
        // No agent's trail has any of it.
        Assert.Empty((await TrailAsync(service, "", "1001"))["entries"]!.AsArray());
        using var wrong = await service.Http.GetAsync("/api/audit?limit=0", Stop);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Of_beats_the_trail_holds_only_the_first_that_is_refused_to_somebody()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        for (var i = 0; i < 3; i++) await DutyAsync(service, HttpStatusCode.Conflict, "heartbeat", new { by = "bo" });
        await DutyAsync(service, HttpStatusCode.OK, "take", new { holder = "bo" });
        for (var i = 0; i < 3; i++) await DutyAsync(service, HttpStatusCode.OK, "heartbeat", new { by = "bo" });
        await DutyAsync(service, HttpStatusCode.OK, "take", new { holder = "anna" });
        for (var i = 0; i < 3; i++) await DutyAsync(service, HttpStatusCode.Conflict, "heartbeat", new { by = "bo" });
        var asked = (await service.Http.GetFromJsonAsync<JsonObject>("/api/audit", Stop))!["entries"]!.AsArray().Where(line => line!["command"] is not null);
        Assert.Equal(["heartbeat refused", "take-duty granted", "take-duty granted", "heartbeat refused"], asked.Select(line => $"{line!["command"]} {line["answer"]}"));
    }

    [Fact]
    public async Task What_the_switch_did_not_do_stands_in_the_trail_too()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        service.Feeds["pbx"].Answer = (_, _) => Task.FromResult(new Pbx.ControlResult(false, "Interface not found"));
        using var refused = await service.Http.PostAsJsonAsync("/api/agents/1001/break", new { kind = "meal" }, Stop);
        Assert.Equal(HttpStatusCode.BadGateway, refused.StatusCode);
        JsonObject trail;
        do trail = await TrailAsync(service, "", "1001");
        // Asked and granted, the grant itself, and that the switch did not do it.
        while (trail["entries"]!.AsArray().Count < 3);
        Assert.Equal("failed", trail["entries"]![2]!["answer"]!.GetValue<string>());
        Assert.Contains("Interface not found", trail["entries"]![2]!["text"]!["en"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1001", "?date=yesterday", 400)]
    [InlineData("1001", "?limit=0", 400)]
    [InlineData("1001", "?limit=501", 400)]
    [InlineData("1001", "?after=x", 400)]
    [InlineData("1001", "?before=1", 400)]
    [InlineData("1001", "?date=0001-01-01", 400)]
    [InlineData("9999", "", 404)]
    public async Task A_wrong_question_is_named(string agent, string query, int status)
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        using var answer = await service.Http.GetAsync($"/api/agents/{agent}/audit{query}", Stop);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("grant", "{\"reason\":\"r\",\"minutes\":5,\"by\":\"lead\"}", "allow")]
    [InlineData("grant", "{\"allow\":\"break\",\"minutes\":5,\"by\":\"lead\"}", "reason")]
    [InlineData("grant", "{\"allow\":\"break\",\"reason\":\"r\",\"by\":\"lead\"}", "minutes")]
    [InlineData("grant", "{\"allow\":\"break\",\"reason\":\"r\",\"minutes\":1441,\"by\":\"lead\"}", "minutes")]
    [InlineData("grant", "{\"allow\":\"break\",\"reason\":\"r\",\"minutes\":1.5,\"by\":\"lead\"}", "minutes")]
    [InlineData("grant", "{\"allow\":\"break\",\"reason\":\"r\",\"minutes\":5}", "by")]
    [InlineData("revoke", "{\"by\":\"lead\"}", "grant")]
    [InlineData("move", "{\"by\":\"lead\"}", "queues")]
    [InlineData("move", "{\"queues\":[]}", "queues")]
    public async Task What_is_missing_is_named(string command, string body, string field)
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        using var answer = await service.Http.PostAsync($"/api/agents/1001/{command}", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(field, (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!["field"]!.GetValue<string>());
    }

    private static async Task DutyAsync(ServiceUnderTest service, HttpStatusCode status, string verb, object body)
    {
        using var answer = await service.Http.PostAsJsonAsync($"/api/duty/{verb}", body, Stop);
        Assert.Equal(status, answer.StatusCode);
    }

    private static async Task<HttpStatusCode> AskAsync(ServiceUnderTest service, string command, object body)
    {
        using var answer = await service.Http.PostAsJsonAsync($"/api/agents/1003/{command}", body, Stop);
        return answer.StatusCode;
    }

    private static async Task<JsonObject> TrailAsync(ServiceUnderTest service, string query, string agent = "1003") =>
        (await service.Http.GetFromJsonAsync<JsonObject>($"/api/agents/{agent}/audit{query}", Stop))!;
}
