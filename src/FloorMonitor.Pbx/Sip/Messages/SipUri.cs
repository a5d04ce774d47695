using System.Globalization;

namespace FloorMonitor.Pbx.Sip.Messages;

/// <summary>A SIP or SIPS URI (RFC 3261 section 19.1), taken apart. Escapes stay as they are: they are part of its identity.</summary>
/// <param name="Scheme"><c>sip</c> or <c>sips</c>.</param>
/// <param name="User">The user part with its parameters, without a password; null when there is none.</param>
/// <param name="Host">Name or address, in lower case; an IPv6 address in its brackets.</param>
/// <param name="Port">The port; null when none is written.</param>
/// <param name="Parameters">Everything from the first <c>;</c> after the host to the headers: <c>;transport=tcp;lr</c>.</param>
/// <param name="Headers">What follows <c>?</c>, without it; null when there is none.</param>
public sealed record SipUri(string Scheme, string? User, string Host, int? Port, string Parameters, string? Headers)
{
    /// <summary>Takes it apart; null when it is none.</summary>
    public static SipUri? Parse(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon <= 0) return null;
        var scheme = text[..colon];
        if (!scheme.Equals("sip", StringComparison.OrdinalIgnoreCase) && !scheme.Equals("sips", StringComparison.OrdinalIgnoreCase)) return null;
        foreach (var c in text)
            if (c is <= ' ' or '<' or '>' or '"' or >= '\u007f') return null;
        var rest = text[(colon + 1)..];

        // The user part may hold ; and ? of its own (RFC 4475 section 3.1.1.9): the @ ends it.
        var at = rest.IndexOf('@');
        ReadOnlySpan<char> user = default;
        if (at >= 0)
        {
            user = rest[..at];
            rest = rest[(at + 1)..];
            if (user.IsEmpty || rest.Contains('@')) return null;
            if (user.IndexOf(':') is var password and >= 0) user = user[..password];
            if (!EscapesAreWhole(user)) return null;
        }

        string? headers = null;
        if (rest.IndexOf('?') is var question and >= 0)
        {
            headers = rest[(question + 1)..].ToString();
            rest = rest[..question];
        }

        var semicolon = rest.IndexOf(';');
        var parameters = semicolon < 0 ? "" : rest[semicolon..].ToString();
        var hostAndPort = semicolon < 0 ? rest : rest[..semicolon];
        return TryHostAndPort(hostAndPort, out var host, out var port)
            ? new(scheme.Length == 3 ? "sip" : "sips", at < 0 ? null : user.ToString(), host, port, parameters, headers)
            : null;
    }

    /// <summary>A parameter's value: empty when it has none, null when it is not there.</summary>
    public string? Parameter(string name) => SipText.Parameter(Parameters, name);

    /// <summary>Takes <c>host</c>, <c>host:port</c> or <c>[v6]:port</c> apart.</summary>
    internal static bool TryHostAndPort(ReadOnlySpan<char> text, out string host, out int? port)
    {
        host = "";
        port = null;
        var colon = text.LastIndexOf(':');
        if (text.StartsWith("["))
        {
            var close = text.IndexOf(']');
            if (close < 0) return false;
            if (colon < close) colon = -1;
            if (colon >= 0 && colon != close + 1) return false;
            if (colon < 0 && close != text.Length - 1) return false;
        }
        else if (colon != text.IndexOf(':'))
        {
            return false;
        }

        if (colon >= 0)
        {
            if (!int.TryParse(text[(colon + 1)..].Trim(" \t"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535) return false;
            port = number;
            text = text[..colon].TrimEnd(" \t");
        }

        if (text.IsEmpty) return false;
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_' or ':' or '[' or ']')) return false;
        host = text.ToString().ToLowerInvariant();
        return true;
    }

    private static bool EscapesAreWhole(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
            if (text[i] == '%' && (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))) return false;
        return true;
    }
}
