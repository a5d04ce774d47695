using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Tests.Support;

namespace FloorMonitor.Service.Tests.Http;

public sealed class HistoryApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<ServiceUnderTest> AfterSomeCallsAsync()
    {
        var service = await ServiceUnderTest.WithAFloorAsync();
        var now = ServiceUnderTest.Now;
        void Say(FloorEvent said) => service.Feeds["pbx"].Say(Floors.Said(said));
        Say(new CallerJoined(now, "pbx", "support", "c1", "13812341234"));
        Say(new CallerAbandoned(now.AddSeconds(1), "pbx", "support", "c1", TimeSpan.FromSeconds(30)));
        Say(new CallerJoined(now.AddSeconds(1), "pbx", "support", "c2", "13955556666"));
        Say(new CallerAbandoned(now.AddSeconds(2), "pbx", "support", "c2", TimeSpan.FromSeconds(40)));
        Say(new CallerJoined(now.AddSeconds(2), "pbx", "support", "c3", "13812341234"));
        Say(new CallAnswered(now.AddSeconds(3), "pbx", "1001", "support", "c3", "13812341234", TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(2)));
        Say(new CallCompleted(now.AddSeconds(4), "pbx", "1001", "support", "c3", TimeSpan.FromSeconds(60), CallEnd.Caller));
        Say(new MemberPaused(now.AddSeconds(5), "pbx", "1001", "support", "meal", now.AddSeconds(5)));
        await service.UntilAsync(state => state.Agents["1001"].Break is not null);
        return service;
    }

    [Fact]
    public async Task A_timeline_shows_the_day_to_this_moment_with_what_still_goes_on()
    {
        await using var service = await AfterSomeCallsAsync();
        var day = (await service.Http.GetFromJsonAsync<JsonObject>("/api/agents/1001/timeline", Stop))!;
        var states = day["states"]!.AsArray();
        Assert.Equal(["signedOut", "available", "onCall", "available", "onBreak"], states.Select(span => span!["state"]!.GetValue<string>()));
        Assert.Equal("meal", states[^1]!["detail"]!.GetValue<string>());
        Assert.Null(states[^1]!["until"]);
        for (var i = 1; i < states.Count; i++) Assert.Equal(states[i - 1]!["until"]!.GetValue<string>(), states[i]!["since"]!.GetValue<string>());
        Assert.Equal("138****1234", day["calls"]![0]!["party"]!.GetValue<string>());
        Assert.Equal("meal", day["breaks"]![0]!["kind"]!.GetValue<string>());
    }

    [Fact]
    public async Task Abandoned_calls_are_listed_masked_newest_first_and_say_who_was_reached_later()
    {
        await using var service = await AfterSomeCallsAsync();
        var calls = (await service.Http.GetFromJsonAsync<JsonArray>("/api/calls/abandoned", Stop))!;
        Assert.Equal([("c2", "139****6666"), ("c1", "138****1234")], calls.Select(call => (call!["call"]!.GetValue<string>(), call["party"]!.GetValue<string>())));
        Assert.Null(calls[0]!["reachedAt"]);
        Assert.NotNull(calls[1]!["reachedAt"]);
    }

    [Fact]
    public async Task A_call_back_is_noted_once_and_for_all_to_see()
    {
        await using var service = await AfterSomeCallsAsync();
        var answer = await service.Http.PostAsJsonAsync("/api/calls/abandoned/called-back", new { queue = "support", call = "c2", by = "周海燕" }, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var calls = (await service.Http.GetFromJsonAsync<JsonArray>("/api/calls/abandoned?queue=support", Stop))!;
        Assert.Equal("周海燕", calls[0]!["calledBackBy"]!.GetValue<string>());
        Assert.Contains(service.Store.Journal, entry => entry.Events[0] is CallerCalledBack { Call: "c2", By: "周海燕" });
        // Every other desk hears of it with the floor, and reads its list again.
        Assert.NotNull((await service.FloorAsync())["queues"]!.AsArray().Single(queue => queue!["name"]!.GetValue<string>() == "support")!["calledBackAt"]);
    }

    [Fact]
    public async Task A_figure_says_its_formula_its_parts_and_its_calls()
    {
        await using var service = await AfterSomeCallsAsync();
        var figure = (await service.Http.GetFromJsonAsync<JsonObject>("/api/queues/support/figures/abandon-rate", Stop))!;
        Assert.Equal(2d / 3, figure["value"]!.GetValue<double>(), 6);
        Assert.Equal([("c3", "decided"), ("c2", "counts"), ("c1", "counts")], figure["calls"]!.AsArray().Select(call => (call!["call"]!.GetValue<string>(), call["role"]!.GetValue<string>())));
        var aht = (await service.Http.GetFromJsonAsync<JsonObject>("/api/queues/support/figures/aht", Stop))!;
        Assert.Equal(60_000, aht["calls"]![0]!["talkedMs"]!.GetValue<long>());
    }

    [Fact]
    public async Task Who_waits_stands_behind_the_figures_of_waiting_by_a_masked_number()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var now = ServiceUnderTest.Now;
        service.Feeds["pbx"].Say(Floors.Said(new CallerJoined(now, "pbx", "support", "w1", "13812341234")));
        service.Feeds["pbx"].Say(Floors.Said(new CallerJoined(now, "pbx", "support", "w2", "13956785678")));
        await service.UntilAsync(floor => floor.Queues["support"].Waiting.Count == 2);
        var waiting = (await service.Http.GetFromJsonAsync<JsonObject>("/api/queues/support/figures/waiting", Stop))!;
        Assert.Equal(2, waiting["value"]!.GetValue<double>());
        Assert.Equal([("138****1234", "counts"), ("139****5678", "counts")], waiting["calls"]!.AsArray().Select(call => (call!["party"]!.GetValue<string>(), call["role"]!.GetValue<string>())));
        var longest = (await service.Http.GetFromJsonAsync<JsonObject>("/api/queues/support/figures/longest-wait", Stop))!;
        Assert.Equal(["counts", "excluded"], longest["calls"]!.AsArray().Select(call => call!["role"]!.GetValue<string>()));
        Assert.Equal("waiting", longest["calls"]![0]!["outcome"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/api/agents/9999/timeline", 404)]
    [InlineData("/api/agents/1001/timeline?date=yesterday", 400)]
    [InlineData("/api/agents/1001/timeline?dat=2026-11-23", 400)]
    [InlineData("/api/agents/1001/timeline?date=2026-11-23&date=2026-11-24", 400)]
    [InlineData("/api/calls/abandoned?agent=1001", 400)]
    [InlineData("/api/queues/support/figures/mood", 404)]
    [InlineData("/api/queues/none/figures/asa", 404)]
    public async Task What_is_asked_wrongly_is_answered_with_what_is_wrong(string address, int status)
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var answer = await service.Http.GetAsync(address, Stop);
        Assert.Equal((status, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    [Theory]
    [InlineData("""{"queue":"support","call":"c2"}""", 400)]
    [InlineData("""{"queue":"support","call":"nothing of the kind","by":"x"}""", 404)]
    [InlineData("""{"queue":7,"call":"c2","by":"x"}""", 400)]
    public async Task A_call_back_of_nothing_is_refused(string body, int status)
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(status, (int)(await service.Http.PostAsync("/api/calls/abandoned/called-back", content, Stop)).StatusCode);
    }
}
