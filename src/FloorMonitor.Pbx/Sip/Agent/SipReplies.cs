using FloorMonitor.Pbx.Sip.Messages;

namespace FloorMonitor.Pbx.Sip.Agent;

/// <summary>What others are answered.</summary>
internal static class SipReplies
{
    private const string Methods = "NOTIFY, OPTIONS";

    public static readonly SipReply Ok = new(200, "OK");
    public static readonly SipReply NoSuchDialog = new(481, "Subscription Does Not Exist");
    public static readonly SipReply OutOfOrder = new(500, "CSeq Out Of Order");
    public static readonly SipReply NoState = new(400, "Missing Subscription-State");
    public static readonly SipReply NoEncoding = new(415, "Unsupported Media Type", [new("Accept-Encoding", "identity")]);
    public static readonly SipReply Alive = new(200, "OK", [new("Allow", Methods), new("Accept", "application/dialog-info+xml, application/pidf+xml, application/reginfo+xml")]);
    public static readonly SipReply NoSuchMethod = new(405, "Method Not Allowed", [new("Allow", Methods)]);
    public static readonly SipReply NoSuchTransaction = new(481, "Call/Transaction Does Not Exist");

    /// <summary>489, naming what is understood (RFC 6665 section 7.2).</summary>
    public static SipReply BadEvent(string packages) => new(489, "Bad Event", [new("Allow-Events", packages)]);

    /// <summary>Whether a value of Event names the package; an id of ours it cannot hold, since we send none.</summary>
    public static bool IsPackage(string? value, string package)
    {
        var semicolon = value?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        return value is not null && (semicolon < 0 ? value.AsSpan() : value.AsSpan(0, semicolon)).Trim().Equals(package, StringComparison.OrdinalIgnoreCase);
    }
}
