using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Gate;

/// <summary>
/// Where an agent's calls ring who signs in by phone: where they sit. The own phone is agents.csv's; a phone of nobody's is a hot desk,
/// and who sits at it is told to the switch by the member's name, which is then the agent's id.
/// </summary>
internal static class HotDesk
{
    /// <summary>The address under which a sign-in joins.</summary>
    public static string AddressOf(SignIn command, Agent agent, FloorSetup setup)
    {
        if (!agent.Members.IsEmpty) return agent.Address;
        var own = LineOf(agent.Id, setup)?.Address ?? agent.Address;
        if (command.Phone is { } phone && IsElsewhere(phone, own)) return phone;
        // The last address goes before the file's while it is the same seat: the switch knows it by that one.
        if (IsSame(agent.Address, own) && GateStates.CanBeAddressed(agent.Address)) return agent.Address;
        return GateStates.CanBeAddressed(own) ? own : command.Phone ?? agent.Address;
    }

    /// <summary>Why nobody signs in from this phone; null where they may.</summary>
    public static Refused? Refusal(SignIn command, Agent agent, FloorState floor)
    {
        var setup = floor.Setup;
        if (command.Phone is not { } phone || !IsElsewhere(phone, LineOf(agent.Id, setup)?.Address ?? agent.Address)) return null;
        foreach (var line in setup.Agents)
            if (line.Id != agent.Id && IsSame(line.Address, phone))
                return GateStates.No($"这部话机是 {line.Name} 的,请在自己的或公用的话机签入", $"This phone is {line.Name}'s: sign in from your own or from a hot desk");
        if (agent.Members.IsEmpty) return Occupied(phone, agent, floor);
        if (IsSame(agent.Address, phone)) return null;
        var seat = agent.Seat ?? agent.Address;
        return GateStates.No($"已在座位 {seat} 签入,请先签出", $"Signed in at seat {seat} already: sign out there first");
    }

    // In the same queue the switch would say "already there" and sign nobody in; in another one, one phone would ring for two people.
    private static Refused? Occupied(string phone, Agent agent, FloorState floor)
    {
        foreach (var (_, other) in floor.Agents)
            if (other.Id != agent.Id && !other.Members.IsEmpty && IsSame(other.Address, phone))
                return GateStates.No($"{other.Name} 仍在这部话机签入,请其先签出", $"{other.Name} is still signed in at this phone: they must sign out first");
        return null;
    }

    /// <summary>The name under which an agent's member is kept at an address.</summary>
    public static string NameAt(string address, Agent agent, FloorSetup setup) =>
        LineOf(agent.Id, setup) is { } line && !IsSame(line.Address, address) ? agent.Id : agent.Name;

    // A Local channel of the dialplan leads to where its agent sits (examples/asterisk/extensions.conf): it is no other place.
    private static bool IsElsewhere(string phone, string own) =>
        !own.StartsWith("Local/", StringComparison.OrdinalIgnoreCase) && !IsSame(phone, own);

    private static AgentSetup? LineOf(string id, FloorSetup setup)
    {
        foreach (var line in setup.Agents)
            if (line.Id == id) return line;
        return null;
    }

    private static bool IsSame(string one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase)
        || (AgentDirectory.SeatOf(one) is { } seat && string.Equals(seat, AgentDirectory.SeatOf(other), StringComparison.OrdinalIgnoreCase));
}
