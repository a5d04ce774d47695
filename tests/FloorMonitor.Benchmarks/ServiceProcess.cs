using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FloorMonitor.Benchmarks;

/// <summary>The real service in a process of its own, following a simulated PBX, and the hand that sets pauses at that PBX.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly string folder;

    private ServiceProcess(Process process, Uri url, string folder)
    {
        Process = process;
        Url = url;
        this.folder = folder;
    }

    /// <summary>The process.</summary>
    public Process Process { get; }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>Its memory now, MB.</summary>
    public long Memory
    {
        get
        {
            Process.Refresh();
            return Process.WorkingSet64 >> 20;
        }
    }

    /// <summary>Starts it with a folder of its own and waits until it is ready.</summary>
    public static async Task<ServiceProcess> StartAsync(int pbxPort, string store, CancellationToken stop, params (string Name, string Text)[] files)
    {
        var folder = Directory.CreateTempSubdirectory("floor-benchmark-").FullName;
        var url = $"http://127.0.0.1:{FreePort()}";
        await File.WriteAllTextAsync(
            Path.Combine(folder, "floor.yaml"), $"store: {store}\npbxs:\n  - {{name: pbx, kind: ami, host: 127.0.0.1, port: {pbxPort}, username: monitor, secret: demo}}\n", stop);
        foreach (var (name, text) in files) await File.WriteAllTextAsync(Path.Combine(folder, name), text, stop);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "FloorMonitor.Service.dll"), "--config", folder])
        {
            RedirectStandardOutput = true,
            Environment = { ["ASPNETCORE_URLS"] = url, ["FLOOR_DATA"] = Path.Combine(folder, "data") },
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        var service = new ServiceProcess(process, new Uri(url), folder);
        try
        {
            await ReadyAsync(url, stop);
            return service;
        }
        catch
        {
            // Whatever went wrong goes on to the caller; here only the process must not be left behind.
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>A port that nobody uses now.</summary>
    public static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    /// <summary>Signs in at the PBX.</summary>
    public static async Task<NetworkStream> SignInAsync(IPEndPoint pbx, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(pbx, stop);
        var stream = new NetworkStream(socket, ownsSocket: true);
        await stream.WriteAsync("Action: Login\r\nUsername: monitor\r\nSecret: demo\r\nEvents: off\r\n\r\n"u8.ToArray(), stop);
        _ = stream.CopyToAsync(Stream.Null, stop);
        return stream;
    }

    /// <summary>Pauses an agent at the PBX, or ends the pause.</summary>
    public static async Task PauseAsync(NetworkStream ami, string agent, bool paused, string reason, CancellationToken stop) =>
        await ami.WriteAsync(Encoding.ASCII.GetBytes($"Action: QueuePause\r\nInterface: {agent}\r\nPaused: {(paused ? "true" : "false")}\r\nReason: {reason}\r\n\r\n"), stop);

    public async ValueTask DisposeAsync()
    {
        Process.Kill();
        await Process.WaitForExitAsync(CancellationToken.None);
        Process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task ReadyAsync(string url, CancellationToken stop)
    {
        using var http = new HttpClient();
        var began = Time.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(url + "/readyz"), stop);
                if (answer.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            if (Time.GetElapsedTime(began) > TimeSpan.FromMinutes(1)) throw new InvalidOperationException("The service did not become ready.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), Time, stop);
        }
    }
}
