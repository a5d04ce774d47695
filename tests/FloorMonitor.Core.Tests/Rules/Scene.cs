using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Tests.Rules;

/// <summary>A floor set up by hand, judged step by step: what a rule sees is exactly what a test wrote down.</summary>
internal sealed class Scene
{
    public const string Pbx = "pbx";

    private readonly RuleBook book;

    public Scene(params IFloorRule[] rules)
    {
        book = new([.. rules]);
        State = FloorState.Empty with
        {
            At = At("08:00:00"),
            Feeds = ImmutableDictionary<string, Feed>.Empty.Add(Pbx, new(Pbx, "ami", FeedState.Synced, At("08:00:00"), null, "")),
        };
    }

    public FloorState State { get; private set; }

    /// <summary>Every verdict as it was last seen to change, by id.</summary>
    public Dictionary<string, Verdict> Seen { get; } = [];

    public List<Enforcement> Enforcements { get; } = [];

    public List<RuleFault> Faults { get; } = [];

    public Verdict Only => Assert.Single(Seen.Values);

    /// <summary>An instant of the scene's day, UTC.</summary>
    public static DateTimeOffset At(string time) => new(DateOnly.FromDateTime(new(2026, 11, 23)), TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);

    /// <summary>An agent who signed in to queue support at a time.</summary>
    public static Agent SignedIn(string time, string id = "1001", string? team = null) => new()
    {
        Id = id,
        Name = "王芳",
        Team = team,
        Address = $"PJSIP/{id}",
        State = AgentState.Available,
        Since = At(time),
        Session = new(At(time), 1, null, 0, false, [], false),
        Members = [Member("support", At(time))],
    };

    public static QueueMember Member(string queue, DateTimeOffset since, int penalty = 0) =>
        new(queue, Pbx, penalty, false, since, false, "", null, 0, false, PhoneState.Idle, false, TimeSpan.Zero);

    public static Agent Left(Agent agent, string time, long entry = 2) => agent with
    {
        State = AgentState.SignedOut,
        Since = At(time),
        Members = [],
        Session = agent.Session! with { LeftAt = At(time), LeftEntry = entry, LeftMembers = agent.Members },
    };

    public static Agent OnBreak(Agent agent, string kind, string since, string? endsAt, long entry = 3) => agent with
    {
        State = AgentState.OnBreak,
        Since = At(since),
        Break = new(kind, kind, At(since), endsAt is null ? null : At(endsAt), entry, []) { Limit = endsAt is null ? null : At(endsAt) - At(since) },
    };

    public static Agent OnCall(Agent agent, string since, string id = "c1") => agent with
    {
        State = agent.Members.IsEmpty ? AgentState.SignedOut : AgentState.OnCall,
        Since = At(since),
        Call = new(id, "support", CallDirection.Inbound, "13800001234", At(since), true, null, 9),
    };

    /// <summary>Something happens to an agent: they are now this.</summary>
    public Scene Becomes(string time, Agent agent) =>
        Judge(new HandRaised(At(time), agent.Id), State with { Agents = State.Agents.SetItem(agent.Id, agent), At = Later(At(time)), Version = State.Version + 1 });

    public Scene Tick(string time) => Judge(new Tick(At(time)), State);

    public Scene Judge(FloorEvent cause, FloorState after)
    {
        var judged = book.Judge(State, after, cause);
        State = judged.State;
        foreach (var verdict in judged.Changed) Seen[verdict.Id] = verdict;
        Enforcements.AddRange(judged.Enforcements);
        Faults.AddRange(judged.Faults);
        return this;
    }

    private DateTimeOffset Later(DateTimeOffset at) => at > State.At ? at : State.At;
}
