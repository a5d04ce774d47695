using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx.Agi;

namespace FloorMonitor.Service.Phone;

/// <summary>Whose phone it is: by the channel, which the switch vouches for; the caller's number is what a phone says of itself.</summary>
internal static class PhoneCaller
{
    /// <summary>
    /// The agent at the calling phone: by agents.csv's interface, else whom the queues know at that address (who left a hot desk is there no
    /// longer), else whom the roster seats there now. Null where it is nobody's.
    /// </summary>
    public static string? AgentAt(AgiRequest request, FloorState floor, AgentDirectory directory, DateTimeOffset now)
    {
        var address = request.Address;
        if (directory.KnownAgentAt(address) is { } known) return known;
        foreach (var (id, agent) in floor.Agents)
            if (string.Equals(agent.Address, address, StringComparison.OrdinalIgnoreCase) && (!agent.Members.IsEmpty || directory.Find(id) is null)) return id;
        // A Local channel leads to a phone and is none: there the number is all there is.
        var seat = address.StartsWith("Local/", StringComparison.OrdinalIgnoreCase) ? request.CallerId : request.Seat;
        if (seat is null) return null;
        if (!ReferenceEquals(seat, request.Seat) && directory.KnownAgentAt(seat) is { } byNumber) return byNumber;
        return SeatedAt(seat, floor, now);
    }

    /// <summary>The phone at which the caller sits; null where the channel is none (a Local channel, a number dialled through a trunk).</summary>
    public static string? SeatOf(AgiRequest request) =>
        request.Seat is null || request.Address.StartsWith("Local/", StringComparison.OrdinalIgnoreCase) ? null : request.Address;

    private static string? SeatedAt(string seat, FloorState floor, DateTimeOffset now)
    {
        if (!Roster.IsKept(floor.Setup)) return null;
        string? found = null;
        foreach (var line in floor.Setup.Agents)
        {
            if (Roster.Of(floor, line.Id, now) is not { IsWorked: true } shift || shift.Seat != seat) continue;
            // One who comes and one who goes share a seat around the change of shifts: then neither is told by it.
            if (found is not null) return null;
            found = line.Id;
        }

        return found;
    }
}
