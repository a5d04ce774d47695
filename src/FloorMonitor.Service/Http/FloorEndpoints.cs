using System.Globalization;
using FloorMonitor.Service.Hubs;
using FloorMonitor.Service.Wire;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Http;

/// <summary>What can be asked: the floor, its verdicts and what they rest on.</summary>
internal static class FloorEndpoints
{
    private const int MaxEvidence = 200;
    private static readonly string[] VerdictParameters = ["date", "rule", "subject", "open"];

    public static void MapFloor(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/floor", (FloorViews views) => Answers.Ok(views.Current().Snapshot))
            .WithSummary("The whole floor now.").Produces<WireSnapshot>();
        app.MapGet("/api/verdicts", VerdictsAsync)
            .WithSummary("Verdicts of a business day, newest first; date, rule, subject and open restrict.")
            .Produces<IReadOnlyList<WireVerdict>>().Produces<FloorProblem>(400, FloorProblem.ContentType);
        app.MapGet("/api/verdicts/{id}", VerdictAsync)
            .WithSummary("One verdict, of any day.").Produces<WireVerdict>().Produces<FloorProblem>(404, FloorProblem.ContentType);
        app.MapGet("/api/verdicts/{id}/evidence", EvidenceAsync)
            .WithSummary("The journal entries that a verdict rests on, with the text as the PBX sent it (numbers masked).")
            .Produces<IReadOnlyList<WireEvidence>>().Produces<FloorProblem>(404, FloorProblem.ContentType);
    }

    private static async Task<IResult> VerdictsAsync(HttpRequest request, IFloorStore store, FloorViews views, CancellationToken stop)
    {
        var query = new VerdictQuery();
        foreach (var (name, values) in request.Query)
        {
            if (!VerdictParameters.Contains(name, StringComparer.Ordinal))
                return Answers.Problem(FloorProblem.BadField(name, Complaints.NotKnown(name, VerdictParameters)));
            if (values.Count != 1 || values[0] is not { Length: <= 256 } value) return Answers.Problem(FloorProblem.BadField(name, Complaints.Once));
            if (value.Length == 0) continue;
            switch (name)
            {
                case "date" when DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date):
                    query = query with { Date = date };
                    break;
                case "date":
                    return Answers.Problem(FloorProblem.BadField(name, Complaints.Date));
                case "open" when value is "true" or "false":
                    query = query with { Open = value == "true" };
                    break;
                case "open":
                    return Answers.Problem(FloorProblem.BadField(name, new("须为 true 或 false", "must be true or false")));
                case "rule":
                    query = query with { Rule = value };
                    break;
                default:
                    query = query with { Subject = value };
                    break;
            }
        }

        var floor = views.Current().Floor;
        var found = await store.FindVerdictsAsync(query with { Date = query.Date ?? floor.BusinessDay }, stop);
        return Answers.Ok<IReadOnlyList<WireVerdict>>([.. found.Select(verdict => WireMapping.Of(verdict, floor))]);
    }

    private static async Task<IResult> VerdictAsync(string id, VerdictDoor door, FloorViews views, CancellationToken stop)
    {
        if (await door.FindAsync(Answers.Segment(id), stop) is not { } verdict) return NoVerdict(id);
        return Answers.Ok(WireMapping.Of(verdict, views.Current().Floor));
    }

    private static async Task<IResult> EvidenceAsync(string id, IFloorStore store, VerdictDoor door, CancellationToken stop)
    {
        if (await door.FindAsync(Answers.Segment(id), stop) is not { } verdict) return NoVerdict(id);
        var entries = await store.FindAsync([.. verdict.Evidence.Distinct().Take(MaxEvidence)], stop);
        return Answers.Ok<IReadOnlyList<WireEvidence>>([.. entries.Select(WireMapping.Of)]);
    }

    private static IResult NoVerdict(string id) => Answers.Problem(FloorProblem.NotFound(Complaints.NoVerdict(id)));
}
