using FloorMonitor.Core.Gate;
using FloorMonitor.Service.Http;
using Microsoft.AspNetCore.SignalR;

namespace FloorMonitor.Service.Hubs;

/// <summary>
/// What screens connect to. Client methods: <c>Snapshot</c>, <c>Delta</c>, <c>Alert</c>, <c>AlertUpdate</c>; server methods: a fresh snapshot,
/// and the commands of the HTTP interface with the same answers (a problem where HTTP would answer with one).
/// </summary>
internal sealed class FloorHub(Broadcaster broadcaster, FloorViews views, WallBook walls, CommandDoor door, VerdictDoor verdicts, ShiftDoor shifts, IHubContext<FloorHub> context) : Hub
{
    public const string Snapshot = "Snapshot";
    public const string Delta = "Delta";
    public const string Alert = "Alert";
    public const string AlertUpdate = "AlertUpdate";

    private const string PumpKey = "pump";

    /// <inheritdoc/>
    public override async Task OnConnectedAsync()
    {
        var screen = context.Clients.Client(Context.ConnectionId);
        // A wall says which one it is, and is sent what that wall may show; every other screen is sent the whole floor.
        var wall = Context.GetHttpContext()?.Request.Query["wall"].ToString();
        var pump = new ScreenPump(
            Context.ConnectionId, (method, message, stop) => screen.SendAsync(method, message, stop), broadcaster, views,
            string.IsNullOrEmpty(wall) ? null : () => walls.Find(wall));
        Context.Items[PumpKey] = pump;
        broadcaster.Add(pump);
        _ = FeedAsync(pump, Context);
        await base.OnConnectedAsync();
    }

    /// <inheritdoc/>
    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items.TryGetValue(PumpKey, out var known) && known is ScreenPump pump) broadcaster.Remove(pump);
        return base.OnDisconnectedAsync(exception);
    }

    /// <summary>Sends everything anew, after a gap of versions.</summary>
    public void RequestSnapshot() => broadcaster.Refresh(Context.ConnectionId);

    /// <summary>Signs an agent in; no queues: those of the last session.</summary>
    public Task<CommandReply> SignIn(string agent, string[]? queues = null) => Ask(agent, new CommandBody { Queues = queues }, CommandDoor.SignIn);

    /// <summary>Signs an agent out.</summary>
    public Task<CommandReply> SignOut(string agent) => Ask(agent, null, CommandDoor.SignOut);

    /// <summary>Starts a break.</summary>
    public Task<CommandReply> Break(string agent, string kind) => Ask(agent, new CommandBody { Kind = kind }, CommandDoor.Break);

    /// <summary>Ends a break.</summary>
    public Task<CommandReply> Resume(string agent) => Ask(agent, null, CommandDoor.Resume);

    /// <summary>Raises a hand.</summary>
    public Task<CommandReply> RaiseHand(string agent) => Ask(agent, null, CommandDoor.RaiseHand);

    /// <summary>Lowers a hand.</summary>
    public Task<CommandReply> LowerHand(string agent) => Ask(agent, null, CommandDoor.LowerHand);

    /// <summary>Moves an agent into these queues, without a sign-out in between.</summary>
    public Task<CommandReply> Move(string agent, string[] queues, string? reason, string? by) =>
        Ask(agent, new CommandBody { Queues = queues, Reason = reason, By = by }, CommandDoor.Move);

    /// <summary>Says of a verdict that somebody has seen it and acts.</summary>
    public Task<VerdictReply> Acknowledge(string verdict, string by, string? reason) => Say(verdict, "acknowledge", by, reason, GateDoor.Desk);

    /// <summary>Excuses a verdict.</summary>
    public Task<VerdictReply> Excuse(string verdict, string by, string reason) => Say(verdict, "excuse", by, reason, GateDoor.Desk);

    /// <summary>The agent says that a verdict about them is wrong.</summary>
    public Task<VerdictReply> Dispute(string verdict, string by, string reason) => Say(verdict, "dispute", by, reason, GateDoor.Page);

    /// <summary>Decides a dispute: the verdict stays.</summary>
    public Task<VerdictReply> Uphold(string verdict, string by, string reason) => Say(verdict, "uphold", by, reason, GateDoor.Desk);

    /// <summary>Decides a dispute: the verdict was wrong.</summary>
    public Task<VerdictReply> Overturn(string verdict, string by, string reason) => Say(verdict, "overturn", by, reason, GateDoor.Desk);

    /// <summary>Asks for a break: granted now, planned, queued or refused.</summary>
    public Task<CommandReply> RequestBreak(string agent, string kind) => Ask(agent, new CommandBody { Kind = kind }, CommandDoor.RequestBreak);

    /// <summary>Takes back what was asked for or given.</summary>
    public Task<CommandReply> CancelBreak(string agent, string? by) => Ask(agent, new CommandBody { By = by }, CommandDoor.CancelBreak);

    /// <summary>Gives a break now or at an instant.</summary>
    public Task<CommandReply> GrantBreak(string agent, DateTimeOffset? at, string by) =>
        Ask(agent, new CommandBody { At = at, By = by }, CommandDoor.GrantBreak);

    /// <summary>Moves a break that has a slot by minutes.</summary>
    public Task<CommandReply> DeferBreak(string agent, int minutes, string by) =>
        Ask(agent, new CommandBody { Minutes = minutes, By = by }, CommandDoor.DeferBreak);

    /// <summary>Does without the break of the hour that runs.</summary>
    public Task<CommandReply> DeclineBreak(string agent) => Ask(agent, null, CommandDoor.DeclineBreak);

    /// <summary>Somebody saw a raised hand and is coming.</summary>
    public Task<CommandReply> AcknowledgeHand(string agent, string by) => Ask(agent, new CommandBody { By = by }, CommandDoor.AcknowledgeHand);

    /// <summary>Says something to an agent.</summary>
    public Task<CommandReply> Message(string agent, string text, string by) => Ask(agent, new CommandBody { Text = text, By = by }, CommandDoor.Message);

    /// <summary>The agent read a message.</summary>
    public Task<CommandReply> ReadMessage(string agent, string message) => Ask(agent, new CommandBody { Message = message }, CommandDoor.ReadMessage);

    /// <summary>Says something to everybody of a team.</summary>
    public Task<CommandReply> MessageTeam(string team, string text, string by) => Ask(new Core.Gate.MessageTeam(by, team, text), by, text);

    /// <summary>Takes the duty.</summary>
    public Task<CommandReply> TakeDuty(string holder) => Ask(new TakeDuty(holder), holder);

    /// <summary>Offers the duty to a deputy.</summary>
    public Task<CommandReply> HandOverDuty(string to, string by) => Ask(new HandOverDuty(by, to), by, to);

    /// <summary>Accepts the duty that was offered.</summary>
    public Task<CommandReply> AcceptDuty(string by) => Ask(new AcceptDuty(by), by);

    /// <summary>Declines the duty that was offered.</summary>
    public Task<CommandReply> DeclineDuty(string by) => Ask(new DeclineDuty(by), by);

    /// <summary>The page of the duty's holder is there.</summary>
    public Task<CommandReply> Heartbeat(string by) => Ask(new BeatDuty(by), by);

    /// <summary>The agent is here for the shift.</summary>
    public Task<CommandReply> CheckIn(string agent) => Ask(agent, null, CommandDoor.CheckIn);

    /// <summary>The lead found the agent here for the shift.</summary>
    public Task<CommandReply> RollCall(string agent, string by) => Ask(agent, new CommandBody { By = by }, CommandDoor.RollCall);

    /// <summary>Allows an agent one exception for some minutes.</summary>
    public Task<CommandReply> Grant(string agent, string allow, string reason, int minutes, string by) =>
        Ask(agent, new CommandBody { Allow = allow, Reason = reason, Minutes = minutes, By = by }, CommandDoor.Grant);

    /// <summary>Takes an exception back.</summary>
    public Task<CommandReply> Revoke(string agent, string grant, string by) => Ask(agent, new CommandBody { Grant = grant, By = by }, CommandDoor.Revoke);

    /// <summary>Excuses a whole shift of a date; a rule restricts it to that one.</summary>
    public async Task<ShiftReply> ExcuseShift(string date, string shift, string by, string reason, string? rule) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day)
            ? await shifts.ExcuseAsync(day, shift ?? "", rule, by, reason, GateDoor.Desk, Context.ConnectionAborted)
            : new(false, null, FloorProblem.BadField("date", Complaints.Date));

    private Task<VerdictReply> Say(string verdict, string verb, string by, string? reason, GateDoor gate) =>
        verdicts.SayAsync(verdict ?? "", verb, by, reason, gate, Context.ConnectionAborted);

    // A pump that ends by itself has no wall any more to feed: its page asks GET /api/walls why, and tries again.
    private static async Task FeedAsync(ScreenPump pump, HubCallerContext screen)
    {
        await pump.RunAsync(screen.ConnectionAborted);
        screen.Abort();
    }

    // What HTTP's body reader holds: nobody, nothing, or more than a sentence is no word.
    private Task<CommandReply> Ask(HouseCommand command, params ReadOnlySpan<string?> words)
    {
        foreach (var word in words)
            if (word is not { Length: > 0 and <= CommandBody.MaxSentence } || word.Any(char.IsControl))
                return Task.FromResult(new CommandReply(false, null, FloorProblem.BadField("arguments", Complaints.TextOf(500))));
        return door.HouseAsync(command with { Door = GateDoor.Desk }, Context.ConnectionAborted);
    }

    private Task<CommandReply> Ask(string agent, CommandBody? body, string command) =>
        door.AskAsync(agent, command, body, body?.By is { } by && by != agent ? GateDoor.Desk : GateDoor.Page, Context.ConnectionAborted);
}
