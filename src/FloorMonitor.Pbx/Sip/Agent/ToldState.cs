using FloorMonitor.Pbx.Sip.Messages;

namespace FloorMonitor.Pbx.Sip.Agent;

/// <summary>What a NOTIFY says of its subscription: the value of Subscription-State (RFC 6665 section 4.1.3).</summary>
/// <param name="Word"><c>active</c>, <c>pending</c>, <c>terminated</c>, in lower case; others may be invented.</param>
/// <param name="Reason">Why it was terminated, in lower case; null when that is not said.</param>
/// <param name="Expires">How long it still lasts, in seconds.</param>
/// <param name="RetryAfter">How long to stay away, in seconds.</param>
internal sealed record ToldState(string Word, string? Reason, int? Expires, int? RetryAfter)
{
    /// <summary>Whether it is over.</summary>
    public bool IsTerminated => Word == "terminated";

    /// <summary>As it is shown.</summary>
    public string Said => Reason is null ? Word : $"{Word};reason={Reason}";

    /// <summary>Reads it; null when it is none.</summary>
    public static ToldState? Parse(string? text)
    {
        if (text is null) return null;
        var semicolon = text.IndexOf(';', StringComparison.Ordinal);
        var word = (semicolon < 0 ? text : text[..semicolon]).Trim();
        if (word.Length is 0 or > 32 || !word.All(SipParser.IsTokenChar)) return null;
        var parameters = semicolon < 0 ? "" : text[semicolon..];
        var reason = SipText.Parameter(parameters, "reason");
        if (reason is { Length: > 32 } || reason?.All(SipParser.IsTokenChar) == false) reason = null;
        return new(word.ToLowerInvariant(), reason?.ToLowerInvariant(), Number(parameters, "expires"), Number(parameters, "retry-after"));
    }

    private static int? Number(string parameters, string name) => SipText.Parameter(parameters, name) is { } text ? SipText.Number(text) : null;
}
