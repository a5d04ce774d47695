using System.Text.Json.Nodes;
using System.Threading.Channels;
using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Hubs;
using FloorMonitor.Service.Tests.Support;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace FloorMonitor.Service.Tests.Hubs;

public sealed class FloorHubTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_snapshot_with_the_differences_folded_on_is_what_the_api_says()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        await using var screen = await Screen.ConnectAsync(service);
        for (var i = 0; i < 20; i++)
        {
            var now = ServiceUnderTest.Now;
            service.Feeds["pbx"].Say(Floors.Said(i % 2 == 0 ? new MemberPaused(now, "pbx", "1001", "support", "meal", now) : new MemberResumed(now, "pbx", "1001", "support")));
            service.Feeds["pbx"].Say(Floors.Said(new CallerJoined(now, "pbx", "support", $"call-{i}", "13812341234")));
        }

        await service.UntilAsync(state => state.Queues["support"].Waiting.Count == 20);
        var floor = await service.FloorAsync();
        await screen.UntilAsync(mine => mine.Version >= floor["version"]!.GetValue<long>());
        // A tick may have moved on meanwhile; then both are looked at once more.
        while (screen.Floor.Version != floor["version"]!.GetValue<long>())
        {
            floor = await service.FloorAsync();
            await screen.UntilAsync(mine => mine.Version >= floor["version"]!.GetValue<long>());
        }

        Assert.Equal(FoldedFloor.Text(floor), FoldedFloor.Text(screen.Floor.Floor));
    }

    [Fact]
    public async Task After_a_gap_a_screen_asks_for_everything_and_gets_it()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        await using var screen = await Screen.ConnectAsync(service);
        screen.Forget();
        await screen.Hub.InvokeAsync(nameof(FloorHub.RequestSnapshot), Stop);
        await screen.UntilAsync(_ => screen.Snapshots == 2);
        Assert.Equal(3, screen.Floor.Floor["agents"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_quiet_floor_is_still_seen_to_be_alive()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        await using var screen = await Screen.ConnectAsync(service);
        var delta = await screen.NextAsync(delta => delta.Count == 3);
        Assert.Equal(["from", "version", "at"], delta.Select(member => member.Key));
        Assert.Equal(delta["from"]!.GetValue<long>(), delta["version"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_verdict_that_opens_is_an_alert()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        await using var screen = await Screen.ConnectAsync(service);
        var now = ServiceUnderTest.Now;
        service.Feeds["pbx"].Say(Floors.Said(new MemberPaused(now, "pbx", "1003", "support", "short", now)));
        // The break is inside the lock, and nobody had arranged it.
        var alerts = new[] { await screen.Alerts.Reader.ReadAsync(Stop), await screen.Alerts.Reader.ReadAsync(Stop) };
        Assert.Equal(["break-slot", "settle-in"], alerts.Select(alert => alert["verdict"]!["rule"]!.GetValue<string>()).Order());
    }

    [Fact]
    public async Task A_command_over_the_hub_is_answered_as_over_http()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        await using var screen = await Screen.ConnectAsync(service);
        var raised = await screen.Hub.InvokeAsync<JsonObject>(nameof(FloorHub.RaiseHand), "1001", Stop);
        Assert.True(raised["done"]!.GetValue<bool>());
        Assert.NotNull(raised["agent"]!["handRaisedAt"]);
        var refused = await screen.Hub.InvokeAsync<JsonObject>(nameof(FloorHub.Break), "1003", "short", Stop);
        Assert.False(refused["done"]!.GetValue<bool>());
        Assert.Equal((409, "settle-in"), (refused["problem"]!["status"]!.GetValue<int>(), refused["problem"]!["rule"]!.GetValue<string>()));
        var unknown = await screen.Hub.InvokeAsync<JsonObject>(nameof(FloorHub.SignIn), "4711", new[] { "support" }, Stop);
        Assert.Equal(404, unknown["problem"]!["status"]!.GetValue<int>());
    }

    [Fact]
    public async Task MessagePack_screens_get_the_same_floor()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        await using var hub = service.Hub(builder => builder.AddMessagePackProtocol());
        var first = new TaskCompletionSource<Dictionary<object, object>>(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.On<Dictionary<object, object>>(FloorHub.Snapshot, snapshot => first.TrySetResult(snapshot));
        await hub.StartAsync(Stop);
        var snapshot = await first.Task.WaitAsync(Stop);
        Assert.Equal((await service.FloorAsync()).Select(member => member.Key), snapshot.Keys.Cast<string>());
    }

    [Fact]
    public async Task Who_calls_without_end_is_told_and_then_cut_and_nobody_else_notices()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        await using var screen = await Screen.ConnectAsync(service);
        await using var flood = await Screen.ConnectAsync(service);
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        flood.Hub.Closed += _ =>
        {
            cut.TrySetResult();
            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<HubException>(async () =>
        {
            for (var i = 0; i <= FloodLimit.Burst * 50; i++) await flood.Hub.InvokeAsync(nameof(FloorHub.RequestSnapshot), Stop);
        });
        while (!cut.Task.IsCompleted)
        {
            try
            {
                await flood.Hub.SendAsync(nameof(FloorHub.RequestSnapshot), Stop);
            }
            catch (InvalidOperationException)
            {
                // Cut between two calls.
                break;
            }
        }

        await cut.Task.WaitAsync(Stop);
        Assert.Equal(HubConnectionState.Connected, screen.Hub.State);
        await screen.NextAsync(_ => true);
    }

    [Fact]
    public async Task A_message_larger_than_any_command_ends_its_connection_alone()
    {
        await using var service = await ServiceUnderTest.WithAFloorAsync();
        await using var screen = await Screen.ConnectAsync(service);
        await using var big = await Screen.ConnectAsync(service);
        await Assert.ThrowsAnyAsync<Exception>(() => big.Hub.InvokeAsync(nameof(FloorHub.RaiseHand), new string('x', 1 << 20), Stop));
        await screen.NextAsync(_ => true);
        Assert.Equal(HubConnectionState.Connected, screen.Hub.State);
    }

    /// <summary>A screen that folds what it is sent.</summary>
    private sealed class Screen : IAsyncDisposable
    {
        private readonly Channel<JsonObject> deltas = Channel.CreateUnbounded<JsonObject>();
        private readonly Lock gate = new();
        private FoldedFloor? floor;

        private Screen(HubConnection hub) => Hub = hub;

        public HubConnection Hub { get; }

        public Channel<JsonObject> Alerts { get; } = Channel.CreateUnbounded<JsonObject>();

        public int Snapshots { get; private set; }

        public FoldedFloor Floor => floor!;

        public static async Task<Screen> ConnectAsync(ServiceUnderTest service)
        {
            var screen = new Screen(service.Hub());
            screen.Hub.On<JsonObject>(FloorHub.Snapshot, screen.Take);
            screen.Hub.On<JsonObject>(FloorHub.Delta, screen.Fold);
            screen.Hub.On<JsonObject>(FloorHub.Alert, alert => screen.Alerts.Writer.TryWrite(alert));
            await screen.Hub.StartAsync(Stop);
            await screen.NextAsync(_ => true);
            return screen;
        }

        /// <summary>Loses its place, as a page that slept does.</summary>
        public void Forget()
        {
            lock (gate) floor = null;
        }

        public async Task<JsonObject> NextAsync(Func<JsonObject, bool> isIt)
        {
            while (true)
            {
                var delta = await deltas.Reader.ReadAsync(Stop);
                if (isIt(delta)) return delta;
            }
        }

        public async Task UntilAsync(Func<FoldedFloor, bool> isSo)
        {
            while (floor is null || !isSo(floor)) await NextAsync(_ => true);
        }

        public ValueTask DisposeAsync() => Hub.DisposeAsync();

        private void Take(JsonObject snapshot)
        {
            lock (gate) floor = new FoldedFloor(snapshot);
            Snapshots++;
        }

        private void Fold(JsonObject delta)
        {
            lock (gate) Assert.True(floor?.Apply(delta) ?? true);
            deltas.Writer.TryWrite(delta);
        }
    }
}
