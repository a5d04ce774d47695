using System.Globalization;
using StackExchange.Redis;

namespace FloorMonitor.EndToEnd.Tests.Lab;

/// <summary>A real Redis of the lab.</summary>
public sealed class RealRedis : IAsyncDisposable
{
    private readonly string _folder;
    private LabProcess _process;

    private RealRedis(string folder, int port, LabProcess process)
    {
        _folder = folder;
        Port = port;
        _process = process;
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>How it is named in floor.yaml.</summary>
    public string Connection => $"127.0.0.1:{Port}";

    /// <summary>Starts one and waits until it answers.</summary>
    public static async Task<RealRedis> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("floormonitor-redis-").FullName;
        var port = Ports.Next();
        var redis = new RealRedis(folder, port, Launch(port, folder));
        await redis.AnswersAsync();
        return redis;
    }

    /// <summary>It goes away.</summary>
    public ValueTask AwayAsync() => _process.DisposeAsync();

    /// <summary>It comes back where it was, with what it had.</summary>
    public Task BackAsync()
    {
        _process = Launch(Port, _folder);
        return AnswersAsync();
    }

    /// <summary>Asks it as redis-cli does.</summary>
    public async Task<RedisResult> AskAsync(string command, params object[] arguments)
    {
        try
        {
            using var link = await ConnectionMultiplexer.ConnectAsync($"{Connection},connectTimeout=1000,abortConnect=true");
            return await link.GetDatabase().ExecuteAsync(command, arguments);
        }
        catch (RedisConnectionException notYet)
        {
            throw new IOException(notYet.Message, notYet);
        }
    }

    private static LabProcess Launch(int port, string folder) => LabProcess.Start("redis", [port.ToString(CultureInfo.InvariantCulture), folder]);

    private Task<RedisResult> AnswersAsync() => Eventually.SeeAsync(_ => AskAsync("PING"), answer => answer.ToString() == "PONG", "Redis to answer");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
