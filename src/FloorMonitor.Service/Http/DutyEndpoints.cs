using FloorMonitor.Core.Gate;
using FloorMonitor.Service.Hubs;
using FloorMonitor.Service.Wire;

namespace FloorMonitor.Service.Http;

/// <summary>The duty (D3.8) and words to a team: what concerns the house and no single agent.</summary>
internal static class DutyEndpoints
{
    public static void MapDuty(this IEndpointRouteBuilder app)
    {
        Map(app, "take", ["holder"], body => body.Holder is { } holder ? new TakeDuty(holder) : null, "holder", "Takes the duty (D3.8); body: holder.");
        Map(app, "hand-over", ["to", "by"], body => body.To is { } to ? new HandOverDuty(body.By ?? "", to) : null, "to", "Offers the duty to a deputy, who has to accept it; body: to, by.");
        Map(app, "accept", ["by"], body => body.By is { } by ? new AcceptDuty(by) : null, "by", "Accepts the duty that was offered; body: by.");
        Map(app, "decline", ["by"], body => body.By is { } by ? new DeclineDuty(by) : null, "by", "Declines the duty that was offered, or takes one's own offer back; body: by.");
        Map(app, "heartbeat", ["by"], body => body.By is { } by ? new BeatDuty(by) : null, "by", "The page of the duty's holder is there, said once a minute; body: by.");
        app.MapPost("/api/teams/{id}/message", MessageAsync)
            .WithSummary("Says something to everybody of a team, on their pages; body: text, by.")
            .Accepts<CommandBody>("application/json")
            .Produces(204)
            .Produces<FloorProblem>(400, FloorProblem.ContentType)
            .Produces<FloorProblem>(409, FloorProblem.ContentType);
    }

    private static void Map(IEndpointRouteBuilder app, string verb, string[] members, Func<CommandBody, HouseCommand?> command, string required, string summary) =>
        app.MapPost($"/api/duty/{verb}", async (HttpRequest request, CommandDoor door, FloorViews views) =>
            {
                var (body, problem) = await CommandEndpoints.BodyAsync(request, members);
                if (problem is not null) return Answers.Problem(problem);
                if (command(body!) is not { } asked) return Answers.Problem(FloorProblem.BadField(required, Complaints.RequiredAs("工号或姓名", "a person's id or name")));
                // Who hands over is the holder where nobody says otherwise.
                if (asked is HandOverDuty { By: "" } unnamed) asked = unnamed with { By = views.Current().Floor.Duty?.Holder ?? "" };
                var reply = await door.HouseAsync(asked with { Door = CommandEndpoints.DoorOf(request, own: false) }, request.HttpContext.RequestAborted);
                return reply.Problem is not null ? Answers.Problem(reply.Problem) : Answers.Ok(views.Current().Snapshot.Duty!);
            })
            .WithSummary(summary)
            .Accepts<CommandBody>("application/json")
            .Produces<WireDuty>()
            .Produces<FloorProblem>(400, FloorProblem.ContentType)
            .Produces<FloorProblem>(409, FloorProblem.ContentType);

    private static async Task<IResult> MessageAsync(string id, HttpRequest request, CommandDoor door)
    {
        var (body, problem) = await CommandEndpoints.BodyAsync(request, ["text", "by"]);
        if (problem is not null) return Answers.Problem(problem);
        if (body!.Text is not { } text) return Answers.Problem(FloorProblem.BadField("text", Complaints.Required));
        if (body.By is not { } by) return Answers.Problem(FloorProblem.BadField("by", Complaints.Required));
        var reply = await door.HouseAsync(new MessageTeam(by, Answers.Segment(id), text) { Door = CommandEndpoints.DoorOf(request, own: false) }, request.HttpContext.RequestAborted);
        return reply.Problem is not null ? Answers.Problem(reply.Problem) : Results.NoContent();
    }
}
