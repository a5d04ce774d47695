using System.Buffers;
using System.Text.Json;

namespace FloorMonitor.Store.Records;

/// <summary>Records that wait to be written, back to back, so that a flush is one write. Grows to what a burst needs and is kept.</summary>
internal sealed class RecordBuffer : IBufferWriter<byte>, IDisposable
{
    private readonly Utf8JsonWriter json;
    private byte[] bytes = new byte[64 << 10];
    private int recordAt;

    public RecordBuffer()
    {
        json = new Utf8JsonWriter(
            this,
            new JsonWriterOptions { Encoder = Serialization.FloorJson.Options.Encoder, SkipValidation = true, MaxDepth = 64 });
    }

    /// <summary>How many bytes wait.</summary>
    public int Length { get; private set; }

    /// <summary>What waits.</summary>
    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    /// <summary>Adds a record whose payload a function writes as JSON.</summary>
    /// <returns>Its hash and its length with header.</returns>
    public (ulong Hash, int Length) Add<T>(long id, ulong previous, T value, Action<T, Utf8JsonWriter> write)
    {
        Begin();
        try
        {
            json.Reset();
            write(value, json);
            json.Flush();
        }
        catch
        {
            // A half-written record must not stay in the buffer; whatever went wrong is the caller's to see.
            Length = recordAt;
            throw;
        }

        return End(id, previous);
    }

    /// <summary>Adds a record with a payload that is already bytes.</summary>
    public (ulong Hash, int Length) Add(long id, ulong previous, ReadOnlySpan<byte> payload)
    {
        Begin();
        payload.CopyTo(GetSpan(payload.Length));
        Advance(payload.Length);
        return End(id, previous);
    }

    /// <summary>Adds bytes that are no record: the file header.</summary>
    public void AddRaw(ReadOnlySpan<byte> raw)
    {
        raw.CopyTo(GetSpan(raw.Length));
        Advance(raw.Length);
    }

    /// <summary>Everything was written.</summary>
    public void Clear()
    {
        Length = 0;
        // One huge burst (a backlog of a full disk) must not hold its memory for the rest of the month.
        if (bytes.Length > 4 << 20) bytes = new byte[64 << 10];
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return bytes.AsSpan(Length);
    }

    public void Dispose() => json.Dispose();

    private void Begin()
    {
        recordAt = Length;
        Grow(RecordFormat.HeaderSize);
        Advance(RecordFormat.HeaderSize);
    }

    private (ulong Hash, int Length) End(long id, ulong previous)
    {
        var record = bytes.AsSpan(recordAt, Length - recordAt);
        return (RecordFormat.Seal(record, id, previous), record.Length);
    }

    private void Grow(int sizeHint)
    {
        var needed = Length + Math.Max(sizeHint, 256);
        if (needed > bytes.Length) Array.Resize(ref bytes, Math.Max(needed, bytes.Length * 2));
    }
}
