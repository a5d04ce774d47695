using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace FloorMonitor.Service.Tests.Support;

/// <summary>An authority of its own, in a file, and a certificate for localhost that it signed.</summary>
internal sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    public TestCertificates()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Floor test authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var authority = request.CreateSelfSigned(Now.AddHours(-2), Now.AddHours(2));
        File.WriteAllText(CaFile, authority.ExportCertificatePem());
        using var own = RSA.Create(2048);
        var asked = new CertificateRequest("CN=localhost", own, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        asked.CertificateExtensions.Add(names.Build());
        using var issued = asked.Create(authority, Now.AddHours(-1), Now.AddHours(1), [1, 2, 3, 4]);
        Server = issued.CopyWithPrivateKey(own);
    }

    public string CaFile { get; } = Path.Combine(Path.GetTempPath(), $"floor-ca-{Guid.NewGuid():N}.pem");

    public X509Certificate2 Server { get; }

    public void Dispose()
    {
        Server.Dispose();
        File.Delete(CaFile);
    }
}
