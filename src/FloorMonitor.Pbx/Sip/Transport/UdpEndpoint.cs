using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace FloorMonitor.Pbx.Sip.Transport;

/// <summary>The UDP socket: one reading loop, one writing loop, and a bounded queue between callers and the writing.</summary>
internal sealed class UdpEndpoint(Socket socket, SipTransportOptions options, Action<SipFlow, ReadOnlyMemory<byte>> received)
{
    private readonly record struct Datagram(ReadOnlyMemory<byte> Bytes, IPEndPoint To);

    private readonly Channel<Datagram> queue = Channel.CreateBounded<Datagram>(
        new BoundedChannelOptions(options.MaxQueuedDatagrams) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <summary>The address that it is bound to.</summary>
    public IPEndPoint Local => (IPEndPoint)socket.LocalEndPoint!;

    /// <summary>A way to a peer. It holds nothing, so that it may be made for every datagram.</summary>
    public SipFlow FlowTo(IPEndPoint peer) => new Flow(this, peer);

    /// <summary>Reads until stopped; what cannot be read (a peer's ICMP answer, say) is passed over.</summary>
    public async Task ReadAsync(CancellationToken stop)
    {
        var buffer = new byte[65_536];
        EndPoint any = new IPEndPoint(socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, 0);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var got = await socket.ReceiveFromAsync(buffer, SocketFlags.None, any, stop);
                var bytes = buffer.AsSpan(0, got.ReceivedBytes).TrimStart("\r\n"u8);

                // A keep-alive (RFC 5626), or four zero bytes as some phones send them.
                if (bytes.Length < 5) continue;
                received(FlowTo(SipTransport.Plain((IPEndPoint)got.RemoteEndPoint)), bytes.ToArray());
            }
            catch (SocketException)
            {
                // One datagram that failed says nothing about the next: UDP has no link that could be lost.
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    /// <summary>Writes what is queued until stopped.</summary>
    public async Task WriteAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var datagram in queue.Reader.ReadAllAsync(stop))
            {
                try
                {
                    await socket.SendToAsync(datagram.Bytes, SocketFlags.None, Mapped(datagram.To), stop);
                }
                catch (SocketException)
                {
                    // No route, or too long for a datagram: the transaction's own timer finds that nothing came back.
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // Stopped: what is still queued is not sent any more.
        }
    }

    // A socket of both families takes the older addresses only in the clothes of the newer ones.
    private IPEndPoint Mapped(IPEndPoint to) =>
        socket.AddressFamily == AddressFamily.InterNetworkV6 && to.AddressFamily == AddressFamily.InterNetwork ? new(to.Address.MapToIPv6(), to.Port) : to;

    private sealed class Flow(UdpEndpoint endpoint, IPEndPoint peer) : SipFlow
    {
        public override SipProtocol Protocol => SipProtocol.Udp;

        public override IPEndPoint Remote => peer;

        public override bool IsOpen => true;

        public override SipFlow Towards(IPEndPoint other) => other.Equals(peer) ? this : new Flow(endpoint, other);

        public override bool Send(ReadOnlyMemory<byte> message) => endpoint.queue.Writer.TryWrite(new(message, peer));
    }
}
