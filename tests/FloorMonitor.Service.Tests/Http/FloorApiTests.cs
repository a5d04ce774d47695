using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Tests.Support;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Tests.Http;

public sealed class FloorApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_floor_has_the_shape_of_the_contract()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var now = ServiceUnderTest.Now;
        service.Feeds["pbx"].Say(Floors.Said(new MemberPaused(now, "pbx", "1001", "support", "小休", now)));
        service.Feeds["pbx"].Say(Floors.Said(new AgentRinging(now, "pbx", "1002", "support", "call-1", "13812341234")));
        await service.UntilAsync(state => state.Agents["1002"].Call is not null);
        var floor = await service.FloorAsync();

        Has(floor, "version at site timeZone businessDay build store feeds teams breakKinds agents queues totals duty verdicts notes businessDayStartedAt strip");
        Has(floor["strip"], "bucketMs buckets");
        Has(floor["strip"]!["buckets"]![0], "at offered answered abandoned within");
        Has(floor["store"], "state since backlog note");
        Has(floor["feeds"]![0], "name kind state since reason");
        Has(floor["teams"]![0], "id label lead supervisor");
        Has(floor["breakKinds"]![0], "kind limitMs");
        var (anna, bo) = (floor["agents"]![0]!, floor["agents"]![1]!);
        Has(anna, "id name team state since signedInAt seat queues pausedQueues break call wrapUpEndsAt handRaisedAt hour ticket cph");
        Has(anna["break"], "kind reason since endsAt");
        Has(bo["call"], "id queue direction since answered heldSince party");
        Has(anna["hour"], "entitledMs takenMs since until declined");
        Has(floor["queues"]![0], "name label waiting oldestWaitSince signedIn available onCall onBreak offered answered abandoned left serviceLevel asaMs ahtMs abandonRate connectRate countedSince unseenMs missed recent");
        Has(floor["queues"]![0]!["recent"], "minutes offered answered abandoned serviceLevel");
        Has(floor["queues"]![0]!["serviceLevel"], "value withinMs formula");
        Has(floor["totals"], "waiting oldestWaitSince onBreak internalCalls signedIn available onCall ringing wrapUp unreachable unknown");

        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", floor["at"]!.GetValue<string>());
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", floor["businessDay"]!.GetValue<string>());
        Assert.Equal(("onBreak", "short", 300_000), (anna["state"]!.GetValue<string>(), anna["break"]!["kind"]!.GetValue<string>(), anna["hour"]!["entitledMs"]!.GetValue<int>()));
        Assert.Equal(("ringing", "138****1234", "inbound"), (bo["state"]!.GetValue<string>(), bo["call"]!["party"]!.GetValue<string>(), bo["call"]!["direction"]!.GetValue<string>()));
        Assert.Equal("synced", floor["feeds"]![0]!["state"]!.GetValue<string>());
        Assert.Null(floor["duty"]);
    }

    [Fact]
    public async Task A_verdict_is_listed_found_and_shown_with_what_it_rests_on()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var now = ServiceUnderTest.Now;
        service.Feeds["pbx"].Say(Floors.Said(new MemberPaused(now, "pbx", "1003", "support", "short", now), "Event: QueueMemberPause\r\nCallerIDNum: 13812341234"));
        var state = await service.UntilAsync(floor => floor.Verdicts.Values.Any(verdict => verdict is { Rule: "settle-in", Status: VerdictStatus.Open }));
        var id = state.Verdicts.Values.First(verdict => verdict.Rule == "settle-in").Id;

        var verdict = (await service.Http.GetFromJsonAsync<JsonObject>($"/api/verdicts/{Uri.EscapeDataString(id)}", Stop))!;
        Has(verdict, "id rule clause severity subject openedAt closedAt text evidence gaps status history thresholdMs measuredMs");
        Assert.Equal("kind id name", Keys(verdict["subject"]));
        Assert.Equal("zh en", Keys(verdict["text"]));
        Assert.Equal("at by step note", Keys(verdict["history"]![0]));
        Assert.Equal(("agent", "1003"), (verdict["subject"]!["kind"]!.GetValue<string>(), verdict["subject"]!["id"]!.GetValue<string>()));

        var evidence = (await service.Http.GetFromJsonAsync<JsonArray>($"/api/verdicts/{Uri.EscapeDataString(id)}/evidence", Stop))!;
        Assert.Contains(evidence, entry => entry!["raw"]!.GetValue<string>() == "Event: QueueMemberPause\r\nCallerIDNum: 138****1234");
        Assert.Equal("id at source raw events", Keys(evidence[0]));

        foreach (var (query, count) in new[] { ("?rule=settle-in&subject=1003", 1), ("?rule=break-limit&open=true", 0), ("?subject=1001", 0) })
            Assert.Equal(count, (await service.Http.GetFromJsonAsync<JsonArray>($"/api/verdicts{query}", Stop))!.Count);
        Assert.Contains(id, (await service.FloorAsync())["verdicts"]!.AsArray().Select(open => open!["id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Readiness_names_what_is_missing()
    {
        await using var service = await ServiceUnderTest.StartAsync(Floors.Config("left", "right"));
        Assert.Equal("feed left: connecting|feed right: connecting", await MissingAsync(service));
        service.Feeds["left"].Say(Floors.Synced("left", ServiceUnderTest.Now));
        service.Feeds["right"].Say(Floors.Said(new FeedLost(ServiceUnderTest.Now, "right", "Connection refused")));
        await service.UntilAsync(floor => floor.Feeds.TryGetValue("right", out var feed) && feed.State == FeedState.Lost);
        Assert.Equal("feed right: lost, Connection refused", await MissingAsync(service));

        service.Store.Health = new(StoreState.Away, ServiceUnderTest.Now, 7, "no answer");
        service.Feeds["right"].Say(Floors.Synced("right", ServiceUnderTest.Now));
        await service.UntilAsync(floor => floor.Feeds["right"].State == FeedState.Synced);
        Assert.Equal("store: no answer", await MissingAsync(service));
        service.Store.Health = new(StoreState.Behind, ServiceUnderTest.Now, 7, "");
        Assert.Equal("", await MissingAsync(service));
        Assert.Equal("ok", await service.Http.GetStringAsync("/healthz", Stop));
    }

    [Fact]
    public async Task The_metrics_tell_of_engine_and_runtime_and_the_description_of_every_address_of_the_contract()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        var metrics = await service.Http.GetStringAsync("/metrics", Stop);
        Assert.Contains("floor_engine_events_total", metrics, StringComparison.Ordinal);
        Assert.Contains("floor_engine_backlog", metrics, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc", metrics, StringComparison.Ordinal);
        var description = (await service.Http.GetFromJsonAsync<JsonObject>("/openapi/v1.json", Stop))!;
        var described = description["paths"]!.AsObject().Select(path => path.Key).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(
            new HashSet<string>
            {
                "/api/agents/{id}/break", "/api/agents/{id}/lower-hand", "/api/agents/{id}/raise-hand", "/api/agents/{id}/resume", "/api/agents/{id}/sign-in",
                "/api/agents/{id}/sign-out", "/api/duty/hand-over", "/api/duty/take", "/api/floor", "/api/verdicts", "/api/verdicts/{id}",
                "/api/verdicts/{id}/evidence", "/healthz", "/readyz",
            },
            described);
    }

    private static async Task<string> MissingAsync(ServiceUnderTest service)
    {
        using var answer = await service.Http.GetAsync("/readyz", Stop);
        var body = (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!;
        Assert.Equal("ready missing store feeds", Keys(body));
        Assert.Equal(body["ready"]!.GetValue<bool>() ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        return string.Join('|', body["missing"]!.AsArray().Select(missing => missing!.GetValue<string>()));
    }

    // The contract may be extended; what it names stays.
    private static void Has(JsonNode? node, string members) =>
        Assert.Empty(members.Split(' ').Except(Assert.IsType<JsonObject>(node).Select(member => member.Key), StringComparer.Ordinal));

    private static string Keys(JsonNode? node) => string.Join(' ', Assert.IsType<JsonObject>(node).Select(member => member.Key));
}
