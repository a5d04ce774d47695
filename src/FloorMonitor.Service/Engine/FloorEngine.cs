using System.Reactive.Linq;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Engine;

/// <summary>
/// The heart: one reader of one queue. It takes what is there, lets the writer journal, fold and judge it, and publishes
/// the newest floor once for the whole batch. Whatever may wait (switches, screens, Redis) happens outside of it.
/// </summary>
internal sealed class FloorEngine(
    EngineInbox inbox,
    FloorWriter writer,
    FloorBoard board,
    FeedIntake intake,
    FeedHost feeds,
    ControlDesk desk,
    IFloorStore store,
    DeskNotes notes,
    EngineMeter meter,
    TimeProvider time,
    ILogger<FloorEngine> log)
{
    /// <summary>How often time is told to the floor when nothing else happens.</summary>
    public static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a command waits for its effect to come back as an event after the switch said yes.</summary>
    public static readonly TimeSpan EffectWithin = TimeSpan.FromSeconds(2);

    // A batch bounds how old a published floor may be under load.
    private const int MaxBatch = 256;

    private readonly List<Action> answersAfterPublication = [];
    private readonly DutyPresence presence = new();
    private string? beatRefusedTo;
    private readonly VerdictDesk verdicts = new(writer, time);

    /// <summary>Finds where the journal ended and takes the configuration; after it the floor can be looked at.</summary>
    public async Task StartAsync(FloorConfig config, CancellationToken stop)
    {
        meter.WatchBacklog(() => inbox.Count);
        var recovered = await store.OpenAsync(stop);
        foreach (var (index, note) in recovered.Notes.Index())
        {
            log.LogWarning("Store: {Note}", note);
            notes.Raise($"store-{index}", new($"存储:{note}", $"Store: {note}"));
        }

        writer.Rules = new RuleBook(config.Rules);
        writer.Recover(recovered);
        writer.House(new FloorConfigured(time.GetUtcNow(), config.Setup));
        Publish();
        board.Beat(time.GetUtcNow());
        log.LogInformation("The journal goes on after entry {Entry}; {Tail} entries were folded onto the snapshot", recovered.LastEntry, recovered.Tail.Count);
    }

    /// <summary>Follows the feeds until stopped, then writes down what is still in the queue.</summary>
    public async Task RunAsync(FloorConfig config, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var outside = new[] { TickAsync(ending.Token), desk.RunAsync(ending.Token) };
        feeds.Apply(config, writer.State);
        try
        {
            // Not cancelled by stop: the queue is closed instead, so that what was heard is also written.
            using var closing = stop.Register(() =>
            {
                intake.Close();
                inbox.Close();
            });
            while (await inbox.Reader.WaitToReadAsync(CancellationToken.None)) Work();
        }
        finally
        {
            await ending.CancelAsync();
            await feeds.StopAsync();
            await IgnoreCancellation(Task.WhenAll(outside));
        }
    }

    /// <summary>Takes what is there, at most one batch. Public to this assembly so that a test can drive it by hand.</summary>
    internal void Work()
    {
        var started = time.GetTimestamp();
        DateTimeOffset? beat = null;
        for (var i = 0; i < MaxBatch && inbox.Reader.TryRead(out var item); i++)
        {
            Handle(item);
            if (item is ClockTicked tick) beat = tick.At;
        }

        Publish();
        if (beat is { } at) board.Beat(at);
        meter.BatchTime.Record(time.GetElapsedTime(started).TotalSeconds);
    }

    private void Handle(EngineItem item)
    {
        switch (item)
        {
            case FeedSaid said:
                if (!writer.Feed(said.Message)) intake.Resync(said.Message.Feed, "an event of it could not be folded");
                break;
            case ClockTicked tick:
                writer.NoteStore(store.Health, tick.At);
                writer.Tick(tick.At);
                if (presence.Lapsed(writer.State, tick.At) is { } gone) writer.House(gone);
                if (PhoneContradictions.Of(writer.State, tick.At) is { } contradiction) notes.Raise("phones", contradiction);
                else notes.Clear("phones");
                break;
            case ConfigurationChanged changed:
                writer.Rules = new RuleBook(changed.Config.Rules);
                writer.House(new FloorConfigured(time.GetUtcNow(), changed.Config.Setup));
                feeds.Apply(changed.Config, writer.State);
                break;
            case CommandAsked asked:
                Ask(asked);
                break;
            case VerdictAsked asked:
                var told = verdicts.Say(asked);
                answersAfterPublication.Add(() => asked.Answer.TrySetResult(told));
                break;
            case ShiftExcuseAsked asked:
                var excused = verdicts.Excuse(asked);
                answersAfterPublication.Add(() => asked.Answer.TrySetResult(excused));
                break;
            case HouseAsked asked:
                Ask(asked);
                break;
            case HouseSaid said:
                writer.House(said.Event);
                answersAfterPublication.Add(() => said.Answer.TrySetResult(new CommandDone(null)));
                break;
            case Noted noted:
                writer.House(noted.Event);
                break;
            default:
                throw new InvalidOperationException($"Nobody handles {item.GetType().Name}.");
        }
    }

    private void Ask(CommandAsked asked)
    {
        var command = asked.Command;
        var now = time.GetUtcNow();
        if (!writer.State.Agents.ContainsKey(command.Agent))
        {
            Answer(asked, new NobodyOfThatId(command.Agent));
            return;
        }

        var answer = FloorGate.Ask(command, writer.State, writer.Rules.Rules, now);
        if (answer is Granted { Actions.IsEmpty: false } && !desk.HasRoom(command.Agent))
        {
            // What cannot be sent is not granted: nothing is decided with it, and the trail says why.
            var busy = new TooBusy();
            writer.House(GateAudit.Failed(command, busy, now));
            answersAfterPublication.Add(() => Answer(asked, busy));
            return;
        }

        writer.House(GateAudit.Of(command, answer, now));
        if (answer is Refused refused) answersAfterPublication.Add(() => Answer(asked, new CommandRefused(refused)));
        else if (answer is Granted granted) Grant(asked, granted, now);
    }

    private void Grant(CommandAsked asked, Granted granted, DateTimeOffset now)
    {
        var command = asked.Command;
        foreach (var decided in granted.Decided) writer.House(decided);
        if (GateWords.EventOf(command, now) is { } happened) writer.House(happened);
        if (granted.Actions.IsEmpty)
            answersAfterPublication.Add(() => Answer(asked, Done(command)));
        else if (!desk.TryTake(command.Agent, granted.Actions, failure => Ended(asked, failure)))
            Fail(asked, new TooBusy());
    }

    // The trail already says granted; that the switch did not do it is said after it. It costs the trail nothing else when there is no room.
    private void Fail(CommandAsked asked, CommandAnswer failure)
    {
        inbox.TryPut(new Noted(GateAudit.Failed(asked.Command, failure, time.GetUtcNow())));
        Answer(asked, failure);
    }

    private void Ended(CommandAsked asked, CommandAnswer? failure)
    {
        if (failure is not null) Fail(asked, failure);
        else _ = AnswerWhenSeenAsync(asked);
    }

    // The answer waits for the event, but not for ever: a switch that said yes and shows nothing has still said yes.
    private async Task AnswerWhenSeenAsync(CommandAsked asked)
    {
        using var limit = new CancellationTokenSource(EffectWithin, time);
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var giveUp = limit.Token.Register(() => seen.TrySetResult());
        using var watch = board.States.Subscribe(
            state =>
            {
                if (CommandEffect.IsSeen(asked.Command, state)) seen.TrySetResult();
            },
            () => seen.TrySetResult());
        await seen.Task;
        Answer(asked, Done(asked.Command));
    }

    private void Ask(HouseAsked asked)
    {
        var now = time.GetUtcNow();
        var answer = HouseGate.Ask(asked.Command, writer.State, now);
        CommandAnswer told = answer.Refusal is { } refusal ? new CommandRefused(refusal) : new CommandDone(null);
        if (IsToldOf(asked.Command, answer)) writer.House(GateAudit.Of(asked.Command, answer, now));
        if (answer.Refusal is null) presence.Note(asked.Command, now);
        if (answer.Event is { } happened) writer.House(happened);
        answersAfterPublication.Add(() => asked.Answer.TrySetResult(told));
    }

    // A beat is a page's, not a person's asking, and comes every minute: the trail holds only the first of those that are refused to somebody.
    private bool IsToldOf(HouseCommand command, HouseAnswer answer)
    {
        if (command is not BeatDuty) return true;
        var isFirst = answer.Refusal is not null && beatRefusedTo != command.By;
        beatRefusedTo = answer.Refusal is null ? null : command.By;
        return isFirst;
    }

    private CommandDone Done(FloorCommand command) => new(board.State.Agents.GetValueOrDefault(command.Agent));

    private void Answer(CommandAsked asked, CommandAnswer answer)
    {
        meter.Commands.Add(
            1,
            new KeyValuePair<string, object?>("command", asked.Command.GetType().Name),
            new KeyValuePair<string, object?>("answer", answer.GetType().Name));
        asked.Answer.TrySetResult(answer);
    }

    private void Publish()
    {
        var batch = writer.Finish();
        board.Publish(batch.State, writer.Rules.Rules, batch.Opened, batch.Changed);
        store.Publish(batch.State, batch.Changed);
        foreach (var enforcement in batch.Enforcements) desk.Take(enforcement);
        foreach (var answer in answersAfterPublication) answer();
        answersAfterPublication.Clear();
    }

    private async Task TickAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TickEvery, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            intake.NoteLosses();
            // No room for a tick: the queue is full of events, and the next tick says the same and more.
            inbox.TryPut(new ClockTicked(time.GetUtcNow()));
        }
    }

    private static async Task IgnoreCancellation(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // Asked for: that is how these tasks end.
        }
    }
}
