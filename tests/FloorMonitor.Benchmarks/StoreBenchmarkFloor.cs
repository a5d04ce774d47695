using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FloorMonitor.Core.Floor;
using FloorMonitor.Store;
using StackExchange.Redis;

namespace FloorMonitor.Benchmarks;

/// <summary>Floors and entries of the size that a real switch gives.</summary>
internal static class StoreBenchmarkFloor
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A status change with its raw text, the event that a queue sends most.</summary>
    public static JournalEntry Entry(long id)
    {
        var agent = 1000 + (id % 1000);
        var raw = $"Event: QueueMemberStatus\r\nPrivilege: agent,all\r\nQueue: support\r\nMemberName: Agent {agent}\r\nInterface: PJSIP/{agent}\r\nStateInterface: PJSIP/{agent}\r\nMembership: dynamic\r\nPenalty: 0\r\nCallsTaken: {id % 40}\r\nLastCall: 1795419746\r\nLastPause: 0\r\nLoginTime: 1795410000\r\nInCall: 0\r\nStatus: 1\r\nPaused: 0\r\nPausedReason: \r\nRinginuse: 0\r\nWrapuptime: 10\r\n\r\n";
        var at = Start.AddMilliseconds(id * 130);
        return new(id, at, "pbx", raw, [new MemberStatusChanged(at, "pbx", $"{agent}", "support", PhoneState.Idle, false, TimeSpan.FromSeconds(10), at) { Entry = id }]);
    }

    /// <summary>Agents in three queues each; another turn is another state for every one of them.</summary>
    public static FloorState Floor(int agents, int turn) => FloorState.Empty with
    {
        Version = turn + 1,
        At = Start,
        Agents = Enumerable.Range(1000, agents).Select(number => Agent($"{number}", turn)).ToImmutableDictionary(agent => agent.Id, StringComparer.Ordinal),
    };

    private static Agent Agent(string id, int turn) => new()
    {
        Id = id,
        Name = "Agent " + id,
        Team = "early",
        Address = "PJSIP/" + id,
        Seat = id,
        State = turn == 0 ? AgentState.Available : AgentState.OnCall,
        Since = Start.AddSeconds(turn),
        Session = new Session(Start, 1, null, 0, false, [], false),
        Members = [Member("support", turn), Member("sales", turn), Member("service", turn)],
    };

    private static QueueMember Member(string queue, int turn) =>
        new(queue, "pbx", 0, false, Start, false, "", null, 0, false, turn == 0 ? PhoneState.Idle : PhoneState.InUse, turn == 1, TimeSpan.FromSeconds(10));
}

/// <summary>A clock that is set by hand, so that a day passes in seconds.</summary>
internal sealed class StoreBenchmarkClock(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>A real redis-server for the time of the run, where the machine has one.</summary>
internal sealed class StoreBenchmarkRedis : IDisposable
{
    private readonly Process process;

    private StoreBenchmarkRedis(Process process, int port)
    {
        this.process = process;
        Connection = $"127.0.0.1:{port}";
    }

    public string Connection { get; }

    /// <summary>Starts it; null where there is none.</summary>
    public static async Task<StoreBenchmarkRedis?> StartAsync(string folder)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        try
        {
            var process = Process.Start(new ProcessStartInfo("redis-server", ["--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes", "--save", ""]) { RedirectStandardOutput = true })!;
            _ = process.StandardOutput.ReadToEndAsync();
            await using var link = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},abortConnect=false,connectRetry=20,connectTimeout=500");
            await link.GetDatabase().PingAsync();
            return new StoreBenchmarkRedis(process, port);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
