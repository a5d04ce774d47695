using System.Text;

namespace FloorMonitor.Pbx.Sip.Messages;

/// <summary>The header fields that somebody here looks at; every other one is <see cref="Other"/>.</summary>
public enum SipHeader : byte
{
    /// <summary>One that nobody looks at.</summary>
    Other,

    /// <summary>Via, <c>v</c>.</summary>
    Via,

    /// <summary>From, <c>f</c>.</summary>
    From,

    /// <summary>To, <c>t</c>.</summary>
    To,

    /// <summary>Call-ID, <c>i</c>.</summary>
    CallId,

    /// <summary>CSeq.</summary>
    CSeq,

    /// <summary>Max-Forwards.</summary>
    MaxForwards,

    /// <summary>Contact, <c>m</c>.</summary>
    Contact,

    /// <summary>Event, <c>o</c> (RFC 6665).</summary>
    Event,

    /// <summary>Subscription-State (RFC 6665).</summary>
    SubscriptionState,

    /// <summary>Expires.</summary>
    Expires,

    /// <summary>Min-Expires.</summary>
    MinExpires,

    /// <summary>Retry-After.</summary>
    RetryAfter,

    /// <summary>Content-Type, <c>c</c>.</summary>
    ContentType,

    /// <summary>Content-Length, <c>l</c>.</summary>
    ContentLength,

    /// <summary>Content-Encoding, <c>e</c>.</summary>
    ContentEncoding,

    /// <summary>Record-Route.</summary>
    RecordRoute,

    /// <summary>Route.</summary>
    Route,

    /// <summary>Require.</summary>
    Require,

    /// <summary>WWW-Authenticate.</summary>
    WwwAuthenticate,

    /// <summary>Proxy-Authenticate.</summary>
    ProxyAuthenticate,

    /// <summary>Authorization.</summary>
    Authorization,

    /// <summary>Proxy-Authorization.</summary>
    ProxyAuthorization,

    /// <summary>Authentication-Info.</summary>
    AuthenticationInfo,

    /// <summary>Warning.</summary>
    Warning,

    /// <summary>Reason (RFC 3326).</summary>
    Reason,
}

/// <summary>The names of header fields on the wire.</summary>
internal static class SipHeaderNames
{
    private static readonly (SipHeader Header, byte[] Name)[][] ByLength = Group(
    [
        (SipHeader.Via, "Via"), (SipHeader.From, "From"), (SipHeader.To, "To"), (SipHeader.CallId, "Call-ID"), (SipHeader.CSeq, "CSeq"),
        (SipHeader.MaxForwards, "Max-Forwards"), (SipHeader.Contact, "Contact"), (SipHeader.Event, "Event"),
        (SipHeader.SubscriptionState, "Subscription-State"), (SipHeader.Expires, "Expires"), (SipHeader.MinExpires, "Min-Expires"),
        (SipHeader.RetryAfter, "Retry-After"), (SipHeader.ContentType, "Content-Type"), (SipHeader.ContentLength, "Content-Length"),
        (SipHeader.ContentEncoding, "Content-Encoding"), (SipHeader.RecordRoute, "Record-Route"), (SipHeader.Route, "Route"),
        (SipHeader.Require, "Require"), (SipHeader.WwwAuthenticate, "WWW-Authenticate"), (SipHeader.ProxyAuthenticate, "Proxy-Authenticate"),
        (SipHeader.Authorization, "Authorization"), (SipHeader.ProxyAuthorization, "Proxy-Authorization"),
        (SipHeader.AuthenticationInfo, "Authentication-Info"), (SipHeader.Warning, "Warning"), (SipHeader.Reason, "Reason"),
    ]);

    /// <summary>Which header a name means; compact forms (RFC 3261 section 7.3.3) included, whatever the case.</summary>
    public static SipHeader Of(ReadOnlySpan<byte> name)
    {
        if (name.Length == 1) return OfCompact((byte)(name[0] | 0x20));
        if (name.Length >= ByLength.Length) return SipHeader.Other;
        foreach (var (header, known) in ByLength[name.Length])
            if (Ascii.EqualsIgnoreCase(name, known)) return header;
        return SipHeader.Other;
    }

    private static SipHeader OfCompact(byte letter) => letter switch
    {
        (byte)'v' => SipHeader.Via,
        (byte)'f' => SipHeader.From,
        (byte)'t' => SipHeader.To,
        (byte)'i' => SipHeader.CallId,
        (byte)'m' => SipHeader.Contact,
        (byte)'o' => SipHeader.Event,
        (byte)'c' => SipHeader.ContentType,
        (byte)'l' => SipHeader.ContentLength,
        (byte)'e' => SipHeader.ContentEncoding,
        _ => SipHeader.Other,
    };

    private static (SipHeader Header, byte[] Name)[][] Group(ReadOnlySpan<(SipHeader Header, string Name)> names)
    {
        var lists = new List<(SipHeader, byte[])>[24];
        foreach (var (header, name) in names) (lists[name.Length] ??= []).Add((header, Encoding.ASCII.GetBytes(name)));
        return [.. lists.Select(list => list?.ToArray() ?? [])];
    }
}
