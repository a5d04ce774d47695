using System.Text;

namespace FloorMonitor.Benchmarks;

/// <summary>
/// 200 MB of what a switch sends: the day that a real Asterisk 22 was recorded, again and again, each time with other agents, calls
/// and instants, so that translator and fold have a floor of a thousand agents to work on. About one message in five is wanted.
/// </summary>
internal static class ParseStream
{
    public const int Megabytes = 200;

    /// <summary>The capture as one connection would have sent it, without the banner and the goodbye.</summary>
    public static byte[] Make()
    {
        var day = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "captures", "queue-day-22.10.ami"));
        day = day[..day.IndexOf("Response: Goodbye", StringComparison.Ordinal)];
        var bytes = new byte[Megabytes * 1_000_000];
        var used = 0;
        for (var round = 0; used < bytes.Length; round++)
        {
            var first = 2000 + (round * 3 % 999);
            var text = day
                .Replace("2001", $"{first}", StringComparison.Ordinal)
                .Replace("2002", $"{first + 1}", StringComparison.Ordinal)
                .Replace("2003", $"{first + 2}", StringComparison.Ordinal)
                .Replace("17954181", $"{17954181 + round}", StringComparison.Ordinal)
                .Replace("support", $"queue-{round % 20}", StringComparison.Ordinal);
            var encoded = Encoding.UTF8.GetBytes(text);
            var length = encoded.Length <= bytes.Length - used ? encoded.Length : LastWhole(encoded, bytes.Length - used);
            encoded.AsSpan(0, length).CopyTo(bytes.AsSpan(used));
            used += length;
            if (length < encoded.Length) return bytes[..used];
        }

        return bytes;
    }

    /// <summary>Frames by their ends: what any reader must at least do.</summary>
    public static long CountFrames(ReadOnlySpan<byte> bytes)
    {
        var count = 0L;
        for (var at = bytes.IndexOf("\r\n\r\n"u8); at >= 0; at = bytes.IndexOf("\r\n\r\n"u8))
        {
            count++;
            bytes = bytes[(at + 4)..];
        }

        return count;
    }

    /// <summary>Reads a stream to its end, or to its first <paramref name="expected"/> frames, and counts them.</summary>
    public static async Task<long> CountFramesAsync(Stream stream, long expected, CancellationToken stop)
    {
        var buffer = new byte[64 * 1024];
        var kept = 0;
        var count = 0L;
        while (count < expected && await stream.ReadAsync(buffer.AsMemory(kept), stop) is var read and > 0)
        {
            var filled = buffer.AsSpan(0, kept + read);
            count += CountFrames(filled);

            // An end may lie across two reads: three bytes are carried over, unless they already belong to a counted end.
            var tail = filled.EndsWith("\r\n\r\n"u8) ? 0 : Math.Min(3, filled.Length);
            filled[^tail..].CopyTo(buffer);
            kept = tail;
        }

        return count;
    }

    private static int LastWhole(ReadOnlySpan<byte> encoded, int room) => encoded[..room].LastIndexOf("\r\n\r\n"u8) + 4;
}
