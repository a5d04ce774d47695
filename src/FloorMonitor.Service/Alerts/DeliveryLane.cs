using System.Threading.Channels;
using FloorMonitor.Store.Outbox;

namespace FloorMonitor.Service.Alerts;

/// <summary>
/// Delivers to one recipient on one channel, one message at a time. Messages of one subject keep their order: the next one waits
/// until the one before is delivered or dead; other subjects overtake a message that has to be tried again. What is in a lane is
/// in the outbox, whose room bounds it; a lane that is dead delays nobody but itself.
/// </summary>
internal sealed class DeliveryLane(string channel, AlertDelivery delivery, TimeProvider time)
{
    // So many failures in a row are the channel's, not the messages': then one message probes and the others wait.
    private const int FailuresOfTheChannel = 5;

    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedList<OutboxEntry>> subjects = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, (DateTimeOffset DueAt, long Number)> heads = new();
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private string? trying;
    private int failuresInRow;
    private DateTimeOffset pausedUntil;

    /// <summary>
    /// Takes a message, in the order in which it was decided: a dead letter that is sent again goes before what its subject said later,
    /// but not before what is being tried now.
    /// </summary>
    public void Put(OutboxEntry entry)
    {
        lock (gate)
        {
            var subject = entry.Message.Subject;
            if (!subjects.TryGetValue(subject, out var queue)) subjects[subject] = queue = new();
            var before = queue.Last;
            while (before is not null && before.Value.Number > entry.Number && !(before.Previous is null && trying == subject)) before = before.Previous;
            if (before is not null)
            {
                queue.AddAfter(before, entry);
            }
            else
            {
                if (queue.Count > 0) heads.Remove(subject, out _, out _);
                queue.AddFirst(entry);
                heads.Enqueue(subject, (entry.DueAt, entry.Number));
            }
        }

        Wake();
    }

    /// <summary>The configuration changed: what waits for its time may be due now.</summary>
    public void Wake() => wake.Writer.TryWrite(true);

    /// <summary>Forgets a pause, because the channel is another one now.</summary>
    public void Resume()
    {
        pausedUntil = default;
        Wake();
    }

    /// <summary>Delivers until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var (entry, due) = Next();
            if (entry is null) await WaitAsync(due, stop);
            else await DeliverAsync(entry, stop);
        }
    }

    private (OutboxEntry? Entry, DateTimeOffset? Due) Next()
    {
        lock (gate)
        {
            if (!heads.TryPeek(out var subject, out var due)) return (null, null);
            var at = due.DueAt > pausedUntil ? due.DueAt : pausedUntil;
            if (at > time.GetUtcNow()) return (null, at);
            // Out of the line while it is tried: what is put in meanwhile may stand before it.
            trying = heads.Dequeue();
            return (subjects[subject].First!.Value, null);
        }
    }

    private async Task WaitAsync(DateTimeOffset? due, CancellationToken stop)
    {
        if (due is not { } at)
        {
            await wake.Reader.ReadAsync(stop);
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var news = wake.Reader.WaitToReadAsync(either.Token).AsTask();
        var now = time.GetUtcNow();
        var delay = at > now ? Task.Delay(at - now, time, either.Token) : Task.CompletedTask;
        // Looked at once more: the moment may have come while the delay was being made.
        if (at > time.GetUtcNow()) await Task.WhenAny(news, delay);
        wake.Reader.TryRead(out _);
        await either.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    private async Task DeliverAsync(OutboxEntry entry, CancellationToken stop)
    {
        var after = await delivery.TryAsync(entry, stop);
        lock (gate)
        {
            trying = null;
            var queue = subjects[entry.Message.Subject];
            if (after is null) queue.RemoveFirst();
            // The same place in its subject, with what was learned.
            else queue.First!.Value = after.Entry;
            if (queue.First is { Value: var next }) heads.Enqueue(entry.Message.Subject, (next.DueAt, next.Number));
            else subjects.Remove(entry.Message.Subject);
        }

        failuresInRow = after is null ? 0 : failuresInRow + 1;
        if (after is { IsOfTheChannel: true } || failuresInRow >= FailuresOfTheChannel) pausedUntil = after!.Entry.DueAt;
        delivery.Report(channel, failuresInRow >= FailuresOfTheChannel ? after!.Entry.Error : null);
    }
}

/// <summary>A message that stays in its lane.</summary>
/// <param name="Entry">As it now is.</param>
/// <param name="IsOfTheChannel">Whether the receiver asked for patience with everything.</param>
internal sealed record TriedInVain(OutboxEntry Entry, bool IsOfTheChannel);
