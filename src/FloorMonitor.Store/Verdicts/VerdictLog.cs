using System.Globalization;
using System.Text.Json;
using FloorMonitor.Core.Rules;
using FloorMonitor.Store.Records;
using FloorMonitor.Store.Serialization;

namespace FloorMonitor.Store.Verdicts;

/// <summary>
/// Verdicts for ever: a file for each business day, to which every change of that day's verdicts is appended. The newest record of
/// an id is what holds; nothing is ever overwritten, so the file is the audit trail as well.
/// </summary>
internal sealed class VerdictLog : IDisposable
{
    /// <summary>Days that are kept in memory with their files open; older ones are read when somebody asks.</summary>
    private const int OpenDays = 4;

    /// <summary>What may wait in memory while the disk takes nothing.</summary>
    private const int PendingLimit = 16 << 20;

    private const string Ending = ".verdicts";
    private readonly string folder;
    private readonly Action<string> note;
    private readonly WriteAt? write;
    private readonly Lock gate = new();
    private readonly Dictionary<DateOnly, Day> days = [];
    private readonly SortedSet<DateOnly> dates = new(Comparer<DateOnly>.Create((a, b) => b.CompareTo(a)));

    /// <summary>Opens the log; its days are read when they are needed.</summary>
    public VerdictLog(string folder, Action<string> note, WriteAt? write = null)
    {
        this.folder = folder;
        this.note = note;
        this.write = write;
        Directory.CreateDirectory(folder);
        dates.UnionWith(Directory.EnumerateFiles(folder, "*" + Ending).Select(DateOf).OfType<DateOnly>());
    }

    /// <summary>Changes that were lost because the disk took nothing for too long.</summary>
    public long Lost { get; private set; }

    /// <summary>Whether changes wait because the disk took nothing.</summary>
    public bool HasPending { get; private set; }

    /// <summary>Records a change. Held in memory at once, written by <see cref="Flush"/>.</summary>
    public void Add(DateOnly date, Verdict verdict)
    {
        lock (gate)
        {
            var day = DayOf(date);
            // The state forgets what is closed; the log does not, so what is found again goes on from what was said of it.
            if (day.Newest.TryGetValue(verdict.Id, out var earlier)) verdict = verdict.After(earlier);
            day.Newest[verdict.Id] = verdict;
            if (day.File.PendingBytes > PendingLimit)
            {
                Lost++;
                return;
            }

            day.File.Add(day.File.LastId + 1, verdict, static (value, json) => JsonSerializer.Serialize(json, value, FloorJson.Options));
            day.Touched = true;
            HasPending = true;
        }
    }

    /// <summary>Hands what was added to the operating system.</summary>
    public bool Flush(out string? error)
    {
        error = null;
        lock (gate)
        {
            foreach (var day in days.Values)
                if (!day.File.Flush(out var failed)) error = failed;
            HasPending = error is not null;
            return error is null;
        }
    }

    /// <summary>Asks the disk to hold what was flushed; from a background thread.</summary>
    public void Sync()
    {
        List<Day> open;
        lock (gate) open = [.. days.Values.Where(day => day.Touched)];
        foreach (var day in open)
        {
            try
            {
                day.File.Sync();
            }
            catch (ObjectDisposedException)
            {
                // Closed meanwhile, which synced it.
            }
        }
    }

    /// <summary>The verdicts of a business day, newest first.</summary>
    public IReadOnlyList<Verdict> Of(DateOnly date) =>
        [.. NewestOf(date).Values.OrderByDescending(verdict => verdict.OpenedAt).ThenBy(verdict => verdict.Id, StringComparer.Ordinal)];

    /// <summary>The verdict with this id on one of these days; null where it is on none.</summary>
    public Verdict? Find(string id, IEnumerable<DateOnly> candidates) =>
        candidates.Select(date => NewestOf(date).GetValueOrDefault(id)).FirstOrDefault(found => found is not null);

    /// <summary>The days that have a file, newest first.</summary>
    public IReadOnlyList<DateOnly> Dates()
    {
        lock (gate) return [.. dates];
    }

    /// <summary>How many bytes of a day are written; what the store's mirror compares with how far it came.</summary>
    public long LengthOf(DateOnly date)
    {
        lock (gate)
        {
            if (days.TryGetValue(date, out var day)) return day.File.FlushedLength;
        }

        var file = new FileInfo(PathOf(date));
        return file.Exists ? file.Length : 0;
    }

    /// <summary>The changes of a day from a place in its file on (the newest of each verdict), with the place after the last.</summary>
    public (IReadOnlyCollection<Verdict> Changes, long End) ChangesFrom(DateOnly date, long offset)
    {
        var changes = new Dictionary<string, Verdict>(StringComparer.Ordinal);
        var length = LengthOf(date);
        var end = Math.Max(offset, RecordFormat.FileHeader.Length);
        if (length <= end) return ([], offset);
        // A handle of its own: the floor's thread never waits for a reader.
        using var file = File.OpenHandle(PathOf(date), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        foreach (var record in RecordScan.File(file, PathOf(date), end, length, damaged: null))
        {
            end = record.End;
            if (Parse(record) is { } verdict) changes[verdict.Id] = verdict;
        }

        return (changes.Values, end);
    }

    /// <summary>Opens a day before its first verdict, so that the floor's thread does not have to.</summary>
    public void Prepare(DateOnly date)
    {
        lock (gate) DayOf(date);
    }

    public void Dispose()
    {
        lock (gate)
        {
            foreach (var day in days.Values) day.File.Dispose();
            days.Clear();
        }
    }

    private static Verdict? Parse(StoredRecord record)
    {
        try
        {
            return JsonSerializer.Deserialize<Verdict>(record.Payload.Span, FloorJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DateOnly? DateOf(string path) =>
        DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(path), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date : null;

    private string PathOf(DateOnly date) => Path.Combine(folder, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + Ending);

    private Dictionary<string, Verdict> NewestOf(DateOnly date)
    {
        lock (gate)
        {
            if (days.TryGetValue(date, out var open)) return new(open.Newest, StringComparer.Ordinal);
        }

        return ChangesFrom(date, 0).Changes.ToDictionary(verdict => verdict.Id, StringComparer.Ordinal);
    }

    private Day DayOf(DateOnly date)
    {
        if (days.TryGetValue(date, out var open)) return open;
        CloseOldest();
        var file = RecordFile.Open(PathOf(date), previous: 0, note, write);
        var day = new Day(file);
        foreach (var record in file.Read(0))
        {
            if (Parse(record) is { } verdict) day.Newest[verdict.Id] = verdict;
            else note($"{Path.GetFileName(file.Path)}: change {record.Id} is no verdict that this version can read; it stays in the file");
        }

        days[date] = day;
        dates.Add(date);
        return day;
    }

    private void CloseOldest()
    {
        // Never one that still has something to write.
        var spare = days.Where(day => day.Value.File.PendingBytes == 0).OrderBy(day => day.Key).ToList();
        foreach (var (date, day) in spare.Take(days.Count - OpenDays + 1))
        {
            day.File.Sync();
            day.File.Dispose();
            days.Remove(date);
        }
    }

    private sealed class Day(RecordFile file)
    {
        public RecordFile File { get; } = file;

        public Dictionary<string, Verdict> Newest { get; } = new(StringComparer.Ordinal);

        public bool Touched { get; set; }
    }
}
