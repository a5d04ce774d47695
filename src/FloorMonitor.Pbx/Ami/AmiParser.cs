using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace FloorMonitor.Pbx.Ami;

/// <summary>
/// Bytes to messages, resumable at any byte, for one connection. It finds the empty line that ends a message with one vectorised
/// search, looks at the first line only, and makes nothing at all of an event that nobody wants. What a peer can make it hold is
/// bounded by <see cref="AmiLimits"/>; beyond them, and on bytes that are no AMI, it throws.
/// </summary>
/// <param name="wanted">The events to materialise; responses always are.</param>
/// <param name="limits">The bounds.</param>
/// <param name="expectBanner">Whether the stream begins with the banner line (a captured piece of one may not).</param>
public sealed class AmiParser(AmiEventSet wanted, AmiLimits limits, bool expectBanner = true)
{
    private static ReadOnlySpan<byte> End => "\r\n\r\n"u8;

    /// <summary>How many bytes of the unfinished message are known to hold no end, so that no byte is searched twice.</summary>
    private long searched;

    /// <summary>Where the last line of the unfinished message begins.</summary>
    private long lineStart;

    private bool bannerDone = !expectBanner;

    /// <summary>The banner, once read.</summary>
    public string? Banner { get; private set; }

    /// <summary>Messages found so far, wanted or not.</summary>
    public long Messages { get; private set; }

    /// <summary>Events passed over because nobody wants them.</summary>
    public long Filtered { get; private set; }

    /// <summary>Events whose name no Asterisk known to us uses.</summary>
    public long Unknown { get; private set; }

    /// <summary>
    /// Takes the next wanted message off the front of the buffer. False when more bytes are needed; then the buffer begins with
    /// the unfinished message and must be presented again, grown.
    /// </summary>
    /// <exception cref="AmiProtocolException">The bytes are no AMI, or exceed the limits.</exception>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, [NotNullWhen(true)] out AmiMessage? message)
    {
        message = null;
        if (!bannerDone && !TryReadBanner(ref buffer)) return false;
        while (true)
        {
            // The usual case: whole messages inside one segment.
            var span = buffer.FirstSpan;
            var from = 0;
            while (true)
            {
                var skip = (int)Math.Max(0, searched - 3);
                if (skip >= span.Length - from) break;
                var end = span[(from + skip)..].IndexOf(End);
                if (end < 0) break;
                searched = lineStart = 0;
                message = Take(span.Slice(from, skip + end));
                from += skip + end + End.Length;
                if (message is null) continue;
                buffer = buffer.Slice(from);
                return true;
            }

            if (from > 0) buffer = buffer.Slice(from);
            if (!TryReadAcross(ref buffer, out message)) return false;
            if (message is not null) return true;
        }
    }

    /// <summary>A message that lies across segments, or is not finished. False when it is not finished.</summary>
    private bool TryReadAcross(ref ReadOnlySequence<byte> buffer, out AmiMessage? message)
    {
        message = null;
        if (buffer.IsEmpty) return false;
        if (!buffer.IsSingleSegment)
        {
            var reader = new SequenceReader<byte>(buffer);
            reader.Advance(Math.Max(0, Math.Min(searched - 3, buffer.Length)));
            if (reader.TryReadTo(out ReadOnlySequence<byte> _, End))
            {
                var frame = buffer.Slice(0, reader.Consumed - End.Length);
                if (frame.Length > limits.MaxMessage) throw TooLong();
                searched = lineStart = 0;
                message = frame.IsSingleSegment ? Take(frame.FirstSpan) : TakeCopy(frame);
                buffer = buffer.Slice(reader.Position);
                return true;
            }
        }

        Unfinished(buffer);
        return false;
    }

    private AmiMessage? TakeCopy(ReadOnlySequence<byte> frame)
    {
        var length = (int)frame.Length;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            frame.CopyTo(copy);
            return Take(copy.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    /// <summary>Remembers how far was searched, and ends the patience with a line or message that has no end.</summary>
    private void Unfinished(ReadOnlySequence<byte> buffer)
    {
        var length = buffer.Length;
        if (length > limits.MaxMessage) throw TooLong();
        if (length > limits.MaxLine)
        {
            var offset = Math.Max(0, Math.Min(searched - 1, length));
            foreach (var segment in buffer.Slice(offset))
            {
                // A line feed is enough to see where the last line begins; the exact check is made when the message is whole.
                var last = segment.Span.LastIndexOf((byte)'\n');
                if (last >= 0) lineStart = offset + last + 1;
                offset += segment.Length;
            }

            if (length - lineStart > limits.MaxLine) throw LineTooLong();
        }

        searched = length;
    }

    /// <summary>Looks at one whole message. Null when nobody wants it.</summary>
    private AmiMessage? Take(ReadOnlySpan<byte> frame)
    {
        // Stray empty lines between messages are harmless and occur.
        while (frame.StartsWith("\r\n"u8)) frame = frame[2..];
        if (frame.IsEmpty) return null;
        if (frame.Length > limits.MaxMessage) throw TooLong();
        if (frame.Length > limits.MaxLine) CheckLines(frame);
        Messages++;
        if (frame.StartsWith("Event: "u8)) return TakeEvent(frame, 7);
        return frame.StartsWith("Response: "u8)
            ? AmiMessage.Of(AmiMessageKind.Response, AmiEventKind.Unknown, frame, limits.MaxHeaders)
            : TakeOdd(frame);
    }

    private AmiMessage? TakeEvent(ReadOnlySpan<byte> frame, int nameAt)
    {
        var name = frame[nameAt..];
        var end = name.IndexOf((byte)'\r');
        if (end >= 0) name = name[..end];
        var kind = AmiEventNames.Of(name);
        if (wanted.Has(kind)) return AmiMessage.Of(AmiMessageKind.Event, kind, frame, limits.MaxHeaders);
        if (kind == AmiEventKind.Unknown) Unknown++;
        else Filtered++;
        return null;
    }

    /// <summary>A message whose first line is not written as Asterisk writes it: any header will do, anything else is garbage.</summary>
    private AmiMessage TakeOdd(ReadOnlySpan<byte> frame)
    {
        var colon = frame.IndexOf((byte)':');
        if (colon <= 0 || colon > 64 || frame[..colon].ContainsAnyExcept(HeaderName))
            throw new AmiProtocolException(AmiProtocolError.Garbage, $"A message begins with no header: {Show(frame)}");
        return AmiMessage.Of(AmiMessageKind.Other, AmiEventKind.Unknown, frame, limits.MaxHeaders);
    }

    private bool TryReadBanner(ref ReadOnlySequence<byte> buffer)
    {
        var head = buffer.Slice(0, Math.Min(buffer.Length, limits.MaxBanner));
        if (head.PositionOf((byte)'\n') is not { } end)
        {
            if (head.Length >= limits.MaxBanner) throw NotAmi(head);
            return false;
        }

        var line = head.Slice(0, end);
        var text = Encoding.UTF8.GetString(line).TrimEnd('\r');
        if (!text.StartsWith("Asterisk Call Manager", StringComparison.Ordinal)) throw NotAmi(line);
        Banner = text;
        bannerDone = true;
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return true;
    }

    private void CheckLines(ReadOnlySpan<byte> frame)
    {
        while (!frame.IsEmpty)
        {
            var end = frame.IndexOf("\r\n"u8);
            if ((end < 0 ? frame.Length : end) > limits.MaxLine) throw LineTooLong();
            if (end < 0) return;
            frame = frame[(end + 2)..];
        }
    }

    private static readonly SearchValues<byte> HeaderName =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    private static AmiProtocolException NotAmi(ReadOnlySequence<byte> head) =>
        new(AmiProtocolError.NotAmi, $"The peer does not greet as an Asterisk manager: {Show(head.ToArray())}");

    private AmiProtocolException LineTooLong() => new(AmiProtocolError.LineTooLong, $"A line is longer than {limits.MaxLine} bytes.");

    private AmiProtocolException TooLong() => new(AmiProtocolError.MessageTooLong, $"A message is longer than {limits.MaxMessage} bytes.");

    /// <summary>The first bytes of something unreadable, fit for a log line.</summary>
    private static string Show(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("\"");
        foreach (var b in bytes[..Math.Min(bytes.Length, 32)]) text.Append(b is >= 0x20 and < 0x7f ? (char)b : '·');
        return text.Append('"').ToString();
    }
}
