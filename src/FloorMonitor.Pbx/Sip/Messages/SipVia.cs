namespace FloorMonitor.Pbx.Sip.Messages;

/// <summary>One value of Via: a hop that the message took.</summary>
/// <param name="Transport">What carried it there, in upper case: <c>UDP</c>, …; unknown ones are allowed (RFC 4475 section 3.1.1.10).</param>
/// <param name="Host">The host of sent-by.</param>
/// <param name="Port">The port of sent-by; null when none is written.</param>
/// <param name="Parameters">The parameters.</param>
public sealed record SipVia(string Transport, string Host, int? Port, string Parameters)
{
    /// <summary>What every branch of RFC 3261 begins with (section 8.1.1.7).</summary>
    public const string Cookie = "z9hG4bK";

    /// <summary>The branch; null when there is none.</summary>
    public string? Branch => SipText.Parameter(Parameters, "branch") is { Length: > 0 } branch ? branch : null;

    /// <summary>Whether the branch identifies the transaction: with the cookie, and something after it (RFC 4475 section 3.2.1).</summary>
    public bool HasTransaction => Branch is { } branch && branch.Length > Cookie.Length && branch.StartsWith(Cookie, StringComparison.OrdinalIgnoreCase);

    /// <summary>A parameter's value: empty when it has none, null when it is not there.</summary>
    public string? Parameter(string name) => SipText.Parameter(Parameters, name);

    /// <summary>Takes it apart; null when it is none. Space may stand around each of its parts.</summary>
    public static SipVia? Parse(ReadOnlySpan<char> text)
    {
        if (!Take(ref text, '/', out var protocol) || !protocol.Equals("SIP", StringComparison.OrdinalIgnoreCase)) return null;

        // Of another version it is still the way back for a 505.
        if (!Take(ref text, '/', out var version) || version.IsEmpty) return null;
        text = text.TrimStart(" \t");
        var space = text.IndexOfAny(' ', '\t');
        if (space <= 0) return null;
        var transport = text[..space];
        foreach (var c in transport)
            if (!SipParser.IsTokenChar(c)) return null;
        text = text[space..].TrimStart(" \t");
        var semicolon = text.IndexOf(';');
        var sentBy = (semicolon < 0 ? text : text[..semicolon]).Trim(" \t");
        return SipUri.TryHostAndPort(sentBy, out var host, out var port)
            ? new(Known(transport), host, port, semicolon < 0 ? "" : text[semicolon..].ToString())
            : null;
    }

    private static string Known(ReadOnlySpan<char> transport) =>
        transport.Equals("UDP", StringComparison.OrdinalIgnoreCase) ? "UDP"
        : transport.Equals("TCP", StringComparison.OrdinalIgnoreCase) ? "TCP"
        : transport.Equals("TLS", StringComparison.OrdinalIgnoreCase) ? "TLS"
        : transport.ToString().ToUpperInvariant();

    private static bool Take(ref ReadOnlySpan<char> text, char end, out ReadOnlySpan<char> part)
    {
        var at = text.IndexOf(end);
        part = at < 0 ? default : text[..at].Trim(" \t");
        if (at >= 0) text = text[(at + 1)..];
        return at >= 0;
    }
}
