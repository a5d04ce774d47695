using System.Globalization;
using System.Text;

namespace FloorMonitor.Pbx.Ami;

/// <summary>What sort of message it is.</summary>
public enum AmiMessageKind
{
    /// <summary>Neither of the two: ignored.</summary>
    Other,

    /// <summary>An event.</summary>
    Event,

    /// <summary>The answer to an action.</summary>
    Response,
}

/// <summary>
/// One message: a copy of its bytes, nothing more, until somebody asks. Then its text is made and its lines are found, once; values
/// are cut out of the text when they are asked for. Bytes that are no UTF-8 become U+FFFD, so that whatever reads the text later reads
/// valid text. One thread at a time.
/// </summary>
public sealed class AmiMessage
{
    private byte[]? bytes;
    private string? text;
    private int[] lines = [];
    private int count;
    private int next;

    private AmiMessage(AmiMessageKind kind, AmiEventKind @event, byte[] bytes)
    {
        Kind = kind;
        Event = @event;
        this.bytes = bytes;
    }

    /// <summary>What sort of message it is.</summary>
    public AmiMessageKind Kind { get; }

    /// <summary>Which event; <see cref="AmiEventKind.Unknown"/> for a response.</summary>
    public AmiEventKind Event { get; }

    /// <summary>The text as received, without the empty line that ends it.</summary>
    public string Text => text ?? Decode();

    /// <summary>The id of the action that it answers or belongs to; empty where it has none (some replies have none).</summary>
    public ReadOnlySpan<char> ActionId => Find("ActionID");

    /// <summary>A message of its bytes (without the empty line).</summary>
    /// <exception cref="AmiProtocolException">It has more lines than allowed.</exception>
    internal static AmiMessage Of(AmiMessageKind kind, AmiEventKind @event, ReadOnlySpan<byte> bytes, int maxHeaders)
    {
        // A line has at least a byte and its end: a message too short for too many lines need not be counted through.
        if (bytes.Length / 3 >= maxHeaders && bytes.Count((byte)'\n') >= maxHeaders)
            throw new AmiProtocolException(AmiProtocolError.TooManyHeaders, $"A message has more than {maxHeaders} lines.");
        return new AmiMessage(kind, @event, bytes.ToArray());
    }

    /// <summary>A header's value; empty where it is missing or empty. Of a repeated header the first.</summary>
    public ReadOnlySpan<char> Find(string name) => TryFind(name, out var value) ? value : default;

    /// <summary>A header's value, and whether the header is there at all.</summary>
    public bool TryFind(string name, out ReadOnlySpan<char> value)
    {
        _ = Text;

        // The search goes on where the last one ended: headers asked for in their wire order cost one pass in all.
        for (var step = 0; step < count; step++)
        {
            var index = next + step < count ? next + step : next + step - count;
            if (!TryMatch(index, name, out value)) continue;
            next = index + 1 < count ? index + 1 : 0;
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>A header that stands among the first lines where it is there at all, so that its absence costs no search.</summary>
    internal bool TryFindEarly(string name, out ReadOnlySpan<char> value)
    {
        _ = Text;
        for (var index = 1; index < count && index < 5; index++)
            if (TryMatch(index, name, out value)) return true;
        value = default;
        return false;
    }

    /// <summary>A header's value as a string; null where it is missing or empty.</summary>
    public string? Get(string name)
    {
        var value = Find(name);
        return value.IsEmpty ? null : value.ToString();
    }

    /// <summary>A header's value as a whole number; null where it is missing or no such number.</summary>
    public long? GetNumber(string name) =>
        long.TryParse(Find(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Every value of a header that may repeat (<c>Output</c>, <c>Variable</c>, <c>ChanVariable</c>), in order.</summary>
    public IReadOnlyList<string> GetAll(string name)
    {
        _ = Text;
        var all = new List<string>();
        for (var index = 0; index < count; index++)
            if (TryMatch(index, name, out var value)) all.Add(value.ToString());
        return all;
    }

    private string Decode()
    {
        var decoded = text = Encoding.UTF8.GetString(bytes!);
        bytes = null;
        var starts = new int[32];
        count = 1;
        for (var at = decoded.IndexOf("\r\n", StringComparison.Ordinal); at >= 0;)
        {
            if (count == starts.Length) Array.Resize(ref starts, count * 2);
            starts[count++] = at + 2;
            var more = decoded.AsSpan(at + 2).IndexOf("\r\n", StringComparison.Ordinal);
            at = more < 0 ? -1 : at + 2 + more;
        }

        lines = starts;
        return decoded;
    }

    private bool TryMatch(int index, string name, out ReadOnlySpan<char> value)
    {
        var end = index + 1 < count ? lines[index + 1] - 2 : text!.Length;
        var line = text.AsSpan(lines[index], end - lines[index]);
        if (line.Length <= name.Length || line[name.Length] != ':' || !line.StartsWith(name, StringComparison.OrdinalIgnoreCase))
        {
            value = default;
            return false;
        }

        // Only the first colon separates, and only one blank after it belongs to the separator: the value itself may hold both.
        value = line[(name.Length + 1)..];
        if (value is [' ', ..]) value = value[1..];
        return true;
    }
}
