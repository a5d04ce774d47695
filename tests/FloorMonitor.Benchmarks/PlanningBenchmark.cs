using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Planning;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Benchmarks;

/// <summary>
/// Tickets of breaks for 5,000 agents in 40 teams: what a tick costs on which nothing is due, what one costs on which a fifth of the
/// floor waits and everybody moves (each tick has other agents), and how fast a whole shift is given its slots.
/// </summary>
internal sealed class PlanningBenchmark : IBenchmark
{
    private const int Agents = 5000, Teams = 40, Rounds = 200;
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 1, 0, 0, TimeSpan.Zero);

    public string Name => "planning";

    public async Task RunAsync(TextWriter output, CancellationToken stop)
    {
        var rules = RuleCatalogue.Defaults;
        await SayAsync(output, "nobody waits", Advance(new(rules), Floor(0), stop));
        await SayAsync(output, "1,000 wait", Advance(new(rules), Floor(1000), stop));
        var (steps, ticks, time) = Arrange(new([.. rules.Select(rule => rule is HourlyBreak hourly ? hourly with { Arrange = true } : rule)]), Floor(0), stop);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| planning: a shift of {Agents} given its slots | {steps} slots | {time.TotalMilliseconds:0} ms in {ticks} ticks | {time.TotalMilliseconds / ticks:0.00} ms a tick | |"));
    }

    private static Task SayAsync(TextWriter output, string what, (double Milliseconds, long Bytes) each) => output.WriteLineAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"| planning: {Agents} agents, {what}, one tick | {each.Milliseconds:0.00} ms | {each.Milliseconds * 2 / 10:0.00} % of a core at 2 ticks/s | | {each.Bytes / 1024} KiB allocated |"));

    private static (double Milliseconds, long Bytes) Advance(BreakPlanner planner, FloorState floor, CancellationToken stop)
    {
        var now = Start.AddMinutes(40);
        var one = floor.Agents["10000"];
        for (var i = 0; i < 20; i++) planner.Advance(floor, now);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Rounds && !stop.IsCancellationRequested; i++)
        {
            // On a floor at work no two ticks find the same agents: whatever is remembered of the last one is of no use.
            floor = floor with { Agents = floor.Agents.SetItem(one.Id, one with { SinceEntry = i + 2 }) };
            planner.Advance(floor, now.AddMilliseconds(500 * i));
        }

        clock.Stop();
        return (clock.Elapsed.TotalMilliseconds / Rounds, (GC.GetAllocatedBytesForCurrentThread() - allocated) / Rounds);
    }

    private static (int Steps, int Ticks, TimeSpan Time) Arrange(BreakPlanner planner, FloorState floor, CancellationToken stop)
    {
        var (steps, ticks, now) = (0, 0, Start);
        var clock = Stopwatch.StartNew();
        for (; !stop.IsCancellationRequested; now = now.AddMilliseconds(500), ticks++)
        {
            var decided = planner.Advance(floor, now);
            if (decided.IsEmpty) break;
            foreach (var step in decided) floor = FloorFold.Apply(floor, step);
            steps += decided.Length;
        }

        return (steps, Math.Max(ticks, 1), clock.Elapsed);
    }

    private static FloorState Floor(int waiting)
    {
        var agents = Enumerable.Range(0, Agents).Select(i => Agent(i, i < waiting)).ToImmutableDictionary(agent => agent.Id);
        return FloorState.Empty with
        {
            At = Start,
            Setup = FloorSetup.Default with
            {
                Feeds = [new("pbx", "ami")],
                Agents = ValueArray.From(agents.Values.Select(agent => new AgentSetup(agent.Id, agent.Name, agent.Team, agent.Address))),
            },
            BusinessDayEndsAt = Start.AddDays(1),
            NextDueAt = Start.AddDays(1),
            Feeds = ImmutableDictionary<string, Feed>.Empty.Add("pbx", new("pbx", "ami", FeedState.Synced, Start, null, "")),
            Agents = agents,
        };
    }

    // Twelve of each team rest, as many as its cap allows: whoever waits goes on waiting.
    private static Agent Agent(int i, bool waits) => new()
    {
        Id = $"{10000 + i}",
        Name = $"{10000 + i}",
        Team = $"t{i % Teams}",
        Address = $"PJSIP/{10000 + i}",
        State = AgentState.Available,
        Since = Start,
        Session = new(Start, 1, null, 0, false, [], false),
        Members = [new("q1", "pbx", 0, false, Start, false, "", null, 0, false, PhoneState.Idle, false, TimeSpan.Zero)],
        Break = i >= Agents - (12 * Teams) ? new("short", "short", Start, Start.AddHours(2), 2, []) : null,
        Ticket = waits ? new("short", TicketStatus.Queued, Start.AddSeconds(i), "lead", Start, 3) : null,
    };
}
