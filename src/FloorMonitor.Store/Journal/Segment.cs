using FloorMonitor.Store.Records;

namespace FloorMonitor.Store.Journal;

/// <summary>A stretch of the journal in one file: <c>{yyyyMMddHH}-{first id}.live</c> while written, <c>.sealed</c> afterwards.</summary>
internal abstract class Segment(string path, string hour, long firstId) : IDisposable
{
    /// <summary>Ending of a file that is or was written to.</summary>
    public const string LiveEnding = ".live";

    /// <summary>Ending of a compressed file that never changes again.</summary>
    public const string SealedEnding = ".sealed";

    /// <summary>Where it lies.</summary>
    public string Path { get; } = path;

    /// <summary>The UTC hour in which it was written, <c>yyyyMMddHH</c>.</summary>
    public string Hour { get; } = hour;

    /// <summary>The first id that it holds or will hold.</summary>
    public long FirstId { get; } = firstId;

    /// <summary>The last id that can be read from it; below <see cref="FirstId"/> when it is empty.</summary>
    public abstract long LastId { get; }

    /// <summary>Its records from an id on. Payloads are valid until the next record is asked for.</summary>
    public abstract IEnumerable<StoredRecord> Read(long fromId, Action<Damage>? damaged = null);

    /// <summary>The records with these ids (sorted), touching as little of the file as it can.</summary>
    public abstract IEnumerable<StoredRecord> Find(IReadOnlyList<long> ids);

    public abstract void Dispose();

    /// <summary>The name of a segment's file.</summary>
    public static string NameOf(string hour, long firstId, string ending) => $"{hour}-{firstId:D12}{ending}";

    /// <summary>Reads a file's name; false where it is none of ours.</summary>
    public static bool TryParse(string path, out string hour, out long firstId)
    {
        hour = "";
        firstId = 0;
        var name = System.IO.Path.GetFileNameWithoutExtension(path);
        var dash = name.IndexOf('-');
        if (dash <= 0 || !long.TryParse(name.AsSpan(dash + 1), System.Globalization.NumberStyles.None, null, out firstId)) return false;
        hour = name[..dash];
        return hour.All(char.IsAsciiDigit);
    }
}

/// <summary>A segment as plain records: the current hour, and closed ones until they are sealed.</summary>
internal sealed class LiveSegment(RecordFile file, string hour, long firstId) : Segment(file.Path, hour, firstId)
{
    /// <summary>Its file.</summary>
    public RecordFile File { get; } = file;

    public override long LastId => Math.Max(File.FlushedId, FirstId - 1);

    public override IEnumerable<StoredRecord> Read(long fromId, Action<Damage>? damaged = null) => File.Read(fromId, damaged);

    public override IEnumerable<StoredRecord> Find(IReadOnlyList<long> ids)
    {
        // Neighbouring ids are read in one go; a new start is made where the index leads past what would be skipped.
        var at = 0;
        while (at < ids.Count)
        {
            var start = at;
            foreach (var record in File.Read(ids[at]))
            {
                while (at < ids.Count && ids[at] < record.Id) at++;
                if (at == ids.Count) yield break;
                if (ids[at] == record.Id)
                {
                    yield return record;
                    at++;
                }

                if (at == ids.Count) yield break;
                if (ids[at] - record.Id > 256) break;
            }

            // Nothing at or after that id is left in this file.
            if (at == start) yield break;
        }
    }

    public override void Dispose() => File.Dispose();
}
