using System.Globalization;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.History;
using FloorMonitor.Service.Hubs;
using FloorMonitor.Service.Wire;

namespace FloorMonitor.Service.Http;

/// <summary>A day as it was: an agent's timeline, callers to call back, and the calls behind a figure.</summary>
internal static class HistoryEndpoints
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    public static void MapHistory(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/agents/{id}/timeline", TimelineAsync)
            .WithSummary("An agent's business day: states, breaks, calls and verdicts; date restricts to another day.")
            .Produces<WireTimeline>().Produces<FloorProblem>(400, FloorProblem.ContentType).Produces<FloorProblem>(404, FloorProblem.ContentType);
        app.MapGet("/api/calls/abandoned", AbandonedAsync)
            .WithSummary("Callers who gave up on a business day, newest first, and whether somebody reached them; date and queue restrict.")
            .Produces<IReadOnlyList<WireAbandoned>>().Produces<FloorProblem>(400, FloorProblem.ContentType);
        app.MapPost("/api/calls/abandoned/called-back", CalledBackAsync)
            .WithSummary("Somebody called an abandoned caller back; body: queue, call, by.")
            .Accepts<CommandBody>("application/json")
            .Produces<WireAbandoned>().Produces<FloorProblem>(400, FloorProblem.ContentType).Produces<FloorProblem>(404, FloorProblem.ContentType);
        app.MapGet("/api/queues/{name}/figures/{figure}", FigureAsync)
            .WithSummary($"How a queue's figure of the business day is computed and from which calls: {string.Join(", ", FigureExplanation.Ids.AsSpan().ToArray())}.")
            .Produces<WireFigure>().Produces<FloorProblem>(400, FloorProblem.ContentType).Produces<FloorProblem>(404, FloorProblem.ContentType);
    }

    private static async Task<IResult> TimelineAsync(string id, HttpRequest request, DayHistory history, FloorViews views, CancellationToken stop)
    {
        var (date, _, problem) = Read(request, views, []);
        if (problem is not null) return Answers.Problem(problem);
        return await history.TimelineAsync(Answers.Segment(id), date, stop) is { } timeline
            ? Answers.Ok(timeline)
            : Answers.Problem(FloorProblem.NotFound(Complaints.NoAgent(id)));
    }

    private static async Task<IResult> AbandonedAsync(HttpRequest request, DayHistory history, FloorViews views, CancellationToken stop)
    {
        var (date, queue, problem) = Read(request, views, ["queue"]);
        if (problem is not null) return Answers.Problem(problem);
        return Answers.Ok(await history.AbandonedAsync(date, queue, stop));
    }

    private static async Task<IResult> FigureAsync(string name, string figure, HttpRequest request, DayHistory history, FloorViews views, CancellationToken stop)
    {
        var (date, _, problem) = Read(request, views, []);
        if (problem is not null) return Answers.Problem(problem);
        var queue = Answers.Segment(name);
        if (!views.Current().Floor.Queues.ContainsKey(queue)) return Answers.Problem(FloorProblem.NotFound(Complaints.ThereIsNo(name, "队列", "queue")));
        return await history.FigureAsync(queue, figure, date, stop) is { } explained
            ? Answers.Ok(explained)
            : Answers.Problem(FloorProblem.NotFound(Complaints.IsNo(figure, "队列指标", "figure of a queue", FigureExplanation.Ids)));
    }

    private static async Task<IResult> CalledBackAsync(HttpRequest request, DayHistory history, FloorViews views, EngineInbox inbox, TimeProvider time)
    {
        var stop = request.HttpContext.RequestAborted;
        var (body, problem) = await CommandEndpoints.BodyAsync(request, ["queue", "call", "by"]);
        if (problem is not null) return Answers.Problem(problem);
        foreach (var (member, value) in new[] { ("queue", body!.Queue), ("call", body.Call), ("by", body.By) })
            if (value is null) return Answers.Problem(FloorProblem.BadField(member, Complaints.Required));
        var today = views.Current().Floor.BusinessDay;
        var found = (await history.AbandonedAsync(today, body!.Queue, stop)).FirstOrDefault(caller => caller.Call == body.Call);
        if (found is null) return Answers.Problem(FloorProblem.NotFound(new("今天该队列没有这条放弃的来电", "There is no abandoned call of that id in that queue today.")));
        var answer = new TaskCompletionSource<CommandAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var now = time.GetUtcNow();
        if (!inbox.TryPut(new HouseSaid(new CallerCalledBack(now, body.Queue!, body.Call!, body.By!), answer))) return Answers.Problem(FloorProblem.Of(new TooBusy())!);
        try
        {
            await answer.Task.WaitAsync(AnswerWithin, time, stop);
        }
        catch (TimeoutException)
        {
            return Answers.Problem(FloorProblem.Of(new TooBusy())!);
        }

        return Answers.Ok(found with { CalledBackBy = body.By, CalledBackAt = now });
    }

    private static (DateOnly Date, string? Queue, FloorProblem? Problem) Read(HttpRequest request, FloorViews views, string[] more)
    {
        var (date, queue) = (views.Current().Floor.BusinessDay, (string?)null);
        foreach (var (name, values) in request.Query)
        {
            if (name != "date" && !more.Contains(name, StringComparer.Ordinal))
                return (default, null, FloorProblem.BadField(Shown(name), Complaints.NotKnown(name, ["date", .. more])));
            if (values.Count != 1 || values[0] is not { Length: > 0 and <= 256 } value) return (default, null, FloorProblem.BadField(name, Complaints.Once));
            if (name == "queue") queue = value;
            else if (!DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date))
                return (default, null, FloorProblem.BadField(name, Complaints.Date));
        }

        return (date, queue, null);
    }

    private static string Shown(string text) => text.Length > 200 ? text[..200] + "…" : text;
}
