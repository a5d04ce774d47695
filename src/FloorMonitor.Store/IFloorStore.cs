using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.History;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Store;

/// <summary>
/// What the engine needs of storage. The journal's own files come first and survive a kill -9; Redis (embedded or real) holds
/// the live state and the hot hours for other programs and nodes, and may be slow or away without the floor noticing.
/// Called by one writer only, except the reading members.
/// </summary>
public interface IFloorStore : IAsyncDisposable
{
    /// <summary>Opens files and store, finds the last snapshot and the journal's tail after it. Never fails because Redis is away.</summary>
    Task<RecoveredFloor> OpenAsync(CancellationToken stop);

    /// <summary>Buffers an entry; ids are handed out by the engine and grow by one.</summary>
    void Append(JournalEntry entry);

    /// <summary>Hands everything appended to the operating system, so that a kill -9 after it loses nothing. Returns whether it could.</summary>
    bool Flush();

    /// <summary>The floor is now this, and these verdicts changed. Never blocks, coalesces to the newest state, loses no verdict.</summary>
    void Publish(FloorState state, ImmutableArray<Verdict> changed);

    /// <summary>Something is over: kept with its business day. Never blocks; written by <see cref="Flush"/>.</summary>
    void Remember(DateOnly day, DayRecord record);

    /// <summary>How the store is, for /readyz and the desk.</summary>
    StoreHealth Health { get; }

    /// <summary>Journal entries by id, in order; unknown ids are left out. For evidence.</summary>
    Task<IReadOnlyList<JournalEntry>> FindAsync(IReadOnlyCollection<long> ids, CancellationToken stop);

    /// <summary>Every entry from an id on, in order, to the end of what is written.</summary>
    IAsyncEnumerable<JournalEntry> ReadAsync(long fromId, CancellationToken stop);

    /// <summary>What was over on a business day about an agent or a queue (<see cref="DayRecord.About"/>), in order.</summary>
    Task<IReadOnlyList<DayRecord>> FindHistoryAsync(DateOnly day, string about, CancellationToken stop);

    /// <summary>
    /// The entries of one source, in order: those after an id, beginning with the hour of an instant. What other sources said is
    /// passed over unread, so that a day of a busy floor is looked through in a moment.
    /// </summary>
    IAsyncEnumerable<JournalEntry> TrailAsync(string source, DateTimeOffset since, long afterId, CancellationToken stop);

    /// <summary>Verdicts, newest first.</summary>
    Task<IReadOnlyList<Verdict>> FindVerdictsAsync(VerdictQuery query, CancellationToken stop);
}

/// <summary>One thing that was heard, with its text as received and what it meant.</summary>
/// <param name="Id">Grows by one from 1.</param>
/// <param name="At">When.</param>
/// <param name="Source">Who said it.</param>
/// <param name="Raw">The text as received; empty for the house's own events.</param>
/// <param name="Events">What it meant, stamped with the id.</param>
public sealed record JournalEntry(long Id, DateTimeOffset At, string Source, string Raw, ValueArray<FloorEvent> Events);

/// <summary>What was found at the start.</summary>
/// <param name="Snapshot">The last snapshot that passed its checks; <see cref="FloorState.Empty"/> where none did.</param>
/// <param name="SnapshotEntry">The last journal entry that the snapshot contains.</param>
/// <param name="Tail">Journal entries after it.</param>
/// <param name="LastEntry">The last journal id ever written.</param>
/// <param name="Notes">What had to be set aside or rebuilt, for the desk and the log; empty when all was well.</param>
public sealed record RecoveredFloor(FloorState Snapshot, long SnapshotEntry, IReadOnlyList<JournalEntry> Tail, long LastEntry, IReadOnlyList<string> Notes);

/// <summary>How the store is.</summary>
/// <param name="State">Its state.</param>
/// <param name="Since">Since when.</param>
/// <param name="Backlog">How many writes it is behind.</param>
/// <param name="Note">What is wrong, in words; empty when nothing is.</param>
public sealed record StoreHealth(StoreState State, DateTimeOffset Since, long Backlog, string Note);

/// <summary>How the store is.</summary>
public enum StoreState
{
    /// <summary>Everything is written.</summary>
    Ok,

    /// <summary>It answers, but is behind.</summary>
    Behind,

    /// <summary>It does not answer; the floor goes on from its own files.</summary>
    Away,
}

/// <summary>Which verdicts are wanted; null members do not restrict.</summary>
/// <param name="Date">Of this business day; null: the current one.</param>
/// <param name="Rule">Of this rule.</param>
/// <param name="Subject">About this subject's id.</param>
/// <param name="Open">Open or closed.</param>
/// <param name="Id">The one with this id, of any day.</param>
public sealed record VerdictQuery(DateOnly? Date = null, string? Rule = null, string? Subject = null, bool? Open = null, string? Id = null);
