using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Hubs;
using FloorMonitor.Service.Tests.Support;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace FloorMonitor.Service.Tests.Hubs;

public sealed class WallHubTests
{
    private static readonly WallSetup Corridor = new("corridor") { Names = false };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wall_without_names_is_sent_none_and_the_whole_floor_still_has_them()
    {
        await using var service = await StartAsync(Corridor);
        var (hub, snapshots) = Connect(service, "corridor");
        await using var link = hub;
        await hub.StartAsync(Stop);
        var snapshot = await snapshots.Reader.ReadAsync(Stop);
        Assert.False(snapshot["wall"]!["names"]!.GetValue<bool>());
        Assert.DoesNotContain("Anna", snapshot.ToJsonString(), StringComparison.Ordinal);
        var floor = await service.FloorAsync();
        Assert.Contains("Anna", floor.ToJsonString(), StringComparison.Ordinal);
        Assert.Null(floor["wall"]);
    }

    [Fact]
    public async Task A_changed_setting_reaches_the_wall_that_stands_and_a_wall_that_is_gone_is_cut()
    {
        await using var service = await StartAsync(new WallSetup("hall"));
        var (hub, snapshots) = Connect(service, "hall");
        await using var link = hub;
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Closed += _ =>
        {
            cut.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync(Stop);
        Assert.Null((await snapshots.Reader.ReadAsync(Stop))["wall"]!["title"]);
        var book = service.Services.GetRequiredService<WallBook>();
        book.Take([new("hall") { Title = "Hall" }]);
        Assert.Equal("Hall", (await snapshots.Reader.ReadAsync(Stop))["wall"]!["title"]!.GetValue<string>());
        book.Take([new("other")]);
        await cut.Task.WaitAsync(Stop);
    }

    [Fact]
    public async Task Walls_are_listed_and_told_and_one_that_is_not_there_is_a_problem_with_the_nearest_name()
    {
        await using var service = await StartAsync(new WallSetup("hall") { Sounds = new(["critical"], 40, [new(new(22, 0, 0), new(7, 5, 0))]) }, Corridor);
        Assert.Equal(["corridor", "hall"], (await service.Http.GetFromJsonAsync<string[]>("/api/walls", Stop))!);
        var hall = (await service.Http.GetFromJsonAsync<JsonObject>("/api/walls/hall", Stop))!;
        Assert.Equal("""{"on":["critical"],"volume":40,"quiet":[{"from":"22:00","to":"07:05"}]}""", hall["sounds"]!.ToJsonString());
        using var answer = await service.Http.GetAsync(new Uri("/api/walls/coridor", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("did you mean \\\"corridor\\\"?", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        var (hub, snapshots) = Connect(service, "coridor");
        await using var link = hub;
        await hub.StartAsync(Stop);
        while (hub.State == HubConnectionState.Connected) await Task.Yield();
        Assert.False(snapshots.Reader.TryRead(out _));
    }

    private static async Task<ServiceUnderTest> StartAsync(params WallSetup[] walls)
    {
        var service = await ServiceUnderTest.StartAsync(Floors.Config() with { Walls = [.. walls] });
        var morning = ServiceUnderTest.Now.AddHours(-1);
        service.Feeds["pbx"].Say(Floors.Synced("pbx", ServiceUnderTest.Now, Floors.Member("1001", "support", morning), Floors.Member("1002", "support", morning)));
        await service.UntilAsync(floor => floor.Agents.ContainsKey("1002"));
        return service;
    }

    private static (HubConnection Hub, Channel<JsonObject> Snapshots) Connect(ServiceUnderTest service, string wall)
    {
        var snapshots = Channel.CreateUnbounded<JsonObject>();
        var hub = service.Hub($"?wall={wall}");
        hub.On<JsonObject>(FloorHub.Snapshot, snapshot => snapshots.Writer.TryWrite(snapshot));
        return (hub, snapshots);
    }
}
