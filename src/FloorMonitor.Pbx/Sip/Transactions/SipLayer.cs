using FloorMonitor.Pbx.Sip.Transport;

namespace FloorMonitor.Pbx.Sip.Transactions;

/// <summary>Makes a transaction layer for an account; it listens as soon as it is made.</summary>
/// <exception cref="SipTransportException">The port is not free.</exception>
public delegate ISipTransactions SipLayerMaker(SipUserAgentOptions options, TimeProvider time);

/// <summary>The transaction layer that this build was made with.</summary>
public static class SipLayer
{
#if USE_SIPSORCERY
    /// <summary>The layer of the package SIPSorcery (<c>-p:UseSipSorcery=true</c>).</summary>
    public static readonly SipLayerMaker Create = static (options, time) => new Sorcery.SorceryTransactions(options, time);
#else
    /// <summary>The house's own.</summary>
    public static readonly SipLayerMaker Create = Own;
#endif

    /// <summary>The house's own layer, in every build.</summary>
    /// <exception cref="SipTransportException">The port is not free.</exception>
    public static ISipTransactions Own(SipUserAgentOptions options, TimeProvider time) =>
        new SipTransactions(new SipTransport(options.Transport, options.Server.Protocol, time), options.Transport.Limits, time, new(options.Name));
}
