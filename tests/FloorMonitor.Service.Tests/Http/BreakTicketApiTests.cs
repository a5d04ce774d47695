using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Pbx;
using FloorMonitor.Service.Tests.Support;

namespace FloorMonitor.Service.Tests.Http;

/// <summary>Tickets of breaks by HTTP: asked for, given, moved, taken back, used up; and as a screen is told of them.</summary>
public sealed class BreakTicketApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_answered_with_its_ticket_and_the_pause_uses_it_up()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var feed = service.Feeds["pbx"];
        feed.Answer = (action, _) =>
        {
            feed.Say(Floors.Said(new MemberPaused(ServiceUnderTest.Now, "pbx", "1001", "support", Assert.IsType<SetPause>(action).Reason, ServiceUnderTest.Now)));
            return Task.FromResult(new ControlResult(true, ""));
        };
        var ticket = (await DoneAsync(service, "1001/request-break", """{"kind":"short"}"""))["ticket"]!;
        Assert.Equal(("short", "granted", "1001"), (Word(ticket, "kind"), Word(ticket, "status"), Word(ticket, "by")));
        Assert.StartsWith("可以小休,请在", Word(ticket["text"]!, "zh"), StringComparison.Ordinal);
        Assert.StartsWith("Short break granted: begin by", Word(ticket["text"]!, "en"), StringComparison.Ordinal);
        var agent = await DoneAsync(service, "1001/break", """{"kind":"short"}""");
        Assert.Equal(("onBreak", null), (Word(agent, "state"), agent["ticket"]));
        Assert.Equal(DateTimeOffset.Parse(Word(agent["break"]!, "endsAt"), null).AddMinutes(-1), DateTimeOffset.Parse(Word(agent["break"]!, "warnAt"), null));
        // It was arranged for this hour, and counts there wholly: who shows the hour's break is told so, now and in the day's timeline.
        Assert.Equal(Word(agent["hour"]!, "since"), Word(agent["break"]!, "hour"));
        var day = (await service.Http.GetFromJsonAsync<JsonObject>("/api/agents/1001/timeline", Stop))!;
        Assert.Equal(Word(agent["hour"]!, "since"), Word(day["breaks"]![0]!, "hour"));
        feed.Say(Floors.Said(new MemberResumed(ServiceUnderTest.Now.AddSeconds(5), "pbx", "1001", "support")));
        await service.UntilAsync(state => state.Agents["1001"].Break is null);
        day = (await service.Http.GetFromJsonAsync<JsonObject>("/api/agents/1001/timeline", Stop))!;
        Assert.NotNull(day["breaks"]![0]!["until"]);
        Assert.Equal(Word(agent["hour"]!, "since"), Word(day["breaks"]![0]!, "hour"));
    }

    [Fact]
    public async Task A_lead_gives_at_an_instant_defers_and_the_agent_cancels_and_declines()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var at = ServiceUnderTest.Now.AddMinutes(20);
        var given = await DoneAsync(service, "1002/grant-break", $$"""{"at":"{{at:O}}","by":"lead"}""");
        Assert.Equal(("planned", "lead"), (Word(given["ticket"]!, "status"), Word(given["ticket"]!, "by")));
        var moved = await DoneAsync(service, "1002/defer-break", """{"minutes":5,"by":"lead"}""");
        Assert.Equal(at.AddMinutes(5), DateTimeOffset.Parse(Word(moved["ticket"]!, "startsAt"), null), TimeSpan.FromMilliseconds(1));
        Assert.Null((await DoneAsync(service, "1002/cancel-break", null))["ticket"]);
        var declined = await DoneAsync(service, "1002/decline-break", null);
        Assert.True(declined["hour"]!["declined"]!.GetValue<bool>());
        Assert.Equal(TimeSpan.FromHours(1), DateTimeOffset.Parse(Word(declined["hour"]!, "until"), null) - DateTimeOffset.Parse(Word(declined["hour"]!, "since"), null));
        Assert.Equal(409, (await AskAsync(service, "1002/decline-break", null)).Status);
    }

    [Fact]
    public async Task A_lead_says_how_long_a_training_is()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var ticket = (await DoneAsync(service, "1002/grant-break", """{"kind":"training","minutes":45,"by":"lead"}"""))["ticket"]!;
        Assert.Equal("training", Word(ticket, "kind"));
        Assert.Equal(TimeSpan.FromMinutes(45), DateTimeOffset.Parse(Word(ticket, "endsAt"), null) - DateTimeOffset.Parse(Word(ticket, "startsAt"), null));
        var (status, problem) = await AskAsync(service, "1002/grant-break", """{"kind":"meal","minutes":45,"by":"lead"}""");
        Assert.Equal((409, "用餐限 30 分钟,不能另定时长"), (status, Word(problem["text"]!, "zh")));
    }

    [Fact]
    public async Task What_the_lock_refuses_is_409_and_leaves_no_ticket()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var (status, problem) = await AskAsync(service, "1003/request-break", """{"kind":"short"}""");
        Assert.Equal((409, "settle-in"), (status, Word(problem, "rule")));
        Assert.Null((await service.FloorAsync())["agents"]!.AsArray().Single(agent => Word(agent!, "id") == "1003")!["ticket"]);
    }

    [Theory]
    [InlineData("1001/request-break", "{}", "kind")]
    [InlineData("1001/request-break", "{\"kind\":\"shrt\"}", "kind")]
    [InlineData("1001/grant-break", "{}", "by")]
    [InlineData("1001/grant-break", "{\"by\":\"lead\",\"at\":\"09:55\"}", "at")]
    [InlineData("1001/grant-break", "{\"by\":\"lead\",\"at\":\"2026-11-23T09:55:00\"}", "at")]
    [InlineData("1001/grant-break", "{\"by\":\"lead\",\"at\":5}", "at")]
    [InlineData("1001/grant-break", "{\"by\":\"lead\",\"kind\":\"training\",\"minutes\":0}", "minutes")]
    [InlineData("1001/defer-break", "{\"by\":\"lead\"}", "minutes")]
    [InlineData("1001/defer-break", "{\"minutes\":5}", "by")]
    [InlineData("1001/defer-break", "{\"minutes\":0,\"by\":\"lead\"}", "minutes")]
    [InlineData("1001/cancel-break", "{\"kind\":\"short\"}", "kind")]
    public async Task A_slip_is_400_with_the_field_named(string path, string body, string field)
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var (status, problem) = await AskAsync(service, path, body);
        Assert.Equal((400, field), (status, Word(problem, "field")));
    }

    private static string Word(JsonNode node, string member) => node[member]!.GetValue<string>();

    private static async Task<JsonObject> DoneAsync(ServiceUnderTest service, string path, string? body)
    {
        var (status, answer) = await AskAsync(service, path, body);
        Assert.True(status == (int)HttpStatusCode.OK, answer.ToJsonString());
        return answer;
    }

    private static async Task<(int Status, JsonObject Answer)> AskAsync(ServiceUnderTest service, string path, string? body)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await service.Http.PostAsync(new Uri("/api/agents/" + path, UriKind.Relative), content, Stop);
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!);
    }
}
