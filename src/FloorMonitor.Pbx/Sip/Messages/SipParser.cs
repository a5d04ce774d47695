using System.Buffers;
using System.Text;

namespace FloorMonitor.Pbx.Sip.Messages;

/// <summary>
/// Bytes to a message: a whole datagram, or a frame cut out of a stream. It never throws, whatever the
/// bytes. What is no SIP at all gives nothing; what is SIP and wrong gives the message and the fault, so that it can be answered.
/// </summary>
public static class SipParser
{
    private static readonly SearchValues<byte> TokenBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.!%*_+`'~"u8);

    // Only these are met often; a method that somebody made up is made into a text of its own.
    private static readonly string[] KnownMethods =
        ["NOTIFY", "OPTIONS", "MESSAGE", "SUBSCRIBE", "REGISTER", "INVITE", "ACK", "BYE", "CANCEL", "PUBLISH", "INFO", "UPDATE", "REFER", "PRACK"];

    /// <summary>Reads one message. The bytes become part of it and must not change afterwards.</summary>
    /// <param name="bytes">The datagram or frame.</param>
    /// <param name="limits">The bounds.</param>
    /// <param name="fault">Why the message is refused; null when it is good.</param>
    /// <returns>The message, also a refused one when enough of it can be read to answer it; null otherwise.</returns>
    public static SipMessage? Parse(ReadOnlyMemory<byte> bytes, SipLimits limits, out SipFault? fault)
    {
        var span = bytes.Span;
        if (span.Length > limits.MaxMessage) return No(out fault, 513, "Message Too Large");
        var endOfHead = span.IndexOf("\r\n\r\n"u8);
        if (endOfHead < 0) return No(out fault, 400, "The header has no end");
        if (endOfHead > limits.MaxHead) return No(out fault, 513, "The header is too long");
        var head = span[..(endOfHead + 2)];

        // A lone CR or LF stands nowhere (section 25.1); what one reader takes for a line end another does not. Such a message is not even repeated in an answer.
        var breaks = head.Count("\r\n"u8);
        if (head.Count((byte)'\n') != breaks || head.Count((byte)'\r') != breaks) return No(out fault, 400, "A line ends in half");
        var endOfLine = head.IndexOf("\r\n"u8);
        if (ReadStartLine(head[..endOfLine], out fault) is not { } start) return null;
        if (ReadHeader(head, endOfLine + 2, limits, ref fault) is not { } lines) return null;
        var message = new SipMessage(bytes, start, lines, limits) { Body = bytes[(endOfHead + 4)..] };
        SipRules.Check(message, ref fault);
        return message;
    }

    /// <summary>Whether a character may stand in a token (section 25.1).</summary>
    internal static bool IsTokenChar(char c) => c < 128 && TokenBytes.Contains((byte)c);

    private static SipStartLine? ReadStartLine(ReadOnlySpan<byte> line, out SipFault? fault)
    {
        fault = null;
        return line.StartsWith("SIP/"u8) ? ReadStatusLine(line, ref fault) : ReadRequestLine(line, ref fault);
    }

    private static SipStartLine? ReadStatusLine(ReadOnlySpan<byte> line, ref SipFault? fault)
    {
        // SIP/2.0 200 OK; the phrase may be empty, its space not (RFC 4475 section 3.1.1.13).
        if (line.Length < 12 || !line.StartsWith("SIP/2.0 "u8) || line[11] != ' ')
        {
            fault = new(400, "The status line cannot be read");
            return null;
        }

        var digits = line.Slice(8, 3);
        if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') || digits[0] is < (byte)'1' or > (byte)'6')
        {
            fault = new(400, "The status is none");
            return null;
        }

        var status = ((digits[0] - '0') * 100) + ((digits[1] - '0') * 10) + (digits[2] - '0');
        return new("", "", status, Encoding.UTF8.GetString(line[12..]));
    }

    private static SipStartLine? ReadRequestLine(ReadOnlySpan<byte> line, ref SipFault? fault)
    {
        var first = line.IndexOf((byte)' ');
        var last = line.LastIndexOf((byte)' ');
        if (first <= 0 || line[..first].ContainsAnyExcept(TokenBytes))
        {
            fault = new(400, "The request line begins with no method");
            return null;
        }

        var method = MethodOf(line[..first]);
        var version = line[(last + 1)..];
        if (last == first || !version.StartsWith("SIP/"u8))
        {
            // Also a space at the end of the line, where the version would be (RFC 4475 section 3.1.2.10): refused, and answered.
            fault = new(400, "The request line does not end with a version");
            return new(method, Encoding.UTF8.GetString(line[(first + 1)..].Trim((byte)' ')), 0, "");
        }

        var uri = line[(first + 1)..last];
        if (!version.SequenceEqual("SIP/2.0"u8)) fault = new(505, "Version Not Supported");
        else if (uri.IsEmpty || uri.ContainsAny(" <>\""u8) || uri.ContainsAnyInRange((byte)0, (byte)31)) fault = new(400, "The request line is not three words");
        return new(method, Encoding.UTF8.GetString(uri), 0, "");
    }

    /// <summary>A method's text: the known ones are not made anew.</summary>
    internal static string MethodOf(ReadOnlySpan<char> text)
    {
        foreach (var known in KnownMethods)
            if (text.SequenceEqual(known)) return known;
        return text.ToString();
    }

    private static string MethodOf(ReadOnlySpan<byte> bytes)
    {
        foreach (var known in KnownMethods)
            if (Ascii.Equals(bytes, known)) return known;
        return Encoding.ASCII.GetString(bytes);
    }

    private static SipHeaderLine[]? ReadHeader(ReadOnlySpan<byte> head, int at, SipLimits limits, ref SipFault? fault)
    {
        Span<SipHeaderLine> lines = stackalloc SipHeaderLine[limits.MaxHeaders];
        var count = 0;
        while (at < head.Length)
        {
            var length = head[at..].IndexOf("\r\n"u8);
            var folded = false;
            while (at + length + 2 < head.Length && head[at + length + 2] is (byte)' ' or (byte)'\t')
            {
                folded = true;
                length += 2 + head[(at + length + 2)..].IndexOf("\r\n"u8);
            }

            var line = head.Slice(at, length);
            var colon = line.IndexOf((byte)':');
            var name = colon <= 0 ? default : line[..colon].TrimEnd(" \t"u8);
            if (name.IsEmpty || name.ContainsAnyExcept(TokenBytes))
            {
                // One line that is no header field spoils none of the others: the message is refused, and answered.
                fault ??= new(400, "A header line is none");
            }
            else
            {
                if (count == limits.MaxHeaders) return Nothing(out fault, "Too many header fields");
                var value = line[(colon + 1)..];
                var lead = value.IndexOfAnyExcept(" \t\r\n"u8);
                if (lead < 0) lead = value.Length;
                var start = at + colon + 1 + lead;
                lines[count++] = new(SipHeaderNames.Of(name), folded, start, value[lead..].TrimEnd(" \t\r\n"u8).Length);
            }

            at += length + 2;
        }

        return lines[..count].ToArray();
    }

    private static SipMessage? No(out SipFault? fault, int status, string sentence)
    {
        fault = new(status, sentence);
        return null;
    }

    private static SipHeaderLine[]? Nothing(out SipFault? fault, string sentence)
    {
        fault = new(400, sentence);
        return null;
    }
}
