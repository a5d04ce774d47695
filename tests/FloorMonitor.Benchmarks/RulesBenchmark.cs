using System.Diagnostics;
using System.Globalization;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Benchmarks;

/// <summary>
/// Every rule of the catalogue for 5,000 agents in 40 teams and 200 queues, with a roster, grades, half an hour of traffic and a learnt
/// baseline: what a tick costs (the limit is 10 % of one core, judged every second; the engine ticks twice a second), and how long
/// after its instant a verdict is there, by ticks as the engine makes them and deadlines at odd milliseconds.
/// </summary>
internal sealed class RulesBenchmark : IBenchmark
{
    private const int Rounds = 400, Deadlines = 400;
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(500);

    public string Name => "rules";

    public async Task RunAsync(TextWriter output, CancellationToken stop)
    {
        await output.WriteLineAsync(Cost(stop));
        await output.WriteLineAsync(Notice(stop));
        foreach (var rule in RuleCatalogue.Defaults)
        {
            if (stop.IsCancellationRequested) return;
            await output.WriteLineAsync(Alone(rule));
        }
    }

    private static string Cost(CancellationToken stop)
    {
        var book = new RuleBook(RuleCatalogue.Defaults);
        var state = RulesBenchmarkFloor.Make();
        var now = RulesBenchmarkFloor.Now;
        // What is found at once opens here; after it the ticks find what is already known.
        for (var i = 0; i < 50; i++) (state, now) = Pass(book, state, now);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var began = CpuTime();
        for (var i = 0; i < Rounds && !stop.IsCancellationRequested; i++) (state, now) = Pass(book, state, now);
        var each = (CpuTime() - began).TotalMilliseconds / Rounds;
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Rounds;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| rules: {book.Rules.Length} rules, {state.Agents.Count} agents, {state.Queues.Count} queues, folding and judging one tick | {each:0.00} ms of processor time | {each / 10:0.00} % of a core judged every second, {each / 5:0.00} % at the engine's two ticks | {state.Verdicts.Count} open verdicts | {bytes / 1024} KiB allocated |");
    }

    // Breaks that reach their limit at odd milliseconds within a minute: each verdict is there with the next tick.
    private static string Notice(CancellationToken stop)
    {
        var random = new Random(20261124);
        var book = new RuleBook(RuleCatalogue.Defaults);
        var now = RulesBenchmarkFloor.Now;
        var ends = Enumerable.Range(0, Deadlines).ToDictionary(
            i => RulesBenchmarkFloor.Id((i * 10) + 5), _ => RulesBenchmarkFloor.Now.AddMilliseconds(500 + random.Next(60_000)));
        var state = RulesBenchmarkFloor.WithBreaks(RulesBenchmarkFloor.Make(), ends);
        var (exact, late) = (0, new List<double>());
        var clock = new Stopwatch();
        while (late.Count < Deadlines && now < RulesBenchmarkFloor.Now.AddMinutes(2) && !stop.IsCancellationRequested)
        {
            now += TickEvery;
            clock.Restart();
            var tick = new Tick(now);
            var judged = book.Judge(state, FloorFold.Apply(state, tick), tick);
            clock.Stop();
            state = judged.State;
            foreach (var verdict in judged.Changed)
            {
                if (verdict.Rule != "break-limit" || verdict.History.Count != 1 || !ends.TryGetValue(verdict.Subject.Id, out var end)) continue;
                if (verdict.OpenedAt == end) exact++;
                late.Add((now - end + clock.Elapsed).TotalMilliseconds);
            }
        }

        late.Sort();
        return late.Count == 0
            ? "| rules: nothing was noticed |"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"| rules: {late.Count} deadlines at odd milliseconds, noticed after (judging included) | p50 {late[late.Count / 2]:0} ms, at most {late[^1]:0} ms | instants exact to the event's own: {exact} of {Deadlines} |");
    }

    // Which of them costs what, so that a slow one is found.
    private static string Alone(IFloorRule rule)
    {
        const int few = 40;
        var book = new RuleBook([rule]);
        var state = RulesBenchmarkFloor.Make();
        var now = RulesBenchmarkFloor.Now;
        for (var i = 0; i < 10; i++) (state, now) = Pass(book, state, now);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var began = CpuTime();
        for (var i = 0; i < few; i++) (state, now) = Pass(book, state, now);
        var each = (CpuTime() - began).TotalMilliseconds / few;
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / few;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| rules: {rule.Id} alone, one tick | {each:0.00} ms | {state.Verdicts.Count} open | {bytes / 1024} KiB |");
    }

    // A share of a core is processor time, collections included, whoever else the machine works for.
    private static TimeSpan CpuTime() => Process.GetCurrentProcess().TotalProcessorTime;

    private static (FloorState State, DateTimeOffset Now) Pass(RuleBook book, FloorState state, DateTimeOffset now)
    {
        now += TickEvery;
        var tick = new Tick(now);
        return (book.Judge(state, FloorFold.Apply(state, tick), tick).State, now);
    }
}
