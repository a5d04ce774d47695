using System.Globalization;
using FloorMonitor.Pbx.Sip.Messages;
using FloorMonitor.Pbx.Sip.Transactions;

namespace FloorMonitor.Pbx.Sip.Agent;

/// <summary>The account's own registration (RFC 3261 section 10): where the PBX finds us.</summary>
internal sealed class SipRegistration(SipUserAgentOptions options, SipAccount account, TimeProvider time, Func<double> random)
{
    private const int LongestExpires = 86_400;
    private readonly string callId = SipAccount.NewId();
    private readonly string tag = SipAccount.NewId();
    private uint sequence;
    private int expires = (int)Math.Clamp(options.RegisterExpires.TotalSeconds, 1, LongestExpires);
    private DateTimeOffset expiresAt;

    /// <summary>Registers once. Null when it worked; else how it went.</summary>
    public async Task<SipOutcome?> RegisterAsync(CancellationToken stop)
    {
        for (var tries = 0; ; tries++)
        {
            var outcome = await account.AskAsync(() => Compose(expires), stop);
            if (outcome.Response is { StatusCode: < 300 } taken)
            {
                expiresAt = time.GetUtcNow().AddSeconds(Math.Min(GrantedBy(taken) ?? expires, LongestExpires));
                return null;
            }

            if (outcome.Status != 423 || tries > 0 || outcome.Response!.Seconds(SipHeader.MinExpires) is not { } least || least <= expires || least > LongestExpires)
                return outcome;
            expires = least;
        }
    }

    /// <summary>Keeps it alive, and says why it was lost.</summary>
    public async Task<string> KeepAsync(CancellationToken stop)
    {
        while (true)
        {
            var left = expiresAt - time.GetUtcNow();
            var wait = left * (0.6 + (random() / 4));
            await Task.Delay(wait > TimeSpan.FromSeconds(1) ? wait : TimeSpan.FromSeconds(1), time, stop);
            if (await RegisterAsync(stop) is not { } outcome) continue;

            // Without an answer the registration lasts as long as it was granted, and is tried again in what is left of it.
            if (IsRefusal(outcome) || time.GetUtcNow() >= expiresAt) return $"The registration was lost: {outcome.Said}.";
        }
    }

    /// <summary>Takes it back.</summary>
    public Task LeaveAsync(CancellationToken stop) => account.AskAsync(() => Compose(0), stop);

    /// <summary>Whether an outcome speaks about the account, so that asking faster will not help.</summary>
    public static bool IsRefusal(SipOutcome outcome) => outcome.Response is { StatusCode: (>= 300 and < 500 and not (408 or 480 or 491)) or >= 600 };

    private SipRequest Compose(int seconds) =>
        account.Compose("REGISTER", account.ServerUri, $"<{account.Address}>", callId, tag, ++sequence)
            .With("Contact", account.Contact).With("Expires", seconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>The seconds granted to our own Contact, among those of other devices; else what Expires says.</summary>
    private int? GrantedBy(SipMessage taken)
    {
        var ours = SipAddress.Parse(account.Contact) is { } address ? SipUri.Parse(address.Uri) : null;
        foreach (var value in taken.Values(SipHeader.Contact))
        {
            if (SipAddress.Parse(value) is not { } contact || SipUri.Parse(contact.Uri) is not { } uri) continue;
            if (uri.User == ours?.User && uri.Host == ours?.Host && uri.Port == ours?.Port && contact.Parameter("expires") is { } text) return SipText.Number(text);
        }

        return taken.Seconds(SipHeader.Expires);
    }
}
