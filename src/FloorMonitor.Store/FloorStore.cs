using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.History;
using FloorMonitor.Core.Rules;
using FloorMonitor.Store.History;
using FloorMonitor.Store.Journal;
using FloorMonitor.Store.Records;
using FloorMonitor.Store.Redis;
using FloorMonitor.Store.Serialization;
using FloorMonitor.Store.Snapshots;
using FloorMonitor.Store.Verdicts;
using Microsoft.Extensions.Logging;

namespace FloorMonitor.Store;

/// <summary>
/// The store of one site: the product's own files first, then, behind the floor's back, Redis (embedded or real). Table of contents:
/// <see cref="JournalLog"/> what was heard, <see cref="SnapshotFiles"/> the floor as a whole, <see cref="VerdictLog"/> what was found,
/// <see cref="DayLog"/> what was over, <see cref="FloorMirror"/> what other programs see, <see cref="StoreKeeper"/> the work in the background.
/// </summary>
public sealed class FloorStore(StoreOptions options, TimeProvider time, ILogger<FloorStore> log) : IFloorStore
{
    private static readonly TimeSpan TailLimit = TimeSpan.FromHours(24);
    private readonly HealthTracker health = new(time, options.BehindAfter);
    private StoreMetrics? metrics;
    private DataFolder? folder;
    private JournalLog? journal;
    private VerdictLog? verdicts;
    private DayLog? history;
    private FloorMirror? mirror;
    private StoreKeeper? keeper;
    private long lastEntry;
    private bool diskFull;
    private FloorSetup setup = FloorSetup.Default;

    /// <inheritdoc/>
    public StoreHealth Health => health.Look(Backlog);

    /// <summary>The store's address: that of the embedded one, or the connection string; empty until it is known.</summary>
    public string Connection => keeper?.Connection ?? "";

    /// <summary>How many journal entries the store does not hold yet.</summary>
    internal long Backlog => mirror is null || journal is null ? 0 : Math.Max(0, journal.FlushedId - mirror.JournalMark);

    private JournalLog Journal => journal ?? throw new InvalidOperationException("The store is not open.");

    /// <inheritdoc/>
    public async Task<RecoveredFloor> OpenAsync(CancellationToken stop)
    {
        var notes = new List<string>();
        metrics = new StoreMetrics(() => Health);
        folder = DataFolder.Take(options.DataFolder);
        journal = JournalLog.Open(folder.Journal, time, notes.Add);
        verdicts = new VerdictLog(folder.Verdicts, Note);
        history = new DayLog(folder.History, Note);
        var snapshot = SnapshotFiles.Load(folder.Snapshots, notes.Add) ?? new Snapshot(FloorState.Empty, 0);
        setup = snapshot.State.Setup;
        verdicts.Prepare(BusinessDay.Of(setup, time.GetUtcNow()));
        var tail = new List<JournalEntry>();
        var unknown = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (_, record) in journal.Read(TailFrom(snapshot, notes)))
        {
            stop.ThrowIfCancellationRequested();
            if (JournalJson.Read(record.Payload.Span, name => unknown[name] = unknown.GetValueOrDefault(name) + 1) is { } entry) tail.Add(entry);
        }

        foreach (var (name, count) in unknown) notes.Add($"The journal holds {count} × {name}, which this version does not know; the rest of those entries was used.");
        if (snapshot.Entry > journal.LastId)
            notes.Add($"The journal ends at entry {journal.LastId}, the snapshot at {snapshot.Entry}: the last writes did not reach the disk.");
        lastEntry = Math.Max(journal.LastId, snapshot.Entry);
        mirror = new FloorMirror(options, new Keys(options.Site), journal, verdicts, health, time);
        keeper = new StoreKeeper(options, folder, journal, verdicts, history, mirror, health, time, Note);
        await keeper.StartAsync(notes.Add, stop);
        foreach (var note in notes) log.LogWarning("{Note}", note);
        return new RecoveredFloor(snapshot.State, snapshot.Entry, tail, lastEntry, notes);
    }

    /// <inheritdoc/>
    public void Append(JournalEntry entry)
    {
        if (Journal.Append(entry)) metrics?.Appended.Add(1);
        else metrics?.Lost.Add(1);
        lastEntry = entry.Id;
    }

    /// <inheritdoc/>
    public bool Flush()
    {
        var written = Journal.Flush(out var error);
        if (verdicts is { HasPending: true } && !verdicts.Flush(out var verdictError)) error ??= verdictError;
        if (!history!.Flush(out var historyError)) error ??= historyError;
        DiskSays(error);
        return written;
    }

    /// <inheritdoc/>
    public void Remember(DateOnly day, DayRecord record) => history!.Add(day, record);

    /// <inheritdoc/>
    public void Publish(FloorState state, ImmutableArray<Verdict> changed)
    {
        setup = state.Setup;
        foreach (var verdict in changed)
        {
            // A countdown is no verdict yet; it becomes one when it opens.
            if (verdict.Status == VerdictStatus.Pending) continue;
            verdicts!.Add(BusinessDay.Of(setup, verdict.OpenedAt), verdict);
            metrics?.Verdicts.Add(1);
        }

        if (verdicts!.HasPending && !verdicts.Flush(out var error)) DiskSays(error);
        mirror!.Publish(new Published(state, lastEntry, time.GetUtcNow()));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalEntry>> FindAsync(IReadOnlyCollection<long> ids, CancellationToken stop) =>
        Task.Run<IReadOnlyList<JournalEntry>>(() => Journal.Find(ids, stop), stop);

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> ReadAsync(long fromId, [EnumeratorCancellation] CancellationToken stop)
    {
        // Files are read synchronously, from the page cache as a rule; a caller's own thread is left first.
        await Task.Yield();
        foreach (var (_, record) in Journal.Read(fromId))
        {
            stop.ThrowIfCancellationRequested();
            if (JournalJson.Read(record.Payload.Span) is { } entry) yield return entry;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> TrailAsync(
        string source, DateTimeOffset since, long afterId, [EnumeratorCancellation] CancellationToken stop)
    {
        await Task.Yield();
        // Every entry names its source in the same few bytes, before any of its events.
        var mark = JsonSerializer.SerializeToUtf8Bytes(source, FloorJson.Options);
        byte[] sign = [.. "\"source\":"u8, .. mark];
        foreach (var (_, record) in Journal.Read(Math.Max(afterId + 1, Journal.FirstIdOf(since))))
        {
            stop.ThrowIfCancellationRequested();
            if (record.Payload.Span.IndexOf(sign) < 0) continue;
            if (JournalJson.Read(record.Payload.Span) is { } entry && entry.Source == source) yield return entry;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Verdict>> FindVerdictsAsync(VerdictQuery query, CancellationToken stop) =>
        Task.Run(() => VerdictSearch.Run(verdicts!, query, mirror!.Latest?.State.BusinessDay, setup, time), stop);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DayRecord>> FindHistoryAsync(DateOnly day, string about, CancellationToken stop) =>
        Task.Run(() => history!.Of(day, about, stop), stop);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (journal is not null) Flush();
        if (keeper is not null) await keeper.DisposeAsync();
        journal?.Dispose();
        verdicts?.Dispose();
        history?.Dispose();
        folder?.Dispose();
        metrics?.Dispose();
    }

    /// <summary>Without a snapshot a floor is folded from the last day alone: what came before cannot change what is now, and need not fit into memory.</summary>
    private long TailFrom(Snapshot snapshot, List<string> notes)
    {
        var oldest = JournalLog.HourOf(time.GetUtcNow() - TailLimit);
        var recent = Journal.Segments.FirstOrDefault(segment => string.CompareOrdinal(segment.Hour, oldest) >= 0)?.FirstId ?? Journal.LastId + 1;
        if (snapshot.Entry + 1 >= recent || Journal.LastId == 0) return snapshot.Entry + 1;
        notes.Add($"The journal's entries {snapshot.Entry + 1} to {recent - 1} are older than a day and in no snapshot; the floor begins after them.");
        return recent;
    }

    /// <summary>Says once that the disk takes nothing, and once that it does again and what was lost; health says so all the while.</summary>
    private void DiskSays(string? error)
    {
        if (error is null && !diskFull) return;
        var lost = Journal.Lost + verdicts!.Lost + history!.Lost;
        health.Disk(error is null ? null : $"The disk takes nothing ({error}); {Journal.PendingBytes} bytes wait in memory, {lost} entries are lost.");
        if (diskFull == error is not null) return;
        diskFull = error is not null;
        Note(diskFull ? $"The disk takes nothing: {error}" : $"The disk takes the journal again; {lost} entries were lost in all.");
    }

    private void Note(string note) => log.LogWarning("{Note}", note);
}
