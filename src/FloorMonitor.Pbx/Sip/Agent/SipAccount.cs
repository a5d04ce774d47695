using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using FloorMonitor.Pbx.Sip.Digest;
using FloorMonitor.Pbx.Sip.Messages;
using FloorMonitor.Pbx.Sip.Transactions;
using FloorMonitor.Pbx.Sip.Transport;

namespace FloorMonitor.Pbx.Sip.Agent;

/// <summary>The account as it speaks: what every request of it carries, and how it proves itself.</summary>
internal sealed class SipAccount(SipUserAgentOptions options, ISipTransactions layer)
{
    /// <summary>A request is sent so often at most, however many challenges come: once plainly, once proved, and twice for nonces that ran out.</summary>
    private const int MostRounds = 4;

    private readonly DigestClient digest = new(options.AuthUser ?? options.User, options.Secret);

    /// <summary>The account's address.</summary>
    public string Address { get; } = $"sip:{options.User}@{options.Domain}";

    /// <summary>The PBX's own address, for REGISTER and OPTIONS.</summary>
    public string ServerUri { get; } = $"sip:{options.Domain}";

    /// <summary>Where the PBX finds us.</summary>
    public string Contact { get; private set; } = "";

    /// <summary>An identifier that nobody else has and nobody guesses: Call-IDs and tags.</summary>
    public static string NewId() => RandomNumberGenerator.GetHexString(24, lowercase: true);

    /// <summary>Names the address that the PBX is to find us by.</summary>
    public void BeAt(string host, int port, SipProtocol protocol) =>
        Contact = string.Create(CultureInfo.InvariantCulture, $"<sip:{options.User}@{host}:{port}{(protocol == SipProtocol.Udp ? "" : $";transport={protocol.ToString().ToLowerInvariant()}")}>");

    /// <summary>Forgets nonces of a PBX that was away.</summary>
    public void Forget() => digest.Forget();

    /// <summary>The full address of a bare extension, or the address as it is; null when it is none.</summary>
    public string? AddressOf(string target) => AddressOf(target, options.Domain);

    /// <inheritdoc cref="AddressOf(string)"/>
    public static string? AddressOf(string target, string domain)
    {
        var full = target.StartsWith("sip:", StringComparison.OrdinalIgnoreCase) || target.StartsWith("sips:", StringComparison.OrdinalIgnoreCase)
            ? target
            : target.Contains('@', StringComparison.Ordinal) ? $"sip:{target}" : $"sip:{target}@{domain}";
        return SipUri.Parse(full) is { User.Length: > 0, Headers: null } ? full : null;
    }

    /// <summary>A request with what all of them have.</summary>
    public SipRequest Compose(string method, string uri, string to, string callId, string fromTag, uint sequence, ReadOnlyMemory<byte> body = default) =>
        new(method, uri,
        [
            new("Max-Forwards", "70"),
            new("From", $"{(options.DisplayName is { } name ? SipText.Quote(name) + " " : "")}<{Address}>;tag={fromTag}"),
            new("To", to),
            new("Call-ID", callId),
            new("CSeq", string.Create(CultureInfo.InvariantCulture, $"{sequence} {method}")),
            new("User-Agent", options.Product),
        ],
        body);

    /// <summary>Sends a request, and again with credentials as long as the PBX asks for some and that makes sense.</summary>
    /// <param name="compose">The request, anew for each round: its CSeq must grow.</param>
    /// <param name="stop">Ends the waiting.</param>
    public async Task<SipOutcome> AskAsync(Func<SipRequest> compose, CancellationToken stop)
    {
        IReadOnlyCollection<string> fresh = [];
        for (var round = 1; ; round++)
        {
            var (request, nonces) = digest.Authorize(compose());
            var outcome = await layer.SendAsync(request, options.Server, null, stop);
            if (outcome.Response is { StatusCode: < 300 } success) digest.LearnNext(success);
            if (outcome.Response is not { StatusCode: 401 or 407 } challenge || round == MostRounds || !digest.Learn(challenge, fresh)) return outcome;

            // Nonces of the first round were remembered ones, which may have run out unnoticed; those of later rounds were given for this request.
            fresh = round == 1 ? [.. NoncesOf(challenge)] : [.. fresh, .. nonces, .. NoncesOf(challenge)];
        }
    }

    /// <summary>Sends a request once, without credentials, within a patience of its own.</summary>
    public Task<SipOutcome> ProbeAsync(SipRequest request, CancellationToken stop) => layer.SendAsync(request, options.Server, options.AliveWithin, stop);

    /// <summary>The Contact as a field.</summary>
    public ImmutableArray<SipField> ContactField => [new("Contact", Contact)];

    private static IEnumerable<string> NoncesOf(SipMessage challenge) =>
        challenge.Lines(challenge.StatusCode == 407 ? SipHeader.ProxyAuthenticate : SipHeader.WwwAuthenticate)
            .Take(DigestChallenge.Most).SelectMany(DigestChallenge.Parse).Select(one => one.Nonce);
}
