using System.Globalization;
using FloorMonitor.Store.Records;
using FloorMonitor.Store.Serialization;

namespace FloorMonitor.Store.Journal;

/// <summary>
/// The journal: what was heard, in order, in segment files. One writer appends and flushes; everybody else reads what was flushed.
/// </summary>
internal sealed class JournalLog : IDisposable
{
    /// <summary>A live file that grew to this is followed by another of the same hour, so that a crash never has to check more than this.</summary>
    public const long SegmentSize = 128 << 20;

    /// <summary>What may wait in memory while the disk takes nothing; beyond it entries are lost, counted and told.</summary>
    public const int PendingLimit = 32 << 20;

    private readonly string folder;
    private readonly TimeProvider time;
    private readonly WriteAt? write;
    private readonly Lock gate = new();
    private Segment[] segments;
    private LiveSegment current;
    private long nextHourTicks;
    private long flushedId;

    private JournalLog(string folder, TimeProvider time, WriteAt? write, List<Segment> found)
    {
        this.folder = folder;
        this.time = time;
        this.write = write;
        current = found.LastOrDefault() as LiveSegment ?? NewSegment(found.LastOrDefault());
        if (!ReferenceEquals(found.LastOrDefault(), current)) found.Add(current);
        segments = [.. found];
        nextHourTicks = HourEnd(current.Hour);
    }

    /// <summary>Id of the last entry appended; 0 for none.</summary>
    public long LastId { get; private set; }

    /// <summary>Id of the last entry that a reader can see.</summary>
    public long FlushedId => Volatile.Read(ref flushedId);

    /// <summary>Entries that were lost because the disk took nothing for too long.</summary>
    public long Lost { get; private set; }

    /// <summary>Bytes that wait for the disk.</summary>
    public int PendingBytes => current.File.PendingBytes;

    /// <summary>The segments, oldest first.</summary>
    public IReadOnlyList<Segment> Segments => Volatile.Read(ref segments);

    /// <summary>Opens or makes the journal.</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="time">Which hour it is.</param>
    /// <param name="note">Told in words of what had to be put right.</param>
    /// <param name="write">How bytes are written; null for the plain way.</param>
    public static JournalLog Open(string folder, TimeProvider time, Action<string> note, WriteAt? write = null)
    {
        var found = JournalFolder.Open(folder, note, write);
        var log = new JournalLog(folder, time, write, found);
        log.LastId = log.flushedId = found.Max(segment => segment.LastId);
        return log;
    }

    /// <summary>Buffers an entry. False when it had to be dropped because the disk has taken nothing for too long.</summary>
    public bool Append(JournalEntry entry)
    {
        if (time.GetUtcNow().Ticks >= nextHourTicks || current.File.FlushedLength >= SegmentSize) Roll();
        if (current.File.PendingBytes > PendingLimit)
        {
            Lost++;
            return false;
        }

        current.File.Add(entry.Id, entry, JournalJson.Write);
        LastId = entry.Id;
        return true;
    }

    /// <summary>Hands everything to the operating system.</summary>
    public bool Flush(out string? error)
    {
        if (!current.File.Flush(out error)) return false;
        Volatile.Write(ref flushedId, Math.Max(flushedId, current.File.FlushedId));
        return true;
    }

    /// <summary>Asks the disk to hold what was flushed; from a background thread.</summary>
    public void Sync()
    {
        try
        {
            Volatile.Read(ref current).File.Sync();
        }
        catch (ObjectDisposedException)
        {
            // The segment was sealed, and so synced, between the look and the call.
        }
    }

    /// <summary>The records from an id on, with the hour they were written in. Payloads are valid until the next is asked for.</summary>
    public IEnumerable<(string Hour, StoredRecord Record)> Read(long fromId, Action<Damage>? damaged = null)
    {
        // Sealing exchanges files beneath a reader: a closed one is looked for again under its new name, from where we were.
        var next = fromId;
        while (NextSegment(next) is { } segment)
        {
            var wasCurrent = ReferenceEquals(segment, Volatile.Read(ref current));
            using var records = segment.Read(next, damaged).GetEnumerator();
            while (true)
            {
                try
                {
                    if (!records.MoveNext()) break;
                }
                catch (ObjectDisposedException)
                {
                    break;
                }

                next = records.Current.Id + 1;
                yield return (segment.Hour, records.Current);
            }

            var now = (Segment[])Segments;
            var at = Array.IndexOf(now, segment);
            if (at == now.Length - 1) yield break;
            // One that was closed while it was read may have got more meanwhile: it is looked at once more, as a closed one.
            if (at >= 0 && !wasCurrent) next = Math.Max(next, now[at + 1].FirstId);
        }
    }

    /// <summary>The first id of the hour of an instant, or of the first one after it; the next id where nothing is as young.</summary>
    public long FirstIdOf(DateTimeOffset at)
    {
        var hour = HourOf(at);
        foreach (var segment in Segments)
            if (string.CompareOrdinal(segment.Hour, hour) >= 0) return segment.FirstId;
        return LastId + 1;
    }

    /// <summary>The entries with these ids, in order; those that are not there are left out.</summary>
    public List<JournalEntry> Find(IEnumerable<long> ids, CancellationToken stop)
    {
        var first = Segments[0].FirstId;
        var wanted = ids.Where(id => id >= first).Distinct().Order().ToList();
        var found = new List<JournalEntry>(wanted.Count);
        while (wanted.Count > 0 && Segments.LastOrDefault(segment => segment.FirstId <= wanted[0]) is { } segment)
        {
            stop.ThrowIfCancellationRequested();
            var next = Segments.FirstOrDefault(later => later.FirstId > wanted[0])?.FirstId ?? long.MaxValue;
            var here = wanted.TakeWhile(id => id < next).ToList();
            try
            {
                var entries = segment.Find(here).Select(record => JournalJson.Read(record.Payload.Span)).ToList();
                found.AddRange(entries.OfType<JournalEntry>());
            }
            catch (ObjectDisposedException)
            {
                // Sealed meanwhile: the sealed file is in the list now.
                continue;
            }

            wanted.RemoveRange(0, here.Count);
        }

        return found;
    }

    /// <summary>Seals every closed hour. On a background thread.</summary>
    public void SealClosed(Action<string> note, CancellationToken stop)
    {
        foreach (var live in Segments.OfType<LiveSegment>().ToList())
        {
            if (ReferenceEquals(live, Volatile.Read(ref current)) || string.CompareOrdinal(live.Hour, HourOf(time.GetUtcNow())) >= 0) continue;
            stop.ThrowIfCancellationRequested();
            if (live.LastId < live.FirstId)
            {
                Exchange(live, null);
                live.Dispose();
                File.Delete(live.Path);
                continue;
            }

            Damage? hurt = null;
            var made = Sealer.Seal(live, damage => hurt ??= damage, stop);
            Exchange(live, made);
            live.Dispose();
            if (hurt is null) File.Delete(live.Path);
            else note($"{Path.GetFileName(live.Path)} holds damage; what is whole was sealed, the file was set aside as {Path.GetFileName(DataFolder.SetAside(live.Path))}");
        }
    }

    /// <summary>Removes sealed hours that ended before an instant.</summary>
    public void RemoveBefore(DateTimeOffset limit)
    {
        foreach (var old in Segments.OfType<SealedSegment>().Where(segment => HourEnd(segment.Hour) <= limit.UtcTicks).ToList())
        {
            Exchange(old, null);
            old.Dispose();
            File.Delete(old.Path);
        }
    }

    public void Dispose()
    {
        foreach (var segment in Segments) segment.Dispose();
    }

    internal static string HourOf(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);

    private static long HourEnd(string hour) =>
        DateTime.TryParseExact(hour, "yyyyMMddHH", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)
            ? start.AddHours(1).Ticks : 0;

    private Segment? NextSegment(long id)
    {
        var all = Segments;
        for (var i = 0; i < all.Count; i++)
            if (all[i].LastId >= id || i == all.Count - 1) return all[i];
        return null;
    }

    private LiveSegment NewSegment(Segment? before)
    {
        var hour = HourOf(time.GetUtcNow());
        // Ids go on even where the file before was set aside or its last entries were lost with the disk.
        var firstId = Math.Max(before?.LastId ?? 0, LastId) + 1;
        var previous = before switch
        {
            LiveSegment live => live.File.LastHash,
            SealedSegment closed => closed.LastHash,
            _ => 0UL,
        };
        var path = Path.Combine(folder, Segment.NameOf(hour, firstId, Segment.LiveEnding));
        return new LiveSegment(RecordFile.Open(path, previous, note: null, write), hour, firstId);
    }

    private void Roll()
    {
        // An hour that cannot be closed goes on: what waits must not be left behind in a file that nobody writes any more.
        if (!Flush(out _)) return;
        try
        {
            var next = NewSegment(current);
            lock (gate) Volatile.Write(ref segments, [.. segments, next]);
            Volatile.Write(ref current, next);
            nextHourTicks = HourEnd(next.Hour);
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            // No room for a new file: the old one goes on, and the next append tries again.
        }
    }

    private void Exchange(Segment old, Segment? made)
    {
        lock (gate)
        {
            var at = Array.IndexOf(segments, old);
            Segment[] changed = made is null ? [.. segments[..at], .. segments[(at + 1)..]] : [.. segments[..at], made, .. segments[(at + 1)..]];
            Volatile.Write(ref segments, changed);
        }
    }
}
