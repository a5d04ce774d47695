using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace FloorMonitor.Store.Tests.Support;

/// <summary>A real redis-server of the machine on a loopback port of its own, ended by its process id.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private Process? process;

    public RedisServer()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Port = ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public int Port { get; }

    public string Connection => $"127.0.0.1:{Port},connectTimeout=1000,asyncTimeout=2000";

    public static async Task<RedisServer> StartAsync()
    {
        var server = new RedisServer();
        await server.BeginAsync();
        return server;
    }

    /// <summary>Starts it, or starts it again over the same folder.</summary>
    public async Task BeginAsync()
    {
        string[] arguments = ["--port", $"{Port}", "--bind", "127.0.0.1", "--dir", folder.Root, "--appendonly", "yes", "--save", "", "--daemonize", "no"];
        process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true })!;
        _ = process.StandardOutput.ReadToEndAsync();
        await Until.True(Answers, "redis-server answers");
    }

    /// <summary>Freezes it (connections stay, answers stop), or lets it go on.</summary>
    public async Task FreezeAsync(bool frozen)
    {
        using var signal = Process.Start("kill", [frozen ? "-STOP" : "-CONT", $"{process!.Id}"]);
        await signal.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await KillAsync();
        folder.Dispose();
    }

    private async Task<bool> Answers()
    {
        try
        {
            await using var link = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{Port},connectTimeout=500");
            await link.GetDatabase().PingAsync();
            return true;
        }
        catch (RedisException)
        {
            return false;
        }
    }
}
