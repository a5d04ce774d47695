using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Hubs;
using FloorMonitor.Service.Wire;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Http;

/// <summary>Whether the floor shown is the floor that is, and what is missing for it.</summary>
internal sealed record Readiness(bool Ready, IReadOnlyList<string> Missing, WireStore Store, IReadOnlyList<WireFeed> Feeds);

/// <summary>For whoever watches the monitor.</summary>
internal static class HealthEndpoints
{
    // Some ticks late is a busy machine; this late is a writer that stands.
    private static readonly TimeSpan Stalled = TimeSpan.FromSeconds(10);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", (FloorBoard board, TimeProvider time) =>
                IsStalled(board, time) ? Answers.Problem(FloorProblem.Of(503, "stalled", "The engine stands", new($"最后一次运转在 {board.LastBeat:O}", $"It handled its last tick at {board.LastBeat:O}."))) : Results.Text("ok"))
            .WithSummary("200 while the process does its work.").Produces<string>(200, "text/plain").Produces<FloorProblem>(503, FloorProblem.ContentType);
        app.MapGet("/readyz", (FloorBoard board, FloorViews views, IFloorStore store, TimeProvider time) => Ready(board, views, store, time))
            .WithSummary("200 when the store answers and every feed is synced; says what is missing.").Produces<Readiness>().Produces<Readiness>(503);
    }

    private static IResult Ready(FloorBoard board, FloorViews views, IFloorStore store, TimeProvider time)
    {
        var view = views.Current();
        var floor = view.Floor;
        List<string> missing = [];
        if (IsStalled(board, time)) missing.Add("engine: it stands");
        if (store.Health.State == StoreState.Away) missing.Add($"store: {store.Health.Note}");
        foreach (var feed in floor.Setup.Feeds)
        {
            if (!floor.Feeds.TryGetValue(feed.Name, out var link)) missing.Add($"feed {feed.Name}: not connected yet");
            else if (link.State != FeedState.Synced) missing.Add($"feed {feed.Name}: {WireWords.Of(link.State)}{(link.Reason.Length > 0 ? ", " + link.Reason : "")}");
        }

        var readiness = new Readiness(missing.Count == 0, missing, view.Snapshot.Store, view.Snapshot.Feeds);
        return Results.Json(readiness, WireFormat.Settings, statusCode: readiness.Ready ? 200 : 503);
    }

    private static bool IsStalled(FloorBoard board, TimeProvider time) => time.GetUtcNow() - board.LastBeat > Stalled;
}
