using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace FloorMonitor.Store.Records;

/// <summary>Walks the records of a file or of a block in memory, stepping over damage to the next record that is whole.</summary>
internal static class RecordScan
{
    private const int ReadAhead = 1 << 20;

    /// <summary>The records of a file between two offsets. Payloads are valid until the next record is asked for.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Its name, for what is reported of damage.</param>
    /// <param name="from">Where a record begins.</param>
    /// <param name="to">The end of what is written.</param>
    /// <param name="damaged">Told of every stretch that holds no readable record.</param>
    public static IEnumerable<StoredRecord> File(SafeFileHandle file, string path, long from, long to, Action<Damage>? damaged)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadAhead);
        try
        {
            var start = from;
            var filled = 0;
            var at = 0;
            long? hurtSince = null;
            while (start + at < to)
            {
                var need = RecordFormat.HeaderSize;
                if (to - start - at < need)
                {
                    hurtSince ??= start + at;
                    break;
                }

                if (filled - at >= need && RecordFormat.TryReadLength(buffer.AsSpan(at, filled - at), out var length)) need += length;
                if (filled - at < need && start + filled < to && start + at + need <= to)
                {
                    // Only a plausible header makes the buffer grow, and never beyond what the file holds.
                    (buffer, filled) = Refill(file, buffer, at, filled, start, need, to);
                    start += at;
                    at = 0;
                    if (filled >= need) continue;
                    // The file is shorter than it was said to be: what is missing counts as damage.
                    hurtSince ??= start;
                    break;
                }

                if (RecordFormat.TryRead(buffer.AsSpan(at, filled - at), out var header))
                {
                    if (hurtSince is { } since) damaged?.Invoke(new Damage(path, since, start + at - since, AtEnd: false));
                    hurtSince = null;
                    var payload = buffer.AsMemory(at + RecordFormat.HeaderSize, header.Length);
                    yield return new StoredRecord(header.Id, start + at, header.Previous, header.Hash, payload);
                    at += RecordFormat.HeaderSize + header.Length;
                    continue;
                }

                hurtSince ??= start + at;
                at = NextMarker(buffer, at + 1, filled);
            }

            if (hurtSince is { } tail) damaged?.Invoke(new Damage(path, tail, to - tail, AtEnd: true));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The records of a block in memory.</summary>
    public static IEnumerable<StoredRecord> Block(ReadOnlyMemory<byte> block, string path, Action<Damage>? damaged)
    {
        var at = 0;
        int? hurtSince = null;
        while (at < block.Length)
        {
            if (RecordFormat.TryRead(block.Span[at..], out var header))
            {
                if (hurtSince is { } since) damaged?.Invoke(new Damage(path, since, at - since, AtEnd: false));
                hurtSince = null;
                yield return new StoredRecord(
                    header.Id, at, header.Previous, header.Hash, block.Slice(at + RecordFormat.HeaderSize, header.Length));
                at += RecordFormat.HeaderSize + header.Length;
                continue;
            }

            hurtSince ??= at;
            at = NextMarker(block.Span, at + 1, block.Length);
        }

        if (hurtSince is { } tail) damaged?.Invoke(new Damage(path, tail, block.Length - tail, AtEnd: true));
    }

    private static int NextMarker(ReadOnlySpan<byte> bytes, int from, int to)
    {
        if (from >= to) return to;
        var found = bytes[from..to].IndexOf(RecordFormat.Marker);
        if (found >= 0) return from + found;
        // A marker may straddle the end of what was read so far.
        return Math.Max(from, to - RecordFormat.Marker.Length + 1);
    }

    private static (byte[] Buffer, int Filled) Refill(
        SafeFileHandle file, byte[] buffer, int at, int filled, long start, int need, long to)
    {
        var kept = filled - at;
        var target = buffer;
        if (need > buffer.Length) target = ArrayPool<byte>.Shared.Rent(need);
        buffer.AsSpan(at, kept).CopyTo(target);
        if (!ReferenceEquals(target, buffer)) ArrayPool<byte>.Shared.Return(buffer);
        var offset = start + at;
        while (kept < target.Length && offset + kept < to)
        {
            var count = (int)Math.Min(target.Length - kept, to - offset - kept);
            var read = RandomAccess.Read(file, target.AsSpan(kept, count), offset + kept);
            if (read == 0) break;
            kept += read;
        }

        return (target, kept);
    }
}
