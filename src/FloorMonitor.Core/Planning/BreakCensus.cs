using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Planning;

/// <summary>
/// Who of each team is signed in, rests, may go or has a slot ahead, from one look at everybody. A grant takes room like the break that
/// will follow it, so that no two are promised the same place.
/// </summary>
internal sealed class BreakCensus
{
    private readonly FloorState floor;
    private readonly Dictionary<string, TeamCount> teams = new(StringComparer.Ordinal);
    private Dictionary<string, int>? free;

    private BreakCensus(FloorState floor) => this.floor = floor;

    /// <summary>Counts everybody, or one team alone.</summary>
    public static BreakCensus Of(FloorState floor, DateTimeOffset now, string? only = null)
    {
        var census = new BreakCensus(floor);
        foreach (var (_, agent) in floor.Agents)
        {
            if (agent.Team is not { } team || (only is not null && team != only)) continue;
            if (agent.Session is not { LeftAt: null }) continue;
            if (!census.teams.TryGetValue(team, out var count)) census.teams.Add(team, count = new());
            count.Add(agent, now);
        }

        return census;
    }

    /// <summary>Whether a kind of break takes a place of its team's.</summary>
    public static bool Counts(string kind) => kind is BreakKinds.ShortBreak or BreakKinds.MealBreak;

    /// <summary>A team's count; one of which nobody is signed in is empty.</summary>
    public TeamCount Of(string team) => teams.GetValueOrDefault(team) ?? TeamCount.Nobody;

    /// <summary>Whether more callers wait in a queue of an agent's than agents are free in it.</summary>
    public bool IsShort(Agent agent)
    {
        foreach (var member in agent.Members)
        {
            if (!floor.Queues.TryGetValue(member.Queue, out var queue) || queue.Waiting.IsEmpty) continue;
            if (queue.Waiting.Count > FreeIn(queue.Name)) return true;
        }

        return false;
    }

    private int FreeIn(string queue)
    {
        if (free is null)
        {
            free = new(StringComparer.Ordinal);
            foreach (var (_, agent) in floor.Agents)
            {
                if (agent.State != AgentState.Available) continue;
                foreach (var member in agent.Members)
                    if (!member.Paused) free[member.Queue] = free.GetValueOrDefault(member.Queue) + 1;
            }
        }

        return free.GetValueOrDefault(queue);
    }
}

/// <summary>One team's places: who is in it, and who takes one from when to when.</summary>
internal sealed class TeamCount
{
    // A break past its limit ends some time soon; nobody knows when.
    private static readonly TimeSpan SomeTimeSoon = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WithoutLimit = TimeSpan.FromMinutes(30);

    private readonly List<Stay> stays = [];
    private readonly List<BreakTicket> queued = [];

    /// <summary>A team of which nobody is signed in.</summary>
    public static TeamCount Nobody { get; } = new();

    /// <summary>How many are signed in.</summary>
    public int SignedIn { get; private set; }

    /// <summary>The places that are taken or will be.</summary>
    public IReadOnlyList<Stay> Stays => stays;

    /// <summary>How many places others than this agent take now.</summary>
    public int TakenBeside(string agent)
    {
        var taken = 0;
        foreach (var stay in stays)
            if (stay.IsNow && stay.Agent != agent) taken++;
        return taken;
    }

    /// <summary>When the first of the others is due back who rest now; null where nobody knows.</summary>
    public DateTimeOffset? NextBackBeside(string agent)
    {
        DateTimeOffset? next = null;
        foreach (var stay in stays)
            if (stay.BackAt is { } back && stay.Agent != agent && !(back >= next)) next = back;
        return next;
    }

    /// <summary>How many places others than this agent take at once, at most, within a stretch.</summary>
    public int MostBeside(string agent, DateTimeOffset from, DateTimeOffset until)
    {
        var most = 0;
        foreach (var one in stays)
        {
            // The most are there at the stretch's beginning or when somebody's stay begins.
            var moment = one.From > from ? one.From : from;
            if (moment >= until || one.Until <= moment || one.Agent == agent) continue;
            var count = 0;
            foreach (var other in stays)
                if (other.Agent != agent && other.From <= moment && other.Until > moment) count++;
            if (count > most) most = count;
        }

        return most;
    }

    /// <summary>Whether somebody waits whose turn comes before that of one who asks now for the break of an hour.</summary>
    public bool IsAnybodyAhead(DateTimeOffset hour)
    {
        foreach (var ticket in queued)
            if (ticket.Hour <= hour) return true;
        return false;
    }

    /// <summary>Counts an agent who is signed in.</summary>
    public void Add(Agent agent, DateTimeOffset now)
    {
        SignedIn++;
        if (agent.Break is { } rests && BreakCensus.Counts(rests.Kind))
        {
            var ends = rests.EndsAt ?? now + WithoutLimit;
            stays.Add(new(agent.Id, rests.Since, ends > now ? ends : now + SomeTimeSoon, true, rests.EndsAt));
        }
        else if (agent.Ticket is { StartsAt: { } starts, EndsAt: { } ends } ticket && BreakCensus.Counts(ticket.Kind))
        {
            var isNow = ticket.Status == TicketStatus.Granted;
            // A slot that came and was not taken yet still lies ahead.
            stays.Add(starts > now ? new(agent.Id, starts, ends, isNow, null) : new(agent.Id, now, now + (ends - starts), isNow, null));
        }
        else if (agent.Ticket is { Status: TicketStatus.Queued } waits)
        {
            queued.Add(waits);
        }
    }

    /// <summary>A place that was given away just now.</summary>
    public void Take(string agent, DateTimeOffset from, DateTimeOffset until, bool isNow)
    {
        stays.RemoveAll(stay => stay.Agent == agent);
        stays.Add(new(agent, from, until, isNow, null));
    }

    /// <summary>A place that is free again.</summary>
    public void Free(string agent) => stays.RemoveAll(stay => stay.Agent == agent);
}

/// <summary>A place that an agent takes.</summary>
/// <param name="Agent">Who.</param>
/// <param name="From">From when on.</param>
/// <param name="Until">Until when.</param>
/// <param name="IsNow">Whether it is taken already: they rest, or may go.</param>
/// <param name="BackAt">When one who rests is due back; null otherwise.</param>
internal readonly record struct Stay(string Agent, DateTimeOffset From, DateTimeOffset Until, bool IsNow, DateTimeOffset? BackAt);
