using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using FloorMonitor.Pbx.Simulated;

namespace FloorMonitor.Benchmarks;

/// <summary>
/// From a verdict to people: a simulated PBX whose agents take breaks too soon, 50 times a second, the real service in a process of
/// its own, a desk on its hub and a webhook on loopback. The clock runs from before the pause is set at the switch, so that the
/// switch, the fold and the judging are in it; every verdict is an alert of its own, and its end is told as well. Beside it stands
/// when the same desk sees the break itself, which is the floor's way without alerting.
/// </summary>
public sealed partial class AlertsBenchmark : IBenchmark
{
    private const int Probes = 150;
    private const int PerSecond = 50;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    private readonly TimeProvider time = TimeProvider.System;
    private readonly ConcurrentDictionary<string, long> sent = new();
    private readonly ConcurrentDictionary<string, long> seen = new();
    private readonly ConcurrentQueue<double> picture = new();
    private readonly ConcurrentQueue<double> desk = new();
    private readonly ConcurrentQueue<double> hook = new();
    private volatile bool counts;

    /// <inheritdoc/>
    public string Name => "alerts";

    /// <inheritdoc/>
    public async Task RunAsync(TextWriter output, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var receiver = new HttpListener();
        var address = $"http://127.0.0.1:{ServiceProcess.FreePort()}/";
        receiver.Prefixes.Add(address);
        receiver.Start();
        var listening = ReceiveAsync(receiver, ending.Token);
        await using var pbx = new SimulatedPbx(Plan(), new SimulatedPbxOptions(), time);
        await pbx.StartAsync(new IPEndPoint(IPAddress.Loopback, 0));
        await using var service = await ServiceProcess.StartAsync(pbx.Endpoint.Port, "embedded", stop, ("rules.yaml", "settle-in: {mode: watch}\n"), ("alerts.yaml", $$$"""
            channels: {hook: {kind: webhook, url: "{{{address}}}", secret: s}}
            routes: [{rules: settle-in, to: hook}]
            grouping: {by: subject, window: 0s, cooldown: 0s}
            """));
        var watching = WatchAsync(service.Url, ending.Token);
        using (var ami = await ServiceProcess.SignInAsync(pbx.Endpoint, stop))
        {
            var began = time.GetTimestamp();
            using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond), time);
            for (var i = 0; time.GetElapsedTime(began) < WarmUp + Length && await pace.WaitForNextTickAsync(stop); i++)
            {
                counts = time.GetElapsedTime(began) > WarmUp;
                var agent = $"9{i % Probes:000}";
                await ServiceProcess.PauseAsync(ami, $"PJSIP/9{(i + (Probes / 2)) % Probes:000}", paused: false, "", stop);
                sent[agent] = seen[agent] = time.GetTimestamp();
                await ServiceProcess.PauseAsync(ami, $"PJSIP/{agent}", paused: true, "short", stop);
            }

            // The last ones still travel.
            await Task.Delay(TimeSpan.FromSeconds(3), time, stop);
        }

        await ending.CancelAsync();
        receiver.Close();
        await Task.WhenAll(listening, watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await output.WriteLineAsync($"alerts: {PerSecond} verdicts/s for {Length.TotalSeconds:0} s, each an alert of its own, beside 200 agents at work");
        await output.WriteLineAsync();
        await output.WriteLineAsync("| pause at the switch → | p50 ms | p99 ms | worst ms | samples |");
        await output.WriteLineAsync("|---|---:|---:|---:|---:|");
        await PrintAsync(output, "the break on the desk, without alerting", [.. picture]);
        await PrintAsync(output, "alert on the desk", [.. desk]);
        await PrintAsync(output, "webhook received", [.. hook]);
    }

    private static FloorPlan Plan()
    {
        var load = FloorPlan.Load(7, 200, 10, 100);
        // Nobody calls the probes' queue, so that their pauses are breaks at once.
        var probes = Enumerable.Range(0, Probes).Select(i => new AgentPlan($"9{i:000}", $"Probe {i}", "probes", ["probes"]) { Spontaneous = false });
        return load with { Agents = [.. load.Agents, .. probes], Queues = [.. load.Queues, new QueuePlan("probes") { Share = 0 }] };
    }

    private void Note(ConcurrentQueue<double> times, string agent)
    {
        if (counts && sent.TryGetValue(agent, out var at)) times.Enqueue(time.GetElapsedTime(at).TotalMilliseconds);
    }

    private async Task ReceiveAsync(HttpListener receiver, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var context = await receiver.GetContextAsync().WaitAsync(stop);
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var body = await reader.ReadToEndAsync(stop);
            context.Response.Close();
            if (HookAlert().Match(body) is { Success: true } found) Note(hook, found.Groups[1].Value);
        }
    }

    private async Task WatchAsync(Uri url, CancellationToken stop)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(url) { Scheme = "ws", Path = "/hubs/floor" }.Uri, stop);
        await socket.SendAsync("{\"protocol\":\"json\",\"version\":1}\x1E"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, stop);
        var (buffer, filled) = (new byte[4 << 20], 0);
        while (true)
        {
            filled += (await socket.ReceiveAsync(buffer.AsMemory(filled), stop)).Count;
            // A message may be cut anywhere; it is looked at when it is whole.
            if (buffer[filled - 1] != 0x1E) continue;
            var text = Encoding.UTF8.GetString(buffer, 0, filled);
            foreach (Match found in DeskAlert().Matches(text)) Note(desk, found.Groups[1].Value);
            foreach (Match found in DeskBreak().Matches(text))
                if (seen.TryRemove(found.Groups[1].Value, out var at) && counts) picture.Enqueue(time.GetElapsedTime(at).TotalMilliseconds);
            filled = 0;
        }
    }

    private static async Task PrintAsync(TextWriter output, string name, List<double> samples)
    {
        samples.Sort();
        await output.WriteLineAsync(samples.Count == 0
            ? $"| {name} | nothing came | | | 0 |"
            : string.Create(CultureInfo.InvariantCulture, $"| {name} | {At(samples, 0.5):0.0} | {At(samples, 0.99):0.0} | {samples[^1]:0.0} | {samples.Count:N0} |"));
    }

    private static double At(List<double> sorted, double share) => sorted[(int)((sorted.Count - 1) * share)];

    [GeneratedRegex("\"subject\":\"settle-in:pbx:PJSIP/(9\\d{3})\",\"news\":\"opened\"")]
    private static partial Regex HookAlert();

    [GeneratedRegex("\"id\":\"pbx:PJSIP/(9\\d{3})\",\"name\":\"[^\"]*\",\"team\":null,\"state\":\"onBreak\"")]
    private static partial Regex DeskBreak();

    [GeneratedRegex("\"alert\":\\{\"id\":\"settle-in:pbx:PJSIP/(9\\d{3}):[^\"]*\",\"news\":\"opened\"")]
    private static partial Regex DeskAlert();
}
