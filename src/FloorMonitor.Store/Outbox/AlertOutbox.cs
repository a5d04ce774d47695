using System.Globalization;
using FloorMonitor.Core.Alerts;
using FloorMonitor.Store.Records;

namespace FloorMonitor.Store.Outbox;

/// <summary>
/// What is to be told and was not delivered yet, with the state of alerting that it came from. What was decided is handed to the
/// operating system in one write before anything of it leaves, so that a kill -9 loses nothing; a message that was sent and not yet
/// noted as sent is sent again (at least once), with the same key, by which a receiver can know it. Safe from any thread.
/// </summary>
public sealed class AlertOutbox : IDisposable
{
    // What may wait in memory while the disk takes nothing; beyond it the newest facts live in memory only.
    private const int PendingLimit = 16 << 20;
    private const string Ending = ".outbox";

    private readonly Lock gate = new();
    private readonly string folder;
    private readonly TimeProvider time;
    private readonly OutboxLimits limits;
    private readonly OutboxState state;
    private RecordFile file;
    private AlertBook book;
    private long compactAt;
    private int generation;

    private AlertOutbox(string folder, TimeProvider time, OutboxLimits limits, OutboxState state, RecordFile file, int generation)
    {
        (this.folder, this.time, this.limits, this.state, this.file, this.generation) = (folder, time, limits, state, file, generation);
        book = state.Book();
        compactAt = Math.Max(limits.CompactAt, file.FlushedLength * 2);
    }

    /// <summary>The state of alerting as it was committed last.</summary>
    public AlertBook Book
    {
        get
        {
            lock (gate) return book;
        }
    }

    /// <summary>Why the disk takes nothing; null while it does.</summary>
    public string? Trouble { get; private set; }

    /// <summary>How many messages wait, and how many are dead letters.</summary>
    public (int Waiting, int Dead) Counts
    {
        get
        {
            lock (gate) return (state.WaitingCount, state.DeadCount);
        }
    }

    /// <summary>The messages that wait, in the order in which they were decided.</summary>
    public IReadOnlyList<OutboxEntry> Waiting
    {
        get
        {
            lock (gate) return [.. state.Waiting];
        }
    }

    /// <summary>What could not be delivered, oldest first.</summary>
    public IReadOnlyList<OutboxLetter> Dead
    {
        get
        {
            lock (gate) return [.. state.Dead];
        }
    }

    /// <summary>What was delivered of late, oldest first.</summary>
    public IReadOnlyList<OutboxLetter> Delivered
    {
        get
        {
            lock (gate) return [.. state.Delivered];
        }
    }

    /// <summary>The alerts that were over of late, oldest first.</summary>
    public IReadOnlyList<Alert> Ended
    {
        get
        {
            lock (gate) return [.. state.Ended];
        }
    }

    /// <summary>The journal entry up to which messages of people were put in; 0 for none.</summary>
    public long MessagesUpTo
    {
        get
        {
            lock (gate) return state.MessagesUpTo;
        }
    }

    /// <summary>Opens the outbox of a folder, or makes it.</summary>
    /// <exception cref="IOException">The folder cannot be made or written.</exception>
    public static AlertOutbox Open(string folder, TimeProvider time, Action<string> note, OutboxLimits? limits = null)
    {
        Directory.CreateDirectory(folder);
        foreach (var half in Directory.EnumerateFiles(folder, "*.half")) File.Delete(half);
        var files = Directory.EnumerateFiles(folder, "*" + Ending).Order(StringComparer.Ordinal).ToList();
        // A crash between the new file's name and the old one's end leaves both; the newer one holds everything.
        foreach (var old in files.SkipLast(1)) File.Delete(old);
        var path = files.Count > 0 ? files[^1] : PathOf(folder, 1);
        var generation = int.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture);
        var file = RecordFile.Open(path, 0, note);
        var state = new OutboxState(limits ?? new());
        var strange = 0;
        foreach (var record in file.Read(0))
        {
            if (OutboxRecord.Read(record.Payload.Span) is { } known) state.Apply(known);
            else strange++;
        }

        if (strange > 0) note($"{strange} records of the outbox are not known to this version and were left out");
        return new(folder, time, limits ?? new(), state, file, generation);
    }

    /// <summary>Writes down what was decided, all of it in one write. A message whose key is known already is not put in again.</summary>
    /// <param name="next">The state of alerting after the decision.</param>
    /// <param name="messages">What is to be sent.</param>
    /// <param name="ended">Alerts that are over.</param>
    /// <param name="links">The links of those messages that have one, by the message's key.</param>
    /// <returns>The messages that are new, in order.</returns>
    public IReadOnlyList<OutboxEntry> Commit(
        AlertBook next, IReadOnlyCollection<AlertMessage> messages, IReadOnlyCollection<Alert> ended, IReadOnlyDictionary<string, AcknowledgementLink>? links = null)
    {
        lock (gate)
        {
            var fresh = new List<OutboxEntry>();
            foreach (var record in Changes(book, next)) Add(record);
            foreach (var alert in ended) Add(new() { Ended = alert });
            foreach (var message in messages)
                if (PutIn(message, links?.GetValueOrDefault(message.Key)) is { } entry) fresh.Add(entry);
            book = next;
            Flush();
            return fresh;
        }
    }

    /// <summary>Writes down which messages of people go to phones, and up to which journal entry that was looked at, in one write.</summary>
    /// <returns>The messages that are new, in order.</returns>
    public IReadOnlyList<OutboxEntry> Commit(long messagesUpTo, IReadOnlyCollection<AlertMessage> messages)
    {
        lock (gate)
        {
            var fresh = new List<OutboxEntry>();
            foreach (var message in messages)
                if (PutIn(message, null) is { } entry) fresh.Add(entry);
            Add(new() { MessagesUpTo = messagesUpTo });
            Flush();
            return fresh;
        }
    }

    /// <summary>How a message stands: it waits, or it was settled of late; neither where the outbox does not know of it (any more).</summary>
    public (OutboxEntry? Waits, OutboxLetter? Settled) Find(string key)
    {
        lock (gate) return state.FindWaiting(key) is { } waits ? (waits, null) : (null, state.FindSettled(key));
    }

    /// <summary>A message arrived.</summary>
    /// <param name="entry">The message.</param>
    /// <param name="said">What the receiver said; null for nothing.</param>
    /// <param name="handedOn">Whether it only passes it on.</param>
    public void NoteDelivered(OutboxEntry entry, string? said = null, bool handedOn = false)
    {
        lock (gate)
        {
            Settle(entry, delivered: true, null, said, handedOn);
            Flush();
        }
    }

    /// <summary>A message did not arrive and is tried again.</summary>
    /// <returns>The entry as it now is.</returns>
    public OutboxEntry NoteFailed(OutboxEntry entry, bool counts, DateTimeOffset nextAt, string error)
    {
        lock (gate)
        {
            var failed = entry with { Attempts = entry.Attempts + (counts ? 1 : 0), DueAt = nextAt, Error = error };
            Add(new() { Waits = failed });
            Flush();
            return failed;
        }
    }

    /// <summary>A message will not arrive: it becomes a dead letter.</summary>
    public void NoteDead(OutboxEntry entry, string error)
    {
        lock (gate)
        {
            Settle(entry with { Attempts = entry.Attempts + 1 }, delivered: false, error);
            Flush();
        }
    }

    /// <summary>
    /// Dead letters wait again, as if they had never been tried, with their old keys and in their old order, so that a receiver that took
    /// one after all can tell. Those that are no dead letters (any more), or have no text, and those for which there is no room stay out.
    /// </summary>
    /// <returns>What waits again, in the order in which it was decided.</returns>
    public IReadOnlyList<OutboxEntry> Resend(IReadOnlyCollection<string> keys)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var wanted = keys.ToHashSet(StringComparer.Ordinal);
            var again = new List<OutboxEntry>();
            foreach (var letter in state.Dead.Where(letter => wanted.Contains(letter.Key)).OrderBy(letter => letter.Number).ToList())
            {
                if (letter.Message is not { } message || state.WaitingCount >= limits.Waiting) continue;
                // What the link was good for it is good for again: it lives as long from now as it did from the first.
                var link = letter.LinkHash is { } hash ? state.FindLink(hash) : null;
                if (link is { UsedAt: null }) Add(new() { Link = link with { ExpiresAt = now + (link.ExpiresAt - message.At) } });
                var entry = new OutboxEntry(message, letter.Number, 0, now, letter.Error) { LinkHash = link?.Hash };
                Add(new() { Resent = entry });
                again.Add(entry);
            }

            Flush();
            return again;
        }
    }

    /// <summary>A dead letter is done with; its key stays known, so that the same message decided again is not sent.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Drop(string key)
    {
        lock (gate)
        {
            if (!state.Dead.Any(letter => letter.Key == key)) return false;
            Add(new() { Dropped = key });
            Flush();
            return true;
        }
    }

    /// <summary>Takes a link that was not used and has not expired; null for any other.</summary>
    public AcknowledgementLink? UseLink(string hash)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (state.FindLink(hash) is not { UsedAt: null } link || link.ExpiresAt <= now) return null;
            link = link with { UsedAt = now };
            Add(new() { Link = link });
            Flush();
            return link;
        }
    }

    /// <summary>The link of a token's hash, whatever became of it; null for none.</summary>
    public AcknowledgementLink? FindLink(string hash)
    {
        lock (gate) return state.FindLink(hash);
    }

    /// <summary>Asks the disk itself to hold what was written; for a power cut. Not on the floor's thread.</summary>
    public void Sync()
    {
        RecordFile now;
        lock (gate) now = file;
        try
        {
            // Not under the lock: a disk may take seconds, and nobody shall wait for it.
            now.Sync();
        }
        catch (ObjectDisposedException)
        {
            // The file was written anew meanwhile, which synced it.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            Flush();
            file.Dispose();
        }
    }

    private static string PathOf(string folder, int generation) => Path.Combine(folder, generation.ToString("000000", CultureInfo.InvariantCulture) + Ending);

    private static IEnumerable<OutboxRecord> Changes(AlertBook before, AlertBook after)
    {
        foreach (var (key, alert) in after.Alerts)
            if (!before.Alerts.TryGetValue(key, out var was) || !ReferenceEquals(was, alert)) yield return new() { Alert = alert };
        foreach (var (key, _) in before.Alerts)
            if (!after.Alerts.ContainsKey(key)) yield return new() { AlertGone = key };
        foreach (var (name, digest) in after.Digests)
            if (!before.Digests.TryGetValue(name, out var was) || !ReferenceEquals(was, digest)) yield return new() { DigestName = name, Digest = digest };
        foreach (var (name, _) in before.Digests)
            if (!after.Digests.ContainsKey(name)) yield return new() { DigestName = name };
    }

    // Null where it is known already, and where there is no room for it.
    private OutboxEntry? PutIn(AlertMessage message, AcknowledgementLink? link)
    {
        if (state.Knows(message.Key)) return null;
        if (link is not null) Add(new() { Link = link });
        var entry = new OutboxEntry(message, state.LastNumber + 1, 0, message.At, null) { LinkHash = link?.Hash };
        Add(new() { Waits = entry });
        if (state.WaitingCount <= limits.Waiting) return entry;
        Settle(entry, delivered: false, "more messages wait than the outbox holds");
        return null;
    }

    private void Settle(OutboxEntry entry, bool delivered, string? error, string? said = null, bool handedOn = false)
    {
        var message = entry.Message;
        var attempts = delivered ? entry.Attempts + 1 : entry.Attempts;
        Add(new()
        {
            Settled = new(message.Key, message.Alert, message.News, message.Target, message.Severity, message.Title, time.GetUtcNow(), attempts, delivered, error)
            {
                Said = said,
                HandedOn = handedOn,
                Message = delivered ? null : message,
                Number = entry.Number,
                LinkHash = delivered ? null : entry.LinkHash,
            },
        });
    }

    private void Add(OutboxRecord record)
    {
        state.Apply(record);
        if (file.PendingBytes < PendingLimit) file.Add(file.LastId + 1, record, OutboxRecord.Write);
    }

    private void Flush()
    {
        if (!file.Flush(out var error))
        {
            Trouble = error;
            return;
        }

        Trouble = null;
        if (file.FlushedLength >= compactAt) Compact();
    }

    // The new file is whole and on disk before it gets its name, and the old one goes after that: at every moment one of them holds everything.
    private void Compact()
    {
        var half = Path.Combine(folder, "next.half");
        try
        {
            File.Delete(half);
            using (var next = RecordFile.Open(half, 0))
            {
                foreach (var record in state.Essence(time.GetUtcNow())) next.Add(next.LastId + 1, record, OutboxRecord.Write);
                if (!next.Flush(out var full)) throw new IOException(full);
                next.Sync();
            }

            var path = PathOf(folder, generation + 1);
            File.Move(half, path);
            var old = file;
            file = RecordFile.Open(path, 0);
            generation++;
            old.Dispose();
            File.Delete(old.Path);
            compactAt = Math.Max(limits.CompactAt, file.FlushedLength * 2);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // The old file goes on; it is tried again when it has grown as much again.
            Trouble = failed.Message;
            compactAt = file.FlushedLength * 2;
        }
    }
}
