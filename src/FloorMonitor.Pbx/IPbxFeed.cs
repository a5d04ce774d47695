using FloorMonitor.Core.Floor;

namespace FloorMonitor.Pbx;

/// <summary>Events in: the link to one PBX that says what happens there, in the floor's words.</summary>
public interface IPbxFeed
{
    /// <summary>Its name in floor.yaml.</summary>
    string Name { get; }

    /// <summary>
    /// What it says, in order. Pushed from the feed's reading loop: a subscriber must return at once (reading never waits for
    /// folding: a switch drops a session whose reader stalls).
    /// </summary>
    IObservable<FeedMessage> Messages { get; }

    /// <summary>Connects, follows, and connects again without end, until cancelled. Only cancellation ends it; nothing the network does throws out of it.</summary>
    Task RunAsync(CancellationToken stop);

    /// <summary>Drop the link and read everything anew, because the floor could not keep up or found a contradiction.</summary>
    /// <param name="reason">Why, for the log and the desk.</param>
    void Resync(string reason);
}

/// <summary>One thing a feed said, with the text as received, and what it means for the floor.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="At">When it was received, or the switch's own time where it gives one.</param>
/// <param name="Raw">The text as received (evidence); for a snapshot, all of its messages. Never holds a secret.</param>
/// <param name="Events">What it means: at least one event.</param>
public sealed record FeedMessage(string Feed, DateTimeOffset At, string Raw, ValueArray<FloorEvent> Events);
