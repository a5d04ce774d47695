using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Pbx;
using FloorMonitor.Service.Tests.Support;

namespace FloorMonitor.Service.Tests.Http;

public sealed class CommandApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_break_is_taken_at_the_switch_and_answered_with_the_agent_on_break()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var feed = service.Feeds["pbx"];
        feed.Answer = (action, _) =>
        {
            var pause = Assert.IsType<SetPause>(action);
            feed.Say(Floors.Said(new MemberPaused(ServiceUnderTest.Now, "pbx", "1001", "support", pause.Reason, ServiceUnderTest.Now)));
            return Task.FromResult(new ControlResult(true, "Interface paused successfully"));
        };
        using var answer = await PostAsync(service, "/api/agents/1001/break", """{"kind":"meal"}""");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var agent = (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!;
        Assert.Equal(("1001", "onBreak", "meal"), (agent["id"]!.GetValue<string>(), agent["state"]!.GetValue<string>(), agent["break"]!["kind"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_refusal_is_409_with_rule_clause_sentences_and_instant()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var problem = await ProblemAsync(service, 409, "/api/agents/1003/break", """{"kind":"short"}""");
        Assert.Equal(("settle-in", "D3.2"), (problem["rule"]!.GetValue<string>(), problem["clause"]!.GetValue<string>()));
        Assert.Contains("须满", problem["text"]!["zh"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Matches(@"Z$", problem["allowedAt"]!.GetValue<string>());
        Assert.Empty(service.Feeds["pbx"].Done);
    }

    [Fact]
    public async Task What_the_switch_refuses_is_502_in_its_own_words()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        service.Feeds["pbx"].Answer = (_, _) => Task.FromResult(new ControlResult(false, "Unable to add interface: Permission denied"));
        var problem = await ProblemAsync(service, 502, "/api/agents/1001/break", """{"kind":"meal"}""");
        Assert.Equal("pbx: Unable to add interface: Permission denied", problem["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_the_monitor_itself_objects_at_a_switchs_door_is_said_in_both_languages()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        service.Feeds["pbx"].Answer = (_, _) => Task.FromResult(new ControlResult(false, new Core.Rules.Text("话机 1001 未注册", "The phone 1001 is not registered.")));
        var problem = await ProblemAsync(service, 502, "/api/agents/1001/break", """{"kind":"meal"}""");
        Assert.Equal("pbx:话机 1001 未注册", problem["text"]!["zh"]!.GetValue<string>());
        Assert.Equal("pbx: The phone 1001 is not registered.", problem["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task Hands_and_duty_are_the_houses_own()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        using var raised = await PostAsync(service, "/api/agents/1001/raise-hand", null);
        Assert.NotNull((await raised.Content.ReadFromJsonAsync<JsonObject>(Stop))!["handRaisedAt"]);
        using var lowered = await PostAsync(service, "/api/agents/1001/lower-hand", """{"by":"lead"}""");
        Assert.Null((await lowered.Content.ReadFromJsonAsync<JsonObject>(Stop))!["handRaisedAt"]);

        await ProblemAsync(service, 409, "/api/duty/hand-over", """{"to":"bo"}""");
        using var taken = await PostAsync(service, "/api/duty/take", """{"holder":"anna"}""");
        Assert.Equal("anna", (await taken.Content.ReadFromJsonAsync<JsonObject>(Stop))!["holder"]!.GetValue<string>());
        using var toAgent = await PostAsync(service, "/api/duty/hand-over", """{"to":"1003"}""");
        var watch = (await service.FloorAsync())["dutyWatch"]!;
        Assert.Equal("1003", watch["handingTo"]!.GetValue<string>());
        Assert.Equal((await service.FloorAsync())["agents"]!.AsArray().Single(one => one!["id"]!.GetValue<string>() == "1003")!["name"]!.GetValue<string>(), watch["handingToName"]!.GetValue<string>());
        using var given = await PostAsync(service, "/api/duty/hand-over", """{"to":"bo"}""");
        Assert.Equal("anna", (await given.Content.ReadFromJsonAsync<JsonObject>(Stop))!["holder"]!.GetValue<string>());
        using var accepted = await PostAsync(service, "/api/duty/accept", """{"by":"bo"}""");
        Assert.Equal("bo", (await accepted.Content.ReadFromJsonAsync<JsonObject>(Stop))!["holder"]!.GetValue<string>());
        Assert.Equal("bo", (await service.FloorAsync())["duty"]!["holder"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/api/agents/1001/break", "", "kind")]
    [InlineData("/api/agents/1001/break", "{}", "kind")]
    [InlineData("/api/agents/1001/break", "{\"kind\":\"lunch break\"}", "kind")]
    [InlineData("/api/agents/1001/break", "{\"kind\":5}", "kind")]
    [InlineData("/api/agents/1001/break", "{\"kind\":\"a\\r\\nAction: Command\"}", "kind")]
    [InlineData("/api/agents/1001/break", "{\"knid\":\"meal\"}", "knid")]
    [InlineData("/api/agents/1001/break", "[]", "body")]
    [InlineData("/api/agents/1001/break", "\"meal\"", "body")]
    [InlineData("/api/agents/1001/break", "{\"kind\":", "body")]
    [InlineData("/api/agents/1001/break", "{\"kind\":\"meal\",\"kind\":\"short\"}", "body")]
    [InlineData("/api/agents/1001/break", "{\"kind\":\"\\ud800\"}", "body")]
    [InlineData("/api/agents/1001/break", "[[[[[[[[[[[[1]]]]]]]]]]]]", "body")]
    [InlineData("/api/agents/1001/break?kind=meal", "{\"kind\":\"meal\"}", "kind")]
    [InlineData("/api/agents/1001/sign-in", "{\"queues\":\"support\"}", "queues")]
    [InlineData("/api/agents/1001/sign-in", "{\"queues\":[1]}", "queues")]
    [InlineData("/api/agents/1001/sign-in", "{\"queues\":[\"\"]}", "queues")]
    [InlineData("/api/agents/1001/sign-out", "{\"by\":{}}", "by")]
    [InlineData("/api/duty/take", "{}", "holder")]
    [InlineData("/api/duty/take", "{\"holder\":\"\"}", "holder")]
    [InlineData("/api/duty/hand-over", "{\"holder\":\"x\"}", "holder")]
    public async Task Bad_input_is_400_with_the_field_named(string path, string body, string field)
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var problem = await ProblemAsync(service, 400, path, body);
        Assert.Equal(field, problem["field"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/api/verdicts?date=today", "date")]
    [InlineData("/api/verdicts?open=maybe", "open")]
    [InlineData("/api/verdicts?rules=x", "rules")]
    [InlineData("/api/verdicts?rule=a&rule=b", "rule")]
    public async Task A_question_that_cannot_be_understood_is_400_with_its_parameter_named(string path, string field)
    {
        await using var service = await ServiceUnderTest.StartAsync();
        using var answer = await service.Http.GetAsync(path, Stop);
        Assert.Equal(field, (await ReadProblemAsync(answer, 400))["field"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("POST", "/api/agents/4711/raise-hand", 404)]
    [InlineData("POST", "/api/agents/1001/dance", 404)]
    [InlineData("POST", "/api/agents/%ff%fe/raise-hand", 404)]
    [InlineData("POST", "/api/agents/..%2f..%2fetc/raise-hand", 404)]
    [InlineData("GET", "/api/verdicts/%F0%9F%8E%89", 404)]
    [InlineData("GET", "/api/nothing", 404)]
    [InlineData("GET", "/api/agents/1001/break", 405)]
    [InlineData("DELETE", "/api/floor", 405)]
    public async Task Garbage_in_the_path_is_a_problem_and_never_a_fault(string method, string path, int status)
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(service.Http.BaseAddress! + path[1..], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        using var answer = await service.Http.SendAsync(request, Stop);
        await ReadProblemAsync(answer, status);
    }

    [Fact]
    public async Task A_huge_body_is_413_and_anything_but_json_415()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        await ProblemAsync(service, 413, "/api/agents/1001/break", "{\"kind\":\"" + new string('x', 1 << 20) + "\"}");
        using var form = await service.Http.PostAsync("/api/agents/1001/raise-hand", new FormUrlEncodedContent([new("by", "x")]), Stop);
        await ReadProblemAsync(form, 415);
        using var text = await service.Http.PostAsync("/api/agents/1001/raise-hand", new StringContent("{}", Encoding.UTF8, "text/plain"), Stop);
        await ReadProblemAsync(text, 415);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.OK)]
    [InlineData("Origin", "SELF", HttpStatusCode.OK)]
    public async Task Pages_of_other_origins_may_neither_command_nor_follow(string header, string value, HttpStatusCode status)
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var own = service.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        foreach (var path in new[] { "/api/agents/1001/raise-hand", "/hubs/floor/negotiate?negotiateVersion=1" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path);
            request.Headers.Add(header, value == "SELF" ? own : value);
            using var answer = await service.Http.SendAsync(request, Stop);
            Assert.Equal(status, answer.StatusCode);
        }

        using var socket = new HttpRequestMessage(HttpMethod.Get, "/hubs/floor");
        socket.Headers.Add(header, value == "SELF" ? own : value);
        using var refused = await service.Http.SendAsync(socket, Stop);
        Assert.Equal(status == HttpStatusCode.Forbidden, refused.StatusCode == HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_name_that_was_pointed_at_this_machine_is_not_answered_and_pages_are_told_what_they_may_load()
    {
        await using var service = await ServiceUnderTest.StartAsync();
        using var rebound = new HttpRequestMessage(HttpMethod.Get, "/api/floor");
        rebound.Headers.Host = "evil.example";
        using var refused = await service.Http.SendAsync(rebound, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        using var floor = await service.Http.GetAsync("/api/floor", Stop);
        Assert.Contains("default-src 'self'", floor.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", floor.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.True(floor.Headers.CacheControl!.NoStore);
        using var wall = await service.Http.GetAsync("/", Stop);
        Assert.Equal("/wall", wall.RequestMessage!.RequestUri!.AbsolutePath);
    }

    private static async Task<JsonObject> ProblemAsync(ServiceUnderTest service, int status, string path, string body)
    {
        using var answer = await PostAsync(service, path, body);
        return await ReadProblemAsync(answer, status);
    }

    private static async Task<JsonObject> ReadProblemAsync(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        var problem = (JsonObject)JsonNode.Parse(text)!;
        Assert.Equal(status, problem["status"]!.GetValue<int>());
        Assert.All(new[] { "type", "title", "detail" }, member => Assert.NotEmpty(problem[member]!.GetValue<string>()));
        // For people, in both languages; only a switch's own words are in none of the house's.
        Assert.Equal(problem["detail"]!.GetValue<string>(), problem["text"]!["en"]!.GetValue<string>());
        if (status != 502) Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", problem["text"]!["zh"]!.GetValue<string>());
        return problem;
    }

    private static Task<HttpResponseMessage> PostAsync(ServiceUnderTest service, string path, string? body) =>
        service.Http.PostAsync(path, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"), Stop);
}
