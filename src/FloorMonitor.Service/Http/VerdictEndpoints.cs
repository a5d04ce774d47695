using System.Globalization;
using FloorMonitor.Service.Wire;

namespace FloorMonitor.Service.Http;

/// <summary>What can be said of a verdict: acknowledge, excuse, dispute, uphold, overturn.</summary>
internal static class VerdictEndpoints
{
    public static void MapVerdicts(this IEndpointRouteBuilder app)
    {
        foreach (var verb in VerdictDoor.Steps.Keys)
        {
            app.MapPost($"/api/verdicts/{{id}}/{verb}", (string id, HttpRequest request, VerdictDoor door) => SayAsync(id, verb, request, door))
                .WithSummary($"{verb}: a person's step in a verdict's history; body: by, reason.")
                .Accepts<CommandBody>("application/json")
                .Produces<WireVerdict>()
                .Produces<FloorProblem>(400, FloorProblem.ContentType)
                .Produces<FloorProblem>(404, FloorProblem.ContentType)
                .Produces<FloorProblem>(409, FloorProblem.ContentType);
        }
    }

    public static void MapShifts(this IEndpointRouteBuilder app) =>
        app.MapPost("/api/shifts/{date}/{shift}/excuse", ExcuseAsync)
            .WithSummary("Excuses a whole shift of a date (A1): its verdicts about agents, closed, open and still to open; body: by, reason, rule.")
            .Accepts<CommandBody>("application/json")
            .Produces<WireShiftExcuse>()
            .Produces<FloorProblem>(400, FloorProblem.ContentType)
            .Produces<FloorProblem>(404, FloorProblem.ContentType)
            .Produces<FloorProblem>(409, FloorProblem.ContentType);

    private static async Task<IResult> ExcuseAsync(string date, string shift, HttpRequest request, ShiftDoor door)
    {
        var (body, problem) = await CommandEndpoints.BodyAsync(request, ["by", "reason", "rule"]);
        if (problem is not null) return Answers.Problem(problem);
        if (!DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Answers.Problem(FloorProblem.BadField("date", Complaints.Date));
        var gate = CommandEndpoints.DoorOf(request, own: false);
        var reply = await door.ExcuseAsync(day, Answers.Segment(shift), body!.Rule, body.By, body.Reason, gate, request.HttpContext.RequestAborted);
        return reply.Problem is not null ? Answers.Problem(reply.Problem) : Answers.Ok(reply.Excuse!);
    }

    private static async Task<IResult> SayAsync(string id, string verb, HttpRequest request, VerdictDoor door)
    {
        var (body, problem) = await CommandEndpoints.BodyAsync(request, ["by", "reason"]);
        if (problem is not null) return Answers.Problem(problem);
        var gate = CommandEndpoints.DoorOf(request, own: verb == "dispute");
        var reply = await door.SayAsync(Answers.Segment(id), verb, body!.By, body.Reason, gate, request.HttpContext.RequestAborted);
        return reply.Problem is not null ? Answers.Problem(reply.Problem) : Answers.Ok(reply.Verdict!);
    }
}
