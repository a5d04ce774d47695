using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Alerts;
using FloorMonitor.Service.Wire;

namespace FloorMonitor.Service.Http;

/// <summary>Alerts: what is going on, what became of the messages, and that somebody has seen to it.</summary>
internal static class AlertEndpoints
{
    private const int UsualCount = 100;
    private const int MostCount = 500;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    public static void MapAlerts(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/alerts", Book)
            .WithSummary("Alerts that are open or were of late, and their messages: waiting, delivered, dead letters. limit: how many of each, at most 500.")
            .Produces<WireAlertBook>().Produces<FloorProblem>(400, FloorProblem.ContentType);
        app.MapPost("/api/alerts/{id}/acknowledge", AcknowledgeAsync)
            .WithSummary("Says that somebody has seen to it: it goes up no further. Body: by.")
            .Accepts<CommandBody>("application/json")
            .Produces<WireAlertState>()
            .Produces<FloorProblem>(400, FloorProblem.ContentType).Produces<FloorProblem>(404, FloorProblem.ContentType).Produces<FloorProblem>(409, FloorProblem.ContentType);
        AcknowledgePage.Map(app);
    }

    private static IResult Book(HttpRequest request, AlertHost alerts)
    {
        var limit = UsualCount;
        foreach (var (name, values) in request.Query)
        {
            if (name != "limit") return Answers.Problem(FloorProblem.BadField(name, Complaints.NotKnown(name, ["limit"])));
            if (!int.TryParse(values, System.Globalization.NumberStyles.None, null, out limit) || limit is < 1 or > MostCount)
                return Answers.Problem(FloorProblem.BadField("limit", Complaints.NumberOf(1, MostCount)));
        }

        var book = alerts.Book.Alerts.Values;
        if (alerts.Outbox is not { } outbox) return Answers.Problem(FloorProblem.OfStatus(503));
        var counts = outbox.Counts;
        return Answers.Ok(new WireAlertBook(
            [.. book.Where(alert => alert.ClosedAt is null).OrderByDescending(alert => alert.OpenedAt).Take(limit).Select(WireAlerts.Of)],
            [.. outbox.Ended.Reverse().Take(limit).Select(WireAlerts.Of)],
            [.. outbox.Waiting.Take(limit).Select(WireAlerts.Of)],
            [.. outbox.Dead.Reverse().Take(limit).Select(WireAlerts.Of)],
            [.. outbox.Delivered.Reverse().Take(limit).Select(WireAlerts.Of)],
            counts.Waiting,
            counts.Dead));
    }

    private static async Task<IResult> AcknowledgeAsync(string id, HttpRequest request, AlertHost alerts, TimeProvider time)
    {
        var (body, problem) = await CommandEndpoints.BodyAsync(request, ["by"]);
        if (problem is not null) return Answers.Problem(problem);
        if (body!.By is not { } by) return Answers.Problem(FloorProblem.BadField("by", Complaints.RequiredAs("由谁处理", "who has seen to it")));
        var wanted = Answers.Segment(id);
        if (wanted.Length > 512) return Answers.Problem(FloorProblem.NotFound(NoSuchAlert));
        if (alerts.AcknowledgeAsync(wanted, by) is not { } asked) return Answers.Problem(FloorProblem.OfStatus(503));
        try
        {
            return await asked.WaitAsync(AnswerWithin, time, request.HttpContext.RequestAborted) switch
            {
                { ClosedAt: null } alert => Answers.Ok(WireAlerts.Of(alert)),
                { } => Over(),
                null when alerts.Outbox?.Ended.Any(ended => ended.Id == wanted) == true => Over(),
                null => Answers.Problem(FloorProblem.NotFound(NoSuchAlert)),
            };
        }
        catch (TimeoutException)
        {
            return Answers.Problem(FloorProblem.OfStatus(503));
        }
    }

    private static readonly Text NoSuchAlert = new("没有这条告警", "There is no such alert.");

    private static IResult Over() => Answers.Problem(FloorProblem.Of(409, "alert-over", "It is over", new("告警已结束,无须确认。", "The alert is over; there is nothing left to acknowledge.")));
}
