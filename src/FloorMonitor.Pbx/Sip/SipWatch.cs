namespace FloorMonitor.Pbx.Sip;

/// <summary>Something to watch at a PBX.</summary>
/// <param name="Target">Whom: <c>sip:201@pbx.example</c>, or a bare extension of the account's own domain.</param>
/// <param name="Event">The event package: <c>dialog</c>, <c>presence</c>, <c>reg</c>.</param>
/// <param name="Accept">The types of document that are understood: <c>application/dialog-info+xml</c>, …</param>
public sealed record SipWatch(string Target, string Event, string Accept)
{
    /// <summary>How long a subscription is asked for. What the PBX grants counts.</summary>
    public TimeSpan Expires { get; init; } = TimeSpan.FromMinutes(10);
}
