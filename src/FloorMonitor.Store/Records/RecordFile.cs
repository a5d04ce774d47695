using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace FloorMonitor.Store.Records;

/// <summary>How bytes reach the file; exchanged only by tests that need a disk which is full.</summary>
internal delegate void WriteAt(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset);

/// <summary>
/// One append-only file of records. One writer adds and flushes; readers on any thread see what was flushed, never half a record.
/// A flush is one write to the operating system, so a process that is killed after it has lost nothing; <see cref="Sync"/> is
/// what a power cut asks for, and runs on another thread.
/// </summary>
internal sealed class RecordFile : IDisposable
{
    // Every so many records the place of one is remembered, so that evidence is found without reading the file from its start.
    private const int IndexEvery = 64;

    private readonly SafeFileHandle handle;
    private readonly WriteAt write;
    private readonly RecordBuffer pending = new();
    private readonly List<(long Id, long Offset)> index = [];
    private readonly Lock indexLock = new();
    private long flushed;
    private long flushedId;
    private long synced;

    private RecordFile(string path, SafeFileHandle handle, WriteAt write, ulong previous)
    {
        Path = path;
        this.handle = handle;
        this.write = write;
        LastHash = previous;
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>Id of the last record added; 0 for none.</summary>
    public long LastId { get; private set; }

    /// <summary>Hash of the last record added; the next one names it.</summary>
    public ulong LastHash { get; private set; }

    /// <summary>How many records were added or found.</summary>
    public long Count { get; private set; }

    /// <summary>How many bytes were handed to the operating system.</summary>
    public long FlushedLength => Volatile.Read(ref flushed);

    /// <summary>Id of the last record that was handed to the operating system; 0 for none.</summary>
    public long FlushedId => Volatile.Read(ref flushedId);

    /// <summary>How many bytes wait to be written.</summary>
    public int PendingBytes => pending.Length;

    /// <summary>
    /// Opens a file, or makes it. What follows the last whole record is the write that a crash tore: it is copied beside the
    /// file, never thrown away, and cut off so that the chain goes on cleanly.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="previous">The hash that the first record names: the last one of the file before.</param>
    /// <param name="note">Told in words of everything that was not as it should be.</param>
    /// <param name="write">How bytes are written; null for the plain way.</param>
    public static RecordFile Open(string path, ulong previous, Action<string>? note = null, WriteAt? write = null)
    {
        var handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var file = new RecordFile(path, handle, write ?? RandomAccess.Write, previous);
            file.Recover(note);
            return file;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Buffers a record whose payload is written as JSON.</summary>
    public void Add<T>(long id, T value, Action<T, Utf8JsonWriter> writeJson) =>
        Added(id, pending.Length, pending.Add(id, LastHash, value, writeJson));

    /// <summary>Buffers a record.</summary>
    public void Add(long id, ReadOnlySpan<byte> payload) => Added(id, pending.Length, pending.Add(id, LastHash, payload));

    /// <summary>Hands what waits to the operating system in one write. On failure it waits on, and the next call writes it again at the same place.</summary>
    /// <param name="error">Why it could not; null where it could.</param>
    public bool Flush(out string? error)
    {
        error = null;
        if (pending.Length == 0) return true;
        try
        {
            write(handle, pending.Written, flushed);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            error = failed.Message;
            return false;
        }

        var length = flushed + pending.Length;
        pending.Clear();
        Volatile.Write(ref flushedId, LastId);
        Volatile.Write(ref flushed, length);
        return true;
    }

    /// <summary>Asks the disk itself to hold what was flushed. Slow; never on the floor's thread.</summary>
    public void Sync()
    {
        var until = FlushedLength;
        if (until == Volatile.Read(ref synced)) return;
        RandomAccess.FlushToDisk(handle);
        Volatile.Write(ref synced, until);
    }

    /// <summary>The flushed records from an id on. Payloads are valid until the next record is asked for.</summary>
    public IEnumerable<StoredRecord> Read(long fromId, Action<Damage>? damaged = null)
    {
        var to = FlushedLength;
        foreach (var record in RecordScan.File(handle, Path, OffsetBefore(fromId), to, damaged))
            if (record.Id >= fromId) yield return record;
    }

    /// <summary>The flushed records from a place on, where a record begins.</summary>
    public IEnumerable<StoredRecord> ReadFrom(long offset) =>
        RecordScan.File(handle, Path, Math.Max(offset, RecordFormat.FileHeader.Length), FlushedLength, damaged: null);

    public void Dispose()
    {
        handle.Dispose();
        pending.Dispose();
    }

    private long OffsetBefore(long id)
    {
        lock (indexLock)
        {
            var low = 0;
            var high = index.Count;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (index[middle].Id <= id) low = middle + 1;
                else high = middle;
            }

            return low == 0 ? RecordFormat.FileHeader.Length : index[low - 1].Offset;
        }
    }

    private void Added(long id, int at, (ulong Hash, int Length) record)
    {
        Remember(id, flushed + at);
        LastId = id;
        LastHash = record.Hash;
    }

    private void Remember(long id, long offset)
    {
        if (Count++ % IndexEvery != 0) return;
        lock (indexLock) index.Add((id, offset));
    }

    private void Recover(Action<string>? note)
    {
        var length = RandomAccess.GetLength(handle);
        if (length < RecordFormat.FileHeader.Length)
        {
            // Killed between making the file and its first write: nothing was ever in it.
            if (length > 0) Cut(0, length, note);
            pending.AddRaw(RecordFormat.FileHeader);
            return;
        }

        var header = new byte[RecordFormat.FileHeader.Length];
        RandomAccess.Read(handle, header, 0);
        if (!RecordFormat.FileHeader.SequenceEqual(header)) note?.Invoke($"{Name}: the file's first bytes are damaged; its records are read all the same");
        var end = (long)RecordFormat.FileHeader.Length;
        foreach (var record in RecordScan.File(handle, Path, end, length, hurt => Report(hurt, note)))
        {
            Remember(record.Id, record.Offset);
            LastId = record.Id;
            LastHash = record.Hash;
            end = record.End;
        }

        flushed = end;
        flushedId = LastId;
        if (end < length) Cut(end, length - end, note);
    }

    private string Name => System.IO.Path.GetFileName(Path);

    private void Report(Damage hurt, Action<string>? note)
    {
        if (!hurt.AtEnd) note?.Invoke($"{Name}: {hurt.Length} bytes at {hurt.Offset} are damaged; the records around them are whole");
    }

    private void Cut(long from, long length, Action<string>? note)
    {
        var aside = $"{Path}.{from}.torn";
        for (var again = 2; File.Exists(aside); again++) aside = $"{Path}.{from}-{again}.torn";
        using (var copy = new FileStream(aside, FileMode.CreateNew, FileAccess.Write, FileShare.Read))
        {
            var buffer = new byte[Math.Min(length, 1 << 20)];
            for (long at = 0; at < length;)
            {
                var read = RandomAccess.Read(handle, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - at)), from + at);
                if (read == 0) break;
                copy.Write(buffer, 0, read);
                at += read;
            }

            copy.Flush(flushToDisk: true);
        }

        RandomAccess.SetLength(handle, from);
        note?.Invoke($"{Name}: the last write was torn by a crash; {length} bytes after the last whole record were set aside as {System.IO.Path.GetFileName(aside)}");
    }
}
