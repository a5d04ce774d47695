namespace FloorMonitor.Pbx.Sip.Transport;

/// <summary>What carries the messages.</summary>
public enum SipProtocol
{
    /// <summary>Datagrams: requests are repeated until answered.</summary>
    Udp,

    /// <summary>A stream, framed by Content-Length.</summary>
    Tcp,

    /// <summary>TLS over TCP.</summary>
    Tls,
}

/// <summary>Where messages are sent to.</summary>
/// <param name="Protocol">What carries them.</param>
/// <param name="Host">Name or address. With TLS the certificate must name it.</param>
/// <param name="Port">The port: 5060, with TLS 5061.</param>
public sealed record SipTarget(SipProtocol Protocol, string Host, int Port)
{
    /// <summary>What logs may show.</summary>
    public override string ToString() => $"{Protocol.ToString().ToLowerInvariant()}:{Host}:{Port}";
}
