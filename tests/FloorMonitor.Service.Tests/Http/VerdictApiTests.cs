using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Tests.Support;
using FloorMonitor.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace FloorMonitor.Service.Tests.Http;

/// <summary>What people say about verdicts through the API, open and closed, across a restart.</summary>
public sealed class VerdictApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_open_verdict_is_acknowledged_and_the_screens_see_by_whom()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var id = await OpenAsync(service);
        var verdict = await SaidAsync(service, id, "acknowledge", new { by = "lead" });
        Assert.Equal(("acknowledged", "lead", null), Said(verdict));
        Assert.Equal("open", verdict["status"]!.GetValue<string>());
        var shown = (await service.FloorAsync())["verdicts"]!.AsArray().Single(one => one!["id"]!.GetValue<string>() == id);
        Assert.Equal("acknowledged", shown!["disposition"]!["step"]!.GetValue<string>());
        Assert.Contains(service.Store.Journal, entry => entry.Events[0] is VerdictDisposed { By: "lead", Step: "acknowledged", Closed: null });
    }

    [Fact]
    public async Task A_closed_verdict_is_disputed_by_the_agent_and_decided_by_another()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var id = await ClosedAsync(service);
        Assert.Equal("A reason is needed", await RefusedAsync(service, id, "dispute", new { by = "1003" }));
        Assert.Equal("Only 1003, whom it is about, may dispute it", await RefusedAsync(service, id, "dispute", new { by = "1001", reason = "no" }));
        Assert.Equal("It is not disputed: there is nothing to decide", await RefusedAsync(service, id, "uphold", new { by = "lead", reason = "no" }));
        await SaidAsync(service, id, "dispute", new { by = "1003", reason = "班长口头同意" });
        Assert.Equal("Nobody decides a dispute of their own", await RefusedAsync(service, id, "overturn", new { by = "1003", reason = "yes" }));
        var verdict = await SaidAsync(service, id, "overturn", new { by = "lead", reason = "属实" });
        Assert.Equal(("overturned", "lead", "属实"), Said(verdict));
        Assert.Equal("closed", verdict["status"]!.GetValue<string>());
        Assert.Equal(["opened", "resumed", "closed", "disputed", "overturned"], verdict["history"]!.AsArray().Select(step => step!["step"]!.GetValue<string>()));
        Assert.Equal(2, service.Store.Journal.Count(entry => entry.Events[0] is VerdictDisposed { Closed: not null, Agent: "1003" }));
    }

    [Fact]
    public async Task Two_who_speak_at_once_are_both_heard_in_the_order_of_the_one_writer()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var id = await ClosedAsync(service);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PostAsync(service, id, "acknowledge", new { by = $"lead-{i}" })));
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Single((await VerdictAsync(service, id))["history"]!.AsArray(), step => step!["step"]!.GetValue<string>() == "acknowledged");
    }

    [Fact]
    public async Task What_is_not_there_or_not_said_is_told_so()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        using var nothing = await PostAsync(service, "settle-in:1003:20200101T000000.000Z", "excuse", new { by = "lead", reason = "r" });
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        using var nobody = await PostAsync(service, await OpenAsync(service), "excuse", new { reason = "r" });
        Assert.Equal(HttpStatusCode.BadRequest, nobody.StatusCode);
        Assert.Equal("by", (await nobody.Content.ReadFromJsonAsync<JsonObject>(Stop))!["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_was_said_survives_a_restart_of_open_and_closed_ones_alike()
    {
        using var folder = new TempFolder();
        string closed, open;
        await using (var service = await ServiceUnderTest.WithAFloorAsync(StoreIn(folder.Path)))
        {
            closed = await ClosedAsync(service);
            await SaidAsync(service, closed, "excuse", new { by = "lead", reason = "暴雨" });
            open = await OpenAsync(service, "meal");
            await SaidAsync(service, open, "acknowledge", new { by = "lead" });
        }

        await using var again = await ServiceUnderTest.StartAsync(real: StoreIn(folder.Path));
        Assert.Equal(("excused", "lead", "暴雨"), Said(await VerdictAsync(again, closed)));
        Assert.Equal(("acknowledged", "lead", null), Said(await VerdictAsync(again, open)));
        await SaidAsync(again, open, "dispute", new { by = "1003", reason = "批准过" });
        Assert.Equal("Excused already by lead", await RefusedAsync(again, closed, "excuse", new { by = "chief", reason = "r" }));
    }

    // Without a Redis: what must not be lost lies in the product's own files.
    private static FloorStore StoreIn(string folder) =>
        new(new StoreOptions(folder, "127.0.0.1:1,connectTimeout=200,abortConnect=false"), TimeProvider.System, NullLogger<FloorStore>.Instance);

    private static async Task<string> OpenAsync(ServiceUnderTest service, string reason = "short")
    {
        service.Feeds["pbx"].Say(Floors.Said(new MemberPaused(ServiceUnderTest.Now, "pbx", "1003", "support", reason, null)));
        return (await service.UntilAsync(floor => floor.Verdicts.Values.Any(one => one.Rule == "settle-in"))).Verdicts.Values.Single(one => one.Rule == "settle-in").Id;
    }

    private static async Task<string> ClosedAsync(ServiceUnderTest service)
    {
        var id = await OpenAsync(service);
        service.Feeds["pbx"].Say(Floors.Said(new MemberResumed(ServiceUnderTest.Now, "pbx", "1003", "support")));
        await service.UntilAsync(floor => !floor.Verdicts.ContainsKey(id));
        return id;
    }

    private static (string Step, string By, string? Reason) Said(JsonObject verdict)
    {
        var said = verdict["disposition"]!;
        return (said["step"]!.GetValue<string>(), said["by"]!.GetValue<string>(), said["reason"]?.GetValue<string>());
    }

    private static async Task<JsonObject> VerdictAsync(ServiceUnderTest service, string id) =>
        (await service.Http.GetFromJsonAsync<JsonObject>($"/api/verdicts/{id}", Stop))!;

    private static async Task<JsonObject> SaidAsync(ServiceUnderTest service, string id, string verb, object body)
    {
        using var answer = await PostAsync(service, id, verb, body);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
        return (JsonObject)JsonNode.Parse(text)!;
    }

    private static async Task<string> RefusedAsync(ServiceUnderTest service, string id, string verb, object body)
    {
        using var answer = await PostAsync(service, id, verb, body);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!;
        Assert.NotEmpty(problem["text"]!["zh"]!.GetValue<string>());
        return problem["text"]!["en"]!.GetValue<string>();
    }

    private static Task<HttpResponseMessage> PostAsync(ServiceUnderTest service, string id, string verb, object body) =>
        service.Http.PostAsJsonAsync($"/api/verdicts/{id}/{verb}", body, Stop);
}
