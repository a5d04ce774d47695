using System.Buffers.Binary;
using System.IO.Hashing;

namespace FloorMonitor.Store.Records;

/// <summary>
/// The one format of everything that the product writes down itself (journal, verdicts, snapshots): a file header, then
/// records of marker, length, id, hash of the record before, own hash, payload. Little-endian.
/// <para>Each record can be checked by itself and names its predecessor, so that damage costs the records that it hit and no other,
/// and a record cut out of the middle is noticed. The marker holds bytes below 0x20, which JSON payloads always escape: hostile
/// text inside a payload cannot pretend to be the next record.</para>
/// </summary>
internal static class RecordFormat
{
    /// <summary>Bytes before a record's payload.</summary>
    public const int HeaderSize = 32;

    /// <summary>No record is longer; a length beyond it is damage. A snapshot of a whole switch with thousands of members is about 1 MB.</summary>
    public const int MaxPayload = 256 << 20;

    private const int LengthAt = 4;
    private const int IdAt = 8;
    private const int PreviousAt = 16;
    private const int HashAt = 24;

    /// <summary>First bytes of every file; the digit is the format's version.</summary>
    public static ReadOnlySpan<byte> FileHeader => "FLOORMONITOR R1\n"u8;

    /// <summary>First bytes of every record.</summary>
    public static ReadOnlySpan<byte> Marker => [0x01, 0x46, 0x52, 0x02];

    /// <summary>Fills in the header of a record whose payload is in place.</summary>
    /// <returns>The record's hash, which the next one names.</returns>
    public static ulong Seal(Span<byte> record, long id, ulong previous)
    {
        Marker.CopyTo(record);
        BinaryPrimitives.WriteInt32LittleEndian(record[LengthAt..], record.Length - HeaderSize);
        BinaryPrimitives.WriteInt64LittleEndian(record[IdAt..], id);
        BinaryPrimitives.WriteUInt64LittleEndian(record[PreviousAt..], previous);
        var hash = HashOf(record);
        BinaryPrimitives.WriteUInt64LittleEndian(record[HashAt..], hash);
        return hash;
    }

    /// <summary>Whether a whole, unhurt record begins here.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RecordHeader header)
    {
        header = default;
        if (!TryReadLength(bytes, out var length) || bytes.Length < HeaderSize + length) return false;
        var record = bytes[..(HeaderSize + length)];
        var hash = BinaryPrimitives.ReadUInt64LittleEndian(record[HashAt..]);
        if (hash != HashOf(record)) return false;
        header = new RecordHeader(
            length,
            BinaryPrimitives.ReadInt64LittleEndian(record[IdAt..]),
            BinaryPrimitives.ReadUInt64LittleEndian(record[PreviousAt..]),
            hash);
        return true;
    }

    /// <summary>The payload length that a record's header claims, unchecked but for its bounds.</summary>
    public static bool TryReadLength(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < HeaderSize || !bytes.StartsWith(Marker)) return false;
        length = BinaryPrimitives.ReadInt32LittleEndian(bytes[LengthAt..]);
        return length is >= 0 and <= MaxPayload;
    }

    // The hash's own eight bytes are left out by seeding the payload's hash with the header's: no copy is made.
    private static ulong HashOf(ReadOnlySpan<byte> record) =>
        XxHash3.HashToUInt64(record[HeaderSize..], (long)XxHash3.HashToUInt64(record[..HashAt]));
}

/// <summary>What a record's header says.</summary>
internal readonly record struct RecordHeader(int Length, long Id, ulong Previous, ulong Hash);

/// <summary>A record as read. The payload is valid until the next one is read.</summary>
internal readonly record struct StoredRecord(long Id, long Offset, ulong Previous, ulong Hash, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Where the next record begins.</summary>
    public long End => Offset + RecordFormat.HeaderSize + Payload.Length;
}

/// <summary>A stretch of a file that holds no readable record.</summary>
/// <param name="Path">The file.</param>
/// <param name="Offset">Where it begins (in a sealed file: in the block's raw bytes).</param>
/// <param name="Length">How long it is.</param>
/// <param name="AtEnd">Whether nothing readable follows: a torn tail.</param>
internal readonly record struct Damage(string Path, long Offset, long Length, bool AtEnd);
