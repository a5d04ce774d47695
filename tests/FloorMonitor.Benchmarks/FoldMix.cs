using FloorMonitor.Core.Floor;

namespace FloorMonitor.Benchmarks;

/// <summary>
/// A floor of any size and a stream of its events in the proportions of a real switch: each call joins, rings, is answered and ends,
/// with the three status reports that three memberships bring to every change of a phone; now and then a pause; and many legs that
/// are no news (the queue's own dialling and its hang-ups).
/// </summary>
internal sealed class FoldMix
{
    private const string Feed = "main";
    private const int QueuesOfAgent = 3;
    private readonly Random random = new(20261123);
    private readonly List<FloorEvent> events = [];
    private readonly int agents;
    private readonly int queues;
    private DateTimeOffset now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private int calls;

    private FoldMix(int agents)
    {
        this.agents = agents;
        queues = Math.Max(4, agents / 50);
    }

    /// <summary>The floor signed in, three queues an agent, one in twenty on a break: what lives while a shift runs.</summary>
    public static FloorState SignedIn(int agents, FloorSetup setup)
    {
        var mix = new FoldMix(agents);
        var members = Enumerable.Range(0, agents).SelectMany(i => mix.QueuesOf(i).Select(queue => mix.Member(i, queue)));
        var state = FloorFold.Apply(FloorState.Empty, new FloorConfigured(mix.now, setup));
        return FloorFold.Apply(state, new FeedSynced(mix.now, Feed, new(mix.now.AddHours(-1), [], ValueArray.From(members), [], [])));
    }

    /// <summary>The configuration of such a floor.</summary>
    public static FloorSetup Setup(int agents) => FloorSetup.Default with
    {
        Feeds = [new(Feed, "ami")],
        Agents = ValueArray.From(Enumerable.Range(0, agents).Select(i => new AgentSetup(Id(i), "Agent " + i, "team-" + (i / 15), "PJSIP/" + Id(i)))),
    };

    /// <summary>So many events of a running day for a floor of that size.</summary>
    public static FloorEvent[] Day(int agents, int events)
    {
        var mix = new FoldMix(agents);
        var open = new Queue<(int Agent, string Queue, string Call)>();
        while (mix.events.Count < events)
        {
            mix.now += TimeSpan.FromMilliseconds(mix.random.Next(400));
            if (mix.random.Next(12) == 0) mix.Break(mix.random.Next(agents));
            var agent = mix.random.Next(agents);
            if (open.All(call => call.Agent != agent)) open.Enqueue(mix.Answered(agent));
            if (open.Count > agents / 3) mix.Ended(open.Dequeue());
            mix.Say(new Tick(mix.now));
        }

        return [.. mix.events.Take(events)];
    }

    /// <summary>Events that say what is known already: what a switch repeats all day.</summary>
    public static FloorEvent[] NoNews(int agents, int events)
    {
        var mix = new FoldMix(agents);
        while (mix.events.Count < events)
        {
            mix.Status(mix.random.Next(agents), PhoneState.Idle, null);
            mix.Say(new CallHungUp(mix.now, Feed, "leg-" + mix.events.Count));
        }

        return [.. mix.events.Take(events)];
    }

    private (int Agent, string Queue, string Call) Answered(int agent)
    {
        var queue = QueuesOf(agent)[random.Next(QueuesOfAgent)];
        var call = "1795418200." + ++calls;
        Say(new CallerJoined(now, Feed, queue, call, "13812341234"));
        now += TimeSpan.FromMilliseconds(200);
        Say(new CallDialed(now, Feed, call + "-leg", call, null, Id(agent), CallDirection.Inbound, "13812341234"));
        Say(new AgentRinging(now, Feed, Id(agent), queue, call, "13812341234"));
        Status(agent, PhoneState.Ringing, null);
        Status(agent, PhoneState.InUse, null);
        Say(new CallerLeft(now, Feed, queue, call));
        Say(new CallAnswered(now, Feed, Id(agent), queue, call, "13812341234", TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(3)));
        Status(agent, PhoneState.InUse, queue);
        return (agent, queue, call);
    }

    private void Ended((int Agent, string Queue, string Call) call)
    {
        Say(new CallCompleted(now, Feed, Id(call.Agent), call.Queue, call.Call, TimeSpan.FromSeconds(180), CallEnd.Caller));
        Status(call.Agent, PhoneState.Idle, null);
        Say(new CallHungUp(now, Feed, call.Call + "-leg"));
        Say(new CallHungUp(now, Feed, call.Call));
    }

    private void Break(int agent)
    {
        foreach (var queue in QueuesOf(agent)) Say(new MemberPaused(now, Feed, Id(agent), queue, "short", now));
        now += TimeSpan.FromMilliseconds(100);
        foreach (var queue in QueuesOf(agent)) Say(new MemberResumed(now, Feed, Id(agent), queue));
    }

    private void Status(int agent, PhoneState phone, string? inCallOf)
    {
        foreach (var queue in QueuesOf(agent))
            Say(new MemberStatusChanged(now, Feed, Id(agent), queue, phone, queue == inCallOf, TimeSpan.FromSeconds(15), null));
    }

    private void Say(FloorEvent e) => events.Add(e with { Entry = events.Count + 1 });

    private SeenMember Member(int agent, string queue)
    {
        var paused = agent % 20 == 0;
        return new(
            Id(agent), "Agent " + agent, "PJSIP/" + Id(agent), Id(agent), queue, 0, false, now.AddMinutes(-30), paused, paused ? "short" : "",
            paused ? now : null, PhoneState.Idle, false, TimeSpan.FromSeconds(15), null);
    }

    private string[] QueuesOf(int agent) => [.. Enumerable.Range(0, QueuesOfAgent).Select(i => "queue-" + ((agent + i) % queues))];

    private static string Id(int agent) => (10_000 + agent).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
