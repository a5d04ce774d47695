using System.Net;
using FloorMonitor.Pbx.Sip.Messages;
using FloorMonitor.Pbx.Sip.Transactions;

namespace FloorMonitor.Pbx.Sip.Transport;

/// <summary>Where the transport listens, whom it trusts, and what it holds at most.</summary>
public sealed record SipTransportOptions
{
    /// <summary>The address to listen on; the Contact names it, or, when it is the unspecified one, the address that faces the PBX.</summary>
    public IPAddress Address { get; init; } = IPAddress.Any;

    /// <summary>
    /// The port to listen on, the same for every protocol; 0: a free one. It is the Contact's port also over TCP and TLS: a PBX opens a
    /// connection of its own to it when ours was lost.
    /// </summary>
    public int Port { get; init; }

    /// <summary>The host that the Contact names instead of the local address: behind a NAT, say.</summary>
    public string? ContactHost { get; init; }

    /// <summary>A PEM file with the only authority whose certificates count; null: those of the machine.</summary>
    public string? TlsCaFile { get; init; }

    /// <summary>A PEM file with the certificate that we show to a PBX that connects to us, and those above it; null: one made at the start.</summary>
    public string? TlsCertificateFile { get; init; }

    /// <summary>A PEM file with the certificate's key; null: it stands in the certificate's file.</summary>
    public string? TlsKeyFile { get; init; }

    /// <summary>How long connecting and the TLS handshake may take together.</summary>
    public TimeSpan ConnectWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one write may take before the peer counts as a black hole.</summary>
    public TimeSpan WriteWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many messages may wait to be written to one peer; one more, and its connection is given up.</summary>
    public int MaxQueued { get; init; } = 512;

    /// <summary>How many datagrams may wait to be written; one more is dropped, as the network would.</summary>
    public int MaxQueuedDatagrams { get; init; } = 4096;

    /// <summary>Bounds of the wire.</summary>
    public SipLimits Limits { get; init; } = SipLimits.Default;

    /// <summary>How many connections others may have open to us at once; the oldest makes room.</summary>
    public int MaxAccepted { get; init; } = 64;

    /// <summary>Why the port cannot be listened on now, another program having it, say; null where it can.</summary>
    /// <param name="protocol">What the PBX is spoken to by.</param>
    public string? WhatKeepsFromListening(SipProtocol protocol)
    {
        try
        {
            var (tcp, udp) = PortPair.Bind(this, withUdp: protocol != SipProtocol.Tls);
            tcp.Dispose();
            udp?.Dispose();
            return null;
        }
        catch (SipTransportException e)
        {
            return e.Message;
        }
    }
}
