using FloorMonitor.Core.Floor;

namespace FloorMonitor.Pbx.Agi;

/// <summary>
/// What Asterisk says of a call before it takes orders: lines <c>agi_name: value</c> up to an empty one. The script's path and query are
/// what the dialplan asks for (<c>AGI(agi://host:4573/break?kind=short)</c> says <c>agi_network_script: break?kind=short</c>).
/// </summary>
public sealed class AgiRequest
{
    private readonly Dictionary<string, string> values;
    private readonly Dictionary<string, string> query = new(StringComparer.Ordinal);

    /// <summary>Reads the lines, without the empty one.</summary>
    /// <exception cref="AgiProtocolException">A line is none of AGI's.</exception>
    public AgiRequest(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        values = new(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !line.StartsWith("agi_", StringComparison.Ordinal)) throw new AgiProtocolException("A line of the request is none of AGI's.");
            values[line[..colon]] = line[(colon + 1)..].Trim();
        }

        var script = Get("agi_network_script") ?? throw new AgiProtocolException("The request names no script.");
        var mark = script.IndexOf('?', StringComparison.Ordinal);
        Script = Unescape(mark < 0 ? script : script[..mark]).Trim('/');
        if (mark < 0) return;
        foreach (var pair in script[(mark + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) query[Unescape(pair[..equals])] = Unescape(pair[(equals + 1)..]);
        }
    }

    /// <summary>What is asked for: <c>break</c>.</summary>
    public string Script { get; }

    /// <summary>The calling channel, such as <c>PJSIP/1001-00000003</c>: the switch's own word of whose phone it is.</summary>
    public string Channel => Get("agi_channel") ?? "";

    /// <summary>The caller's number as the switch tells it; null where it knows none.</summary>
    public string? CallerId => Get("agi_callerid") is { Length: > 0 } number && number != "unknown" ? number : null;

    /// <summary>The channel's language, such as <c>en</c>; null where none is told.</summary>
    public string? Language => Get("agi_language") is { Length: > 0 } language ? language : null;

    /// <summary>The extension in the channel's name; null where it is nobody's seat.</summary>
    public string? Seat => AgentDirectory.SeatOf(Channel);

    /// <summary>The channel without its own number: the address of the phone, <c>PJSIP/1001</c>.</summary>
    public string Address
    {
        get
        {
            var dash = Channel.LastIndexOf('-');
            return dash > 0 && Channel.Length - dash == 9 ? Channel[..dash] : Channel;
        }
    }

    /// <summary>A parameter of the script; null or empty is the same as not given.</summary>
    public string? Parameter(string name) => query.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    private string? Get(string name) => values.GetValueOrDefault(name);

    private static string Unescape(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
