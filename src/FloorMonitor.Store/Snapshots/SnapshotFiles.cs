using System.Globalization;
using System.Text.Json;
using FloorMonitor.Core.Floor;
using FloorMonitor.Store.Records;
using FloorMonitor.Store.Serialization;
using ZstdSharp;

namespace FloorMonitor.Store.Snapshots;

/// <summary>A floor with the last journal entry that it contains.</summary>
internal sealed record Snapshot(FloorState State, long Entry);

/// <summary>
/// Whole floors on disk: one checksummed record a file, written beside and renamed, the last two kept. The same bytes are what
/// lies in the store, so that another node can start from there.
/// </summary>
internal static class SnapshotFiles
{
    private const string Ending = ".snapshot";
    private const int Kept = 2;

    /// <summary>A snapshot as bytes: file header and one record, whose id is the journal entry and whose payload is compressed JSON.</summary>
    public static byte[] Write(Snapshot snapshot)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(snapshot.State, FloorJson.Options);
        using var zstd = new Compressor(level: 1);
        var packed = zstd.Wrap(json);
        var start = RecordFormat.FileHeader.Length;
        var bytes = new byte[start + RecordFormat.HeaderSize + packed.Length];
        RecordFormat.FileHeader.CopyTo(bytes);
        packed.CopyTo(bytes.AsSpan(start + RecordFormat.HeaderSize));
        RecordFormat.Seal(bytes.AsSpan(start), snapshot.Entry, previous: 0);
        return bytes;
    }

    /// <summary>Reads a snapshot; null where the bytes do not pass their checks or are of a version that this one cannot read.</summary>
    public static Snapshot? Read(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(RecordFormat.FileHeader) || !RecordFormat.TryRead(bytes[RecordFormat.FileHeader.Length..], out var header)) return null;
        try
        {
            using var zstd = new Decompressor();
            var json = zstd.Unwrap(bytes.Slice(RecordFormat.FileHeader.Length + RecordFormat.HeaderSize, header.Length), RecordFormat.MaxPayload);
            return JsonSerializer.Deserialize<FloorState>(json, FloorJson.Options) is { } state ? new Snapshot(state, header.Id) : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or ZstdException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>Writes a file that is either there whole or not at all, and removes all but the newest two.</summary>
    public static void Save(string folder, long entry, byte[] bytes)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{entry:D12}{Ending}"));
        var unfinished = path + ".tmp";
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path, overwrite: true);
        foreach (var old in Newest(folder).Skip(Kept)) File.Delete(old);
    }

    /// <summary>The newest snapshot that passes its checks; damaged ones are set aside.</summary>
    public static Snapshot? Load(string folder, Action<string> note)
    {
        if (!Directory.Exists(folder)) return null;
        foreach (var path in Newest(folder))
        {
            if (Read(File.ReadAllBytes(path)) is { } snapshot) return snapshot;
            note($"The snapshot {Path.GetFileName(path)} does not pass its check; it was set aside as {Path.GetFileName(DataFolder.SetAside(path))} and the one before it is used, or the journal.");
        }

        return null;
    }

    private static List<string> Newest(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*" + Ending).OrderByDescending(path => path, StringComparer.Ordinal)];
}
