using System.Globalization;
using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Hubs;
using FloorMonitor.Service.Wire;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Http;

/// <summary>
/// The audit trail of a day, of an agent or of the house itself: everything that was asked of the gate, by whom and through which door,
/// what it said, and what was done. Read from the journal, page by page, oldest first.
/// </summary>
internal static class AuditEndpoints
{
    private const int UsualPage = 100;
    private const int LongestPage = 500;
    private static readonly string[] Parameters = ["date", "after", "limit"];

    // A page may have to look through a day of journal: one at a time, so that the desk's curiosity never slows the floor.
    private static readonly SemaphoreSlim Reading = new(1);

    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/agents/{id}/audit", (string id, HttpRequest request, IFloorStore store, FloorViews views, CancellationToken stop) =>
                TrailAsync(Answers.Segment(id), request, store, views, stop))
            .WithSummary("The audit trail of an agent's business day, oldest first; date, after (the last entry seen) and limit restrict.")
            .Produces<WireTrail>()
            .Produces<FloorProblem>(400, FloorProblem.ContentType)
            .Produces<FloorProblem>(404, FloorProblem.ContentType);
        app.MapGet("/api/audit", (HttpRequest request, IFloorStore store, FloorViews views, CancellationToken stop) => TrailAsync(null, request, store, views, stop))
            .WithSummary("The audit trail of what concerns no single agent: the duty, rounds, words to teams, dead letters, excused shifts; date, after and limit restrict.")
            .Produces<WireTrail>()
            .Produces<FloorProblem>(400, FloorProblem.ContentType);
    }

    // Of the house itself where no agent is named.
    private static async Task<IResult> TrailAsync(string? agent, HttpRequest request, IFloorStore store, FloorViews views, CancellationToken stop)
    {
        var floor = views.Current().Floor;
        var (date, after, limit) = (floor.BusinessDay, 0L, UsualPage);
        foreach (var (name, values) in request.Query)
        {
            if (!Parameters.Contains(name, StringComparer.Ordinal))
                return Answers.Problem(FloorProblem.BadField(name, Complaints.NotKnown(name, Parameters)));
            var value = values.Count == 1 ? values[0] : null;
            var isRead = name switch
            {
                "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date),
                "after" => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out after),
                _ => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is >= 1 and <= LongestPage,
            };
            if (isRead) continue;
            return Answers.Problem(FloorProblem.BadField(name, name switch
            {
                "date" => Complaints.Date,
                "after" => new("须为日志编号", "must be the number of a journal entry"),
                _ => Complaints.NumberOf(1, LongestPage),
            }));
        }

        if (agent is not null && !floor.Agents.ContainsKey(agent)) return Answers.Problem(FloorProblem.NotFound(Complaints.NoAgent(agent)));
        if (date.Year is < 2000 or > 9990) return Answers.Problem(FloorProblem.BadField("date", new("不是本现场的日期", "is no day of this floor")));
        await Reading.WaitAsync(stop);
        try
        {
            return Answers.Ok(await PageAsync(agent, date, after, limit, store, floor, stop));
        }
        finally
        {
            Reading.Release();
        }
    }

    private static bool IsOf(FloorEvent said, string? agent) =>
        agent is null ? said is not IAboutAgent { Agent.Length: > 0 } : said is IAboutAgent about && about.Agent == agent;

    private static async Task<WireTrail> PageAsync(
        string? agent, DateOnly date, long after, int limit, IFloorStore store, FloorState floor, CancellationToken stop)
    {
        var begins = BusinessDay.StartOf(date, floor.Setup);
        var ends = BusinessDay.StartOf(date.AddDays(1), floor.Setup);
        List<WireTrailEntry> page = [];
        await foreach (var entry in store.TrailAsync(EventSources.Gate, begins, after, stop))
        {
            if (entry.At >= ends) break;
            if (entry.At < begins) continue;
            foreach (var said in entry.Events.AsSpan().ToArray())
                if (IsOf(said, agent)) page.Add(TrailMapping.Of(said with { Entry = entry.Id }));
            if (page.Count >= limit) return new(agent, date, page, entry.Id);
        }

        return new(agent, date, page, null);
    }
}
