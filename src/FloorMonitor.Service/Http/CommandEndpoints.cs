using System.Buffers;
using FloorMonitor.Core.Gate;
using FloorMonitor.Service.Wire;

namespace FloorMonitor.Service.Http;

/// <summary>What can be done: the agents' commands.</summary>
internal static class CommandEndpoints
{
    public static void MapCommands(this IEndpointRouteBuilder app)
    {
        foreach (var (command, members) in CommandDoor.Commands)
        {
            app.MapPost($"/api/agents/{{id}}/{command}", (string id, HttpRequest request, CommandDoor door) => AskAsync(id, command, members, request, door))
                .WithSummary($"{command}: asked of the gate, done at the PBX, answered with the agent as they then are.")
                .Accepts<CommandBody>(isOptional: true, "application/json")
                .Produces<WireAgent>()
                .Produces<FloorProblem>(400, FloorProblem.ContentType)
                .Produces<FloorProblem>(404, FloorProblem.ContentType)
                .Produces<FloorProblem>(409, FloorProblem.ContentType)
                .Produces<FloorProblem>(502, FloorProblem.ContentType)
                .Produces<FloorProblem>(504, FloorProblem.ContentType);
        }
    }

    private static async Task<IResult> AskAsync(string id, string command, string[] members, HttpRequest request, CommandDoor door)
    {
        var (body, problem) = await BodyAsync(request, members);
        if (problem is not null) return Answers.Problem(problem);
        var reply = await door.AskAsync(Answers.Segment(id), command, body, DoorOf(request, own: body!.By is null || body.By == Answers.Segment(id)), request.HttpContext.RequestAborted);
        return reply.Problem is not null ? Answers.Problem(reply.Problem) : Answers.Ok(reply.Agent!);
    }

    // Browsers say that a request comes from a page of ours (and no program needs to): whoever acts for another sits at a desk.
    internal static GateDoor DoorOf(HttpRequest request, bool own)
    {
        if (request.Headers["Sec-Fetch-Site"] is not [{ } site] || site != "same-origin") return GateDoor.Api;
        return own ? GateDoor.Page : GateDoor.Desk;
    }

    internal static async Task<(CommandBody? Body, FloorProblem? Problem)> BodyAsync(HttpRequest request, string[] members)
    {
        if (request.Query.Count > 0) return (null, FloorProblem.BadField(request.Query.Keys.First(), new("此处不识别;指令的内容写在正文中", "is not known here; what a command needs goes into the body")));
        var buffer = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.GetMemory(1024), request.HttpContext.RequestAborted);
            if (read == 0) break;
            buffer.Advance(read);
            if (buffer.WrittenCount > CommandBody.MaxLength) return (null, FloorProblem.OfStatus(413));
        }

        // A form or plain text can be sent by any page of the web without asking; JSON cannot.
        if (buffer.WrittenCount > 0 && !request.HasJsonContentType()) return (null, FloorProblem.OfStatus(415));
        return CommandBody.Parse(buffer.WrittenMemory, members);
    }
}
