using FloorMonitor.Core.Floor;

namespace FloorMonitor.Pbx.Simulated;

/// <summary>What a simulated floor is like: who works there, which queues there are, how busy it is. Seeded: the same plan from the same instant says the same bytes.</summary>
public sealed record FloorPlan
{
    /// <summary>The seed of everything that chance decides.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The agents.</summary>
    public required ValueArray<AgentPlan> Agents { get; init; }

    /// <summary>The queues.</summary>
    public required ValueArray<QueuePlan> Queues { get; init; }

    /// <summary>Callers an hour over all queues; they arrive independently of each other (Poisson).</summary>
    public double CallsPerHour { get; init; } = 600;

    /// <summary>Half of the calls are shorter than this; their lengths are log-normal.</summary>
    public TimeSpan TalkMedian { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>The spread of the lengths (sigma of the logarithm).</summary>
    public double TalkSpread { get; init; } = 0.7;

    /// <summary>Half of the phones are taken sooner than this.</summary>
    public TimeSpan AnswerMedian { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long callers wait on average before they give up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>The share of rings that nobody takes.</summary>
    public double MissedShare { get; init; } = 0.02;

    /// <summary>The share of calls with a stretch on hold.</summary>
    public double HoldShare { get; init; } = 0.06;

    /// <summary>Short breaks an agent takes in an hour.</summary>
    public double BreaksPerHour { get; init; } = 0.8;

    /// <summary>Calls an agent dials to the outside in an hour.</summary>
    public double OutboundPerHour { get; init; } = 1.0;

    /// <summary>Calls an agent dials to a colleague in an hour.</summary>
    public double InternalPerHour { get; init; } = 0.6;

    /// <summary>VarSet events at each step of a call: the noise of a real switch, about 10 × the queue events with 6.</summary>
    public int Noise { get; init; } = 2;

    /// <summary>How long the floor has been at work when the simulation begins to be seen; sign-ins, pauses and counters stem from it.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromMinutes(40);

    /// <summary>A floor of any size: team by team, each agent in one or two queues, mostly signed in, some coming late.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="agents">How many agents.</param>
    /// <param name="queues">How many queues.</param>
    /// <param name="callsPerHour">How many callers an hour.</param>
    public static FloorPlan OfSize(ulong seed, int agents, int queues, double callsPerHour)
    {
        var dice = new Dice(seed).Branch("plan");
        var queuePlans = new QueuePlan[queues];
        for (var i = 0; i < queues; i++)
            queuePlans[i] = new QueuePlan($"q{i + 1:000}") { Strategy = QueuePlan.Strategies[i % QueuePlan.Strategies.Count] };
        var agentPlans = new AgentPlan[agents];
        for (var i = 0; i < agents; i++)
        {
            var first = i % queues;
            var second = (first + 1 + dice.Below(Math.Max(1, queues - 1))) % queues;
            string[] memberOf = second != first && dice.Chance(0.5) ? [queuePlans[first].Name, queuePlans[second].Name] : [queuePlans[first].Name];
            agentPlans[i] = new AgentPlan($"{1001 + i}", Names.For(i), $"T{(i / 12) + 1}", [.. memberOf])
            {
                SignsInAfter = dice.Chance(0.9) ? dice.Between(TimeSpan.Zero, TimeSpan.FromMinutes(3)) : dice.Between(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(50)),
            };
        }

        return new FloorPlan { Seed = seed, Agents = [.. agentPlans], Queues = [.. queuePlans], CallsPerHour = callsPerHour };
    }

    /// <summary>A floor for load: everybody signed in, short calls, about so many queue events (agent class) a second.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="agents">How many agents.</param>
    /// <param name="queues">How many queues.</param>
    /// <param name="eventsPerSecond">How many events of the agent class a second.</param>
    public static FloorPlan Load(ulong seed, int agents, int queues, double eventsPerSecond)
    {
        var plan = OfSize(seed, agents, queues, eventsPerSecond * 3600 / EventsPerCall);
        var busy = TimeSpan.FromSeconds(Math.Clamp(agents * 0.6 / (eventsPerSecond / EventsPerCall), 2, 120));
        return plan with
        {
            Agents = [.. plan.Agents.Select(agent => agent with { SignsInAfter = TimeSpan.Zero })],
            Queues = [.. plan.Queues.Select(queue => queue with { Strategy = queue.Strategy == "ringall" ? "rrmemory" : queue.Strategy, WrapUp = TimeSpan.FromSeconds(1), RingFor = TimeSpan.FromSeconds(8) })],
            TalkMedian = busy * 0.6,
            TalkSpread = 0.5,
            AnswerMedian = TimeSpan.FromSeconds(1),
            MissedShare = 0.005,
            OutboundPerHour = 0,
            InternalPerHour = 0,
            WarmUp = TimeSpan.FromMinutes(1),
        };
    }

    // Join, called, leave, connect, complete, and about 1.5 queues × (ringing, in use, idle) QueueMemberStatus.
    private const double EventsPerCall = 9.5;
}

/// <summary>An agent of the plan.</summary>
/// <param name="Id">The id; the phone is <c>PJSIP/id</c>.</param>
/// <param name="Name">The name that the switch shows.</param>
/// <param name="Team">The team's id.</param>
/// <param name="Queues">The queues they sign in to.</param>
public sealed record AgentPlan(string Id, string Name, string Team, ValueArray<string> Queues)
{
    /// <summary>How the switch addresses them.</summary>
    public string Interface => $"PJSIP/{Id}";

    /// <summary>When they sign in, counted from the beginning of the warm-up; null: not by themselves.</summary>
    public TimeSpan? SignsInAfter { get; init; } = TimeSpan.Zero;

    /// <summary>Whether a script plays them and need not fear chance: they take whatever rings, and talk no longer than four minutes.</summary>
    public bool IsScripted { get; init; }

    /// <summary>Whether they take breaks when they feel like it; false where a script decides.</summary>
    public bool Spontaneous { get; init; } = true;

    /// <summary>Whether queues.conf fixes the membership instead of a sign-in.</summary>
    public bool IsStatic { get; init; }
}

/// <summary>A queue of the plan.</summary>
/// <param name="Name">Its name at the switch.</param>
public sealed record QueuePlan(string Name)
{
    /// <summary>The strategies that occur.</summary>
    public static IReadOnlyList<string> Strategies { get; } = ["rrmemory", "leastrecent", "fewestcalls", "linear", "random", "ringall"];

    /// <summary>How members are chosen.</summary>
    public string Strategy { get; init; } = "rrmemory";

    /// <summary>How long a phone rings before the next is tried.</summary>
    public TimeSpan RingFor { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The pause between two tries.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The service-level threshold.</summary>
    public TimeSpan ServiceLevel { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The wrap-up time that members join with.</summary>
    public TimeSpan WrapUp { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Its share of the callers, against the other queues' shares.</summary>
    public double Share { get; init; } = 1;
}
