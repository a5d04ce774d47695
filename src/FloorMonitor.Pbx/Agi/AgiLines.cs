using System.Text;

namespace FloorMonitor.Pbx.Agi;

/// <summary>
/// Lines of an AGI connection, one at a time. Whoever connects is a program that we trust to be a switch and check like a stranger: a
/// line is capped, what is no UTF-8 is replaced, an end in the middle of a line is an end.
/// </summary>
internal sealed class AgiLines(Stream stream)
{
    /// <summary>Longer than any line that a dialplan can make.</summary>
    public const int MaxLine = 8 * 1024;

    private readonly byte[] buffer = new byte[MaxLine];
    private int start;
    private int end;

    /// <summary>The next line without its end; null when the other side has closed.</summary>
    /// <exception cref="AgiProtocolException">It is too long.</exception>
    public async ValueTask<string?> ReadAsync(CancellationToken stop)
    {
        var looked = start;
        while (true)
        {
            var at = buffer.AsSpan(looked..end).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var line = buffer.AsSpan(start..(looked + at));
                start = looked + at + 1;
                if (line is [.., (byte)'\r']) line = line[..^1];
                return Encoding.UTF8.GetString(line);
            }

            looked = end;
            if (end == buffer.Length)
            {
                if (start == 0) throw new AgiProtocolException($"A line is longer than {MaxLine} bytes.");
                buffer.AsSpan(start..end).CopyTo(buffer);
                (looked, end, start) = (looked - start, end - start, 0);
            }

            var read = await stream.ReadAsync(buffer.AsMemory(end), stop);
            if (read == 0) return null;
            end += read;
        }
    }
}
