using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>How a random floor is.</summary>
/// <param name="Agents">How many agents (the last one is in no agents.csv).</param>
/// <param name="Queues">How many queues.</param>
/// <param name="Switches">How many PBXs; the second one shares an agent and a queue with the first.</param>
/// <param name="Steps">How many things happen.</param>
/// <param name="Gaps">Whether links are lost and switches restart.</param>
/// <param name="Ticks">Whether the clock ticks; what happens must not depend on it.</param>
/// <param name="Held">Whether things happen while a snapshot is read, and are told again after it.</param>
/// <param name="Watched">Whether a second feed watches the phones of the agents, which tells of nothing else.</param>
/// <param name="Hostile">Whether events are repeated, swapped, dropped, invented and set back in time as well.</param>
public sealed record RandomFloorShape(
    int Agents = 6, int Queues = 3, int Switches = 1, int Steps = 150, bool Gaps = true, bool Ticks = true, bool Held = true, bool Watched = false, bool Hostile = false);

/// <summary>Journals of random floors for property tests: the same seed and shape give the same events, stamped with entries.</summary>
public sealed class RandomFloor
{
    public static readonly DateTimeOffset Opening = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private readonly Random random;
    private readonly RandomFloorShape shape;
    private readonly List<FloorEvent> journal = [];
    private readonly Dictionary<string, bool> inSight = [];

    private RandomFloor(int seed, RandomFloorShape shape)
    {
        this.shape = shape;
        random = new(seed);
        Now = Opening;
        var agents = Enumerable.Range(1, shape.Agents).Select(number => $"a{number}").ToList();
        var queues = Enumerable.Range(1, shape.Queues).Select(number => $"q{number}").ToList();
        Setup = FloorSetup.Default with
        {
            TimeZone = "Asia/Shanghai",
            Feeds = ValueArray.From(Enumerable.Range(1, shape.Switches).Select(number => new FeedSetup($"pbx{number}", "ami"))),
            Agents = ValueArray.From(agents.SkipLast(1).Select(id => new AgentSetup(id, "Agent " + id, "team", "PJSIP/" + id) { Grade = id is "a1" or "a2" ? Grades.B : null })),
            Queues = [new("q1", "One", TimeSpan.FromSeconds(10), ServiceLevelFormula.Offered)],
        };
        Switches = [.. Setup.Feeds.Select((feed, index) => new FakeSwitch(
            feed.Name, random,
            index == 0 ? agents : [agents[0], .. agents.Skip(1).Select(agent => $"{agent}-at-{index}")],
            index == 0 ? queues : [queues[0], $"only-{index}"]))];
    }

    public FloorSetup Setup { get; }

    public IReadOnlyList<FakeSwitch> Switches { get; }

    public DateTimeOffset Now { get; private set; }

    /// <summary>Every event in order.</summary>
    public IReadOnlyList<FloorEvent> Journal => journal;

    /// <summary>Moments at which everything that happened was told: so many events, and what the switches in sight then held.</summary>
    public List<(int Events, IReadOnlyDictionary<string, FeedSnapshot> Truth)> Checkpoints { get; } = [];

    /// <summary>Plays a floor.</summary>
    public static RandomFloor Play(int seed, RandomFloorShape? shape = null)
    {
        var floor = new RandomFloor(seed, shape ?? new());
        floor.Play();
        return floor;
    }

    /// <summary>The states along a journal, the empty one first.</summary>
    public static IEnumerable<FloorState> Fold(IEnumerable<FloorEvent> journal)
    {
        var state = FloorState.Empty;
        yield return state;
        foreach (var e in journal) yield return state = FloorFold.Apply(state, e);
    }

    private void Play()
    {
        Tell(new FloorConfigured(Now, Setup));
        foreach (var pbx in Switches)
        {
            Quietly(pbx, random.Next(30));
            Come(pbx);
        }

        for (var step = 0; step < shape.Steps; step++)
        {
            Now += TimeSpan.FromMilliseconds(random.Next(3) == 0 ? random.Next(60_000) : random.Next(3_000));
            if (shape.Ticks && random.Next(3) == 0) Tell(new Tick(Now));
            var pbx = Switches[random.Next(Switches.Count)];
            if (shape.Gaps && random.Next(25) == 0) Cut(pbx);
            else if (random.Next(40) == 0) House();
            else if (shape.Watched && random.Next(3) == 0) Watch();
            else Live(pbx);
            if (shape.Hostile && random.Next(4) == 0) Tell(HostileEvents.Next(random, journal, Now));
            Checkpoints.Add((journal.Count, Switches.Where(one => inSight[one.Name]).ToDictionary(one => one.Name, one => one.Snapshot())));
        }

        // The end: everybody in sight, and nothing left to be decided.
        foreach (var pbx in Switches)
            if (!inSight[pbx.Name]) Come(pbx);
        Now += TimeSpan.FromMinutes(5);
        Tell(new Tick(Now));
    }

    private void Live(FakeSwitch pbx)
    {
        Act(pbx);
        var said = pbx.Said.ToList();
        pbx.Said.Clear();
        if (shape.Hostile && said.Count > 1 && random.Next(5) == 0) said.Reverse();
        foreach (var e in said)
            if (!shape.Hostile || random.Next(20) > 0) Tell(e);
    }

    private void Quietly(FakeSwitch pbx, int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            Act(pbx);
            Now += TimeSpan.FromSeconds(random.Next(20));
        }

        pbx.Said.Clear();
    }

    private void Act(FakeSwitch pbx)
    {
        pbx.Now = Now;
        pbx.Step();
        Now = pbx.Now;
    }

    private void Cut(FakeSwitch pbx)
    {
        Tell(new FeedLost(Now, pbx.Name, "cut"));
        inSight[pbx.Name] = false;
        Quietly(pbx, random.Next(6));
        if (random.Next(3) == 0)
        {
            pbx.Now = Now;
            pbx.Restart();
            Quietly(pbx, random.Next(3));
        }

        if (random.Next(3) == 0) Tell(new FeedLost(Now, pbx.Name, "refused"));
        Come(pbx);
    }

    // Subscribe first, then ask: what is said between the two is in the snapshot already and comes once more after it.
    private void Come(FakeSwitch pbx)
    {
        Tell(new FeedConnecting(Now, pbx.Name));
        for (var i = shape.Held ? random.Next(4) : 0; i > 0; i--) Act(pbx);
        var held = pbx.Said.ToList();
        pbx.Said.Clear();
        Tell(new FeedSynced(Now, pbx.Name, pbx.Snapshot()));
        inSight[pbx.Name] = true;
        foreach (var e in held) Tell(e);
    }

    /// <summary>Anything that a feed may see of a phone.</summary>
    public static SeenPhone Phone(Random random, string agent) => new(agent, (PhoneState)random.Next(6), random.Next(2) == 0 ? "dialog" : "reg")
    {
        Lost = random.Next(6) == 0 ? new("看不到", "cannot be seen") : null,
        Party = random.Next(2) == 0 ? "13800001234" : null,
    };

    private void Watch()
    {
        var agents = Setup.Agents.AsSpan().ToArray().Select(agent => agent.Id).ToList();
        Tell(random.Next(12) switch
        {
            0 => new FeedLost(Now, "phones", "cut"),
            1 => new FeedSynced(Now, "phones", Story.Empty with { Phones = ValueArray.From(agents.Where(_ => random.Next(3) > 0).Select(id => Phone(random, id))) }),
            _ => new PhoneSeen(Now, "phones", Phone(random, agents[random.Next(agents.Count)])),
        });
    }

    private void House()
    {
        var agent = Setup.Agents[random.Next(Setup.Agents.Count)].Id;
        FloorEvent e = random.Next(17) switch
        {
            0 => new HandRaised(Now, agent),
            1 => new HandLowered(Now, agent, "lead"),
            2 => new DutyTaken(Now, random.Next(2) == 0 ? null : agent),
            3 => new EnforcementTaken(Now, "v", agent, "", EnforcementStep.Restore, ""),
            4 => new EnforcementTaken(Now, "v", agent, "", EnforcementStep.Failed, "no"),
            5 => new EnforcementTaken(Now, "v", agent, "", EnforcementStep.Resume, ""),
            6 => new HandAcknowledged(Now, agent, "lead"),
            7 => new DutyOffered(Now, agent, "lead"),
            8 => new DutyDeclined(Now, agent),
            9 => new DutyHolderUnseen(Now, Now.AddSeconds(-random.Next(300))),
            10 => new DutyHolderSeen(Now),
            11 => new PatrolRecorded(Now, agent, "all quiet", [agent]),
            12 => new MessageSent(Now, agent, "lead", "come, please"),
            13 => new MessageRead(Now, agent, $"m{random.Next(1, journal.Count + 1)}"),
            15 => new MessagePhoned(Now, agent, $"m{random.Next(1, journal.Count + 1)}", (PhoneDelivery)random.Next(5), "480"),
            14 => new AgentMustered(Now, agent, agent),
            _ => new FloorConfigured(Now, Setup),
        };
        Tell(e);
    }

    private void Tell(FloorEvent e) => journal.Add(e with { Entry = journal.Count + 1 });
}
