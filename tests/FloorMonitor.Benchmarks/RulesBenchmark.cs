using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Benchmarks;

/// <summary>
/// All rules for 5,000 agents in 40 teams and 200 queues, judged on a tick: what a floor costs on which every tenth agent rests and
/// every fifth talks. The limit is 10 % of one core at two ticks a second.
/// </summary>
internal sealed class RulesBenchmark : IBenchmark
{
    private const int Agents = 5000, Queues = 200, Teams = 40, Rounds = 400;
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    public string Name => "rules";

    public Task RunAsync(TextWriter output, CancellationToken stop)
    {
        var book = new RuleBook(RuleCatalogue.Defaults);
        var state = Floor();
        var now = Start.AddHours(2);
        // What is found at once opens here; after it the ticks find what is already known.
        for (var i = 0; i < 50; i++) state = book.Judge(state, state, new Tick(now)).State;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Rounds && !stop.IsCancellationRequested; i++)
        {
            now = now.AddMilliseconds(500);
            state = book.Judge(state, state, new Tick(now)).State;
        }

        clock.Stop();
        var each = clock.Elapsed.TotalMilliseconds / Rounds;
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Rounds;
        return output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| rules: {book.Rules.Length} rules, {Agents} agents, {Queues} queues, one tick | {each:0.00} ms | {each * 2 / 10:0.00} % of a core at 2 ticks/s | {state.Verdicts.Count} open verdicts | {bytes / 1024} KiB allocated |"));
    }

    private static FloorState Floor()
    {
        var agents = Enumerable.Range(0, Agents).Select(Agent).ToImmutableDictionary(agent => agent.Id);
        var setup = FloorSetup.Default with
        {
            Feeds = [new("pbx", "ami")],
            Agents = ValueArray.From(agents.Values.Select(agent => new AgentSetup(agent.Id, agent.Name, agent.Team, agent.Address))),
        };
        return FloorState.Empty with
        {
            At = Start,
            Setup = setup,
            Feeds = ImmutableDictionary<string, Feed>.Empty.Add("pbx", new("pbx", "ami", FeedState.Synced, Start, null, "")),
            Agents = agents,
            Queues = Enumerable.Range(0, Queues).Select(Queue).ToImmutableDictionary(queue => queue.Name),
        };
    }

    private static Agent Agent(int i)
    {
        var now = Start.AddHours(2);
        var agent = new Agent
        {
            Id = $"{10000 + i}",
            Name = $"{10000 + i}",
            Team = $"t{i % Teams}",
            Address = $"PJSIP/{10000 + i}",
            State = AgentState.Available,
            Since = Start,
            Session = new(Start, 1, null, 0, false, [], false),
            Members = [Member(i), Member(i + 1), Member(i + 2)],
            // Every hour had its break: a floor at work, not one that owes five thousand of them.
            EndedBreaks = [Rested(Start.AddMinutes(35)), Rested(Start.AddMinutes(95))],
        };
        if (i % 10 == 0)
            return agent with { State = AgentState.OnBreak, Since = now, Break = new("short", "short", now, now.AddMinutes(i % 100 == 0 ? 0 : 30), 2, []) { Ticket = Granted(now) } };
        return i % 5 == 1
            ? agent with { State = AgentState.OnCall, Since = now, Call = new($"c{i}", "q1", CallDirection.Inbound, null, now, true, null, 3) }
            : agent;
    }

    private static EndedBreak Rested(DateTimeOffset at) => new("short", at, at.AddMinutes(4), 1, 1);

    private static BreakTicket Granted(DateTimeOffset at) =>
        new("short", TicketStatus.Granted, at, "lead", at, 2) { StartsAt = at, EndsAt = at.AddMinutes(5) };

    private static QueueMember Member(int i) =>
        new($"q{i % Queues}", "pbx", 0, false, Start, false, "", null, 0, false, PhoneState.Idle, false, TimeSpan.Zero);

    private static Queue Queue(int i) => new()
    {
        Name = $"q{i}",
        Label = $"q{i}",
        Feeds = ["pbx"],
        Waiting = ValueArray.From(Enumerable.Range(0, i % 8).Select(caller => new WaitingCaller($"w{i}.{caller}", "pbx", null, Start.AddHours(2), 4))),
    };
}
