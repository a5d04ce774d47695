using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FloorMonitor.Pbx.Simulated;

namespace FloorMonitor.Benchmarks;

/// <summary>
/// From the switch to the screens: a simulated PBX of 1,000 agents at 500 events a second, the real service in a process of its
/// own, 100 clients. What is timed is a pause that this benchmark sets at the switch, from before its action is sent until each
/// client has read the difference that shows it. Then the same with one client more that never reads.
/// </summary>
public sealed class FanoutBenchmark : IBenchmark
{
    private const int Agents = 1000;
    private const int EventsPerSecond = 500;
    private const int Clients = 100;
    private const int Probes = 40;
    private const int Rounds = 3;

    private static readonly TimeSpan Round = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider time = TimeProvider.System;

    // The embedded store lives in the service's memory; to see what the screens alone cost, name a Redis here.
    private static readonly string Store = Environment.GetEnvironmentVariable("FANOUT_STORE") is { Length: > 0 } redis ? redis : "embedded";

    /// <inheritdoc/>
    public string Name => "fanout";

    /// <inheritdoc/>
    public async Task RunAsync(TextWriter output, CancellationToken stop)
    {
        await using var pbx = new SimulatedPbx(Plan(), new SimulatedPbxOptions(), time);
        await pbx.StartAsync(new IPEndPoint(IPAddress.Loopback, 0));
        await using var service = await ServiceProcess.StartAsync(pbx.Endpoint.Port, Store, stop);
        await MeasureAsync(output, pbx.Endpoint, service, stop);
    }

    private async Task MeasureAsync(TextWriter output, IPEndPoint pbx, ServiceProcess service, CancellationToken stop)
    {
        var url = service.Url;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var probe = new FanoutProbe(time);
        var clients = Enumerable.Range(0, Clients).Select(_ => new FanoutClient(url, probe)).ToList();
        var reading = clients.Select(client => client.ReadAsync(ending.Token)).ToList();
        using var ami = await ServiceProcess.SignInAsync(pbx, stop);
        // The first round warms both processes up and is not counted.
        await RoundAsync(ami, probe, stop);

        var (alone, beside) = (new List<double>(), new List<double>());
        var (ratios, events) = (new List<double>(), await EventsAsync(url, stop));
        var began = time.GetTimestamp();
        var memory = service.Memory;
        var most = memory;
        for (var round = 0; round < Rounds; round++)
        {
            var without = await RoundAsync(ami, probe, stop);
            using var never = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var silent = FanoutClient.NeverReadAsync(url, never.Token);
            var with = await RoundAsync(ami, probe, stop);
            most = Math.Max(most, service.Memory);
            await never.CancelAsync();
            await silent.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            alone.AddRange(without);
            beside.AddRange(with);
            ratios.Add(At(with, 0.99) / At(without, 0.99));
        }

        var perSecond = (await EventsAsync(url, stop) - events) / time.GetElapsedTime(began).TotalSeconds;
        await ending.CancelAsync();
        await Task.WhenAll(reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await output.WriteLineAsync($"fanout: {Agents:N0} agents, {perSecond:0} events/s folded, {Clients} clients, {Rounds} × {Round.TotalSeconds:0} s each way, {(Store == "embedded" ? "embedded store" : "Redis")}");
        await output.WriteLineAsync();
        await output.WriteLineAsync("| switch → difference read by a client | p50 ms | p99 ms | samples |");
        await output.WriteLineAsync("|---|---:|---:|---:|");
        await PrintAsync(output, $"{Clients} clients", alone);
        await PrintAsync(output, "and one more that never reads", beside);
        await output.WriteLineAsync();
        ratios.Sort();
        await output.WriteLineAsync($"p99 beside the one that never reads: {Show(ratios[ratios.Count / 2])} × (median of {Rounds} rounds); service memory {memory} MB, at most {most} MB with it");
    }

    private static async Task PrintAsync(TextWriter output, string name, List<double> samples) =>
        await output.WriteLineAsync($"| {name} | {Show(At(samples, 0.5))} | {Show(At(samples, 0.99))} | {samples.Count:N0} |");

    /// <summary>Pauses and un-pauses the probes' agents one after the other.</summary>
    private async Task<List<double>> RoundAsync(NetworkStream ami, FanoutProbe probe, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(ProbeEvery, time);
        var began = time.GetTimestamp();
        var first = probe.Sent;
        while (time.GetElapsedTime(began) < Round && await timer.WaitForNextTickAsync(stop))
        {
            var agent = $"PJSIP/9{probe.Sent % Probes:000}";
            await ServiceProcess.PauseAsync(ami, agent, paused: false, "", stop);
            await ServiceProcess.PauseAsync(ami, agent, paused: true, probe.Next(), stop);
        }

        // The last one still travels; nothing is sent meanwhile that could be taken for it.
        while (probe.Seen(probe.Sent - 1) < Clients && await timer.WaitForNextTickAsync(stop))
            if (time.GetElapsedTime(began) > Round * 2) throw new InvalidOperationException("Clients do not see what happens at the switch.");
        return probe.Take(first);
    }

    private static FloorPlan Plan()
    {
        var load = FloorPlan.Load(7, Agents - Probes, 20, EventsPerSecond);
        // Nobody calls the probes' queue, so that their pauses are breaks at once.
        var probes = Enumerable.Range(0, Probes).Select(i => new AgentPlan($"9{i:000}", $"Probe {i}", "probes", ["probes"]) { Spontaneous = false });
        return load with { Agents = [.. load.Agents, .. probes], Queues = [.. load.Queues, new QueuePlan("probes") { Share = 0 }] };
    }

    private static async Task<double> EventsAsync(Uri url, CancellationToken stop)
    {
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri(url, "/metrics"), stop);
        var line = metrics.Split('\n').First(line => line.StartsWith("floor_engine_events_total{", StringComparison.Ordinal) && line.Contains("\"pbx\"", StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static double At(List<double> samples, double share) => samples.Order().ElementAt((int)((samples.Count - 1) * share));

    private static string Show(double value) => value.ToString("0.0#", CultureInfo.InvariantCulture);
}
