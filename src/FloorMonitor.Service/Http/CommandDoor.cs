using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Hubs;
using FloorMonitor.Service.Wire;

namespace FloorMonitor.Service.Http;

/// <summary>A command's outcome over the hub: the agent as they now are, or the problem.</summary>
internal sealed record CommandReply(bool Done, WireAgent? Agent, FloorProblem? Problem);

/// <summary>The one door through which commands come in, whether by HTTP or by the hub.</summary>
internal sealed class CommandDoor(EngineInbox inbox, FloorViews views, TimeProvider time)
{
    public const string SignIn = "sign-in";
    public const string SignOut = "sign-out";
    public const string Break = "break";
    public const string Resume = "resume";
    public const string RaiseHand = "raise-hand";
    public const string LowerHand = "lower-hand";
    public const string Move = "move";
    public const string RequestBreak = "request-break";
    public const string CancelBreak = "cancel-break";
    public const string GrantBreak = "grant-break";
    public const string DeferBreak = "defer-break";
    public const string DeclineBreak = "decline-break";
    public const string AcknowledgeHand = "acknowledge-hand";
    public const string Message = "message";
    public const string ReadMessage = "read-message";
    public const string CheckIn = "check-in";
    public const string RollCall = "roll-call";
    public const string Grant = "grant";
    public const string Revoke = "revoke";

    /// <summary>The commands by name, with the body's members that each may have.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Commands = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [SignIn] = ["queues", "by"],
        [SignOut] = ["by"],
        [Break] = ["kind", "by"],
        [Resume] = ["by"],
        [RaiseHand] = ["by"],
        [LowerHand] = ["by"],
        [Move] = ["queues", "reason", "by"],
        [RequestBreak] = ["kind", "by"],
        [CancelBreak] = ["by"],
        [GrantBreak] = ["at", "kind", "minutes", "by"],
        [DeferBreak] = ["minutes", "by"],
        [DeclineBreak] = ["by"],
        [AcknowledgeHand] = ["by"],
        [Message] = ["text", "by"],
        [ReadMessage] = ["message", "by"],
        [CheckIn] = ["by"],
        [RollCall] = ["by"],
        [Grant] = ["allow", "reason", "minutes", "by"],
        [Revoke] = ["grant", "by"],
    };

    // Above everything that a command can wait for (switch and effect), so that a caller is never left without an answer.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);

    /// <summary>Asks the engine for a command and waits for its answer.</summary>
    /// <param name="agent">Whom it concerns.</param>
    /// <param name="command">The command's name.</param>
    /// <param name="body">With what.</param>
    /// <param name="door">Where it came in.</param>
    /// <param name="gone">The caller is no longer there.</param>
    /// <param name="phone">The address of the phone from which it is asked; null where it is none.</param>
    public async Task<CommandReply> AskAsync(string agent, string command, CommandBody? body, GateDoor door, CancellationToken gone, string? phone = null)
    {
        if (agent is null or { Length: 0 or > 256 }) return Failed(FloorProblem.BadField("agent", "must be an agent's id"));
        if (command is Break or RequestBreak && body?.Kind is null) return Failed(FloorProblem.BadField("kind", "is required: a kind of break"));
        if (body?.Kind is { } kind && Unknown(kind) is { } unknown) return Failed(unknown);
        if (Missing(command, body) is { } missing) return Failed(FloorProblem.BadField(missing, "is required"));
        if (body?.Queues?.FirstOrDefault(queue => queue is null or { Length: 0 or > 64 } || queue.Any(char.IsControl)) is not null)
            return Failed(FloorProblem.BadField("queues", "must be a list of queue names"));
        var by = body?.By ?? agent;
        FloorCommand? asked = command switch
        {
            SignIn => new SignIn(agent, by, ValueArray.From((body?.Queues ?? []).Distinct(StringComparer.Ordinal))) { Phone = phone },
            SignOut => new SignOut(agent, by),
            Break => new TakeBreak(agent, by, body!.Kind!),
            Resume => new Resume(agent, by),
            RaiseHand => new RaiseHand(agent, by),
            LowerHand => new LowerHand(agent, by),
            Move => new MoveQueues(agent, by, ValueArray.From(body!.Queues!.Distinct(StringComparer.Ordinal)), body.Reason ?? ""),
            RequestBreak => new RequestBreak(agent, by, body!.Kind!),
            CancelBreak => new CancelBreak(agent, by),
            GrantBreak => new GrantBreak(agent, by, body!.Kind, body.At?.ToUniversalTime())
            {
                For = body.Minutes is { } granted ? TimeSpan.FromMinutes(granted) : null,
            },
            DeferBreak => new DeferBreak(agent, by, TimeSpan.FromMinutes(body!.Minutes!.Value)),
            DeclineBreak => new DeclineBreak(agent, by),
            AcknowledgeHand => new AcknowledgeHand(agent, by),
            Message => new SendMessage(agent, by, body!.Text!),
            ReadMessage => new ReadMessage(agent, by, body!.Message!),
            CheckIn => new CheckIn(agent, by),
            RollCall => new RollCall(agent, by),
            Grant => new GiveGrant(agent, by, body!.Allow!, body.Reason!, TimeSpan.FromMinutes(body.Minutes!.Value)),
            Revoke => new RevokeGrant(agent, by, body!.Grant!),
            _ => null,
        };
        if (asked is null) return Failed(FloorProblem.NotFound($"\"{command}\" is no command{NearestKey.Suggest(command, Commands.Keys)}"));
        return await AskAsync(answer => new CommandAsked(asked with { Door = door }, answer), agent, gone);
    }

    /// <summary>Asks something of the house itself.</summary>
    public Task<CommandReply> HouseAsync(HouseCommand command, CancellationToken gone) => AskAsync(answer => new HouseAsked(command, answer), null, gone);

    private async Task<CommandReply> AskAsync(Func<TaskCompletionSource<CommandAnswer>, EngineItem> item, string? agent, CancellationToken gone)
    {
        // Continuations run elsewhere: a caller's code must never run on the writer's thread.
        var answer = new TaskCompletionSource<CommandAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!inbox.TryPut(item(answer))) return Failed(FloorProblem.Of(new TooBusy())!);
        CommandAnswer given;
        try
        {
            given = await answer.Task.WaitAsync(AnswerWithin, time, gone);
        }
        catch (TimeoutException)
        {
            return Failed(FloorProblem.Of(new TooBusy())!);
        }

        if (FloorProblem.Of(given) is { } problem) return Failed(problem);
        return new(true, agent is null ? null : views.Current().Agent(agent), null);
    }

    // What a command cannot do without; that a supervisor is named where one has to be.
    private static string? Missing(string command, CommandBody? body) => command switch
    {
        Move when body?.Queues is null or { Length: 0 } => "queues",
        Grant when body?.Allow is null => "allow",
        Grant when body.Reason is null => "reason",
        Grant when body.Minutes is null => "minutes",
        Revoke when body?.Grant is null => "grant",
        Message when body?.Text is null => "text",
        ReadMessage when body?.Message is null => "message",
        DeferBreak when body?.Minutes is null => "minutes",
        Grant or Revoke or GrantBreak or DeferBreak or RollCall or AcknowledgeHand or Message when body?.By is null => "by",
        _ => null,
    };

    private FloorProblem? Unknown(string kind)
    {
        var kinds = views.Current().Floor.Setup.Breaks;
        return kinds.Any(known => known.Kind == kind)
            ? null
            : FloorProblem.BadField("kind", $"\"{kind}\" is no kind of break{NearestKey.Suggest(kind, kinds.Select(known => known.Kind))}");
    }

    private static CommandReply Failed(FloorProblem problem) => new(false, null, problem);
}
