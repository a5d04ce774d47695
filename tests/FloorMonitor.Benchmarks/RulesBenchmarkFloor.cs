using System.Collections.Immutable;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Benchmarks;

/// <summary>
/// A floor on which every rule has something to look at: every tenth agent rests, every fifth talks, all of them are rostered and
/// graded; the queues have half an hour of traffic, and know what this hour usually brings.
/// </summary>
internal static class RulesBenchmarkFloor
{
    private const int Agents = 5000, Queues = 200, Teams = 40;
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    /// <summary>The moment that it shows.</summary>
    public static DateTimeOffset Now { get; } = Start.AddHours(2).AddSeconds(10);

    /// <summary>The id of an agent.</summary>
    public static string Id(int i) => $"{10000 + i}";

    /// <summary>The floor.</summary>
    public static FloorState Make()
    {
        var agents = Enumerable.Range(0, Agents).Select(Agent).ToImmutableDictionary(agent => agent.Id);
        var setup = FloorSetup.Default with
        {
            Feeds = [new("pbx", "ami")],
            TimeZone = "Asia/Shanghai",
            Agents = ValueArray.From(agents.Values.Select(agent => new AgentSetup(agent.Id, agent.Name, agent.Team, agent.Address) { Grade = agent.Grade })),
            Teams = ValueArray.From(Enumerable.Range(0, Teams).Select(i => new TeamSetup($"t{i}", $"Team {i}", null, null))),
            Shifts = [new("A", new(9, 0, 0), new(18, 0, 0), [])],
            Roster = ValueArray.From(agents.Keys.Select(id => new RosterLine(null, id, "A", null, RosterStatus.Work))),
        };
        var queues = Enumerable.Range(0, Queues).Select(Queue).ToImmutableDictionary(queue => queue.Name);
        return FloorState.Empty with
        {
            At = Now,
            NotedAt = Traffic.StartOf(Traffic.MinuteOf(Now)),
            Setup = setup,
            BusinessDay = BusinessDay.Of(setup, Now),
            BusinessDayEndsAt = BusinessDay.StartOf(BusinessDay.Of(setup, Now).AddDays(1), setup),
            Feeds = ImmutableDictionary<string, Feed>.Empty.Add("pbx", new("pbx", "ami", FeedState.Synced, Start, null, "")),
            Agents = agents,
            Queues = queues,
            Baselines = queues.Keys.ToImmutableDictionary(name => name, Baseline),
        };
    }

    /// <summary>The floor with short breaks that reach their limit then.</summary>
    public static FloorState WithBreaks(FloorState floor, IReadOnlyDictionary<string, DateTimeOffset> ends)
    {
        var agents = floor.Agents.ToBuilder();
        foreach (var (id, end) in ends)
        {
            var since = end.AddMinutes(-5);
            agents[id] = agents[id] with { State = AgentState.OnBreak, Since = since, Call = null, Break = new("short", "short", since, end, 2, []) };
        }

        return floor with { Agents = agents.ToImmutable() };
    }

    private static Agent Agent(int i)
    {
        var agent = new Agent
        {
            Id = Id(i),
            Name = Id(i),
            Team = $"t{i % Teams}",
            Address = $"PJSIP/{Id(i)}",
            Grade = (i % 4) switch { 0 => Grades.Trainee, 1 => Grades.C, 2 => Grades.B, _ => Grades.A },
            // Every tenth is below the bar of the grade, every fortieth got no break, every fiftieth came late.
            Today = i % 10 == 3 ? new(15, TimeSpan.FromMinutes(10), Start, 1, 8) : new(45, TimeSpan.FromMinutes(10), Start, 1, 22),
            EndedBreaks = i % 40 == 7 ? [] : [new("short", Start.AddMinutes(30), Start.AddMinutes(34), 1, 2), new("short", Start.AddMinutes(90), Start.AddMinutes(94), 3, 4)],
            State = AgentState.Available,
            Since = Start,
            Session = new(Start.AddMinutes(i % 50 == 9 ? -5 : -15), 1, null, 0, false, [], false),
            Members = [Member(i), Member(i + 1), Member(i + 2)],
        };
        if (i % 10 == 0)
            return agent with { State = AgentState.OnBreak, Since = Now, Today = null, Break = new("short", "short", Now, Now.AddMinutes(i % 100 == 0 ? 0 : 30), 2, []) };
        return i % 5 == 1
            ? agent with { State = AgentState.OnCall, Since = Now, Call = new($"c{i}", "q1", CallDirection.Inbound, null, Now, true, null, 3) }
            : agent;
    }

    private static QueueMember Member(int i) =>
        new($"q{i % Queues}", "pbx", 0, false, Start, false, "", null, 0, false, PhoneState.Idle, false, TimeSpan.Zero);

    private static Queue Queue(int i)
    {
        var last = Traffic.MinuteOf(Now);
        // Every fourth queue answers late, every eighth loses callers.
        var counts = new CallCounts(6, i % 8 == 0 ? 4 : 6, i % 4 == 0 ? 3 : 6, i % 8 == 0 ? 2 : 0, 0, 0);
        return new()
        {
            Name = $"q{i}",
            Label = $"q{i}",
            Feeds = ["pbx"],
            Counters = new() { Since = Start, Offered = 720, Answered = 700, AnsweredWithin = 600, Handled = 690, Talked = TimeSpan.FromSeconds(690 * 180) },
            Waiting = ValueArray.From(Enumerable.Range(0, i % 8).Select(caller => new WaitingCaller($"w{i}.{caller}", "pbx", null, Now, 4))),
            Traffic = new()
            {
                Since = Start,
                Running = new(last, counts),
                Past = ValueArray.From(Enumerable.Range(1, Traffic.MinutesKept - 1).Reverse().Select(ago => new TrafficMinute(last - ago, counts))),
                ChangedAt = Now,
                ArrivedAt = Now,
                Staffed = [new(Start, i % 16 == 0 ? 15 : 70)],
                Arrivals = [5, 6, 7],
                Weighing = [new(Now.AddMinutes(-3), CallOutcome.AnsweredLate, 8), new(Now.AddMinutes(-2), CallOutcome.Abandoned, 9)],
            },
        };
    }

    private static ArrivalBaseline Baseline(string queue)
    {
        var baseline = new ArrivalBaseline { Queue = queue, LearntUntil = Now };
        for (var hour = 0; hour < 168; hour++)
            for (var step = 0; step < 36; step++) baseline = baseline.Learn(hour, 25 + (step % 7));
        return baseline;
    }
}
