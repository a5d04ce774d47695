using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Tests.Support;
using Microsoft.AspNetCore.SignalR.Client;

namespace FloorMonitor.Service.Tests.Http;

public sealed class MusterApiTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_agent_checks_in_a_lead_calls_the_roll_and_the_shift_says_so()
    {
        await using var service = await StartAsync();
        var before = (await service.FloorAsync())["agents"]!.AsArray().Single(agent => agent!["id"]!.GetValue<string>() == "1001")!["shift"]!;
        Assert.Equal("name date startsAt endsAt seat status mustered", string.Join(' ', before.AsObject().Select(member => member.Key)));
        Assert.Equal(("all day", "swap", "8001"), (before["name"]!.GetValue<string>(), before["status"]!.GetValue<string>(), before["seat"]!.GetValue<string>()));
        Assert.Null(before["mustered"]);

        using var checkedIn = await service.Http.PostAsync("/api/agents/1001/check-in", null, Stop);
        Assert.Equal(HttpStatusCode.OK, checkedIn.StatusCode);
        Assert.NotNull((await checkedIn.Content.ReadFromJsonAsync<JsonObject>(Stop))!["shift"]!["mustered"]);
        using var twice = await service.Http.PostAsync("/api/agents/1001/check-in", null, Stop);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);

        await using var hub = service.Hub();
        await hub.StartAsync(Stop);
        var called = await hub.InvokeAsync<JsonObject>("RollCall", "1002", "1001", Stop);
        Assert.True(called["done"]!.GetValue<bool>());
        // 1003 is on nobody's roster.
        using var nowhere = await service.Http.PostAsJsonAsync("/api/agents/1003/roll-call", new { by = "1001" }, Stop);
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    [Theory]
    [InlineData("roll-call", "{}", "by")]
    [InlineData("roll-call", "{\"by\":5}", "by")]
    [InlineData("check-in", "{\"who\":\"x\"}", "who")]
    public async Task A_slip_is_named(string command, string body, string field)
    {
        await using var service = await StartAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await service.Http.PostAsync($"/api/agents/1001/{command}", content, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(field, (await answer.Content.ReadFromJsonAsync<JsonObject>(Stop))!.ToJsonString(), StringComparison.Ordinal);
    }

    // A shift around the clock: whatever the machine's time is, it runs.
    private static Task<ServiceUnderTest> StartAsync()
    {
        var config = Floors.Config();
        FloorConfig rostered = config with
        {
            Setup = config.Setup with
            {
                Shifts = [new("all day", TimeSpan.Zero, TimeSpan.Zero, [])],
                Roster = [new(null, "1001", "all day", "8001", RosterStatus.Swap), new(null, "1002", "all day", null, RosterStatus.Work)],
            },
        };
        return ServiceUnderTest.StartAsync(rostered);
    }
}
