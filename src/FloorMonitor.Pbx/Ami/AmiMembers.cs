using FloorMonitor.Core.Floor;

namespace FloorMonitor.Pbx.Ami;

/// <summary>
/// Which agent an interface or channel of this switch belongs to: by agents.csv, and by the members that the switch has named,
/// whose StateInterface is often the only tie between a <c>Local/…</c> member and the phone on which it talks.
/// </summary>
public sealed class AmiMembers(string feed, AgentDirectory directory)
{
    /// <summary>Bound of what a switch can make it remember; beyond it agents.csv alone decides.</summary>
    public const int Capacity = 100_000;

    private readonly Dictionary<string, string> agents = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> hotDesks = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> stateInterfaces = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The agent of a member, remembered under its interface and its state interface. At an interface of nobody's (a hot desk) it is the
    /// agent whose id the member bears as its name, for as long as it does.
    /// </summary>
    public string Remember(string address, string? stateInterface, string? name = null)
    {
        var key = Bare(address).ToString();
        if (!agents.TryGetValue(key, out var agent) || (hotDesks.Contains(key) && name is not null))
        {
            agent = directory.KnownAgentAt(address) ?? (stateInterface is null ? null : directory.KnownAgentAt(stateInterface));
            if (agent is null && agents.Count < Capacity) hotDesks.Add(key);
            agent ??= name is null ? null : directory.Find(name)?.Id;
            agent ??= directory.AgentAt(feed, address);
            if (agents.Count < Capacity) agents[key] = agent;
        }

        if (stateInterface is null) return agent;
        if (agents.Count < Capacity)
        {
            var state = Bare(stateInterface).ToString();
            if (hotDesks.Contains(key)) agents[state] = agent;
            else agents.TryAdd(state, agent);
        }

        if (stateInterfaces.Count < Capacity && !address.Equals(stateInterface, StringComparison.OrdinalIgnoreCase))
            stateInterfaces[key] = stateInterface;
        return agent;
    }

    /// <summary>The agent of a member that an event names by its interface alone.</summary>
    public string AgentOf(ReadOnlySpan<char> address) =>
        agents.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(Bare(address), out var agent) ? agent : Remember(address.ToString(), null);

    /// <summary>The agent on a channel; null where it is nobody's (a trunk, a caller).</summary>
    public string? AgentOnChannel(ReadOnlySpan<char> channel)
    {
        // PJSIP/1001-0000002a, Local/2001@agents-00000001;1. The ;2 half of a Local channel runs the dialplan and is nobody.
        if (channel.EndsWith(";2", StringComparison.Ordinal)) return null;
        var dash = channel.LastIndexOf('-');
        if (dash <= 0) return null;
        var address = channel[..dash];
        if (agents.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(address, out var agent)) return agent;
        return directory.KnownAgentAt(address.ToString());
    }

    /// <summary>The state interface that the switch named for a member, where it is another than the member's own; null otherwise.</summary>
    public string? StateInterfaceOf(string address) => stateInterfaces.GetValueOrDefault(Bare(address).ToString());

    /// <summary>An interface without its options: <c>Local/1001@ctx/n</c> is on the wire of channels <c>Local/1001@ctx</c>.</summary>
    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> address)
    {
        if (!address.StartsWith("Local/", StringComparison.OrdinalIgnoreCase)) return address;
        var slash = address[6..].IndexOf('/');
        return slash < 0 ? address : address[..(6 + slash)];
    }
}
