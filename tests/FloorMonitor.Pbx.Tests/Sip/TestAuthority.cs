using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>An authority of the test's own, and a certificate for <c>localhost</c> that an office of it issued, as files.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("floor-sip").FullName;

    public TestAuthority()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=Floor test authority", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 1, true));
        using var root = rootRequest.CreateSelfSigned(now.AddHours(-2), now.AddHours(2));
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var middleRequest = new CertificateRequest("CN=Floor test office", middleKey, HashAlgorithmName.SHA256);
        middleRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var middle = middleRequest.Create(root, now.AddHours(-2), now.AddHours(2), [5, 6, 7, 8]).CopyWithPrivateKey(middleKey);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(middle, now.AddHours(-1), now.AddHours(1), [1, 2, 3, 4]);
        File.WriteAllText(Trusted, root.ExportCertificatePem());
        File.WriteAllText(Issued, $"{issued.ExportCertificatePem()}\n{middle.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}");
        File.WriteAllText(Key, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Alone, $"{issued.ExportCertificatePem()}\n{middle.ExportCertificatePem()}");
    }

    /// <summary>The authority.</summary>
    public string Trusted => Path.Combine(folder, "authority.pem");

    /// <summary>Certificate, the one between it and the authority, and key.</summary>
    public string Issued => Path.Combine(folder, "issued.pem");

    /// <summary>The same without the key.</summary>
    public string Alone => Path.Combine(folder, "alone.pem");

    /// <summary>The key.</summary>
    public string Key => Path.Combine(folder, "key.pem");

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
