using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Engine;
using FloorMonitor.Store.Outbox;

namespace FloorMonitor.Service.Alerts;

/// <summary>How often and how long something is tried.</summary>
/// <param name="Attempts">Tries before it is a dead letter.</param>
/// <param name="First">Pause after the first one; each is twice the one before.</param>
/// <param name="Most">The longest pause.</param>
internal sealed record RetryConfig(int Attempts, TimeSpan First, TimeSpan Most)
{
    /// <summary>12 tries over about half an hour.</summary>
    public static RetryConfig Default { get; } = new(12, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    /// <summary>The pause after a number of tries. Spread over its upper half, so that a receiver which comes back is not met by everything at once.</summary>
    /// <param name="attempts">Tries so far, at least 1.</param>
    /// <param name="spread">A random number from 0 to 1.</param>
    public TimeSpan Pause(int attempts, double spread)
    {
        var full = Math.Min(Most.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, Math.Min(attempts - 1, 30)));
        return TimeSpan.FromMilliseconds(full * (0.5 + spread / 2));
    }
}

/// <summary>One try of one message, and what is noted of it.</summary>
internal sealed class AlertDelivery(
    AlertOutbox outbox, AlertRoad road, DeskNotes notes, AlertMeter meter, TimeProvider time, ILogger<AlertDelivery> log, Func<double>? random = null, MessageTeller? teller = null)
{
    /// <summary>How long a receiver may take for one message.</summary>
    public static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(20);

    // A receiver that asks for patience and does not say how much: robots of chats count by the minute.
    private static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MostPatience = TimeSpan.FromHours(1);

    private readonly Func<double> random = random ?? Random.Shared.NextDouble;

    /// <summary>Tries once.</summary>
    /// <returns>Null when the message is settled; otherwise as it stays.</returns>
    public async Task<TriedInVain?> TryAsync(OutboxEntry entry, CancellationToken stop)
    {
        var message = entry.Message;
        var delivery = road.ChannelOf(message.Target.Channel) is { } channel
            ? await SendAsync(channel, new(message, road.LinkOf(entry)), stop)
            : new Refused("no such channel is configured any more");
        meter.Tries.Add(1, new("channel", message.Target.Channel), new("outcome", delivery.GetType().Name));
        switch (delivery)
        {
            case Delivered taken:
                outbox.NoteDelivered(entry, taken.Said, taken.HandedOn);
                teller?.Tell(message, taken.HandedOn ? PhoneDelivery.Accepted : PhoneDelivery.Delivered, taken.Said ?? "");
                meter.Latency.Record((time.GetUtcNow() - message.At).TotalSeconds, new KeyValuePair<string, object?>("channel", message.Target.Channel));
                return null;
            case AskedToWait wait:
                var patience = wait.After is { } asked && asked > TimeSpan.Zero ? asked < MostPatience ? asked : MostPatience : UsualPatience;
                return new(Again(entry, counts: false, patience, wait.Why), IsOfTheChannel: true);
            case FailedForNow failed when entry.Attempts + 1 < road.Retry.Attempts:
                var pause = road.Retry.Pause(entry.Attempts + 1, random());
                return new(Again(entry, counts: true, pause, failed.Why), IsOfTheChannel: false);
            case FailedForNow failed:
                Bury(entry, failed.Why);
                return null;
            case Refused refused:
                Bury(entry, refused.Why);
                return null;
            default:
                throw new InvalidOperationException($"Nobody notes {delivery.GetType().Name}.");
        }
    }

    /// <summary>A channel works, or is in trouble.</summary>
    public void Report(string channel, string? trouble)
    {
        var key = $"alerts-{channel}";
        if (trouble is null) notes.Clear(key);
        else notes.Raise(key, new($"通知通道 {channel} 不通,稍后重发:{trouble}", $"The channel {channel} fails, its messages wait: {trouble}"));
    }

    private async Task<Delivery> SendAsync(IAlertChannel channel, OutgoingAlert outgoing, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(AnswerWithin, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            return await channel.SendAsync(outgoing, both.Token).WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new FailedForNow($"no answer within {AnswerWithin.TotalSeconds:0} s");
        }
        catch (Exception wrong) when (wrong is not OperationCanceledException)
        {
            // A lane that ended by a library's surprise would lose everything that waits in it.
            log.LogError(wrong, "The channel {Channel} failed in a way that nobody expected", outgoing.Message.Target.Channel);
            return new FailedForNow($"{wrong.GetType().Name}: {wrong.Message}");
        }
    }

    private OutboxEntry Again(OutboxEntry entry, bool counts, TimeSpan pause, string why)
    {
        var failed = outbox.NoteFailed(entry, counts, time.GetUtcNow() + pause, why);
        teller?.Tell(entry.Message, PhoneDelivery.Retrying, why);
        return failed;
    }

    private void Bury(OutboxEntry entry, string why)
    {
        outbox.NoteDead(entry, why);
        teller?.Tell(entry.Message, PhoneDelivery.Failed, why);
        var channel = entry.Message.Target.Channel;
        log.LogError("Not delivered by {Channel} after {Attempts} tries: {Key}: {Why}", channel, entry.Attempts + 1, entry.Message.Key, why);
        DeadLetterNote.Show(outbox, notes);
    }
}
