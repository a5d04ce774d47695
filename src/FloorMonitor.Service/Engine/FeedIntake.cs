using System.Reactive.Linq;
using System.Reactive.Subjects;
using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx;

namespace FloorMonitor.Service.Engine;

/// <summary>
/// Merges what the feeds say into the engine's queue. A feed's reading loop must never wait (the switch would drop it), so
/// a full queue means: drop that feed's messages, say that it is lost, have it read everything anew, and take it again from
/// its next snapshot on. Single events are never lost silently, because after a loss nothing counts but a snapshot.
/// </summary>
internal sealed class FeedIntake : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Intake> intakes = [];
    private readonly EngineInbox inbox;
    private readonly TimeProvider time;
    private readonly EngineMeter meter;
    private readonly ILogger<FeedIntake> log;
    private readonly Subject<IPbxFeed> feeds = new();
    private readonly IDisposable subscription;

    public FeedIntake(EngineInbox inbox, TimeProvider time, EngineMeter meter, ILogger<FeedIntake> log)
    {
        this.inbox = inbox;
        this.time = time;
        this.meter = meter;
        this.log = log;
        subscription = feeds.SelectMany(MessagesOf).Subscribe(
            pair => Take(pair.Intake, pair.Message),
            error => this.log.LogCritical(error, "A feed's messages ended with an error; feeds must never do that"));
    }

    /// <summary>Listens to a feed from now on; it must not run yet, or its first words would be missed.</summary>
    public void Add(IPbxFeed feed) => feeds.OnNext(feed);

    /// <summary>Listens no more to a feed.</summary>
    public void Remove(string name)
    {
        lock (gate)
            if (intakes.Remove(name, out var intake)) intake.Ended.OnNext(true);
    }

    /// <summary>Reads a feed anew because what it said could not be followed; nothing but a snapshot counts from here.</summary>
    public void Resync(string name, string reason)
    {
        Intake? intake;
        lock (gate)
        {
            if (!intakes.TryGetValue(name, out intake)) return;
            intake.Lose(reason);
            NoteLoss(intake);
        }

        intake.Feed.Resync(reason);
    }

    /// <summary>Says of feeds that were lost to an overflow that they are, once the queue has room again. Called on every tick.</summary>
    public void NoteLosses()
    {
        lock (gate)
            foreach (var intake in intakes.Values)
                if (intake.IsLost) NoteLoss(intake);
    }

    /// <summary>Listens no more: the service ends, and what is said from here on belongs to the next one.</summary>
    public void Close() => subscription.Dispose();

    public void Dispose()
    {
        Close();
        feeds.Dispose();
        lock (gate)
            foreach (var intake in intakes.Values) intake.Dispose();
    }

    private IObservable<(Intake Intake, FeedMessage Message)> MessagesOf(IPbxFeed feed)
    {
        var intake = new Intake(feed);
        lock (gate) intakes[feed.Name] = intake;
        return feed.Messages.TakeUntil(intake.Ended).Select(message => (intake, message));
    }

    private void Take(Intake intake, FeedMessage message)
    {
        lock (gate)
        {
            if (intake.IsLost) NoteLoss(intake);
            var counts = !intake.IsLost || (intake.LossNoted && MayFollowALoss(message));
            if (counts && inbox.TryPut(new FeedSaid(message)))
            {
                if (HasSnapshot(message)) intake.Found();
                return;
            }

            meter.DroppedMessages.Add(1, new KeyValuePair<string, object?>("feed", intake.Feed.Name));
            // While a snapshot is awaited the rest is dropped; but a snapshot for which there was no room must be made again.
            if (intake.IsLost && !HasSnapshot(message)) return;
            intake.Lose("overflow");
            NoteLoss(intake);
        }

        meter.Overflows.Add(1, new KeyValuePair<string, object?>("feed", intake.Feed.Name));
        log.LogWarning("Feed {Feed} said more than the engine could take; it is read anew", intake.Feed.Name);
        intake.Feed.Resync("overflow");
    }

    private void NoteLoss(Intake intake)
    {
        if (intake.LossNoted) return;
        var at = time.GetUtcNow();
        var name = intake.Feed.Name;
        if (inbox.TryPut(new FeedSaid(new FeedMessage(name, at, "", [new FeedLost(at, name, intake.Reason)])))) intake.LossNoted = true;
    }

    // What a feed says of its own link is true at any time; everything else counts again only after a snapshot.
    private static bool MayFollowALoss(FeedMessage message)
    {
        foreach (var said in message.Events)
            if (said is not (FeedLost or FeedConnecting or FeedSynced)) return HasSnapshot(message);
        return true;
    }

    private static bool HasSnapshot(FeedMessage message)
    {
        foreach (var said in message.Events)
            if (said is FeedSynced) return true;
        return false;
    }

    private sealed class Intake(IPbxFeed feed) : IDisposable
    {
        public IPbxFeed Feed { get; } = feed;

        public Subject<bool> Ended { get; } = new();

        public bool IsLost { get; private set; }

        public bool LossNoted { get; set; }

        public string Reason { get; private set; } = "";

        public void Lose(string reason)
        {
            // A loss that was noted and is followed by another needs no second note: nothing came between them.
            if (!IsLost) LossNoted = false;
            IsLost = true;
            Reason = reason;
        }

        public void Found()
        {
            IsLost = false;
            LossNoted = false;
        }

        public void Dispose() => Ended.Dispose();
    }
}
