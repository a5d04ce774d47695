using FloorMonitor.Pbx.Sip.Messages;

namespace FloorMonitor.Pbx.Sip.Digest;

/// <summary>A challenge to prove who we are (RFC 7616, with the algorithms of RFC 8760).</summary>
/// <param name="Realm">For which realm.</param>
/// <param name="Nonce">The server's number.</param>
/// <param name="Algorithm">The algorithm as written (<c>SHA-256</c>, <c>MD5-sess</c>); null when none is, which means MD5.</param>
/// <param name="Opaque">What is to be given back; null when nothing is.</param>
/// <param name="Qop">The kinds of protection offered, as written; null when none is.</param>
/// <param name="Stale">Whether only the nonce was out of date.</param>
public sealed record DigestChallenge(string Realm, string Nonce, string? Algorithm, string? Opaque, string? Qop, bool Stale)
{
    /// <summary>More challenges in one response are not looked at.</summary>
    public const int Most = 8;

    private const int LongestValue = 1024;

    /// <summary>Reads the challenges of one header field: usually one, several where commas joined them. Other schemes are passed over.</summary>
    public static IReadOnlyList<DigestChallenge> Parse(string line)
    {
        List<DigestChallenge> found = [];
        Dictionary<string, string>? current = null;
        var rest = line.AsSpan();
        while (found.Count < Most && SipText.NextParameter(ref rest, ',', out var name, out var value))
        {
            // A scheme stands before the first parameter of its challenge: "Digest realm".
            if (name.IndexOfAny(' ', '\t') is var space and > 0)
            {
                Add(current, found);
                current = name[..space].Equals("Digest", StringComparison.OrdinalIgnoreCase) ? new(StringComparer.OrdinalIgnoreCase) : null;
                name = name[space..].Trim(" \t");
            }

            // Of a parameter that comes twice the first counts, whatever somebody added behind it. What could not be sent back is not taken.
            if (CanBeSent(value)) current?.TryAdd(name.ToString(), SipText.Unquote(value));
        }

        if (found.Count < Most) Add(current, found);
        return found;
    }

    /// <summary>Whether a value can be given back on a header line.</summary>
    internal static bool CanBeSent(ReadOnlySpan<char> value) =>
        value.Length <= LongestValue && !value.ContainsAnyInRange('\0', '\x1f') && !value.ContainsAnyInRange('\x7f', '\x9f');

    private static void Add(Dictionary<string, string>? parameters, List<DigestChallenge> found)
    {
        if (parameters is null || !parameters.TryGetValue("realm", out var realm) || !parameters.TryGetValue("nonce", out var nonce)) return;
        found.Add(new(realm, nonce, parameters.GetValueOrDefault("algorithm"), parameters.GetValueOrDefault("opaque"), parameters.GetValueOrDefault("qop"),
            "true".Equals(parameters.GetValueOrDefault("stale"), StringComparison.OrdinalIgnoreCase)));
    }
}
