using System.Buffers;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Service.Hubs;
using FloorMonitor.Service.Wire;
using Microsoft.AspNetCore.Http.Features;

namespace FloorMonitor.Service.Http;

/// <summary>The duty supervisor's rounds (P4.7): recorded, listed, with a picture each where somebody took one.</summary>
internal static class PatrolEndpoints
{
    public static void MapPatrols(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/patrols", (HttpRequest request, FloorViews views) => request.Query.Count > 0
                ? Answers.Problem(FloorProblem.BadField(request.Query.Keys.First(), Complaints.NotKnownHere))
                : Answers.Ok<IReadOnlyList<WirePatrol>>([.. views.Current().Floor.DutyWatch.Patrols.Reverse().Select(WireMapping.Of)]))
            .WithSummary("The last rounds, the newest first.")
            .Produces<IReadOnlyList<WirePatrol>>();
        app.MapPost("/api/patrols", RecordAsync)
            .WithSummary("Records a round; body: by, seen, concerns (whom it concerns, a list of ids or names).")
            .Accepts<CommandBody>("application/json")
            .Produces<WirePatrol>()
            .Produces<FloorProblem>(400, FloorProblem.ContentType)
            .Produces<FloorProblem>(409, FloorProblem.ContentType);
        app.MapPut("/api/patrols/{id}/photo", PictureAsync)
            .WithSummary($"Puts a picture to a round: the bytes of a JPEG, PNG or WebP, at most {PatrolPhotos.MaxLength >> 20} MB.")
            .Produces<WirePatrol>()
            .Produces<FloorProblem>(400, FloorProblem.ContentType)
            .Produces<FloorProblem>(404, FloorProblem.ContentType)
            .Produces<FloorProblem>(409, FloorProblem.ContentType)
            .Produces<FloorProblem>(413, FloorProblem.ContentType)
            .Produces<FloorProblem>(415, FloorProblem.ContentType);
        app.MapGet("/api/patrols/{id}/photo", (string id, FloorViews views, PatrolPhotos photos) =>
                Find(views.Current().Floor, id)?.Picture is { } name && photos.Find(name) is { } path
                    ? Results.File(path, PictureType.Named(name))
                    : Answers.Problem(FloorProblem.NotFound(new("该巡场记录没有照片", "That round has no picture."))))
            .WithSummary("The picture of a round.");
    }

    private static async Task<IResult> RecordAsync(HttpRequest request, CommandDoor door, FloorViews views)
    {
        var (body, problem) = await CommandEndpoints.BodyAsync(request, ["by", "seen", "concerns"]);
        if (problem is not null) return Answers.Problem(problem);
        if (body!.By is not { } by) return Answers.Problem(FloorProblem.BadField("by", Complaints.Required));
        if (body.Seen is not { } seen) return Answers.Problem(FloorProblem.BadField("seen", Complaints.RequiredAs("看到的情况", "what was seen")));
        var reply = await door.HouseAsync(new RecordPatrol(by, seen, ValueArray.From((body.Concerns ?? []).Distinct(StringComparer.Ordinal))) { Door = CommandEndpoints.DoorOf(request, own: false) }, request.HttpContext.RequestAborted);
        if (reply.Problem is not null) return Answers.Problem(reply.Problem);
        var patrols = views.Current().Floor.DutyWatch.Patrols;
        return Answers.Ok(WireMapping.Of(patrols.Last(one => one.By == by)));
    }

    private static async Task<IResult> PictureAsync(string id, HttpRequest request, CommandDoor door, FloorViews views, PatrolPhotos photos)
    {
        var stop = request.HttpContext.RequestAborted;
        if (Find(views.Current().Floor, id) is not { } patrol) return Answers.Problem(FloorProblem.NotFound(new("没有这条巡场记录", "There is no such round.")));
        if (patrol.Picture is not null) return Answers.Problem(FloorProblem.Conflict("has-picture", "The round has its picture", new("该巡场记录已有照片", "That round has its picture already.")));
        // A form or plain text can be sent by any page of the web without asking; a picture cannot.
        if (request.ContentType is not { } type || !type.StartsWith("image/", StringComparison.OrdinalIgnoreCase)) return Answers.Problem(NoPicture());
        if (await ReadAsync(request, stop) is not { } bytes) return Answers.Problem(FloorProblem.Of(413, "too-large", "The picture is too large", new($"照片不得超过 {PatrolPhotos.MaxLength >> 20} MB", $"A picture has at most {PatrolPhotos.MaxLength >> 20} MB.")));
        if (PictureType.Of(bytes.Span) is not { } found) return Answers.Problem(NoPicture());
        if (!photos.HasRoom) return Answers.Problem(FloorProblem.Of(507, "no-room", "No room for pictures", new($"数据目录中已有 {PatrolPhotos.MaxFiles} 张照片", $"{PatrolPhotos.MaxFiles} pictures lie in the data folder already.")));
        var name = await photos.SaveAsync(patrol.Id, found, bytes, stop);
        var reply = await door.HouseAsync(new PicturePatrol(patrol.By, patrol.Id, name) { Door = CommandEndpoints.DoorOf(request, own: false) }, stop);
        if (reply.Problem is not null) return Answers.Problem(reply.Problem);
        return Answers.Ok(WireMapping.Of(Find(views.Current().Floor, id)!));
    }

    // More than a picture may have, so that the answer is ours: past its limit the server cuts the line in the middle of the body.
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken stop)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = 4 * PatrolPhotos.MaxLength;
        if (request.ContentLength > PatrolPhotos.MaxLength) return null;
        var buffer = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.GetMemory(64 * 1024), stop);
            if (read == 0) return buffer.WrittenMemory;
            buffer.Advance(read);
            if (buffer.WrittenCount > PatrolPhotos.MaxLength) return null;
        }
    }

    private static FloorProblem NoPicture() => FloorProblem.Of(415, "no-picture", "That is no picture", new("正文须为 JPEG、PNG 或 WebP 图片,并在 Content-Type 中注明", "The body must be a JPEG, PNG or WebP, with its type in Content-Type."));

    private static Patrol? Find(FloorState floor, string id) => floor.DutyWatch.Patrols.FirstOrDefault(one => one.Id == id);
}
