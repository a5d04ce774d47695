using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>
/// The truth behind a random floor: a switch with queues, members, callers and talks that does one plausible thing after another
/// and says so in the floor's words, in the orders that a real one uses. What it holds can be compared with what was folded.
/// </summary>
public sealed partial class FakeSwitch(string name, Random random, IReadOnlyList<string> agents, IReadOnlyList<string> queues)
{
    private static readonly string[] Reasons = ["short", "meal", "training", "personal", "", "洗手间", "Short"];
    private int calls;

    public string Name { get; } = name;

    public DateTimeOffset Now { get; set; }

    public DateTimeOffset StartedAt { get; private set; }

    public Dictionary<(string Agent, string Queue), Member> Members { get; } = [];

    public List<Caller> Callers { get; } = [];

    /// <summary>Who talks, by agent: queue calls only.</summary>
    public Dictionary<string, Talk> Talks { get; } = [];

    /// <summary>Dialled legs by id.</summary>
    public Dictionary<string, Dial> Dials { get; } = [];

    public Dictionary<string, (int Completed, int Abandoned)> Counters { get; } = queues.ToDictionary(queue => queue, _ => (0, 0));

    /// <summary>What was said since the list was last taken.</summary>
    public List<FloorEvent> Said { get; } = [];

    /// <summary>Does one random thing; says nothing of it while nobody listens (the caller then drops <see cref="Said"/>).</summary>
    public void Step()
    {
        switch (random.Next(100))
        {
            case < 8: SignIn(Pick(agents)); break;
            case < 11: SignOut(Pick(agents)); break;
            case < 13: ChangeQueues(Pick(agents)); break;
            case < 21: Pause(Pick(agents), everywhere: random.Next(4) > 0); break;
            case < 29: Resume(Pick(agents), everywhere: random.Next(4) > 0); break;
            case < 45: CallIn(Pick(queues)); break;
            case < 58: Ring(); break;
            case < 64: RingOut(); break;
            case < 76: Answer(); break;
            case < 80: Abandon(); break;
            case < 82: TimeOut(); break;
            case < 92: Complete(); break;
            case < 94: Hold(); break;
            case < 96: DialOut(); break;
            case < 98: HangUp(); break;
            default: PhoneGoesAndComes(Pick(agents)); break;
        }
    }

    /// <summary>Restarts, with persistent members: queue and pause are kept, their instants are the restart's, calls are gone.</summary>
    public void Restart()
    {
        StartedAt = Now;
        foreach (var member in Members.Values)
        {
            member.JoinedAt = Now;
            if (member.Paused) member.PausedAt = Now;
        }

        Callers.Clear();
        Talks.Clear();
        Dials.Clear();
        foreach (var queue in queues) Counters[queue] = (0, 0);
    }

    public FeedSnapshot Snapshot() => new(
        StartedAt,
        ValueArray.From(queues.Select(queue => new SeenQueue(queue, Counters[queue].Completed, Counters[queue].Abandoned, TimeSpan.FromSeconds(20)))),
        ValueArray.From(Members.Select(pair => Seen(pair.Key.Agent, pair.Key.Queue, pair.Value))),
        ValueArray.From(Callers.Select(caller => new SeenCaller(caller.Queue, caller.Call, caller.Party, caller.Since))),
        ValueArray.From(Talks.Select(pair => new SeenCall(pair.Value.Call, pair.Key, pair.Value.Queue, CallDirection.Inbound, pair.Value.Party, pair.Value.Since))
            .Concat(Dials.Where(pair => pair.Value.Answered).Select(pair => new SeenCall(pair.Key, pair.Value.From, null, CallDirection.Outbound, null, pair.Value.Since)))));

    public SeenMember Seen(string agent, string queue, Member member) => new(
        agent, agent, "PJSIP/" + agent, agent, queue, member.Penalty, false, member.JoinedAt, member.Paused, member.Reason,
        member.Paused ? member.PausedAt : null, PhoneOf(agent), InCall(agent, queue), member.WrapUp, member.LastCallAt);

    /// <summary>What the phone of an agent is.</summary>
    public PhoneState PhoneOf(string agent)
    {
        if (Talks.TryGetValue(agent, out var talk)) return talk.Held ? PhoneState.OnHold : PhoneState.InUse;
        if (Dials.Values.Any(dial => dial.From == agent)) return PhoneState.InUse;
        if (Callers.Any(caller => caller.RingsAt == agent)) return PhoneState.Ringing;
        return gone.Contains(agent) ? PhoneState.Unreachable : PhoneState.Idle;
    }

    private readonly HashSet<string> gone = [];

    private bool InCall(string agent, string queue) => Talks.TryGetValue(agent, out var talk) && talk.Queue == queue;

    private bool IsFree(string agent) => PhoneOf(agent) is PhoneState.Idle;

    private IEnumerable<string> QueuesOf(string agent) => queues.Where(queue => Members.ContainsKey((agent, queue)));

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private void Say(FloorEvent said) => Said.Add(said);

    private void SayPhone(string agent, bool counted = true)
    {
        foreach (var queue in QueuesOf(agent))
        {
            var member = Members[(agent, queue)];
            Say(new MemberStatusChanged(Now, Name, agent, queue, PhoneOf(agent), counted && InCall(agent, queue), member.WrapUp, member.LastCallAt));
        }
    }

    /// <summary>A membership.</summary>
    public sealed class Member
    {
        public required DateTimeOffset JoinedAt { get; set; }

        public int Penalty { get; init; }

        public TimeSpan WrapUp { get; init; }

        public bool Paused { get; set; }

        public string Reason { get; set; } = "";

        public DateTimeOffset PausedAt { get; set; }

        public DateTimeOffset? LastCallAt { get; set; }
    }

    /// <summary>A caller who waits, perhaps ringing at somebody.</summary>
    public sealed class Caller
    {
        public required string Queue { get; init; }

        public required string Call { get; init; }

        public string? Party { get; init; }

        public required DateTimeOffset Since { get; init; }

        public string? RingsAt { get; set; }

        /// <summary>The leg to the agent, where the switch told of its dialling.</summary>
        public string? Leg { get; set; }
    }

    /// <summary>A queue's call that is answered.</summary>
    public sealed record Talk(string Queue, string Call, string? Party, DateTimeOffset Since)
    {
        public bool Held { get; init; }

        public string? Leg { get; init; }
    }

    /// <summary>A dialled leg.</summary>
    public sealed record Dial(string From, bool Answered, DateTimeOffset Since);
}
