using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace FloorMonitor.Pbx.Sip.Transport;

/// <summary>Takes the connections that a PBX opens to the Contact's port. Of too many the oldest makes room.</summary>
/// <param name="socket">Listens already.</param>
/// <param name="options">The bounds.</param>
/// <param name="identity">What is shown over TLS; null: no TLS.</param>
/// <param name="time">The clock.</param>
/// <param name="adopt">Who takes the connections.</param>
internal sealed class StreamListener(Socket socket, SipTransportOptions options, TlsIdentity? identity, TimeProvider time, Action<StreamFlow> adopt) : IDisposable
{
    private readonly Queue<StreamFlow> accepted = new();
    private readonly Lock gate = new();
    private int shaking;

    /// <summary>Accepts until stopped.</summary>
    public async Task ListenAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var peer = await socket.AcceptAsync(stop);
                peer.NoDelay = true;
                if (identity is null) Take(new(peer, new NetworkStream(peer, ownsSocket: true), SipProtocol.Tcp, options, time));
                else if (Interlocked.Increment(ref shaking) <= options.MaxAccepted) _ = ShakeAsync(peer, identity.Chain, stop);
                else Refuse(peer);
            }
            catch (SocketException)
            {
                // The peer was gone before it was taken; the next one may come.
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        socket.Dispose();
        identity?.Dispose();
    }

    private void Refuse(Socket peer)
    {
        Interlocked.Decrement(ref shaking);
        peer.Dispose();
    }

    /// <summary>A slow handshake holds up nobody else, and not for long.</summary>
    private async Task ShakeAsync(Socket peer, SslStreamCertificateContext chain, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(options.ConnectWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
        var secure = new SslStream(new NetworkStream(peer, ownsSocket: true));
        try
        {
            await secure.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificateContext = chain, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 }, either.Token);
            Take(new(peer, secure, SipProtocol.Tls, options, time));
        }
        catch (Exception e) when (e is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
        {
            await secure.DisposeAsync();
        }
        finally
        {
            Interlocked.Decrement(ref shaking);
        }
    }

    private void Take(StreamFlow flow)
    {
        lock (gate)
        {
            while (accepted.Count > 0 && !accepted.Peek().IsOpen) accepted.Dequeue();
            accepted.Enqueue(flow);
            if (accepted.Count > options.MaxAccepted) accepted.Dequeue().Close("Too many connections; the oldest makes room.");
        }

        adopt(flow);
    }
}
