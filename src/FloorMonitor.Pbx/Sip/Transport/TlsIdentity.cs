using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FloorMonitor.Pbx.Sip.Transactions;

namespace FloorMonitor.Pbx.Sip.Transport;

/// <summary>What we show to whom connects to us over TLS: the configured certificate with those above it, or one of our own making.</summary>
internal sealed class TlsIdentity : IDisposable
{
    private readonly X509Certificate2Collection above = [];

    private TlsIdentity(X509Certificate2 certificate, X509Certificate2Collection known)
    {
        Certificate = certificate;
        foreach (var one in known)
        {
            if (one.Thumbprint == certificate.Thumbprint) one.Dispose();
            else above.Add(one);
        }

        // A PBX that checks us knows the authority, and seldom the ones between it and us: they go along. Nothing is fetched for it.
        Chain = SslStreamCertificateContext.Create(certificate, above, offline: true);
    }

    /// <summary>The certificate with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The same as it is shown.</summary>
    public SslStreamCertificateContext Chain { get; }

    /// <summary>Reads it, or makes it.</summary>
    /// <exception cref="SipTransportException">The file was changed to one that cannot be read.</exception>
    public static TlsIdentity Of(SipTransportOptions options, TimeProvider time)
    {
        if (options.TlsCertificateFile is not { } file) return new(SelfMade(options, time), []);
        try
        {
            var certificate = X509Certificate2.CreateFromPemFile(file, options.TlsKeyFile ?? file);
            X509Certificate2Collection known = [];
            known.ImportFromPemFile(file);
            return new(certificate, known);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new SipTransportException($"The certificate {file} cannot be read: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Certificate.Dispose();
        foreach (var one in above) one.Dispose();
    }

    // A PBX that connects back checks seldom whom it finds, and where it does, a certificate is configured.
    private static X509Certificate2 SelfMade(SipTransportOptions options, TimeProvider time)
    {
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
