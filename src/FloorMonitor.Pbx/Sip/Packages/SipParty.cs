namespace FloorMonitor.Pbx.Sip.Packages;

/// <summary>The number in a SIP or tel address, as people would dial it.</summary>
internal static class SipParty
{
    /// <summary>The user part of <c>sip:0301234567@trunk.example;user=phone</c>, the number of <c>tel:+49301234567</c>; null where there is none.</summary>
    public static string? Of(string? address)
    {
        if (string.IsNullOrWhiteSpace(address)) return null;
        var rest = address.AsSpan().Trim();
        if (rest.IndexOf('<') is var open and >= 0)
        {
            rest = rest[(open + 1)..];
            if (rest.IndexOf('>') is var close and >= 0) rest = rest[..close];
        }

        if (rest.IndexOf(':') is var colon and >= 0) rest = rest[(colon + 1)..];
        else return null;
        if (rest.IndexOf('@') is var at and >= 0) rest = rest[..at];
        // A password, or parameters of a number: neither is dialled.
        if (rest.IndexOfAny(';', ':', '?') is var more and >= 0) rest = rest[..more];
        var party = Uri.UnescapeDataString(rest.ToString());
        if (party.Length is 0 or > 64 || party is "anonymous" or "unavailable" or "unknown") return null;
        foreach (var letter in party)
            if (char.IsControl(letter)) return null;
        return party;
    }
}
