using System.Globalization;
using System.Text;
using System.Text.Json;
using FloorMonitor.Core.History;
using FloorMonitor.Store.Records;
using FloorMonitor.Store.Serialization;

namespace FloorMonitor.Store.History;

/// <summary>
/// What was over on each business day, a file a day. A record's payload is a line that names whom it is about and a line of JSON, so
/// that a day of a thousand agents is read through without understanding more than the few hundred records that are wanted. Derived
/// from the journal and its twin in one thing: an entry is never overwritten; what a replay after a crash records again is the same
/// record and shown once.
/// </summary>
internal sealed class DayLog : IDisposable
{
    /// <summary>What may wait in memory while the disk takes nothing.</summary>
    private const int PendingLimit = 16 << 20;

    private const string Ending = ".day";
    private readonly string folder;
    private readonly Action<string> note;
    private readonly WriteAt? write;
    private readonly Lock gate = new();
    private RecordFile? file;
    private DateOnly date;

    /// <summary>Opens the log; files are opened when they are needed.</summary>
    public DayLog(string folder, Action<string> note, WriteAt? write = null)
    {
        this.folder = folder;
        this.note = note;
        this.write = write;
        Directory.CreateDirectory(folder);
    }

    /// <summary>Records that were lost because the disk took nothing for too long.</summary>
    public long Lost { get; private set; }

    /// <summary>Buffers a record for a business day; written by <see cref="Flush"/>.</summary>
    public void Add(DateOnly day, DayRecord record)
    {
        lock (gate)
        {
            var open = FileOf(day);
            if (open.PendingBytes > PendingLimit)
            {
                Lost++;
                return;
            }

            open.Add(open.LastId + 1, Encode(record));
        }
    }

    /// <summary>Hands what waits to the operating system; what the disk does not take waits on.</summary>
    public bool Flush(out string? error)
    {
        error = null;
        lock (gate) return file is null || file.Flush(out error);
    }

    /// <summary>What is known of a subject on a business day, in the order in which it ended.</summary>
    public IReadOnlyList<DayRecord> Of(DateOnly day, string about, CancellationToken stop)
    {
        var path = PathOf(day);
        if (!File.Exists(path)) return [];
        var found = new List<DayRecord>();
        var seen = new HashSet<DayRecord>();
        var line = Encoding.UTF8.GetBytes(Line(about));
        // A handle of its own: the floor's thread never waits for a reader.
        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        foreach (var record in RecordScan.File(handle, path, RecordFormat.FileHeader.Length, RandomAccess.GetLength(handle), damaged: null))
        {
            stop.ThrowIfCancellationRequested();
            if (!record.Payload.Span.StartsWith(line)) continue;
            if (Parse(record.Payload.Span[line.Length..]) is { } known && seen.Add(known)) found.Add(known);
        }

        found.Sort((a, b) => a.EndedAt.CompareTo(b.EndedAt));
        return found;
    }

    /// <summary>Removes the days before one.</summary>
    public void RemoveBefore(DateOnly oldest)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*" + Ending))
        {
            var isDay = DateOnly.TryParseExact(Path.GetFileNameWithoutExtension(path), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
            if (isDay && day < oldest) File.Delete(path);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            file?.Flush(out _);
            file?.Dispose();
            file = null;
        }
    }

    private RecordFile FileOf(DateOnly day)
    {
        if (file is not null && date == day) return file;
        if (file is not null)
        {
            if (!file.Flush(out var error)) note($"{Path.GetFileName(file.Path)}: the day's last records could not be written: {error}");
            file.Dispose();
        }

        date = day;
        return file = RecordFile.Open(PathOf(day), previous: 0, note, write);
    }

    private string PathOf(DateOnly day) => Path.Combine(folder, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + Ending);

    private static byte[] Encode(DayRecord record)
    {
        using var bytes = new MemoryStream();
        bytes.Write(Encoding.UTF8.GetBytes(Line(record.About)));
        JsonSerializer.Serialize(bytes, record, FloorJson.Options);
        return bytes.ToArray();
    }

    private static DayRecord? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<DayRecord>(json, FloorJson.Options);
        }
        catch (Exception strange) when (strange is JsonException or NotSupportedException)
        {
            // Written by another version: what this one does not know, it does not show.
            return null;
        }
    }

    // A name may hold anything, a line break too: as a JSON string it is one line, whatever it holds.
    private static string Line(string about) => JsonSerializer.Serialize(about, FloorJson.Options) + "\n";
}
