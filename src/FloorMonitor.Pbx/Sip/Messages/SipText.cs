namespace FloorMonitor.Pbx.Sip.Messages;

/// <summary>The small grammar that header values share: quoted strings, angle brackets, parameters (RFC 3261 section 25).</summary>
internal static class SipText
{
    /// <summary>
    /// Where a character stands outside of quoted strings and angle brackets; -1 when nowhere, -2 when a quoted string or a bracket
    /// has no end.
    /// </summary>
    public static int IndexOutside(ReadOnlySpan<char> text, char wanted)
    {
        var angle = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == wanted && !angle) return i;
            switch (c)
            {
                case '"' when !angle:
                    i = EndOfQuoted(text, i);
                    if (i < 0) return -2;
                    break;
                case '<' when !angle:
                    angle = true;
                    break;
                case '>' when angle:
                    angle = false;
                    break;
            }
        }

        return angle ? -2 : -1;
    }

    /// <summary>Where the quoted string that begins here ends; -1 when it does not.</summary>
    public static int EndOfQuoted(ReadOnlySpan<char> text, int start)
    {
        for (var i = start + 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') return i;
        }

        return -1;
    }

    /// <summary>The first of the values that commas separate; nothing when a quoted string or a bracket has no end.</summary>
    public static ReadOnlySpan<char> First(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAny(",\"<")) return text;
        return IndexOutside(text, ',') switch
        {
            -2 => default,
            -1 => text,
            var comma => text[..comma].TrimEnd(" \t"),
        };
    }

    /// <summary>The values of one header field that commas separate; null when a quoted string or a bracket has no end.</summary>
    public static List<string>? Split(string text, int most)
    {
        List<string> values = [];
        var rest = text.AsSpan();
        while (values.Count < most)
        {
            var comma = IndexOutside(rest, ',');
            if (comma == -2) return null;
            var value = (comma < 0 ? rest : rest[..comma]).Trim(" \t");
            values.Add(value.Length == text.Length ? text : value.ToString());
            if (comma < 0) break;
            rest = rest[(comma + 1)..];
        }

        return values;
    }

    /// <summary>
    /// Takes the next <c>name=value</c> off the front of a text that begins with a separator or is empty. Space around <c>;</c> and
    /// <c>=</c> is allowed; quotes stay on the value.
    /// </summary>
    public static bool NextParameter(ref ReadOnlySpan<char> rest, char separator, out ReadOnlySpan<char> name, out ReadOnlySpan<char> value)
    {
        name = value = default;
        rest = rest.TrimStart(" \t");
        while (!rest.IsEmpty && rest[0] == separator) rest = rest[1..].TrimStart(" \t");
        if (rest.IsEmpty) return false;
        var end = 0;
        var equals = -1;
        while (end < rest.Length && rest[end] != separator)
        {
            if (rest[end] == '"')
            {
                var close = EndOfQuoted(rest, end);
                end = close < 0 ? rest.Length - 1 : close;
            }
            else if (rest[end] == '=' && equals < 0)
            {
                equals = end;
            }

            end++;
        }

        name = (equals < 0 ? rest[..end] : rest[..equals]).Trim(" \t");
        if (equals >= 0) value = rest[(equals + 1)..end].Trim(" \t");
        rest = rest[end..];
        return true;
    }

    /// <summary>The value of a parameter of <c>…;a=b;c</c>: an empty text when it has none, null when it is not there.</summary>
    public static string? Parameter(ReadOnlySpan<char> parameters, string wanted)
    {
        while (NextParameter(ref parameters, ';', out var name, out var value))
            if (name.Equals(wanted, StringComparison.OrdinalIgnoreCase)) return Unquote(value);
        return null;
    }

    /// <summary>A quoted string without its quotes and escapes; any other text as it is.</summary>
    public static string Unquote(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"') return text.ToString();
        text = text[1..^1];
        if (!text.Contains('\\')) return text.ToString();
        var plain = new char[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length) i++;
            plain[length++] = text[i];
        }

        return new(plain, 0, length);
    }

    /// <summary>A text as quoted string.</summary>
    public static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    /// <summary>A number of seconds or the like as the RFC writes it: digits only, not above 2^31 - 1. Null otherwise.</summary>
    public static int? Number(ReadOnlySpan<char> text)
    {
        text = text.Trim(" \t");
        if (text.IsEmpty || text.Length > 10) return null;
        long number = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) return null;
            number = (number * 10) + (c - '0');
        }

        return number <= int.MaxValue ? (int)number : null;
    }
}
