using System.Collections.Immutable;
using System.Text;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Configuration;

/// <summary>Everything that the configuration folder says, checked.</summary>
internal sealed record FloorConfig
{
    /// <summary>The folder it was read from.</summary>
    public required string Directory { get; init; }

    /// <summary>When it was read first.</summary>
    public DateTimeOffset ReadAt { get; init; }

    /// <summary>What the fold needs of it.</summary>
    public required FloorSetup Setup { get; init; }

    /// <summary>The PBXs; at least one.</summary>
    public required ValueArray<PbxConfig> Pbxs { get; init; }

    /// <summary><c>embedded</c> or a StackExchange.Redis connection string; a secret, as it may hold a password.</summary>
    public string Store { get; init; } = StoreOptions.Embedded;

    /// <summary>The phone's door; null where there is none.</summary>
    public PhoneConfig? Phone { get; init; }

    /// <summary>The agents' PINs, which are nowhere else.</summary>
    public PinBook Pins { get; init; } = new();

    /// <summary>The rules in force.</summary>
    public ImmutableArray<IFloorRule> Rules { get; init; } = [];

    /// <summary>Who is told what.</summary>
    public AlertConfig Alerts { get; init; } = AlertConfig.Default;

    /// <summary>The walls; empty means the one that shows everything.</summary>
    public ValueArray<WallSetup> Walls { get; init; }

    /// <summary>What was understood though it is unusual (a file in GB18030), for the log and <c>check</c>.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>What is wrong with the rows of roster.csv that were left out, as that file asks.</summary>
    public ImmutableArray<ConfigError> LeftOut { get; init; } = [];
}

/// <summary>How to reach a PBX.</summary>
internal sealed record PbxConfig(string Name, PbxKind Kind, string Host, int Port, string Username, string Secret, bool Tls)
{
    /// <summary>What <c>kind: sip</c> adds; null for other kinds.</summary>
    public SipPbxConfig? Sip { get; init; }

    // A record prints its members; this one's secret must never reach a log.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append($"{Name} {Kind} {Username}@{Host}:{Port}{(Tls ? " tls" : "")}");
        return true;
    }
}

/// <summary>How a PBX is spoken to.</summary>
internal enum PbxKind
{
    /// <summary>Asterisk's manager interface.</summary>
    Ami,

    /// <summary>A PBX made up in this process, for the demo.</summary>
    Simulated,

    /// <summary>Any PBX that speaks SIP with event packages (RFC 6665).</summary>
    Sip,

    /// <summary>FreeSWITCH's event socket; not in this version.</summary>
    Esl,
}
