using FloorMonitor.Core.Floor;

namespace FloorMonitor.Pbx.Sip.Watch;

/// <summary>A phone that a feed watches, with what the floor was told of it.</summary>
/// <param name="Agent">The agent whose phone it is.</param>
/// <param name="Name">The agent's name.</param>
/// <param name="Seat">The extension.</param>
/// <param name="Address">The phone's SIP address: <c>sip:1001@pbx.example</c>.</param>
public sealed record PhoneAddress(string Agent, string Name, string Seat, string Address)
{
    private const int MaxUser = 64;

    /// <summary>The phones of agents.csv that belong to a domain, in the order of the file.</summary>
    /// <param name="agents">The agents.</param>
    /// <param name="domain">The domain of the PBX.</param>
    /// <param name="teams">Only agents of these teams; none named: all.</param>
    public static IReadOnlyList<PhoneAddress> Of(ValueArray<AgentSetup> agents, string domain, ValueArray<string> teams)
    {
        var phones = new List<PhoneAddress>();
        var seats = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var agent in agents)
        {
            if (!teams.IsEmpty && (agent.Team is null || teams.FindIndex(agent.Team, static (team, of) => team == of) < 0)) continue;
            // Two people at one seat: its calls tell of neither.
            if (SeatIn(agent.Address, domain) is { } seat && seats.Add(seat)) phones.Add(new(agent.Id, agent.Name, seat, $"sip:{seat}@{domain}"));
        }

        return phones;
    }

    /// <summary>
    /// The extension at a PBX's domain that an interface of agents.csv means: the user part of <c>sip:1001@domain</c>, or the
    /// extension in any address of an Asterisk; null where it means none, or one at another domain.
    /// </summary>
    public static string? SeatIn(string address, string domain)
    {
        if (!address.StartsWith("sip:", StringComparison.OrdinalIgnoreCase)) return AgentDirectory.SeatOf(address);
        var rest = address.AsSpan(4);
        if (rest.IndexOf('@') is var at and >= 0)
        {
            var host = rest[(at + 1)..];
            if (host.IndexOfAny(';', ':', '?') is var end and >= 0) host = host[..end];
            if (!host.Equals(domain, StringComparison.OrdinalIgnoreCase)) return null;
            rest = rest[..at];
        }

        if (rest.IsEmpty || rest.Length > MaxUser) return null;
        foreach (var letter in rest)
            if (!char.IsAsciiLetterOrDigit(letter) && !"-_.!~*'()&=+$".Contains(letter, StringComparison.Ordinal)) return null;
        return rest.ToString();
    }
}
