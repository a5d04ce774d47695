using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Tests.Rules;

/// <summary>
/// A day as the engine lives it: every event is folded, judged, and what judging wants done at the switch is folded too. The
/// switch does as it is told when <see cref="Obeys"/>; its events come back at the same instant.
/// </summary>
internal sealed class Day
{
    public const string Pbx = "pbx";
    private static readonly DateOnly Date = new(2026, 11, 23);
    private readonly RuleBook book;
    private long entry;

    public Day(params IFloorRule[] rules)
        : this(null, rules)
    {
    }

    public Day(FloorSetup? setup, params IFloorRule[] rules)
    {
        book = new([.. rules]);
        At("08:00").Tell(new FloorConfigured(Now, setup ?? FloorSetup.Default with { Feeds = [new(Pbx, "ami")], TimeZone = "Asia/Shanghai" }));
        Tell(new FeedSynced(Now, Pbx, new(null, [], [], [], [])));
    }

    /// <summary>Whether the switch does what it is told, and answers with the events of it.</summary>
    public bool Obeys { get; init; }

    public FloorState State { get; private set; } = FloorState.Empty;

    public DateTimeOffset Now { get; private set; }

    public List<FloorEvent> Journal { get; } = [];

    public List<Enforcement> Enforcements { get; } = [];

    public List<PbxAction> Actions { get; } = [];

    public Dictionary<string, Verdict> Verdicts { get; } = [];

    /// <summary>What was planned when, and after how many events.</summary>
    public List<(int After, DateTimeOffset At, ImmutableArray<TicketEvent> Steps)> Plans { get; } = [];

    /// <summary>Looks at every event before it is folded.</summary>
    public Action<FloorEvent>? Before { get; set; }

    public Verdict Only => Assert.Single(Verdicts.Values);

    public Agent this[string agent] => State.Agents[agent];

    /// <summary>A time of the day in Shanghai.</summary>
    public static DateTimeOffset Time(string time) =>
        new DateTimeOffset(Date.ToDateTime(TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture)), TimeSpan.FromHours(8)).ToUniversalTime();

    public Day At(string time) => At(Time(time));

    public Day At(DateTimeOffset now)
    {
        Now = now;
        return this;
    }

    public Day Tell(FloorEvent told)
    {
        // Ticks that change nothing are not journalled: here none has an entry, so that evidence is the same at any pace.
        var e = told is Tick ? told : told with { Entry = ++entry };
        Journal.Add(e);
        Before?.Invoke(e);
        var judged = book.Judge(State, FloorFold.Apply(State, e), e);
        State = judged.State;
        Assert.Empty(judged.Faults);
        foreach (var verdict in judged.Changed) Verdicts[verdict.Id] = verdict;
        foreach (var enforcement in judged.Enforcements)
        {
            Enforcements.Add(enforcement);
            Tell(enforcement.Event);
            foreach (var action in enforcement.Actions)
            {
                Actions.Add(action);
                if (Obeys) Do(action);
            }
        }

        if (e is not Tick) return this;
        var steps = book.Plan(State, Now);
        Plans.Add((Journal.Count, Now, steps));
        foreach (var step in steps) Tell(step);
        return this;
    }

    /// <summary>Asks the gate, and does what it grants: what was decided first, then the actions at the switch.</summary>
    public GateAnswer Does(FloorCommand command)
    {
        var answer = Ask(command);
        if (answer is not Granted granted) return answer;
        foreach (var decided in granted.Decided) Tell(decided);
        foreach (var action in granted.Actions) Do(action);
        return answer;
    }

    /// <summary>Ticks every second until a time.</summary>
    public Day Until(string time)
    {
        for (var now = Now.AddSeconds(1); now <= Time(time); now = now.AddSeconds(1)) At(now).Ticks();
        return this;
    }

    public Day Ticks() => Tell(new Tick(Now));

    public Day Ticks(string time) => At(time).Ticks();

    public Day Joins(string agent, string queue, int penalty = 0, int wrapUpSeconds = 0) =>
        Tell(new MemberJoined(Now, Pbx, Seen(agent, queue) with { Penalty = penalty, WrapUp = TimeSpan.FromSeconds(wrapUpSeconds) }));

    public Day Leaves(string agent, string queue) => Tell(new MemberLeft(Now, Pbx, agent, queue));

    public Day Pauses(string agent, string queue, string reason, DateTimeOffset? lastPause = null) =>
        Tell(new MemberPaused(Now, Pbx, agent, queue, reason, lastPause));

    public Day Resumes(string agent, string queue) => Tell(new MemberResumed(Now, Pbx, agent, queue));

    public Day Answers(string agent, string queue, string call, int waitedSeconds = 5)
    {
        Tell(new CallerJoined(Now, Pbx, queue, call, "13800001234"));
        return Tell(new CallAnswered(Now, Pbx, agent, queue, call, "13800001234", TimeSpan.FromSeconds(waitedSeconds), TimeSpan.FromSeconds(3)));
    }

    public Day Completes(string agent, string queue, string call) =>
        Tell(new CallCompleted(Now, Pbx, agent, queue, call, TimeSpan.FromMinutes(1), CallEnd.Caller));

    public Day RingsOut(string agent, string queue, string call)
    {
        Tell(new AgentRinging(Now, Pbx, agent, queue, call, null));
        return Tell(new RingUnanswered(Now, Pbx, agent, queue, call, TimeSpan.FromSeconds(15)));
    }

    public Day Phone(string agent, string queue, PhoneState phone) =>
        Tell(new MemberStatusChanged(Now, Pbx, agent, queue, phone, false, TimeSpan.Zero, null));

    public Day Calls(string queue, string call) => Tell(new CallerJoined(Now, Pbx, queue, call, "13800001234"));

    public Day Abandons(string queue, string call)
    {
        Tell(new CallerAbandoned(Now, Pbx, queue, call, TimeSpan.FromSeconds(30)));
        return Tell(new CallerLeft(Now, Pbx, queue, call));
    }

    public Day Raises(string agent) => Tell(new HandRaised(Now, agent));

    public Day Lost() => Tell(new FeedLost(Now, Pbx, "cut"));

    public Day Synced(DateTimeOffset? started, params SeenMember[] members) =>
        Tell(new FeedSynced(Now, Pbx, new(started, [], ValueArray.From(members), [], [])));

    /// <summary>The floor knows this of a queue's arrivals, as if it had learnt it.</summary>
    public Day Know(string queue, ArrivalBaseline baseline)
    {
        State = State with { Baselines = State.Baselines.SetItem(queue, baseline) };
        return this;
    }

    public GateAnswer Ask(FloorCommand command) => FloorGate.Ask(command, State, book.Rules, Now);

    public static SeenMember Seen(string agent, string queue) => new(
        agent, agent, "PJSIP/" + agent, agent, queue, 0, false, null, false, "", null, PhoneState.Idle, false, TimeSpan.Zero, null);

    private void Do(PbxAction action)
    {
        var agent = State.Agents.Values.Single(one => one.Address == action.Address);
        switch (action)
        {
            case JoinQueue join:
                Joins(agent.Id, join.Queue, join.Penalty);
                break;
            case LeaveQueue leave:
                Leaves(agent.Id, leave.Queue);
                break;
            case SetPause pause:
                foreach (var member in agent.Members)
                {
                    if (pause.Queue is { } only && only != member.Queue) continue;
                    if (pause.Paused) Pauses(agent.Id, member.Queue, pause.Reason);
                    else Resumes(agent.Id, member.Queue);
                }

                break;
        }
    }
}
