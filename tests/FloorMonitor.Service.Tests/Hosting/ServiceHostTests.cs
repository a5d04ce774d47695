using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Hosting;
using FloorMonitor.Service.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace FloorMonitor.Service.Tests.Hosting;

public sealed class ServiceHostTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("floor-host-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(data, recursive: true);

    [Fact]
    public async Task What_was_heard_before_the_end_is_there_after_it_on_the_real_store()
    {
        var config = Floors.Config();
        var at = TimeProvider.System.GetUtcNow();
        await using (var app = Build(out var feeds))
        {
            await app.StartAsync(Stop);
            await ReadyAsync(feeds);
            feeds["pbx"].Say(Floors.Synced("pbx", at, Floors.Member("1001", "support", at.AddHours(-1), paused: true, reason: "meal")));
            // The end comes right behind the last word: it is still written.
            await app.StopAsync(Stop);
            await feeds["pbx"].Ended.Task;
        }

        await using var again = Build(out var feedsAgain);
        await again.StartAsync(Stop);
        await ReadyAsync(feedsAgain);
        var floor = again.Services.GetRequiredService<FloorBoard>().State;
        Assert.Equal(config.Setup, floor.Setup);
        Assert.Equal("meal", floor.Agents["1001"].Break!.Kind);
        Assert.Equal(AgentState.Unknown, floor.Agents["1001"].State);
        Assert.Equal(FeedState.Lost, floor.Feeds["pbx"].State);
        await again.StopAsync(Stop);
    }

    [Fact]
    public async Task A_data_folder_in_use_is_a_sentence_and_not_a_second_writer()
    {
        await using var first = Build(out _);
        await first.StartAsync(Stop);
        await using var second = Build(out _);
        var refused = await Assert.ThrowsAsync<IOException>(() => second.StartAsync(Stop));
        Assert.Contains("is used by another process", refused.Message, StringComparison.Ordinal);
        await first.StopAsync(Stop);
    }

    private static async Task ReadyAsync(FakeFeeds feeds)
    {
        while (!feeds.All.ContainsKey("pbx")) await Task.Yield();
        await feeds["pbx"].Ran.Task;
    }

    private WebApplication Build(out FakeFeeds feeds)
    {
        var fakes = feeds = new FakeFeeds();
        // A store that is away stops nothing; so none is started for these, and the files alone must do.
        var config = Floors.Config() with { Store = "127.0.0.1:1" };
        return ServiceHost.Build(config, new HostSettings { Urls = "http://127.0.0.1:0", Feeds = fakes, DataDirectory = data, Logs = false });
    }
}
