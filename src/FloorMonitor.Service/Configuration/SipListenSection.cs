using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using FloorMonitor.Pbx.Sip.Transport;

namespace FloorMonitor.Service.Configuration;

/// <summary>Where a PBX of <c>kind: sip</c> reaches the monitor: <c>listen</c>, <c>contact</c>, <c>certificate</c> and <c>key</c>.</summary>
/// <param name="At">The address and the port that are listened on; port 0: a free one.</param>
/// <param name="Contact">The host that the PBX is told instead of the address; null: that address, or what the PBX sees.</param>
/// <param name="Certificate">A PEM file with the certificate that a PBX is shown which connects to us (tls); null: one made at the start.</param>
/// <param name="Key">A PEM file with its key; null: it stands in the same file.</param>
internal sealed record SipListenConfig(IPEndPoint At, string? Contact, string? Certificate, string? Key)
{
    /// <summary>Nothing configured: any address of the older family, a free port.</summary>
    public static readonly SipListenConfig Default = new(new(IPAddress.Any, 0), null, null, null);
}

/// <summary>Reads it.</summary>
internal static partial class SipListenSection
{
    public static SipListenConfig Read(YamlSection section, string host, SipProtocol transport, string directory)
    {
        var at = ReadListen(section, host);
        var certificate = ReadFile(section, "certificate", transport, directory);
        var key = ReadFile(section, "key", transport, directory);
        if (key is not null && certificate is null) section.Error("key", "has no meaning without certificate");
        if (certificate is not null && WhatIsWrongWith(certificate, key) is { } wrong) section.Error("certificate", wrong);
        return new(at, ReadContact(section), certificate, key);
    }

    /// <summary>A file that is named from the configuration's folder, and means something over TLS only.</summary>
    public static string? ReadFile(YamlSection section, string key, SipProtocol transport, string directory)
    {
        if (section.Text(key) is not { Length: > 0 } name) return null;
        var path = Path.GetFullPath(name, Path.GetFullPath(directory));
        if (transport != SipProtocol.Tls) section.Error(key, "has no meaning without transport: tls");
        else if (!File.Exists(path)) section.Error(key, $"there is no file {name} (a relative name is taken from the configuration's folder)");
        return path;
    }

    /// <summary>Whether two want the same port of the same machine.</summary>
    public static bool Collide(IPEndPoint one, IPEndPoint other) =>
        one.Port != 0 && one.Port == other.Port && (one.Address.Equals(other.Address) || IsAny(one.Address) || IsAny(other.Address));

    private static IPEndPoint ReadListen(YamlSection section, string host)
    {
        var literal = IPAddress.TryParse(host, out var address) ? address : null;
        var usual = literal?.AddressFamily == AddressFamily.InterNetworkV6 ? new IPEndPoint(IPAddress.IPv6Any, 0) : SipListenConfig.Default.At;
        if (section.Text("listen") is not { } text) return usual;
        if (!IPEndPoint.TryParse(text, out var at) || at.Port == 0)
        {
            section.Error("listen", "must be an address with a port, such as \"0.0.0.0:5070\" or \"[::]:5070\" (both families)");
            return usual;
        }

        // A socket of both families reaches both; any other reaches its own alone.
        if (literal is not null && literal.AddressFamily != at.AddressFamily && !at.Address.Equals(IPAddress.IPv6Any))
            section.Error("listen", $"{at.Address} cannot reach the host {literal}, which is of the other address family");
        return at;
    }

    private static string? ReadContact(YamlSection section)
    {
        if (section.Text("contact") is not { Length: > 0 } contact) return null;
        if (section.Find("listen") is null) section.Error("contact", "needs listen too: the port that is listened on is the port that the PBX is told");
        if (IPAddress.TryParse(contact, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6) return $"[{address}]";
        if (!HostName().IsMatch(contact)) section.Error("contact", "must be a host name or an address, without a port: it is that of listen");
        return contact;
    }

    private static string? WhatIsWrongWith(string certificate, string? key)
    {
        if (!File.Exists(certificate) || (key is not null && !File.Exists(key))) return null;
        try
        {
            using var read = X509Certificate2.CreateFromPemFile(certificate, key ?? certificate);
            return null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return $"must be a PEM file with a certificate, and its key there or in the file that key names: {e.Message}";
        }
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    [GeneratedRegex(@"^[A-Za-z0-9](?:[A-Za-z0-9.\-]{0,251}[A-Za-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();
}
