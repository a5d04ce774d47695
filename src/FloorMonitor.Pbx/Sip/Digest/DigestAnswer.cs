using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FloorMonitor.Pbx.Sip.Messages;

namespace FloorMonitor.Pbx.Sip.Digest;

/// <summary>The answer to a challenge: the arithmetic of RFC 7616 section 3.4, and nothing else.</summary>
internal static class DigestAnswer
{
    /// <summary>Whether a challenge can be answered at all: by MD5 or SHA-256, with auth, auth-int, or the old form without either.</summary>
    public static bool CanAnswer(DigestChallenge challenge) => HashOf(challenge) is not null && (challenge.Qop is null || QopOf(challenge) is not null);

    /// <summary>The value of Authorization or Proxy-Authorization.</summary>
    /// <param name="challenge">The challenge.</param>
    /// <param name="user">The account.</param>
    /// <param name="secret">Its secret; it does not leave this method.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="uri">Its Request-URI.</param>
    /// <param name="body">Its body: only auth-int looks at it.</param>
    /// <param name="count">How often the nonce has been used, this time included.</param>
    /// <param name="cnonce">Our number.</param>
    public static string Compose(DigestChallenge challenge, string user, string secret, string method, string uri, ReadOnlySpan<byte> body, int count, string cnonce)
    {
        var hash = HashOf(challenge)!;
        var qop = QopOf(challenge);
        var nc = count.ToString("x8", CultureInfo.InvariantCulture);
        var ha1 = hash(Encoding.UTF8.GetBytes($"{user}:{challenge.Realm}:{secret}"));
        if (challenge.Algorithm?.EndsWith("-sess", StringComparison.OrdinalIgnoreCase) == true)
            ha1 = hash(Encoding.UTF8.GetBytes($"{ha1}:{challenge.Nonce}:{cnonce}"));
        var ha2 = hash(Encoding.UTF8.GetBytes(qop == "auth-int" ? $"{method}:{uri}:{hash(body)}" : $"{method}:{uri}"));
        var response = hash(Encoding.UTF8.GetBytes(
            qop is null ? $"{ha1}:{challenge.Nonce}:{ha2}" : $"{ha1}:{challenge.Nonce}:{nc}:{cnonce}:{qop}:{ha2}"));
        var text = new StringBuilder("Digest username=").Append(SipText.Quote(user)).Append(", realm=").Append(SipText.Quote(challenge.Realm))
            .Append(", nonce=").Append(SipText.Quote(challenge.Nonce)).Append(", uri=").Append(SipText.Quote(uri))
            .Append(", response=\"").Append(response).Append('"');
        if (challenge.Algorithm is { } algorithm) text.Append(", algorithm=").Append(algorithm);
        if (challenge.Opaque is { } opaque) text.Append(", opaque=").Append(SipText.Quote(opaque));
        if (qop is not null) text.Append(", qop=").Append(qop).Append(", nc=").Append(nc);
        if (qop is not null || challenge.Algorithm?.EndsWith("-sess", StringComparison.OrdinalIgnoreCase) == true) text.Append(", cnonce=\"").Append(cnonce).Append('"');
        return text.ToString();
    }

    private delegate string Hash(ReadOnlySpan<byte> bytes);

#pragma warning disable CA5351 // MD5 is what most PBXs still ask for; a server that offers SHA-256 first is answered by that.
    private static Hash? HashOf(DigestChallenge challenge) => challenge.Algorithm?.ToUpperInvariant() switch
    {
        null or "MD5" or "MD5-SESS" => bytes => Convert.ToHexStringLower(MD5.HashData(bytes)),
        "SHA-256" or "SHA-256-SESS" => bytes => Convert.ToHexStringLower(SHA256.HashData(bytes)),
        _ => null,
    };
#pragma warning restore CA5351

    /// <summary>Plain auth where it is offered; auth-int only where nothing else is; null where the server knows neither.</summary>
    private static string? QopOf(DigestChallenge challenge)
    {
        string? found = null;
        foreach (var offered in challenge.Qop?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        {
            if (offered.Equals("auth", StringComparison.OrdinalIgnoreCase)) return "auth";
            if (offered.Equals("auth-int", StringComparison.OrdinalIgnoreCase)) found = "auth-int";
        }

        return found;
    }
}
