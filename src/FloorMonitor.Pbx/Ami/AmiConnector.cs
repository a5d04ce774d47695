using System.Net.Sockets;
using System.Security.Authentication;

namespace FloorMonitor.Pbx.Ami;

/// <summary>Makes the byte stream to a switch; tests put their own in its place.</summary>
public delegate Task<Stream> AmiConnect(AmiFeedOptions options, CancellationToken stop);

/// <summary>TCP, and TLS over it where wanted.</summary>
public static class AmiConnector
{
    /// <summary>Connects; with TLS only to a peer whose certificate is valid and names the host.</summary>
    /// <exception cref="SocketException">It cannot be reached.</exception>
    /// <exception cref="AuthenticationException">Its certificate is not to be trusted.</exception>
    public static async Task<Stream> ConnectAsync(AmiFeedOptions options, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await socket.ConnectAsync(options.Host, options.Port, stop);
            var stream = new NetworkStream(socket, ownsSocket: true);
            return options.Tls ? await TrustedTls.OverAsync(stream, options.Host, options.TlsCaFile, stop) : stream;
        }
        catch
        {
            // Whatever went wrong goes on to the caller; here only the socket must not be left behind.
            socket.Dispose();
            throw;
        }
    }
}
