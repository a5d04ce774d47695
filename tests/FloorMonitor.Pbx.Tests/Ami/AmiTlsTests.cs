using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FloorMonitor.Pbx.Ami;

namespace FloorMonitor.Pbx.Tests.Ami;

/// <summary>TLS over real sockets: only a certificate of the named authority for the named host will do.</summary>
public sealed class AmiTlsTests : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly X509Certificate2 authority = Authority("Floor test authority");
    private readonly string file = Path.Combine(Path.GetTempPath(), $"floor-{Guid.NewGuid():N}.pem");

    [Fact]
    public async Task A_certificate_of_the_pinned_authority_for_this_host_is_trusted()
    {
        await File.WriteAllTextAsync(file, authority.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await using var stream = await ConnectAsync("localhost", file);
        var greeting = new byte[5];
        await stream.ReadExactlyAsync(greeting, TestContext.Current.CancellationToken);
        Assert.Equal("hello"u8.ToArray(), greeting);
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused()
    {
        using var other = Authority("Another");
        await File.WriteAllTextAsync(file, other.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<AuthenticationException>(() => ConnectAsync("localhost", file));
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused()
    {
        await File.WriteAllTextAsync(file, authority.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<AuthenticationException>(() => ConnectAsync("127.0.0.1", file));
    }

    [Fact]
    public async Task Without_a_pinned_authority_those_of_the_machine_decide() =>
        await Assert.ThrowsAsync<AuthenticationException>(() => ConnectAsync("localhost", null));

    public void Dispose()
    {
        authority.Dispose();
        File.Delete(file);
    }

    private async Task<Stream> ConnectAsync(string host, string? caFile)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener);
        var options = FeedUnderTest.Options with { Host = host, Port = ((IPEndPoint)listener.LocalEndpoint).Port, Tls = true, TlsCaFile = caFile };
        var stream = await AmiConnector.ConnectAsync(options, TestContext.Current.CancellationToken);
        await serving;
        return stream;
    }

    private async Task ServeAsync(TcpListener listener)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(authority, Now.AddHours(-1), Now.AddHours(1), [1, 2, 3, 4]);
        using var certificate = issued.CopyWithPrivateKey(key);
        using var socket = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await using var stream = new SslStream(new NetworkStream(socket));
        try
        {
            await stream.AuthenticateAsServerAsync(certificate);
            await stream.WriteAsync("hello"u8.ToArray());
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // A client that does not trust the certificate goes away in the middle of the handshake.
        }
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request.CreateSelfSigned(Now.AddHours(-2), Now.AddHours(2));
    }
}
