using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Hosting;
using FloorMonitor.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace FloorMonitor.Service.Tests.Support;

/// <summary>The whole service behind a real Kestrel on a port of its own; only the switches and the store are fakes.</summary>
internal sealed class ServiceUnderTest : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string data;

    private ServiceUnderTest(WebApplication app, FakeFeeds feeds, FakeStore store, string data)
    {
        this.app = app;
        this.data = data;
        Feeds = feeds;
        Store = store;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public FakeFeeds Feeds { get; }

    public FakeStore Store { get; }

    public HttpClient Http { get; }

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public IServiceProvider Services => app.Services;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<ServiceUnderTest> StartAsync(FloorConfig? config = null, IFloorStore? real = null, FakeFeeds? links = null)
    {
        var feeds = links ?? new FakeFeeds();
        var store = new FakeStore();
        var data = Directory.CreateTempSubdirectory("floor-service-").FullName;
        var app = ServiceHost.Build(config ?? Floors.Config(), new HostSettings { Urls = "http://127.0.0.1:0", Feeds = feeds, Store = _ => real ?? store, DataDirectory = data, Logs = false });
        await app.StartAsync(Stop);
        var service = new ServiceUnderTest(app, feeds, store, data);
        foreach (var name in (config ?? Floors.Config()).Pbxs.Where(pbx => pbx.Kind != PbxKind.Sip || feeds.Sip is null).Select(pbx => pbx.Name)) await service.FeedAsync(name);
        return service;
    }

    /// <summary>With two agents signed in for an hour, and one of them (1003) just now.</summary>
    public static async Task<ServiceUnderTest> WithAFloorAsync(IFloorStore? real = null, FloorConfig? config = null, FakeFeeds? links = null)
    {
        var service = await StartAsync(config, real, links);
        var morning = Now.AddHours(-1);
        service.Feeds["pbx"].Say(Floors.Synced(
            "pbx", Now, Floors.Member("1001", "support", morning), Floors.Member("1002", "support", morning), Floors.Member("1003", "support", Now)));
        await service.UntilAsync(floor => floor.Agents.ContainsKey("1003"));
        return service;
    }

    /// <summary>Waits until the floor is so.</summary>
    public async Task<FloorState> UntilAsync(Func<FloorState, bool> isSo)
    {
        var reached = new TaskCompletionSource<FloorState>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var states = app.Services.GetRequiredService<FloorBoard>().States.Subscribe(state =>
        {
            if (isSo(state)) reached.TrySetResult(state);
        });
        return await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
    }

    public async Task<JsonObject> FloorAsync() => (await Http.GetFromJsonAsync<JsonObject>("/api/floor", Stop))!;

    public HubConnection Hub(Action<IHubConnectionBuilder>? configure = null) => Hub("", configure);

    public HubConnection Hub(string query, Action<IHubConnectionBuilder>? configure = null)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(Http.BaseAddress!, "/hubs/floor" + query));
        configure?.Invoke(builder);
        return builder.Build();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync(Stop);
        await app.DisposeAsync();
        Directory.Delete(data, recursive: true);
    }

    private async Task FeedAsync(string name)
    {
        while (!Feeds.All.ContainsKey(name)) await Task.Yield();
        await Feeds[name].Ran.Task.WaitAsync(Stop);
    }
}
