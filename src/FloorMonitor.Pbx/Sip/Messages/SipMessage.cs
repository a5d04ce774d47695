using System.Globalization;
using System.Text;

namespace FloorMonitor.Pbx.Sip.Messages;

/// <summary>
/// A request or response as received: its bytes, and where in them each header field lies. Nothing is decoded before somebody asks
/// for it. It was looked at by <see cref="SipParser"/>: what every message must have is there and readable.
/// </summary>
public sealed class SipMessage
{
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly SipHeaderLine[] lines;
    private readonly SipLimits limits;
    private SipAddress? from;
    private SipAddress? to;
    private SipVia? via;
    private string? callId;

    internal SipMessage(ReadOnlyMemory<byte> bytes, SipStartLine start, SipHeaderLine[] lines, SipLimits limits)
    {
        this.bytes = bytes;
        this.lines = lines;
        this.limits = limits;
        Method = start.Method;
        RequestUri = start.Uri;
        StatusCode = start.Status;
        ReasonPhrase = start.Reason;
    }

    /// <summary>Whether it is a request; else it is a response.</summary>
    public bool IsRequest => StatusCode == 0;

    /// <summary>The method of a request, or of the request that a response answers.</summary>
    public string Method { get; internal set; }

    /// <summary>The Request-URI; empty for a response.</summary>
    public string RequestUri { get; }

    /// <summary>The status of a response; 0 for a request.</summary>
    public int StatusCode { get; }

    /// <summary>The words beside the status; empty for a request.</summary>
    public string ReasonPhrase { get; }

    /// <summary>The number of its CSeq.</summary>
    public uint SequenceNumber { get; internal set; }

    /// <summary>The body, possibly empty.</summary>
    public ReadOnlyMemory<byte> Body { get; internal set; }

    /// <summary>The whole message as text: evidence, never to be parsed again.</summary>
    public string Raw => Encoding.UTF8.GetString(bytes.Span);

    /// <summary>How many bytes it has.</summary>
    public int Length => bytes.Length;

    /// <summary>The Call-ID.</summary>
    public string CallId => callId ??= Find(SipHeader.CallId) ?? "";

    /// <summary>Who sent the request.</summary>
    public SipAddress From => from ??= SipAddress.Parse(Find(SipHeader.From)) ?? Nobody;

    /// <summary>Whom it was sent to.</summary>
    public SipAddress To => to ??= SipAddress.Parse(Find(SipHeader.To)) ?? Nobody;

    /// <summary>The topmost Via; null when there is none that can be read.</summary>
    public SipVia? Via => via ??= Find(SipHeader.Via) is { } line ? SipVia.Parse(SipText.First(line)) : null;

    private static readonly SipAddress Nobody = new(null, "", "");

    /// <summary>The value of the first header field of this kind, unfolded; null when there is none.</summary>
    public string? Find(SipHeader header)
    {
        foreach (ref readonly var line in lines.AsSpan())
            if (line.Header == header) return Decode(line);
        return null;
    }

    /// <summary>Every value of this kind, those that commas separate included, in order. Unreadable lines give nothing.</summary>
    public IReadOnlyList<string> Values(SipHeader header)
    {
        List<string>? values = null;
        foreach (ref readonly var line in lines.AsSpan())
        {
            if (line.Header != header) continue;
            if (SipText.Split(Decode(line), limits.MaxValues) is not { } more) continue;
            if (values is null) values = more;
            else values.AddRange(more);
            if (values.Count >= limits.MaxValues) break;
        }

        return values ?? (IReadOnlyList<string>)[];
    }

    /// <summary>Every header field of this kind as it is, one text a line, unfolded and not split at commas (challenges hold commas of their own).</summary>
    public IEnumerable<string> Lines(SipHeader header)
    {
        foreach (var line in lines)
            if (line.Header == header) yield return Decode(line);
    }

    /// <summary>Whether there is more than one value of this kind. Reads nothing but the bytes.</summary>
    internal bool HasSeveral(SipHeader header)
    {
        var count = 0;
        foreach (ref readonly var line in lines.AsSpan())
            if (line.Header == header && (++count > 1 || bytes.Span.Slice(line.ValueStart, line.ValueLength).Contains((byte)','))) return true;
        return false;
    }

    /// <summary>How many header fields of this kind there are.</summary>
    public int Count(SipHeader header)
    {
        var count = 0;
        foreach (ref readonly var line in lines.AsSpan())
            if (line.Header == header) count++;
        return count;
    }

    /// <summary>The seconds of Expires, Min-Expires or Retry-After (whose comment and parameters are passed over); null when absent or no number.</summary>
    public int? Seconds(SipHeader header)
    {
        if (Find(header) is not { } text) return null;
        var end = text.AsSpan().IndexOfAny(";( \t");
        return SipText.Number(end < 0 ? text : text.AsSpan(0, end));
    }

    /// <summary>What logs show.</summary>
    public override string ToString() =>
        IsRequest ? $"{Method} {RequestUri}" : string.Create(CultureInfo.InvariantCulture, $"{StatusCode} {ReasonPhrase}");

    /// <summary>A line that goes on in the next ones counts as one, joined by a space (section 7.3.1).</summary>
    private string Decode(in SipHeaderLine line)
    {
        var value = bytes.Span.Slice(line.ValueStart, line.ValueLength);
        if (!line.Folded) return Encoding.UTF8.GetString(value);
        var text = new StringBuilder(value.Length);
        foreach (var part in Encoding.UTF8.GetString(value).Split("\r\n"))
        {
            if (text.Length > 0) text.Append(' ');
            text.Append(part.AsSpan().Trim(" \t"));
        }

        return text.ToString();
    }
}

/// <summary>Where a header field lies in its message.</summary>
internal readonly record struct SipHeaderLine(SipHeader Header, bool Folded, int ValueStart, int ValueLength);

/// <summary>The first line of a message.</summary>
internal readonly record struct SipStartLine(string Method, string Uri, int Status, string Reason);
