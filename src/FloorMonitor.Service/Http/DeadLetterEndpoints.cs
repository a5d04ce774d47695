using System.Globalization;
using FloorMonitor.Service.Alerts;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Wire;

namespace FloorMonitor.Service.Http;

/// <summary>Messages that could not be delivered: listed, sent again, dropped. Who does it is in the house's trail (GET /api/audit).</summary>
internal static class DeadLetterEndpoints
{
    private const int UsualCount = 200;
    private const int MostCount = 1_000;
    private static readonly string[] Parameters = ["channel", "limit"];

    public static void MapDeadLetters(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/dead-letters", List)
            .WithSummary("Messages that could not be delivered, the newest first: channel, recipient, tries, last error, since; channel and limit (at most 1,000) restrict.")
            .Produces<WireDeadLetters>().Produces<FloorProblem>(400, FloorProblem.ContentType);
        Map(app, "/api/dead-letters/{id}/resend", ["by"], null, "Sends one again: the same key, in its order, all tries anew. Body: by.",
            (desk, id, body, request) => desk.ResendAsync(id, body.By!, CommandEndpoints.DoorOf(request, own: false), request.HttpContext.RequestAborted));
        Map(app, "/api/dead-letters/{id}/drop", ["by", "reason"], body => body.Reason is null ? "reason" : null, "Drops one for good. Body: by, reason.",
            (desk, id, body, request) => desk.DropAsync(id, body.Reason!, body.By!, CommandEndpoints.DoorOf(request, own: false), request.HttpContext.RequestAborted));
        Map(app, "/api/dead-letters/resend", ["by", "channel"], body => body.Channel is null ? "channel" : null, "Sends all of a channel again, in their order. Body: by, channel.",
            (desk, _, body, request) => desk.ResendAllAsync(body.Channel!, body.By!, CommandEndpoints.DoorOf(request, own: false), request.HttpContext.RequestAborted));
    }

    private static void Map(
        IEndpointRouteBuilder app, string path, string[] members, Func<CommandBody, string?>? missing, string summary, Func<DeadLetterDesk, string, CommandBody, HttpRequest, Task<DeadLetterAnswer>> act) =>
        app.MapPost(path, async (HttpRequest request, AlertHost alerts) =>
            {
                var (body, problem) = await CommandEndpoints.BodyAsync(request, members);
                if (problem is not null) return Answers.Problem(problem);
                if ((body!.By is null ? "by" : missing?.Invoke(body)) is { } field) return Answers.Problem(FloorProblem.BadField(field, "is required"));
                if (alerts.DeadLetters is not { } desk) return Answers.Problem(FloorProblem.OfStatus(503));
                var answer = await act(desk, request.RouteValues["id"] as string ?? "", body, request);
                return answer.Why is { } why ? Answers.Problem(ProblemOf(answer, why)) : Answers.Ok(new WireDeadDone(answer.Count));
            })
            .WithSummary(summary)
            .Accepts<CommandBody>("application/json")
            .Produces<WireDeadDone>()
            .Produces<FloorProblem>(400, FloorProblem.ContentType)
            .Produces<FloorProblem>(404, FloorProblem.ContentType)
            .Produces<FloorProblem>(409, FloorProblem.ContentType)
            .Produces<FloorProblem>(503, FloorProblem.ContentType);

    private static IResult List(HttpRequest request, AlertHost alerts, LiveConfig live, FloorBoard board)
    {
        var (channel, limit) = ((string?)null, UsualCount);
        foreach (var (name, values) in request.Query)
        {
            if (!Parameters.Contains(name, StringComparer.Ordinal)) return Answers.Problem(FloorProblem.BadField(name, $"is not known here{NearestKey.Suggest(name, Parameters)}"));
            if (name == "channel") channel = values;
            else if (!int.TryParse(values, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostCount)
                return Answers.Problem(FloorProblem.BadField("limit", $"must be a number from 1 to {MostCount}"));
        }

        if (alerts is not { Outbox: { } outbox, DeadLetters: { } desk }) return Answers.Problem(FloorProblem.OfStatus(503));
        var dead = outbox.Dead;
        var (config, floor) = (live.Current.Alerts, board.State);
        return Answers.Ok(new WireDeadLetters(
            [.. dead.Reverse().Where(letter => channel is null || letter.Target.Channel == channel).Take(limit).Select(letter => DeadLetterMapping.Of(letter, desk, config, floor))],
            dead.Count,
            [.. dead.GroupBy(letter => letter.Target.Channel).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new WireDeadChannel(group.Key, group.Count()))]));
    }

    private static FloorProblem ProblemOf(DeadLetterAnswer answer, Core.Rules.Text why)
    {
        var problem = answer switch
        {
            { IsBusy: true } => FloorProblem.Of(503, "too-busy", "Too many commands wait", why.En),
            { IsGone: true } => FloorProblem.NotFound(why.En),
            _ => FloorProblem.Of(409, "dead-letter-stays", "It was not done", why.En),
        };
        return problem with { Text = WireMapping.Of(why) };
    }
}
