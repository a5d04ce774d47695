using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.History;
using FloorMonitor.Core.Rules;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Tests.Support;

/// <summary>A store in memory that remembers in which order it was used.</summary>
internal sealed class FakeStore : IFloorStore
{
    public List<JournalEntry> Journal { get; } = [];

    public List<Verdict> Verdicts { get; } = [];

    /// <summary>What happened: <c>append 3</c>, <c>flush</c>, <c>publish 7</c>.</summary>
    public List<string> Steps { get; } = [];

    public RecoveredFloor Recovered { get; set; } = new(FloorState.Empty, 0, [], 0, []);

    public StoreHealth Health { get; set; } = new(StoreState.Ok, Support.Floors.Start, 0, "");

    public bool FlushWorks { get; set; } = true;

    public bool Closed { get; private set; }

    public Task<RecoveredFloor> OpenAsync(CancellationToken stop) => Task.FromResult(Recovered);

    public void Append(JournalEntry entry)
    {
        lock (Journal) Journal.Add(entry);
        Steps.Add($"append {entry.Id}");
    }

    public bool Flush()
    {
        Steps.Add("flush");
        return FlushWorks;
    }

    public void Publish(FloorState state, ImmutableArray<Verdict> changed)
    {
        Steps.Add($"publish {state.Version}");
        lock (Verdicts) Verdicts.AddRange(changed);
    }

    public List<(DateOnly Day, DayRecord Record)> History { get; } = [];

    public void Remember(DateOnly day, DayRecord record)
    {
        lock (History) History.Add((day, record));
    }

    public Task<IReadOnlyList<DayRecord>> FindHistoryAsync(DateOnly day, string about, CancellationToken stop)
    {
        lock (History) return Task.FromResult<IReadOnlyList<DayRecord>>([.. History.Where(one => one.Day == day && one.Record.About == about).Select(one => one.Record)]);
    }

    public Task<IReadOnlyList<JournalEntry>> FindAsync(IReadOnlyCollection<long> ids, CancellationToken stop)
    {
        lock (Journal) return Task.FromResult<IReadOnlyList<JournalEntry>>([.. Journal.Where(entry => ids.Contains(entry.Id))]);
    }

    public async IAsyncEnumerable<JournalEntry> ReadAsync(long fromId, [EnumeratorCancellation] CancellationToken stop)
    {
        await Task.CompletedTask;
        foreach (var entry in Journal.Where(entry => entry.Id >= fromId)) yield return entry;
    }

    public async IAsyncEnumerable<JournalEntry> TrailAsync(string source, DateTimeOffset since, long afterId, [EnumeratorCancellation] CancellationToken stop)
    {
        await Task.CompletedTask;
        JournalEntry[] entries;
        lock (Journal) entries = [.. Journal.Where(entry => entry.Source == source && entry.Id > afterId && entry.At >= since)];
        foreach (var entry in entries) yield return entry;
    }

    public Task<IReadOnlyList<Verdict>> FindVerdictsAsync(VerdictQuery query, CancellationToken stop)
    {
        lock (Verdicts)
        {
            var last = Verdicts.GroupBy(verdict => verdict.Id).Select(group => group.Last());
            return Task.FromResult<IReadOnlyList<Verdict>>(
            [
                .. last.Where(verdict => (query.Id is null || verdict.Id == query.Id)
                    && (query.Rule is null || verdict.Rule == query.Rule)
                    && (query.Subject is null || verdict.Subject.Id == query.Subject)
                    && (query.Open is null || query.Open == (verdict.Status == VerdictStatus.Open))),
            ]);
        }
    }

    public ValueTask DisposeAsync()
    {
        Closed = true;
        return default;
    }
}
