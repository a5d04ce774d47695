namespace FloorMonitor.Pbx.Sip.Agent;

/// <summary>What the answer to a SUBSCRIBE means for the watch.</summary>
internal enum SubscribeAnswer
{
    /// <summary>It is taken.</summary>
    Taken,

    /// <summary>It was asked for too short a time (423).</summary>
    TooShort,

    /// <summary>The dialog is over, the watch may be asked for anew.</summary>
    Gone,

    /// <summary>It is not wanted, and asking again soon changes nothing.</summary>
    Refused,

    /// <summary>Not now.</summary>
    Later,
}

/// <summary>Reads statuses as RFC 6665 sections 4.1.2 and 4.2 and RFC 5057 section 5.1 do.</summary>
internal static class SubscribeAnswers
{
    /// <summary>What a status means; in a dialog some end only the dialog.</summary>
    public static SubscribeAnswer Of(int status, bool inDialog) => status switch
    {
        < 300 => SubscribeAnswer.Taken,
        423 => SubscribeAnswer.TooShort,
        481 => SubscribeAnswer.Gone,

        // The dialog's own target is gone, which says nothing about the phone.
        404 or 410 or 416 or 480 or 482 or 483 or 484 or 485 or 489 or 501 or 604 when inDialog => SubscribeAnswer.Gone,

        // Silence, busy, overloaded: it may work in a moment.
        408 or 429 or 480 or 486 or 491 or (>= 500 and not (501 or 505 or 513) and < 600) => SubscribeAnswer.Later,
        _ => SubscribeAnswer.Refused,
    };
}
