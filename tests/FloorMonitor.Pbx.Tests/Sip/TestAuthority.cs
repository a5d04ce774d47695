using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>An authority of the test's own, and a certificate of it for <c>localhost</c>, both as files.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("floor-sip").FullName;

    public TestAuthority()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var rootRequest = new CertificateRequest("CN=Floor test authority", rootKey, HashAlgorithmName.SHA256);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var root = rootRequest.CreateSelfSigned(now.AddHours(-2), now.AddHours(2));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(root, now.AddHours(-1), now.AddHours(1), [1, 2, 3, 4]);
        File.WriteAllText(Trusted, root.ExportCertificatePem());
        File.WriteAllText(Issued, issued.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The authority.</summary>
    public string Trusted => Path.Combine(folder, "authority.pem");

    /// <summary>Certificate and key.</summary>
    public string Issued => Path.Combine(folder, "issued.pem");

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
