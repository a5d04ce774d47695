using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx.Sip.Transport;
using FloorMonitor.Pbx.Sip.Watch;

namespace FloorMonitor.Service.Configuration;

/// <summary>What a PBX of <c>kind: sip</c> says beyond what every PBX says: who watches, from where, what, and in which role.</summary>
/// <param name="Transport">What carries the messages.</param>
/// <param name="Domain">The domain of the account and of the phones.</param>
internal sealed record SipPbxConfig(SipProtocol Transport, string Domain)
{
    /// <summary>The name that digest asks for, where it is not the username.</summary>
    public string? AuthUsername { get; init; }

    /// <summary>A PEM file with the authority whose certificates count (tls); null: those of the machine.</summary>
    public string? Ca { get; init; }

    /// <summary>Where the PBX reaches us.</summary>
    public SipListenConfig Listen { get; init; } = SipListenConfig.Default;

    /// <summary>Whether the account registers itself.</summary>
    public bool Register { get; init; } = true;

    /// <summary>The event packages that are asked for.</summary>
    public ValueArray<PhonePackage> Packages { get; init; } = [PhonePackage.Dialog, PhonePackage.Presence];

    /// <summary>How long subscriptions and the registration are asked for.</summary>
    public TimeSpan Expires { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The group that the phones make in the place of a queue.</summary>
    public string Group { get; init; } = "phones";

    /// <summary>The PBX whose queues the agents are in; null where this one is alone.</summary>
    public string? Beside { get; init; }

    /// <summary>Only agents of these teams are watched; none named: all.</summary>
    public ValueArray<string> Teams { get; init; }

    /// <summary>A phone that is gone for this long counts as its agent's sign-out.</summary>
    public TimeSpan SignOutAfter { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>Reads an entry of <c>pbxs</c> of <c>kind: sip</c>.</summary>
internal static partial class SipSection
{
    private const int MaxGroupLength = 64;

    private static readonly Dictionary<string, SipProtocol> Transports = new(StringComparer.Ordinal)
    {
        ["udp"] = SipProtocol.Udp,
        ["tcp"] = SipProtocol.Tcp,
        ["tls"] = SipProtocol.Tls,
    };

    private static readonly Dictionary<string, PhonePackage> PackageNames = new(StringComparer.Ordinal)
    {
        ["dialog"] = PhonePackage.Dialog,
        ["presence"] = PhonePackage.Presence,
        ["reg"] = PhonePackage.Reg,
    };

    public static PbxConfig Read(string name, YamlSection section, string directory)
    {
        var transport = section.Choice("transport", Transports) ?? SipProtocol.Udp;
        var host = section.Text("host", isRequired: true) ?? "";
        var username = section.Text("username", isRequired: true) ?? "";
        if (username.Length > 0 && !UserPart().IsMatch(username)) section.Error("username", "must be the user part of the account's address, without sip: and @");
        var domain = section.Text("domain") is { Length: > 0 } named ? named : InUri(host);
        if (domain.Length > 0 && !HostName().IsMatch(domain)) section.Error("domain", "must be a host name or an address");
        var beside = section.Text("beside") is { Length: > 0 } other ? other : null;
        var sip = new SipPbxConfig(transport, domain)
        {
            AuthUsername = section.Text("authUsername") is { Length: > 0 } auth ? auth : null,
            Ca = SipListenSection.ReadFile(section, "ca", transport, directory),
            Listen = SipListenSection.Read(section, host, transport, directory),
            Register = section.Flag("register") ?? true,
            Packages = ReadPackages(section, beside is not null),
            Expires = section.Duration("expires", TimeSpan.FromMinutes(1), TimeSpan.FromHours(24)) ?? TimeSpan.FromMinutes(10),
            Group = ReadGroup(section, beside),
            Beside = beside,
            Teams = ValueArray.From(section.Texts("teams")),
            SignOutAfter = ReadSignOutAfter(section, beside),
        };
        var port = section.Number("port", 1, 65535) ?? (transport == SipProtocol.Tls ? 5061 : 5060);
        return new(name, PbxKind.Sip, host, port, username, section.Text("secret", isRequired: true) ?? "", transport == SipProtocol.Tls) { Sip = sip };
    }

    /// <summary>What only the whole list can tell: beside whom, and whether teams that are named are there.</summary>
    public static void Check(IReadOnlyList<(PbxConfig Pbx, YamlSection Section)> pbxs, IReadOnlyCollection<string> teams)
    {
        foreach (var (pbx, section) in pbxs)
        {
            if (pbx.Sip is not { } sip) continue;
            if (sip.Beside is { } name)
            {
                var names = pbxs.Where(other => other.Pbx.Kind != PbxKind.Sip).Select(other => other.Pbx.Name).ToList();
                if (!names.Contains(name, StringComparer.Ordinal))
                    section.Error("beside", $"\"{name}\" names no PBX of another kind in this list{NearestKey.Suggest(name, names)}");
            }

            foreach (var team in sip.Teams)
                if (teams.Count > 0 && !teams.Contains(team)) section.Error("teams", $"\"{team}\" is not among the teams{NearestKey.Suggest(team, teams)}");
            var rival = pbxs.TakeWhile(other => other.Pbx != pbx).FirstOrDefault(other => other.Pbx.Sip is { } earlier && SipListenSection.Collide(earlier.Listen.At, sip.Listen.At)).Pbx;
            if (rival is not null) section.Error("listen", $"{rival.Name} listens there already; each PBX needs a port of its own");
        }
    }

    private static ValueArray<PhonePackage> ReadPackages(YamlSection section, bool isBeside)
    {
        if (section.Find("packages") is null) return [PhonePackage.Dialog, PhonePackage.Presence];
        var packages = new List<PhonePackage>();
        foreach (var word in section.Texts("packages"))
        {
            if (!PackageNames.TryGetValue(word, out var package)) section.Error("packages", $"\"{word}\" is not one of {string.Join(", ", PackageNames.Keys)}{NearestKey.Suggest(word, PackageNames.Keys)}");
            else if (packages.Contains(package)) section.Error("packages", $"\"{word}\" stands twice");
            else packages.Add(package);
        }

        if (packages.Count == 0) section.Error("packages", "must name at least one of dialog, presence, reg");
        else if (!isBeside && packages is [PhonePackage.Dialog])
            section.Error("packages", "dialog alone cannot tell whether a phone is registered, so nobody could sign in: add presence or reg");
        return ValueArray.From(packages);
    }

    private static string ReadGroup(YamlSection section, string? beside)
    {
        if (section.Text("group") is not { } group) return "phones";
        if (group.Length is 0 or > MaxGroupLength || group.Any(char.IsControl)) section.Error("group", $"must be 1 to {MaxGroupLength} characters");
        else if (beside is not null) section.Error("group", "has no meaning beside another PBX: its queues are the queues");
        return group;
    }

    private static TimeSpan ReadSignOutAfter(YamlSection section, string? beside)
    {
        if (section.Duration("signOutAfter", TimeSpan.FromMinutes(1), TimeSpan.FromHours(24)) is not { } after) return TimeSpan.FromMinutes(10);
        if (beside is not null) section.Error("signOutAfter", "has no meaning beside another PBX: who is signed in is its business");
        return after;
    }

    private static string InUri(string host) =>
        IPAddress.TryParse(host, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : host;

    [GeneratedRegex(@"^[A-Za-z0-9\-_.!~*'()&=+$,;?/%]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex UserPart();

    [GeneratedRegex(@"^[A-Za-z0-9._\-\[\]:]{1,253}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();
}
