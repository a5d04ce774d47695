using FloorMonitor.Core.Floor;

namespace FloorMonitor.Pbx.Sip.Watch;

/// <summary>
/// Who is signed in and on a break, where no switch keeps it: the monitor itself does. Nothing of it is written down a second time:
/// what the feed said stands in the journal, so after a restart the floor's own state is the memory (<see cref="From"/>).
/// </summary>
public sealed class SeatBook
{
    private readonly Dictionary<string, Seat> seats = new(StringComparer.Ordinal);

    /// <summary>The book of a floor of which nothing is known.</summary>
    public SeatBook()
    {
    }

    /// <summary>What the floor remembers of a feed's agents: who is in, who is paused and why, and who signed out.</summary>
    public static SeatBook From(FloorState floor, string feed)
    {
        ArgumentNullException.ThrowIfNull(floor);
        var book = new SeatBook();
        foreach (var (id, agent) in floor.Agents)
        {
            var member = agent.Members.AsSpan().ToArray().FirstOrDefault(one => one.Feed == feed);
            if (member is not null) book.seats[id] = new(true, member.Paused, member.Reason, false);
            else if (agent.Session is { LeftAt: not null } left && left.LeftMembers.Any(one => one.Feed == feed)) book.seats[id] = new(false, false, "", false);
        }

        return book;
    }

    /// <summary>Whether the agent is signed in.</summary>
    public bool IsIn(string agent) => seats.TryGetValue(agent, out var seat) && seat.In;

    /// <summary>The reason of the agent's pause; null while not paused.</summary>
    public string? PauseOf(string agent) => seats.TryGetValue(agent, out var seat) && seat is { In: true, Paused: true } ? seat.Reason : null;

    /// <summary>
    /// Whether a phone that can be reached now signs its agent in: it was never seen before, or it was gone since the agent left.
    /// Who signed out at a phone that stays registered stays out until they ask, or come with the phone.
    /// </summary>
    public bool SignsIn(string agent) => !seats.TryGetValue(agent, out var seat) || seat is { In: false, WasGone: true };

    /// <summary>The phone of somebody who is out is gone: when it comes back, they come with it.</summary>
    public void Gone(string agent)
    {
        if (seats.TryGetValue(agent, out var seat) && !seat.In) seats[agent] = seat with { WasGone = true };
    }

    /// <summary>The agent signs in.</summary>
    public void Enter(string agent) => seats[agent] = new(true, false, "", false);

    /// <summary>The agent signs out, or is taken to have left with the phone.</summary>
    public void Leave(string agent, bool withPhone) => seats[agent] = new(false, false, "", withPhone);

    /// <summary>The agent goes on a break or comes back.</summary>
    public void Pause(string agent, string? reason) => seats[agent] = new(true, reason is not null, reason ?? "", false);

    private readonly record struct Seat(bool In, bool Paused, string Reason, bool WasGone);
}
