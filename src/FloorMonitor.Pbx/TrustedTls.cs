using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace FloorMonitor.Pbx;

/// <summary>TLS as client, for every kind of link: only to a peer whose certificate is valid and names the host.</summary>
internal static class TrustedTls
{
    /// <summary>Shakes hands; the stream is closed when that fails.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="host">What the certificate must name.</param>
    /// <param name="caFile">A PEM file with the only authority that counts; null: those of the machine.</param>
    /// <param name="stop">Ends the waiting.</param>
    /// <exception cref="AuthenticationException">The certificate is not to be trusted.</exception>
    public static async Task<SslStream> OverAsync(Stream stream, string host, string? caFile, CancellationToken stop)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (caFile is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.ImportFromPemFile(caFile);
        }

        var secure = new SslStream(stream, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    CertificateChainPolicy = policy,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                },
                stop);
            return secure;
        }
        catch
        {
            // Whatever went wrong goes on to the caller; here only the half-made stream must not be left behind.
            await secure.DisposeAsync();
            throw;
        }
    }
}
