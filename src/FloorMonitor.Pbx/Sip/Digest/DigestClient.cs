using System.Security.Cryptography;
using FloorMonitor.Pbx.Sip.Messages;

namespace FloorMonitor.Pbx.Sip.Digest;

/// <summary>
/// One account's credentials. It remembers the last nonce of each realm, so that most requests need no challenge, and knows when
/// another try is of no use.
/// </summary>
internal sealed class DigestClient(string user, string secret)
{
    // One PBX has one realm, or one and that of a proxy before it.
    private const int MostRealms = 8;

    private sealed class Known(DigestChallenge challenge)
    {
        public DigestChallenge Challenge { get; } = challenge;

        public int Used { get; set; }
    }

    private readonly Lock gate = new();
    private readonly Dictionary<(bool Proxy, string Realm), Known> known = [];

    /// <summary>The request with credentials for every realm that is known, and the nonces that they used.</summary>
    public (SipRequest Request, IReadOnlyCollection<string> Nonces) Authorize(SipRequest request)
    {
        List<string> nonces = [];
        lock (gate)
        {
            foreach (var ((proxy, _), realm) in known)
            {
                var cnonce = RandomNumberGenerator.GetHexString(16, lowercase: true);
                var value = DigestAnswer.Compose(realm.Challenge, user, secret, request.Method, request.Uri, request.Body.Span, ++realm.Used, cnonce);
                request = request.With(proxy ? "Proxy-Authorization" : "Authorization", value);
                nonces.Add(realm.Challenge.Nonce);
            }
        }

        return (request, nonces);
    }

    /// <summary>
    /// Takes a 401 or 407. False when trying again is of no use: nothing in it can be answered, or the secret itself was refused.
    /// </summary>
    /// <param name="response">The response.</param>
    /// <param name="fresh">Nonces that were given for this very request: refused without "stale", they mean that the secret is wrong.</param>
    public bool Learn(SipMessage response, IReadOnlyCollection<string> fresh)
    {
        var learnt = false;
        lock (gate)
        {
            foreach (var (proxy, realm) in ChallengesOf(response))
            {
                if (fresh.Count > 0 && !realm.Stale && known.TryGetValue((proxy, realm.Realm), out var before) && fresh.Contains(before.Challenge.Nonce)) continue;
                if (known.Count >= MostRealms && !known.ContainsKey((proxy, realm.Realm))) known.Clear();
                known[(proxy, realm.Realm)] = new(realm);
                learnt = true;
            }
        }

        return learnt;
    }

    /// <summary>Takes the nonce that a success names for the next time (Authentication-Info, RFC 7616 section 3.5).</summary>
    public void LearnNext(SipMessage response)
    {
        if (response.Find(SipHeader.AuthenticationInfo) is not { } line) return;
        var rest = line.AsSpan();
        while (SipText.NextParameter(ref rest, ',', out var name, out var value))
        {
            if (!name.Equals("nextnonce", StringComparison.OrdinalIgnoreCase) || !DigestChallenge.CanBeSent(value)) continue;
            lock (gate)
                if (known.Where(realm => !realm.Key.Proxy).ToList() is [var only]) known[only.Key] = new(only.Value.Challenge with { Nonce = SipText.Unquote(value) });
            return;
        }
    }

    /// <summary>Forgets every nonce: after the PBX was away its numbers mean nothing.</summary>
    public void Forget()
    {
        lock (gate) known.Clear();
    }

    /// <summary>Of each realm the first that can be answered: servers name the one they like best first (RFC 8760 section 2.4). Each has its own nonce.</summary>
    private static IEnumerable<(bool Proxy, DigestChallenge Challenge)> ChallengesOf(SipMessage response)
    {
        var header = response.StatusCode == 407 ? SipHeader.ProxyAuthenticate : SipHeader.WwwAuthenticate;
        HashSet<string> realms = new(StringComparer.Ordinal);
        foreach (var challenge in response.Lines(header).Take(DigestChallenge.Most).SelectMany(DigestChallenge.Parse))
            if (DigestAnswer.CanAnswer(challenge) && realms.Add(challenge.Realm)) yield return (response.StatusCode == 407, challenge);
    }
}
