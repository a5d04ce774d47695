using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace FloorMonitor.Benchmarks;

/// <summary>
/// How long a phone waits for the gate: from the connection to the line that sets the verdict, over a socket, through the whole service
/// with the simulated PBX of the demo behind it. The limit is 50 ms. Beside it a bare echo over the same kind of connection.
/// </summary>
internal sealed class PhoneBenchmark : IBenchmark
{
    private const int Calls = 400;

    public string Name => "phone";

    public async Task RunAsync(TextWriter output, CancellationToken stop)
    {
        var data = Directory.CreateTempSubdirectory("floormonitor-phone-bench-").FullName;
        var gate = FreeEndpoint();
        var config = ConfigLoader.Load(ConfigDirectory()).Config! with { Phone = new(gate, [IPAddress.Loopback], "en", "floor", 5, TimeSpan.FromMinutes(10)) };
        var app = ServiceHost.Build(config, new HostSettings { Urls = "http://127.0.0.1:0", DataDirectory = data, Logs = false });
        await app.StartAsync(stop);
        try
        {
            var board = app.Services.GetRequiredService<Service.Engine.FloorBoard>();
            while (board.State.Agents.Values.Count(agent => !agent.Members.IsEmpty) < 10) await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, stop);
            var resting = board.State.Agents.Values.First(agent => agent is { Members.IsEmpty: false, Break: null, Call: null });
            var echo = await EchoAsync(stop);
            var refused = await AskAsync(gate, "sign-in?queues=nowhere", resting.Address, "refused", stop);
            var granted = await AskAsync(gate, "raise-hand", resting.Address, "granted", stop);
            var done = await AskAsync(gate, null, resting.Address, "granted", stop);
            foreach (var (what, times) in new[] { ("a bare echo", echo), ("refused", refused), ("granted, the house's own", granted), ("granted and done at the switch (AMI round trip and its event)", done) })
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"| phone: connection → verdict, {what} | p50 {At(times, 0.5):0.00} ms | p99 {At(times, 0.99):0.00} ms | {times.Length} calls, limit 50 ms |"));
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    // A null script goes on a personal break and comes back by turns: never refused, always done at the switch.
    private static async Task<double[]> AskAsync(IPEndPoint gate, string? script, string address, string expected, CancellationToken stop)
    {
        var times = new double[Calls];
        for (var i = 0; i < Calls; i++)
        {
            var asked = script ?? (i % 2 == 0 ? "break?kind=personal" : "resume");
            var request = Encoding.UTF8.GetBytes($"agi_network: yes\nagi_network_script: {asked}\nagi_channel: {address}-0000000a\nagi_language: en\nagi_callerid: 1001\n\n");
            var clock = Stopwatch.StartNew();
            using var client = new TcpClient();
            await client.ConnectAsync(gate, stop);
            client.NoDelay = true;
            await using var stream = client.GetStream();
            await stream.WriteAsync(request, stop);
            using var reader = new StreamReader(stream);
            var line = await reader.ReadLineAsync(stop);
            times[i] = clock.Elapsed.TotalMilliseconds;
            if (line != $"SET VARIABLE FLOOR_VERDICT \"{expected}\"") throw new InvalidOperationException($"{asked} was answered {line}");
            for (; line is not null; line = await reader.ReadLineAsync(stop))
                await stream.WriteAsync(Encoding.UTF8.GetBytes(line.StartsWith("STREAM", StringComparison.Ordinal) ? "200 result=-1 endpos=0\n" : "200 result=1\n"), stop);
        }

        return times;
    }

    private static async Task<double[]> EchoAsync(CancellationToken stop)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var times = new double[Calls];
        for (var i = 0; i < Calls; i++)
        {
            var clock = Stopwatch.StartNew();
            using var client = new TcpClient();
            await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint, stop);
            using var peer = await listener.AcceptTcpClientAsync(stop);
            client.NoDelay = peer.NoDelay = true;
            await client.GetStream().WriteAsync("x"u8.ToArray(), stop);
            var one = new byte[1];
            await peer.GetStream().ReadExactlyAsync(one, stop);
            await peer.GetStream().WriteAsync(one, stop);
            await client.GetStream().ReadExactlyAsync(one, stop);
            times[i] = clock.Elapsed.TotalMilliseconds;
        }

        return times;
    }

    private static double At(double[] times, double share) => times.Order().ElementAt((int)(share * (times.Length - 1)));

    private static IPEndPoint FreeEndpoint()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return (IPEndPoint)probe.LocalEndpoint;
    }

    private static string ConfigDirectory()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "config", "floor.yaml"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The house's config folder is not above this program.");
        return Path.Combine(folder, "config");
    }
}
