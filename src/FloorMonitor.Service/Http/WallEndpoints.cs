using FloorMonitor.Service.Hubs;
using FloorMonitor.Service.Wire;

namespace FloorMonitor.Service.Http;

/// <summary>The walls there are. Their pictures come over the hub: <c>/hubs/floor?wall=NAME</c>.</summary>
internal static class WallEndpoints
{
    public static void MapWalls(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/walls", (WallBook walls) => Answers.Ok<IReadOnlyList<string>>([.. walls.Names]))
            .WithSummary("The names of the walls.").Produces<IReadOnlyList<string>>();
        app.MapGet("/api/walls/{name}", (string name, WallBook walls) => walls.Find(name) is { } lens
                ? Answers.Ok(lens.Wire)
                : Answers.Problem(FloorProblem.NotFound(Complaints.ThereIsNo(name, "大屏", "wall", walls.Names))))
            .WithSummary("What a wall shows, as walls.yaml says.").Produces<WireWall>().Produces<FloorProblem>(404, FloorProblem.ContentType);
    }
}
