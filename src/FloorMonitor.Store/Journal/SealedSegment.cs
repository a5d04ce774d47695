using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using FloorMonitor.Store.Records;
using Microsoft.Win32.SafeHandles;
using ZstdSharp;

namespace FloorMonitor.Store.Journal;

/// <summary>
/// A closed hour: blocks of records, each compressed with zstd and checksummed by itself, then an index (first id → block) and
/// a footer. Evidence is found by reading one block; damage costs the block it hit. The records inside are byte for byte those of
/// the live file, their chain included, so that the same check goes over both.
/// </summary>
internal sealed class SealedSegment : Segment
{
    /// <summary>Raw bytes in a block: small enough for a quick look-up, large enough to compress well.</summary>
    public const int BlockSize = 256 << 10;

    internal const int FooterSize = 40;
    internal const int EntrySize = 48;

    private readonly SafeFileHandle handle;
    private readonly Block[] blocks;

    private SealedSegment(string path, string hour, long firstId, SafeFileHandle handle, Block[] blocks)
        : base(path, hour, firstId)
    {
        this.handle = handle;
        this.blocks = blocks;
    }

    internal static ReadOnlySpan<byte> FileHeader => "FLOORMONITOR S1\n"u8;

    public override long LastId => blocks.Length == 0 ? FirstId - 1 : blocks[^1].LastId;

    /// <summary>Hash of the last record, which the next segment's first one names.</summary>
    public ulong LastHash => blocks.Length == 0 ? 0 : blocks[^1].LastHash;

    /// <summary>Opens a sealed file by its footer and index.</summary>
    /// <exception cref="InvalidDataException">Footer or index do not pass their checks.</exception>
    public static SealedSegment Open(string path)
    {
        if (!TryParse(path, out var hour, out var firstId)) throw new InvalidDataException($"{path} is not named like a segment");
        return Open(path, hour, firstId);
    }

    /// <summary>Opens a sealed file that does not have its final name yet.</summary>
    /// <exception cref="InvalidDataException">Footer or index do not pass their checks.</exception>
    public static SealedSegment Open(string path, string hour, long firstId)
    {
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            return new SealedSegment(path, hour, firstId, handle, ReadIndex(handle));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public override IEnumerable<StoredRecord> Read(long fromId, Action<Damage>? damaged = null)
    {
        foreach (var block in blocks)
        {
            if (block.LastId < fromId) continue;
            if (Load(block) is not { } bytes)
            {
                damaged?.Invoke(new Damage(Path, block.Offset, block.Stored, AtEnd: false));
                continue;
            }

            foreach (var record in RecordScan.Block(bytes, Path, damaged))
                if (record.Id >= fromId) yield return record;
        }
    }

    public override IEnumerable<StoredRecord> Find(IReadOnlyList<long> ids)
    {
        var at = 0;
        foreach (var block in blocks)
        {
            while (at < ids.Count && ids[at] < block.FirstId) at++;
            if (at == ids.Count) yield break;
            if (ids[at] > block.LastId || Load(block) is not { } bytes) continue;
            foreach (var record in RecordScan.Block(bytes, Path, damaged: null))
            {
                while (at < ids.Count && ids[at] < record.Id) at++;
                if (at == ids.Count) yield break;
                if (ids[at] == record.Id) yield return record;
            }
        }
    }

    public override void Dispose() => handle.Dispose();

    private ReadOnlyMemory<byte>? Load(Block block)
    {
        var stored = new byte[block.Stored];
        if (!ReadFully(handle, stored, block.Offset) || XxHash3.HashToUInt64(stored) != block.Hash) return null;
        var raw = new byte[block.Raw];
        using var zstd = new Decompressor();
        try
        {
            return zstd.Unwrap(stored, raw) == block.Raw ? raw : null;
        }
        catch (ZstdException)
        {
            return null;
        }
    }

    private static Block[] ReadIndex(SafeFileHandle handle)
    {
        var length = RandomAccess.GetLength(handle);
        var head = new byte[FileHeader.Length];
        var footer = new byte[FooterSize];
        if (length < FileHeader.Length + FooterSize || !ReadFully(handle, head, 0) || !FileHeader.SequenceEqual(head)
            || !ReadFully(handle, footer, length - FooterSize) || !Footer.TryRead(footer, out var offset, out var count, out var hash))
            throw new InvalidDataException("the footer is damaged");
        if (offset < FileHeader.Length || offset + ((long)count * EntrySize) + FooterSize != length)
            throw new InvalidDataException("the footer contradicts the file's length");
        var index = new byte[count * EntrySize];
        if (!ReadFully(handle, index, offset) || XxHash3.HashToUInt64(index) != hash) throw new InvalidDataException("the index is damaged");
        return MemoryMarshal.Cast<byte, Block>(index).ToArray();
    }

    private static bool ReadFully(SafeFileHandle handle, Span<byte> into, long offset)
    {
        while (!into.IsEmpty)
        {
            var read = RandomAccess.Read(handle, into, offset);
            if (read == 0) return false;
            into = into[read..];
            offset += read;
        }

        return true;
    }

    /// <summary>A line of the index. Written as it lies in memory; every machine that .NET 10 runs on is little-endian but s390x.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    internal readonly record struct Block(long FirstId, long LastId, long Offset, int Stored, int Raw, ulong Hash, ulong LastHash);

    /// <summary>The last bytes of a sealed file: magic, index offset, count, hash of the index, own hash.</summary>
    internal static class Footer
    {
        private static ReadOnlySpan<byte> Magic => "FMSEALED"u8;

        public static void Write(Span<byte> into, long offset, int count, ulong indexHash)
        {
            Magic.CopyTo(into);
            BinaryPrimitives.WriteInt64LittleEndian(into[8..], offset);
            BinaryPrimitives.WriteInt64LittleEndian(into[16..], count);
            BinaryPrimitives.WriteUInt64LittleEndian(into[24..], indexHash);
            BinaryPrimitives.WriteUInt64LittleEndian(into[32..], XxHash3.HashToUInt64(into[..32]));
        }

        public static bool TryRead(ReadOnlySpan<byte> footer, out long offset, out int count, out ulong indexHash)
        {
            offset = BinaryPrimitives.ReadInt64LittleEndian(footer[8..]);
            var blocks = BinaryPrimitives.ReadInt64LittleEndian(footer[16..]);
            indexHash = BinaryPrimitives.ReadUInt64LittleEndian(footer[24..]);
            count = (int)Math.Clamp(blocks, 0, int.MaxValue / EntrySize);
            return footer.StartsWith(Magic) && count == blocks
                && BinaryPrimitives.ReadUInt64LittleEndian(footer[32..]) == XxHash3.HashToUInt64(footer[..32]);
        }
    }
}
