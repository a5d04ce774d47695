using System.Security.Cryptography;
using System.Text;

namespace FloorMonitor.Pbx.Ami;

/// <summary>The switch refused the account: asking faster will not help.</summary>
public sealed class AmiRefusedException(string message) : Exception(message);

/// <summary>Logging in, and asking the switch to send only what is needed.</summary>
internal static class AmiLogin
{
    /// <summary>
    /// The events that mean something, as the expression the switch itself applies. Its regular expressions see the whole event, so
    /// the name is pinned to the first line, and closed by the control character that ends it: Hangup is not HangupRequest.
    /// </summary>
    public const string Filter =
        "^Event: (QueueMember(Added|Removed|Pause|Status|Penalty)|QueueCaller(Join|Leave|Abandon)|Agent(Called|Connect|Complete|RingNoAnswer)"
        + "|DialBegin|DialEnd|Hangup|Hold|Unhold|FullyBooted|Shutdown|Reload)[[:cntrl:]]";

    /// <summary>The classes of those events.</summary>
    public const string EventMask = "system,call,agent";

    /// <summary>
    /// Logs in with the challenge where the switch offers one, so that the secret is not sent; else plainly. Until the filters are
    /// set only system events are let through, of which FullyBooted tells how long the switch has been up.
    /// </summary>
    /// <exception cref="AmiRefusedException">The switch refuses the account.</exception>
    public static async Task LoginAsync(AmiLink link, AmiFeedOptions options, CancellationToken stop)
    {
        var challenge = await link.AskAsync(new AmiAction("Challenge").With("AuthType", "MD5"), options.AnswerWithin, stop);
        var login = new AmiAction("Login");
        if (challenge.Find("Response") is "Success" && challenge.Get("Challenge") is { } nonce)
            login.With("AuthType", "MD5").With("Username", options.Username).With("Key", KeyOf(nonce, options.Secret));
        else
            login.With("Username", options.Username).With("Secret", options.Secret);
        var answer = await link.AskAsync(login.With("Events", "system"), options.AnswerWithin, stop);
        if (answer.Find("Response") is not "Success")
            throw new AmiRefusedException($"The switch refuses the account {options.Username}: {answer.Get("Message") ?? "no reason given"}.");
    }

    /// <summary>Narrows what the switch sends. False when the account may not set filters: then the mask alone narrows it.</summary>
    public static async Task<bool> NarrowAsync(AmiLink link, AmiFeedOptions options, CancellationToken stop)
    {
        var filter = await link.AskAsync(
            new AmiAction("Filter").With("Operation", "Add").With("Filter", Filter), options.AnswerWithin, stop);
        var mask = await link.AskAsync(new AmiAction("Events").With("EventMask", EventMask), options.AnswerWithin, stop);
        if (mask.Find("Response") is "Error")
            throw new AmiRefusedException($"The switch sends this account no events: {mask.Get("Message") ?? "no reason given"}.");
        return filter.Find("Response") is "Success";
    }

    /// <summary>What the MD5 challenge asks for. MD5 is the protocol's choice, not ours: it keeps the secret off the wire, no more.</summary>
#pragma warning disable CA5351 // AMI offers no other digest; TLS is what protects the link.
    public static string KeyOf(string challenge, string secret) =>
        Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(challenge + secret)));
#pragma warning restore CA5351
}
