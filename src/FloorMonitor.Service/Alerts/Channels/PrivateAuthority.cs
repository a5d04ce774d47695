using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace FloorMonitor.Service.Alerts.Channels;

/// <summary>The certificate authority of the house, where its mail server or its programs are signed by one of its own. It alone is trusted then.</summary>
internal static class PrivateAuthority
{
    /// <summary>How a chain is to be checked.</summary>
    public static X509ChainPolicy Policy(string caFile)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(caFile);
        return policy;
    }

    /// <summary>Whether a certificate is of that authority; that it names the host was found by TLS itself and stands in <paramref name="errors"/>.</summary>
    public static bool Trusts(string caFile, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None) return false;
        using var chain = new X509Chain { ChainPolicy = Policy(caFile) };
        using var its = new X509Certificate2(certificate);
        return chain.Build(its);
    }
}
