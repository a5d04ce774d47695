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
    private readonly Dictionary<string, HotDesk> hotDesks = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> stateInterfaces = new(StringComparer.OrdinalIgnoreCase);
    private int memberships;

    /// <summary>
    /// The agent of a member, remembered under its interface and its state interface. At an interface of nobody's (a hot desk) it is the
    /// agent whose id the member bears as its name, for as long as it does: until it was removed from the last of its queues.
    /// </summary>
    public string Remember(string address, string? stateInterface, string? name = null, string? queue = null)
    {
        var key = Bare(address).ToString();
        if (!agents.TryGetValue(key, out var agent) || (hotDesks.ContainsKey(key) && name is not null))
        {
            agent = directory.KnownAgentAt(address) ?? (stateInterface is null ? null : directory.KnownAgentAt(stateInterface));
            if (agent is null && agents.Count < Capacity) hotDesks.TryAdd(key, new());
            agent ??= name is null ? null : directory.Find(name)?.Id;
            agent ??= directory.AgentAt(feed, address);
            if (agents.Count < Capacity) agents[key] = agent;
        }

        if (hotDesks.TryGetValue(key, out var desk))
        {
            desk.Agent = agent;
            desk.StateKey = stateInterface is null ? desk.StateKey : Bare(stateInterface).ToString();
            if (queue is not null && memberships < Capacity && desk.Queues.TryAdd(queue, agent)) memberships++;
            else if (queue is not null && desk.Queues.ContainsKey(queue)) desk.Queues[queue] = agent;
        }

        if (stateInterface is null) return agent;
        if (agents.Count < Capacity)
        {
            var state = Bare(stateInterface).ToString();
            if (desk is not null) agents[state] = agent;
            else agents.TryAdd(state, agent);
        }

        if (stateInterfaces.Count < Capacity && !address.Equals(stateInterface, StringComparison.OrdinalIgnoreCase))
            stateInterfaces[key] = stateInterface;
        return agent;
    }

    /// <summary>A member was removed from a queue. Who is in none any more has left the hot desk: whoever dials from it next is somebody else.</summary>
    public void Removed(string address, string queue)
    {
        var key = Bare(address).ToString();
        if (!hotDesks.TryGetValue(key, out var desk)) return;
        if (desk.Queues.Remove(queue)) memberships--;
        if (desk.Queues.Count == 0) Leave(key, desk);
        else if (!desk.Queues.ContainsValue(desk.Agent)) Hand(key, desk, desk.Queues.Values.First());
    }

    /// <summary>All hot desks are left, before a snapshot names who is at them: what went by unseen is in no event.</summary>
    public void BeginAnew()
    {
        memberships = 0;
        foreach (var (key, desk) in hotDesks)
        {
            desk.Queues.Clear();
            Leave(key, desk);
        }
    }

    /// <summary>
    /// The agent of a member that an event names by its interface alone. At a hot desk that was left it is who was there last: a queue tells
    /// of members only, and the end of a ring or of a call comes after the removal where the member was removed in it.
    /// </summary>
    public string AgentOf(ReadOnlySpan<char> address)
    {
        var bare = Bare(address);
        if (agents.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(bare, out var agent)) return agent;
        return DeskAt(bare) is { } desk ? desk.Agent : Remember(address.ToString(), null);
    }

    /// <summary>An agent took a queue's call at an address.</summary>
    public void Took(ReadOnlySpan<char> address, string call, string agent)
    {
        if (DeskAt(Bare(address)) is { } desk) (desk.Call, desk.Taker) = (call, agent);
    }

    /// <summary>Who took a queue's call at a hot desk, whoever is there by now; null where no call, or another, was taken there.</summary>
    public string? TakerOf(ReadOnlySpan<char> address, string? call) =>
        DeskAt(Bare(address)) is { Call: { } taken } desk && (call is null || call == taken) ? desk.Taker : null;

    /// <summary>The agent on a channel; null where it is nobody's (a trunk, a caller).</summary>
    public string? AgentOnChannel(ReadOnlySpan<char> channel)
    {
        var address = AddressOf(channel);
        if (address.IsEmpty) return null;
        if (agents.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(address, out var agent)) return agent;
        return directory.KnownAgentAt(address.ToString());
    }

    /// <summary>The agent who talks on a channel of a linked call: who took that call, else whose channel it is.</summary>
    public string? TalkerOn(ReadOnlySpan<char> channel, string? linked)
    {
        var address = AddressOf(channel);
        if (address.IsEmpty) return null;
        return (linked is null ? null : TakerOf(address, linked)) ?? AgentOnChannel(channel);
    }

    /// <summary>The state interface that the switch named for a member, where it is another than the member's own; null otherwise.</summary>
    public string? StateInterfaceOf(string address) => stateInterfaces.GetValueOrDefault(Bare(address).ToString());

    // Who bears no agent's id is called by the address itself, which stays theirs: there is nobody else whom it could be mistaken for.
    private void Leave(string key, HotDesk desk)
    {
        if (directory.Find(desk.Agent) is null) return;
        foreach (var left in (string?[])[key, desk.StateKey])
            if (left is not null && agents.TryGetValue(left, out var agent) && agent == desk.Agent) agents.Remove(left);
    }

    private void Hand(string key, HotDesk desk, string agent)
    {
        foreach (var handed in (string?[])[key, desk.StateKey])
            if (handed is not null && agents.TryGetValue(handed, out var known) && known == desk.Agent) agents[handed] = agent;
        desk.Agent = agent;
    }

    private HotDesk? DeskAt(ReadOnlySpan<char> bare) => hotDesks.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(bare, out var desk) ? desk : null;

    // PJSIP/1001-0000002a, Local/2001@agents-00000001;1. The ;2 half of a Local channel runs the dialplan and is nobody.
    private static ReadOnlySpan<char> AddressOf(ReadOnlySpan<char> channel) =>
        channel.EndsWith(";2", StringComparison.Ordinal) || channel.LastIndexOf('-') is not (> 0 and var dash) ? [] : channel[..dash];

    /// <summary>An interface without its options: <c>Local/1001@ctx/n</c> is on the wire of channels <c>Local/1001@ctx</c>.</summary>
    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> address)
    {
        if (!address.StartsWith("Local/", StringComparison.OrdinalIgnoreCase)) return address;
        var slash = address[6..].IndexOf('/');
        return slash < 0 ? address : address[..(6 + slash)];
    }

    /// <summary>An interface of nobody's: who is there, or was last, in which queues, and which queue's call was taken there last and by whom.</summary>
    private sealed class HotDesk
    {
        public Dictionary<string, string> Queues { get; } = new(StringComparer.Ordinal);

        public string Agent { get; set; } = "";

        public string? StateKey { get; set; }

        public string? Call { get; set; }

        public string? Taker { get; set; }
    }
}
