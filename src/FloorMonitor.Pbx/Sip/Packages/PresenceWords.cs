using FloorMonitor.Core.Floor;

namespace FloorMonitor.Pbx.Sip.Packages;

/// <summary>What a presence document means for a phone.</summary>
internal static class PresenceWords
{
    /// <summary>
    /// Busy by RPID's activity or by the note that Asterisk writes (its <c>dialog</c> package says <c>terminated</c> of an idle and
    /// of an unregistered phone alike; the note tells them apart); else reachable where any tuple is open (RFC 3863: each is a way
    /// of its own, and of contradictory ones the open one is believed, because nobody is blamed on a doubt); unknown where nothing
    /// says either.
    /// </summary>
    public static PhoneState Of(PresenceInfo presence)
    {
        var noted = PhoneState.Unknown;
        foreach (var note in presence.Notes) noted = PhoneWords.Busier(noted, OfNote(note));
        bool? open = null;
        foreach (var tuple in presence.Tuples)
        {
            foreach (var note in tuple.Notes) noted = PhoneWords.Busier(noted, OfNote(note));
            if (tuple.IsOpen is { } takesCalls) open = takesCalls || open == true;
        }

        foreach (var activity in presence.Activities)
            if (activity == "on-the-phone") noted = PhoneWords.Busier(noted, PhoneState.InUse);
        if (noted is PhoneState.InUse or PhoneState.OnHold or PhoneState.Ringing) return noted;
        return open switch
        {
            true => PhoneState.Idle,
            false => PhoneState.Unreachable,
            null => noted,
        };
    }

    private static PhoneState OfNote(string note) => note.ToUpperInvariant() switch
    {
        "READY" => PhoneState.Idle,
        "ON THE PHONE" => PhoneState.InUse,
        "RINGING" => PhoneState.Ringing,
        "ON HOLD" or "HOLD" => PhoneState.OnHold,
        "UNAVAILABLE" => PhoneState.Unreachable,
        _ => PhoneState.Unknown,
    };
}
