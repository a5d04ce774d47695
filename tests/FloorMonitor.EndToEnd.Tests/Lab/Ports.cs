using System.Net;
using System.Net.Sockets;

namespace FloorMonitor.EndToEnd.Tests.Lab;

/// <summary>Free ports on loopback, below those that the system hands out by itself, so that nobody takes one in between.</summary>
public static class Ports
{
    private static int s_next = Random.Shared.Next(10_000, 19_000);

    /// <summary>A port that is free for TCP and UDP, and given to nobody else of this run.</summary>
    public static int Next()
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            var port = 10_000 + (Interlocked.Increment(ref s_next) % 9_900);
            if (IsFree(port, SocketType.Stream, ProtocolType.Tcp) && IsFree(port, SocketType.Dgram, ProtocolType.Udp)) return port;
        }

        throw new InvalidOperationException("No port is free between 10000 and 19900.");
    }

    private static bool IsFree(int port, SocketType type, ProtocolType protocol)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
