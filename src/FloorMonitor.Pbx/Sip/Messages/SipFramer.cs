using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FloorMonitor.Pbx.Sip.Messages;

/// <summary>A stream that can no longer be cut into messages: where the next one begins, nobody knows. The connection must be closed.</summary>
public sealed class SipFramingException(string message) : Exception(message);

/// <summary>
/// Cuts a stream into messages by Content-Length (RFC 3261 section 18.3), resumable at any byte. What a peer can make it hold is bounded
/// by the limits: a longer header or message ends the connection.
/// </summary>
public sealed class SipFramer(SipLimits limits)
{
    /// <summary>How many bytes of the unfinished header are known to hold no end, so that no byte is searched twice.</summary>
    private long searched;

    /// <summary>Length of the whole message at the front once its header was read; 0 before.</summary>
    private long length;

    /// <summary>Takes the next message off the front of the buffer. False when more bytes are needed; then present it again, grown.</summary>
    /// <exception cref="SipFramingException">The stream cannot be cut any more.</exception>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, [NotNullWhen(true)] out byte[]? message)
    {
        message = null;
        if (length == 0 && !TryReadLength(ref buffer)) return false;
        if (buffer.Length < length) return false;
        message = buffer.Slice(0, length).ToArray();
        buffer = buffer.Slice(length);
        length = searched = 0;
        return true;
    }

    private bool TryReadLength(ref ReadOnlySequence<byte> buffer)
    {
        // Empty lines between messages are keep-alives (RFC 5626 section 3.5.1).
        while (!buffer.IsEmpty && searched == 0 && buffer.FirstSpan[0] is (byte)'\r' or (byte)'\n') buffer = buffer.Slice(1);
        if (buffer.IsEmpty) return false;
        var reader = new SequenceReader<byte>(buffer);
        reader.Advance(Math.Max(0, searched - 3));
        if (!reader.TryReadTo(out ReadOnlySequence<byte> _, "\r\n\r\n"u8))
        {
            searched = buffer.Length;
            return searched <= limits.MaxHead ? false : throw new SipFramingException("A header is too long.");
        }

        var head = reader.Consumed;
        if (head > limits.MaxHead) throw new SipFramingException("A header is too long.");
        length = head + BodyLength(buffer.Slice(0, head));
        return length <= limits.MaxMessage ? true : throw new SipFramingException("A message is too long.");
    }

    private static int BodyLength(ReadOnlySequence<byte> head)
    {
        if (head.IsSingleSegment) return BodyLength(head.FirstSpan);
        var copy = ArrayPool<byte>.Shared.Rent((int)head.Length);
        try
        {
            head.CopyTo(copy);
            return BodyLength(copy.AsSpan(0, (int)head.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    /// <summary>Two lengths, or none, are no length: what one reader takes for a body, another takes for the next message.</summary>
    private static int BodyLength(ReadOnlySpan<byte> head)
    {
        int? found = null;
        for (var end = head.IndexOf("\r\n"u8); end >= 0; end = head.IndexOf("\r\n"u8))
        {
            head = head[(end + 2)..];
            if (head.IsEmpty || (head[0] | 0x20) is not ((byte)'c' or (byte)'l')) continue;
            var colon = head.IndexOf((byte)':');
            if (colon <= 0) continue;
            var name = head[..colon].TrimEnd(" \t"u8);
            if (!Ascii.EqualsIgnoreCase(name, "Content-Length"u8) && !Ascii.EqualsIgnoreCase(name, "l"u8)) continue;
            if (found is not null) throw new SipFramingException("A message has two lengths.");
            found = Number(head[(colon + 1)..]);
        }

        return found ?? throw new SipFramingException("A message has no Content-Length.");
    }

    private static int Number(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t\r\n"u8);
        return !text.IsEmpty && text[0] is >= (byte)'0' and <= (byte)'9' && Utf8Parser.TryParse(text, out int number, out var used)
            && text[used..].TrimStart(" \t"u8).StartsWith("\r\n"u8)
            ? number
            : throw new SipFramingException("A Content-Length is no number.");
    }
}
