using System.Globalization;
using FloorMonitor.Core.Floor;
using FloorMonitor.Store.Journal;
using FloorMonitor.Store.Serialization;
using FloorMonitor.Store.Verdicts;
using StackExchange.Redis;

namespace FloorMonitor.Store.Redis;

/// <summary>A floor as published, with the last journal entry that it contains.</summary>
internal sealed record Published(FloorState State, long Entry, DateTimeOffset At);

/// <summary>
/// Brings the floor into the store, behind the floor's back. The newest state overtakes older ones; journal entries and verdicts
/// are read back from the product's own files from where the store's own mark says it came to. So there is one way only,
/// whether the store was away for a blink or for a day, nothing has to be held in memory meanwhile, and nothing can be missing.
/// </summary>
internal sealed class FloorMirror(
    StoreOptions options, Keys keys, JournalLog journal, VerdictLog verdicts, HealthTracker health, TimeProvider time)
{
    private const int ChunkBytes = 128 << 10;
    private const int TrimChunk = 1000;
    private const int PassBytes = 8 << 20;
    private const int VerdictDays = 31;
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private readonly FloorWriter writer = new(keys);
    private readonly Dictionary<DateOnly, long> verdictMarks = [];
    private FloorState? written;
    private Published? latest;
    private byte[]? snapshot;
    private DateTimeOffset lookedAt;
    private long mark;
    private long oldest;

    /// <summary>Id of the last journal entry that the store is known to hold.</summary>
    public long JournalMark => Volatile.Read(ref mark);

    /// <summary>The newest floor; null before the first.</summary>
    public Published? Latest => Volatile.Read(ref latest);

    /// <summary>The floor is now this.</summary>
    public void Publish(Published now)
    {
        Volatile.Write(ref latest, now);
        health.Published();
    }

    /// <summary>The newest snapshot's bytes, for the store as well.</summary>
    public void Publish(byte[] newest) => Volatile.Write(ref snapshot, newest);

    /// <summary>Follows with a connected store until it fails. Throws what the store or the network did.</summary>
    public async Task FollowAsync(IDatabase store, CancellationToken stop)
    {
        written = null;
        await ReadMarksAsync(store);
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            await WriteOnceAsync(store, stop);
            if (mark < journal.FlushedId) continue;
            await Task.Delay(options.MirrorInterval, time, stop);
        }
    }

    /// <summary>Writes everything that is not in the store yet.</summary>
    public async Task WriteOnceAsync(IDatabase store, CancellationToken stop)
    {
        var startedAt = time.GetUtcNow();
        var now = Latest;
        if (now is not null && !ReferenceEquals(now.State, written))
        {
            if (written is null) await writer.RemoveStaleAsync(store, now.State);
            await writer.WriteAsync(store, written, now.State, now.Entry);
            written = now.State;
        }

        await WriteVerdictsAsync(store, stop);
        await WriteJournalAsync(store, stop);
        if (Interlocked.Exchange(ref snapshot, null) is { } bytes)
        {
            try
            {
                await store.StringSetAsync(keys.Snapshot, bytes);
            }
            catch
            {
                Interlocked.CompareExchange(ref snapshot, bytes, null);
                throw;
            }
        }

        if (startedAt - lookedAt >= LookInterval)
        {
            lookedAt = startedAt;
            await LookAsync(store);
        }

        health.Written(ReferenceEquals(Latest, now), mark >= journal.FlushedId, startedAt);
    }

    /// <summary>
    /// Whether the store still knows what it was told. It may have been emptied, or have come back from a crash with what it had
    /// some seconds ago, between two of our commands and without one of them failing.
    /// </summary>
    private async Task LookAsync(IDatabase store)
    {
        var stored = await store.StringGetAsync([keys.Whole, keys.JournalMark]);
        if (!stored[0].IsNull && (mark == 0 || (stored[1].TryParse(out long id) && id == mark))) return;
        written = null;
        await ReadMarksAsync(store);
    }

    private async Task ReadMarksAsync(IDatabase store)
    {
        // Marks can outlive what they stand for: a store that is emptied between an entry and its mark holds the mark alone. What was
        // there before any mark and is gone tells of it, and then none is trusted. The marks go first, so that a stop in between is
        // found at the next start.
        if (!await store.KeyExistsAsync(keys.Whole))
        {
            await store.KeyDeleteAsync([keys.JournalMark, keys.VerdictMarks]);
            await store.StringSetAsync(keys.Whole, "1");
        }

        var stored = await store.StringGetAsync(keys.JournalMark);
        // A mark beyond our own last entry is of another journal: what it stands for was not ours.
        var known = stored.TryParse(out long id) && id <= journal.FlushedId ? id : 0;
        oldest = 0;
        Volatile.Write(ref mark, await HoldsHotHoursAsync(store, known) ? known : 0);
        verdictMarks.Clear();
        foreach (var line in await store.HashGetAllAsync(keys.VerdictMarks))
        {
            if (DateOnly.TryParseExact(line.Name, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                && line.Value.TryParse(out long bytes) && bytes <= verdicts.LengthOf(date)) verdictMarks[date] = bytes;
        }
    }

    /// <summary>
    /// Whether the hot hours hold as many entries as the mark promises. The embedded store's log has no checksums: a hurt block
    /// loses what follows it in silence. Where there are too few, all are written again.
    /// </summary>
    private async Task<bool> HoldsHotHoursAsync(IDatabase store, long upTo)
    {
        var first = Math.Max(FirstHotId(), upTo - options.HotEntries + 1);
        foreach (var hour in journal.Segments.Where(segment => segment.LastId >= first).GroupBy(segment => segment.Hour))
        {
            var promised = hour.Sum(segment => Math.Max(0, Math.Min(segment.LastId, upTo) - Math.Max(segment.FirstId, first) + 1));
            if (promised > 0 && await store.HashLengthAsync(keys.JournalOf(hour.Key)) < promised) return false;
        }

        return true;
    }

    private async Task WriteVerdictsAsync(IDatabase store, CancellationToken stop)
    {
        foreach (var date in verdicts.Dates().Take(VerdictDays))
        {
            stop.ThrowIfCancellationRequested();
            var from = verdictMarks.GetValueOrDefault(date);
            if (verdicts.LengthOf(date) <= from) continue;
            var (changes, end) = verdicts.ChangesFrom(date, from);
            if (end == from) continue;
            var batch = new Pipeline();
            foreach (var verdict in changes)
            {
                var json = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(verdict, FloorJson.Options);
                await batch.AddAsync(store.StringSetAsync(keys.Verdict(verdict.Id), json));
                await batch.AddAsync(store.SortedSetAddAsync(keys.VerdictsOf(date), verdict.Id, verdict.OpenedAt.ToUnixTimeMilliseconds()));
            }

            await batch.DrainAsync();
            await store.HashSetAsync(keys.VerdictMarks, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), end);
            verdictMarks[date] = end;
        }
    }

    private async Task WriteJournalAsync(IDatabase store, CancellationToken stop)
    {
        var end = journal.FlushedId;
        if (mark >= end) return;
        var from = Math.Max(mark + 1, Math.Max(FirstHotId(), end - options.HotEntries + 1));
        var batch = new Pipeline();
        var chunk = new List<HashEntry>();
        var bytes = 0;
        long total = 0;
        var hour = "";
        var last = end;
        foreach (var (writtenIn, record) in journal.Read(from))
        {
            stop.ThrowIfCancellationRequested();
            if (bytes >= ChunkBytes || writtenIn != hour) await SendAsync();
            hour = writtenIn;
            chunk.Add(new HashEntry(record.Id, record.Payload.ToArray()));
            bytes += record.Payload.Length;
            last = record.Id;
            total += record.Payload.Length;
            // A long backlog is brought in piece by piece, so that the floor itself is never old because of it.
            if (last >= end || total >= PassBytes) break;
        }

        await SendAsync();
        await batch.DrainAsync();
        // Only now: the mark says that everything up to it is there, and a store that lost it is simply written again.
        var reached = total >= PassBytes ? last : Math.Max(last, end);
        await store.StringSetAsync(keys.JournalMark, reached);
        Volatile.Write(ref mark, reached);
        await TrimAsync(store);

        async Task SendAsync()
        {
            if (chunk.Count == 0) return;
            await batch.AddAsync(store.HashSetAsync(keys.JournalOf(hour), [.. chunk]));
            await batch.AddAsync(store.KeyExpireAsync(keys.JournalOf(hour), ExpiresAt(hour)));
            chunk.Clear();
            bytes = 0;
        }
    }

    /// <summary>Takes the oldest entries out where a busy hour holds more than the store shall: they are in the files.</summary>
    private async Task TrimAsync(IDatabase store)
    {
        var keepFrom = mark - options.HotEntries + 1;
        if (oldest == 0) oldest = FirstHotId();
        var batch = new Pipeline();
        while (oldest < keepFrom && journal.Segments.LastOrDefault(segment => segment.FirstId <= oldest) is { } segment)
        {
            var next = journal.Segments.FirstOrDefault(later => later.FirstId > oldest)?.FirstId ?? long.MaxValue;
            var end = Math.Min(Math.Min(keepFrom, next), oldest + TrimChunk);
            var ids = new RedisValue[end - oldest];
            for (var i = 0; i < ids.Length; i++) ids[i] = oldest + i;
            await batch.AddAsync(store.HashDeleteAsync(keys.JournalOf(segment.Hour), ids));
            oldest = end;
        }

        await batch.DrainAsync();
    }

    private long FirstHotId()
    {
        var oldest = JournalLog.HourOf(time.GetUtcNow() - TimeSpan.FromHours(options.HotHours - 1));
        var hot = journal.Segments.FirstOrDefault(segment => string.CompareOrdinal(segment.Hour, oldest) >= 0);
        return hot?.FirstId ?? journal.FlushedId + 1;
    }

    private DateTime ExpiresAt(string hour) =>
        DateTime.ParseExact(hour, "yyyyMMddHH", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal)
            .AddHours(options.HotHours);
}
