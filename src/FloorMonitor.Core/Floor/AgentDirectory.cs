using System.Collections.Frozen;

namespace FloorMonitor.Core.Floor;

/// <summary>Who sits behind an address of a PBX, by agents.csv. Made once per configuration, then only read, from any thread.</summary>
public sealed class AgentDirectory
{
    private readonly FrozenDictionary<string, string> exact;
    private readonly FrozenDictionary<string, string> plain;
    private readonly FrozenDictionary<string, string> bySeat;
    private readonly FrozenDictionary<string, AgentSetup> byId;

    /// <summary>Reads the agents of a setup.</summary>
    public AgentDirectory(FloorSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        Setup = setup;
        exact = Index(setup, static address => address, StringComparer.Ordinal);
        plain = Index(setup, PlainOf, StringComparer.OrdinalIgnoreCase);
        bySeat = Index(setup, SeatOf, StringComparer.OrdinalIgnoreCase);
        var agents = new Dictionary<string, AgentSetup>(StringComparer.Ordinal);
        foreach (var agent in setup.Agents) agents.TryAdd(agent.Id, agent);
        byId = agents.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The setup that it was made of.</summary>
    public FloorSetup Setup { get; }

    /// <summary>The agent's id for an address seen at a feed: by agents.csv, else <c>feed:address</c>.</summary>
    public string AgentAt(string feed, string address) => KnownAgentAt(address) ?? $"{feed}:{address}";

    /// <summary>
    /// The agent of agents.csv at an address; null where it is nobody's (a trunk, a caller). The exact address goes first, then the
    /// same without case and options, then the bare extension, unless two agents share it.
    /// </summary>
    public string? KnownAgentAt(string address)
    {
        if (byId.Count == 0 || string.IsNullOrEmpty(address)) return null;
        if (exact.TryGetValue(address, out var agent)) return agent;
        if (plain.TryGetValue(PlainOf(address), out agent)) return agent;
        return SeatOf(address) is { } seat && bySeat.TryGetValue(seat, out agent) ? agent : null;
    }

    /// <summary>The agent's line of agents.csv; null for one who is not in it.</summary>
    public AgentSetup? Find(string agent) => byId.GetValueOrDefault(agent);

    /// <summary>The address that agents.csv gives for an agent; null for one who is not in it.</summary>
    public string? AddressOf(string agent) => Find(agent)?.Address;

    /// <summary>
    /// The extension in an address; null where there is none: <c>1001</c> of <c>PJSIP/1001</c>, <c>SIP/1001</c>,
    /// <c>Local/1001@agents/n</c>, <c>Agent/1001</c>, <c>hint:1001@ctx</c>, of the channel <c>PJSIP/1001-0000002a</c> and of itself.
    /// </summary>
    public static string? SeatOf(string address)
    {
        if (string.IsNullOrEmpty(address)) return null;
        var rest = address.AsSpan();
        var isLocal = false;
        if (rest.StartsWith("hint:", StringComparison.OrdinalIgnoreCase))
        {
            rest = rest[5..];
            isLocal = true;
        }
        else if (rest.IndexOf('/') is var slash and >= 0)
        {
            isLocal = rest[..slash].Equals("Local", StringComparison.OrdinalIgnoreCase);
            rest = rest[(slash + 1)..];
        }

        if (rest.IndexOf('/') is var options and >= 0) rest = rest[..options];
        if (rest.IndexOf('@') is var at and >= 0)
        {
            // PJSIP/5551234@trunk is a number dialled through a trunk, nobody's seat.
            if (!isLocal) return null;
            rest = rest[..at];
        }

        rest = WithoutChannel(rest);
        if (rest.IsEmpty || rest.Length > MaxSeatLength) return null;
        foreach (var letter in rest)
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('_' or '-' or '.' or '*' or '#' or '+')) return null;
        return rest.ToString();
    }

    private const int MaxSeatLength = 64;

    // A channel's name is its device's with a dash and eight hex digits.
    private static ReadOnlySpan<char> WithoutChannel(ReadOnlySpan<char> name)
    {
        if (name.Length <= 9 || name[^9] != '-') return name;
        foreach (var digit in name[^8..])
            if (!char.IsAsciiHexDigit(digit)) return name;
        return name[..^9];
    }

    // Local/1001@agents/n means the same channel as Local/1001@agents: /n and /j are options of the dialling.
    private static string PlainOf(string address)
    {
        var first = address.IndexOf('/');
        var last = address.LastIndexOf('/');
        return last > first && first >= 0 ? address[..last] : address;
    }

    private static FrozenDictionary<string, string> Index(FloorSetup setup, Func<string, string?> keyOf, StringComparer comparer)
    {
        var index = new Dictionary<string, string>(comparer);
        var shared = new HashSet<string>(comparer);
        foreach (var agent in setup.Agents)
        {
            if (keyOf(agent.Address) is not { Length: > 0 } key) continue;
            if (!index.TryAdd(key, agent.Id) && index[key] != agent.Id) shared.Add(key);
        }

        // An address of two people tells of neither.
        foreach (var key in shared) index.Remove(key);
        return index.ToFrozenDictionary(comparer);
    }
}
