namespace FloorMonitor.Pbx.Sip.Messages;

/// <summary>What every message must have (RFC 3261 sections 8.1.1, 8.2.2, 18.3, 20), whatever it is about.</summary>
internal static class SipRules
{
    /// <summary>Looks at a message whose lines were found; keeps the first fault. Fills in CSeq and cuts the body to its length.</summary>
    public static void Check(SipMessage message, ref SipFault? fault)
    {
        if (fault is { Status: 505 })
        {
            // Of another version nothing may be concluded, but the number under which it is answered is still looked for.
            CheckSequence(message);
            return;
        }

        fault ??= CheckSequence(message) ?? CheckSingles(message) ?? CheckAddresses(message) ?? CheckLength(message) ?? CheckVias(message);
        if (message.IsRequest) fault ??= CheckRequest(message);
    }

    private static SipFault? CheckSequence(SipMessage message)
    {
        if (message.Find(SipHeader.CSeq) is not { } text) return new(400, "Missing CSeq");
        var space = text.AsSpan().IndexOfAny(' ', '\t');

        // Below 2^31 (section 8.1.1.5).
        if (space <= 0 || SipText.Number(text.AsSpan(0, space)) is not { } number) return new(400, "Bad CSeq");
        var method = text.AsSpan(space).Trim(" \t");
        message.SequenceNumber = (uint)number;
        if (message.IsRequest) return method.SequenceEqual(message.Method) ? null : new(400, "CSeq names another method");
        message.Method = SipParser.MethodOf(method);
        return null;
    }

    private static SipFault? CheckSingles(SipMessage message)
    {
        if (message.Count(SipHeader.CallId) != 1 || message.CallId.Length == 0 || message.CallId.AsSpan().ContainsAny(" \t")) return new(400, "Not one Call-ID");
        if (message.Count(SipHeader.From) != 1) return new(400, "Not one From");
        if (message.Count(SipHeader.To) != 1) return new(400, "Not one To");
        if (message.Count(SipHeader.CSeq) != 1) return new(400, "Not one CSeq");
        if (message.Count(SipHeader.ContentLength) > 1) return new(400, "More than one Content-Length");
        if (message.Count(SipHeader.MaxForwards) > 1) return new(400, "More than one Max-Forwards");
        return message.Count(SipHeader.Event) > 1 ? new(400, "More than one Event") : null;
    }

    private static SipFault? CheckAddresses(SipMessage message)
    {
        if (message.From.Uri.Length == 0) return new(400, "Bad From");
        return message.To.Uri.Length == 0 ? new(400, "Bad To") : null;
    }

    /// <summary>A datagram may hold more than the body (the rest is no part of the message, RFC 4475 section 3.1.1.8), never less.</summary>
    private static SipFault? CheckLength(SipMessage message)
    {
        if (message.Find(SipHeader.ContentLength) is not { } text) return null;
        if (SipText.Number(text) is not { } length) return new(400, "Bad Content-Length");
        if (length > message.Body.Length) return new(400, "The body is shorter than its Content-Length");
        message.Body = message.Body[..length];
        return null;
    }

    private static SipFault? CheckVias(SipMessage message)
    {
        if (message.Count(SipHeader.Via) == 0) return new(400, "Missing Via");
        if (message.Via is null) return new(400, "Bad Via");
        if (message.HasSeveral(SipHeader.Via) && message.Values(SipHeader.Via).Any(via => SipVia.Parse(via) is null)) return new(400, "Bad Via");
        return null;
    }

    private static SipFault? CheckRequest(SipMessage message)
    {
        // A scheme that we do not know is another matter than a URI that is none (section 8.2.2.1).
        if (SipUri.Parse(message.RequestUri) is null)
            return message.RequestUri.StartsWith("sip", StringComparison.OrdinalIgnoreCase) ? new(400, "Bad Request-URI") : new(416, "Unsupported URI Scheme");
        if (message.Find(SipHeader.MaxForwards) is { } hops && SipText.Number(hops) is not (>= 0 and <= 255)) return new(400, "Bad Max-Forwards");
        if (message.Find(SipHeader.Expires) is { } expires && !IsDigits(expires)) return new(400, "Bad Expires");
        if (message.Method is not ("ACK" or "CANCEL") && message.Count(SipHeader.Require) > 0 && message.Values(SipHeader.Require) is [_, ..]) return new(420, "Bad Extension");
        foreach (var contact in message.Values(SipHeader.Contact))
            if (contact != "*" && SipAddress.Parse(contact) is null) return new(400, "Bad Contact");
        return null;
    }

    // However great, it is a number; whoever needs it takes one that is too great as none (RFC 4475 section 3.1.2.4).
    private static bool IsDigits(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
