namespace FloorMonitor.Pbx.Sip.Messages;

/// <summary>A value of From, To, Contact, Route or Record-Route: a URI with a name before it and parameters after it.</summary>
/// <param name="DisplayName">The name, unquoted; null when there is none.</param>
/// <param name="Uri">The URI as written, of whatever scheme.</param>
/// <param name="Parameters">The parameters of the header field (not of the URI).</param>
public sealed record SipAddress(string? DisplayName, string Uri, string Parameters)
{
    /// <summary>The tag; null when there is none, or none that could be sent back: it is a token (section 25.1).</summary>
    public string? Tag => SipText.Parameter(Parameters, "tag") is { Length: > 0 } tag && tag.All(SipParser.IsTokenChar) ? tag : null;

    /// <summary>A parameter's value: empty when it has none, null when it is not there.</summary>
    public string? Parameter(string name) => SipText.Parameter(Parameters, name);

    /// <summary>Takes it apart; null when it is none.</summary>
    public static SipAddress? Parse(ReadOnlySpan<char> text)
    {
        text = text.Trim(" \t");
        if (text.IsEmpty) return null;
        string? name = null;
        if (text[0] == '"')
        {
            var end = SipText.EndOfQuoted(text, 0);
            if (end < 0) return null;
            name = SipText.Unquote(text[..(end + 1)]);
            text = text[(end + 1)..].TrimStart(" \t");
            if (text.IsEmpty || text[0] != '<') return null;
        }

        var open = text.IndexOf('<');
        if (open < 0) return Bare(text);
        if (open > 0)
        {
            // A name without quotes is made of words; the comma of "Bell, Alexander" is taken here (RFC 4475 section 3.1.2.15 allows it).
            name = text[..open].TrimEnd(" \t").ToString();
        }

        var close = text.IndexOf('>');
        if (close < open) return null;

        // Space within the brackets is wrong, and its meaning plain (RFC 4475 section 3.1.2.14).
        var uri = text[(open + 1)..close].Trim(" \t");
        var rest = text[(close + 1)..].TrimStart(" \t");
        return IsUri(uri) && (rest.IsEmpty || rest[0] == ';') ? new(name, uri.ToString(), rest.ToString()) : null;
    }

    // Without brackets every parameter belongs to the header field, and the URI can hold no ? and no comma (section 20).
    private static SipAddress? Bare(ReadOnlySpan<char> text)
    {
        var semicolon = text.IndexOf(';');
        var uri = (semicolon < 0 ? text : text[..semicolon]).TrimEnd(" \t");
        return IsUri(uri) && !uri.ContainsAny("?,") ? new(null, uri.ToString(), semicolon < 0 ? "" : text[semicolon..].ToString()) : null;
    }

    private static bool IsUri(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf(':');
        if (colon <= 0 || !char.IsAsciiLetter(text[0])) return false;
        foreach (var c in text[..colon])
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.')) return false;
        foreach (var c in text)
            if (c is <= ' ' or '<' or '>' or '"' or >= '\u007f') return false;
        return colon < text.Length - 1;
    }
}
