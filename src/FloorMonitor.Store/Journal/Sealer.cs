using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using FloorMonitor.Store.Records;
using ZstdSharp;

namespace FloorMonitor.Store.Journal;

/// <summary>Turns a closed live segment into a sealed one. The live file goes only when the sealed one is on the disk and reads back.</summary>
internal static class Sealer
{
    /// <summary>Writes the sealed file beside the live one.</summary>
    /// <param name="live">The closed segment.</param>
    /// <param name="damaged">Told of what could not be taken over; the caller then keeps the live file too.</param>
    /// <param name="stop">Ends the work; the unfinished file is then left for the next start to write over.</param>
    public static SealedSegment Seal(LiveSegment live, Action<Damage>? damaged, CancellationToken stop)
    {
        var target = Path.ChangeExtension(live.Path, Segment.SealedEnding);
        var unfinished = target + ".tmp";
        long records;
        using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            records = Write(live, file, damaged, stop);
            file.Flush(flushToDisk: true);
        }

        // Read back before it gets its name, and so before the only other copy goes: a bad disk or a bug must show now.
        using (var made = SealedSegment.Open(unfinished, live.Hour, live.FirstId))
        {
            Damage? hurt = null;
            var readBack = made.Read(0, damage => hurt ??= damage).LongCount();
            if (hurt is not null || readBack != records)
                throw new InvalidDataException($"{Path.GetFileName(target)} does not read back: {readBack} of {records} records");
        }

        File.Move(unfinished, target, overwrite: true);
        return SealedSegment.Open(target);
    }

    private static long Write(LiveSegment live, FileStream file, Action<Damage>? damaged, CancellationToken stop)
    {
        using var zstd = new Compressor(level: 3);
        var blocks = new List<SealedSegment.Block>();
        var raw = new ArrayBufferWriter<byte>(SealedSegment.BlockSize * 2);
        var header = new byte[RecordFormat.HeaderSize];
        long records = 0;
        StoredRecord? first = null;
        StoredRecord last = default;
        file.Write(SealedSegment.FileHeader);
        foreach (var record in live.Read(0, damaged))
        {
            stop.ThrowIfCancellationRequested();
            first ??= record;
            last = record;
            records++;
            raw.Write(header);
            raw.Write(record.Payload.Span);
            // Sealing anew gives the very same header, for it depends on nothing but id, previous hash and payload.
            var written = MemoryMarshal.AsMemory(raw.WrittenMemory[^(RecordFormat.HeaderSize + record.Payload.Length)..]);
            RecordFormat.Seal(written.Span, record.Id, record.Previous);
            if (raw.WrittenCount < SealedSegment.BlockSize) continue;
            blocks.Add(WriteBlock(file, zstd, raw, first.Value, last));
            first = null;
        }

        if (first is { } rest) blocks.Add(WriteBlock(file, zstd, raw, rest, last));
        var index = MemoryMarshal.AsBytes<SealedSegment.Block>(blocks.ToArray());
        Span<byte> footer = stackalloc byte[SealedSegment.FooterSize];
        SealedSegment.Footer.Write(footer, file.Position, blocks.Count, XxHash3.HashToUInt64(index));
        file.Write(index);
        file.Write(footer);
        return records;
    }

    private static SealedSegment.Block WriteBlock(
        FileStream file, Compressor zstd, ArrayBufferWriter<byte> raw, StoredRecord first, StoredRecord last)
    {
        var stored = zstd.Wrap(raw.WrittenSpan);
        var block = new SealedSegment.Block(
            first.Id, last.Id, file.Position, stored.Length, raw.WrittenCount, XxHash3.HashToUInt64(stored), last.Hash);
        file.Write(stored);
        raw.ResetWrittenCount();
        return block;
    }
}
