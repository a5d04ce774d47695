using System.Globalization;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Benchmarks;

/// <summary>
/// Events into the floor, beside the least that a versioned snapshot costs (one agent exchanged in the immutable dictionary, nothing decided);
/// differences, ticks and memory at 1,000 and 5,000 agents.
/// </summary>
public sealed class FoldBenchmark : IBenchmark
{
    private const int Agents = 1_000, Events = 200_000, Rounds = 5;
    private readonly TimeProvider time = TimeProvider.System;

    /// <inheritdoc/>
    public string Name => "fold";

    /// <inheritdoc/>
    public async Task RunAsync(TextWriter output, CancellationToken stop)
    {
        var floor = FoldMix.SignedIn(Agents, FoldMix.Setup(Agents));
        var day = FoldMix.Day(Agents, Events);
        var noNews = FoldMix.NoNews(Agents, Events);
        await output.WriteLineAsync($"fold: {Agents:N0} agents in three queues each, {Events:N0} events, medians of {Rounds} alternating rounds");
        List<double> ours = [], quiet = [], least = [];
        FoldAll(floor, day);
        ExchangeAll(floor, day);
        for (var round = 0; round < Rounds; round++)
        {
            stop.ThrowIfCancellationRequested();
            ours.Add(PerSecond(() => FoldAll(floor, day)));
            quiet.Add(PerSecond(() => FoldAll(floor, noNews)));
            least.Add(PerSecond(() => ExchangeAll(floor, day)));
        }

        var limit = Median(least);
        await output.WriteLineAsync("\n| per event | events/s | × least | bytes allocated |\n|---|---:|---:|---:|");
        await Row("folded, a realistic mix", ours, Allocated(() => FoldAll(floor, day)));
        await Row("folded, no news", quiet, Allocated(() => FoldAll(floor, noNews)));
        await Row("least: one agent exchanged, nothing decided", least, Allocated(() => ExchangeAll(floor, day)));
        await output.WriteLineAsync("\n| agents | bytes of live state an agent | difference after 100 changes, µs | tick, nothing due, µs | tick, one wrap-up ends, µs |\n|---:|---:|---:|---:|---:|");
        foreach (var agents in new[] { 1_000, 5_000 }) await output.WriteLineAsync(Sized(agents));

        Task Row(string name, List<double> rates, double bytes) => output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture, $"| {name} | {Median(rates):N0} | {Median(rates) / limit:0.00} | {bytes:0.#} |"));
    }

    private string Sized(int agents)
    {
        var setup = FoldMix.Setup(agents);
        var before = Live();
        // Strings of the snapshot included: what the floor keeps of them lives as long as it does.
        var floor = FoldMix.SignedIn(agents, setup);
        var bytes = (Live() - before) / (double)agents;
        var day = FoldMix.Day(agents, 30 * agents);
        var later = FoldAll(floor, day);
        var changed = later;
        for (var i = 0; i < 100; i++) changed = FloorFold.Apply(changed, new HandRaised(later.At, (10_000 + i).ToString(CultureInfo.InvariantCulture)));
        var difference = Micros(100, () => FloorDelta.Between(later, changed));
        var soon = new Tick(later.NextDueAt.AddTicks(-1));
        var due = new Tick(later.NextDueAt);
        var idle = Micros(10_000, () => FloorFold.Apply(later, soon));
        var ends = Micros(100, () => FloorFold.Apply(later, due));
        GC.KeepAlive(floor);
        GC.KeepAlive(setup);
        return string.Create(CultureInfo.InvariantCulture, $"| {agents:N0} | {bytes:N0} | {difference:0} | {idle:0.000} | {ends:0} |");
    }

    private static FloorState FoldAll(FloorState state, FloorEvent[] events)
    {
        foreach (var e in events) state = FloorFold.Apply(state, e);
        return state;
    }

    private static FloorState ExchangeAll(FloorState state, FloorEvent[] events)
    {
        var ids = state.Agents.Keys.ToArray();
        var next = 0;
        foreach (var e in events)
        {
            var agent = state.Agents[ids[next++ % ids.Length]];
            state = state with { Version = state.Version + 1, At = e.At, Agents = state.Agents.SetItem(agent.Id, agent with { Since = e.At }) };
        }

        return state;
    }

    private double PerSecond(Action run)
    {
        GC.Collect();
        var began = time.GetTimestamp();
        run();
        return Events / time.GetElapsedTime(began).TotalSeconds;
    }

    private double Micros(int times, Func<object> run)
    {
        object? kept = null;
        for (var i = 0; i < times; i++) kept = run();
        List<double> rounds = [];
        for (var round = 0; round < Rounds; round++)
        {
            var began = time.GetTimestamp();
            for (var i = 0; i < times; i++) kept = run();
            rounds.Add(time.GetElapsedTime(began).TotalMicroseconds / times);
        }

        GC.KeepAlive(kept);
        return Median(rounds);
    }

    private static double Allocated(Action run)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        run();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Events;
    }

    private static long Live()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
