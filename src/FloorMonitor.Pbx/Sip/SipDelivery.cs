namespace FloorMonitor.Pbx.Sip;

/// <summary>How a MESSAGE went.</summary>
/// <param name="Outcome">In one word.</param>
/// <param name="Answer">The PBX's words (<c>404 Not Found</c>), or why there are none.</param>
/// <param name="Took">How long it took to know.</param>
public sealed record SipDelivery(SipDeliveryOutcome Outcome, string Answer, TimeSpan Took);

/// <summary>How a MESSAGE went, in one word.</summary>
public enum SipDeliveryOutcome
{
    /// <summary>200: the phone has it.</summary>
    Delivered,

    /// <summary>202: the PBX took it and will deliver it when it can (RFC 3428 section 7); nobody has seen it yet.</summary>
    Accepted,

    /// <summary>The phone or the PBX said no: unknown (404), not registered (480), no such method (405), too long (413, 513), ….</summary>
    Refused,

    /// <summary>Nobody answered.</summary>
    Unanswered,

    /// <summary>There is no link to the PBX now; nothing was sent.</summary>
    NoLink,
}
