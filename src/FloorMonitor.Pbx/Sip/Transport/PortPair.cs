using System.Net;
using System.Net.Sockets;
using FloorMonitor.Pbx.Sip.Transactions;

namespace FloorMonitor.Pbx.Sip.Transport;

/// <summary>A TCP and a UDP socket on the same port.</summary>
internal static class PortPair
{
    // A free port of one protocol may be taken in the other; a few tries find one that is free in both.
    private const int Tries = 20;
    private const int ReceiveBuffer = 4 * 1024 * 1024;

    /// <summary>Binds both, and listens on TCP.</summary>
    /// <exception cref="SipTransportException">The port is not free.</exception>
    public static (Socket Tcp, Socket? Udp) Bind(SipTransportOptions options, bool withUdp)
    {
        for (var tries = 1; ; tries++)
        {
            var tcp = new Socket(options.Address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            Socket? udp = null;
            try
            {
                if (options.Address.Equals(IPAddress.IPv6Any)) tcp.DualMode = true;
                tcp.Bind(new IPEndPoint(options.Address, options.Port));
                tcp.Listen(16);
                if (!withUdp) return (tcp, null);
                udp = new Socket(options.Address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                if (options.Address.Equals(IPAddress.IPv6Any)) udp.DualMode = true;

                // A burst waits here while the reading loop is busy; the system may grant less.
                udp.ReceiveBufferSize = ReceiveBuffer;
                udp.Bind(new IPEndPoint(options.Address, ((IPEndPoint)tcp.LocalEndPoint!).Port));
                return (tcp, udp);
            }
            catch (SocketException e)
            {
                tcp.Dispose();
                udp?.Dispose();
                if (options.Port != 0 || tries == Tries)
                    throw new SipTransportException($"Port {options.Port} of {options.Address} cannot be listened on: {e.Message}.", e);
            }
        }
    }
}
