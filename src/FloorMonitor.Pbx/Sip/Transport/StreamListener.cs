using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FloorMonitor.Pbx.Sip.Transport;

/// <summary>Takes the connections that a PBX opens to the Contact's port. Of too many the oldest makes room.</summary>
internal sealed class StreamListener(Socket socket, SipTransportOptions options, bool tls, TimeProvider time, Action<StreamFlow> adopt) : IDisposable
{
    private readonly X509Certificate2? certificate = tls ? CertificateOf(options, time) : null;
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
                if (certificate is null) Take(new(peer, new NetworkStream(peer, ownsSocket: true), SipProtocol.Tcp, options, time));
                else if (Interlocked.Increment(ref shaking) <= options.MaxAccepted) _ = ShakeAsync(peer, stop);
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
        certificate?.Dispose();
    }

    private void Refuse(Socket peer)
    {
        Interlocked.Decrement(ref shaking);
        peer.Dispose();
    }

    /// <summary>A slow handshake holds up nobody else, and not for long.</summary>
    private async Task ShakeAsync(Socket peer, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(options.ConnectWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
        var secure = new SslStream(new NetworkStream(peer, ownsSocket: true));
        try
        {
            await secure.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = certificate, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 }, either.Token);
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

    /// <summary>What we show to whom connects to us: the configured certificate, or one made now.</summary>
    internal static X509Certificate2 CertificateOf(SipTransportOptions options, TimeProvider time)
    {
        if (options.TlsCertificateFile is { } file) return X509Certificate2.CreateFromPemFile(file, file);

        // A PBX that connects back checks seldom whom it finds, and where it does, a certificate is configured.
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=FloorMonitor", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(options.ContactHost ?? "localhost");
        if (!options.Address.Equals(IPAddress.Any) && !options.Address.Equals(IPAddress.IPv6Any)) names.AddIpAddress(options.Address);
        request.CertificateExtensions.Add(names.Build());
        var now = time.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddYears(2));
    }
}
