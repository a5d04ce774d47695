using StackExchange.Redis;

namespace FloorMonitor.Store.Redis;

/// <summary>How the client is set up, the same for the embedded store and for a real Redis.</summary>
internal static class RedisLink
{
    /// <summary>
    /// Commands that are never sent. Garnet lacks some of them, and answers one that arrives split over TCP segments with several
    /// errors, which shifts every later reply of the shared connection to the wrong caller; transactions made its log unreadable
    /// after a kill. What is blocked here fails in the client, on the line that tried it.
    /// </summary>
    private static readonly string[] Blocked =
    [
        "MULTI", "EXEC", "WATCH", "UNWATCH", "DISCARD", "WAIT", "COPY", "HGETEX", "HSETEX", "DELEX",
        "XACK", "XACKDEL", "XADD", "XAUTOCLAIM", "XCLAIM", "XCFGSET", "XDEL", "XDELEX", "XGROUP", "XINFO", "XLEN", "XPENDING",
        "XRANGE", "XREAD", "XREADGROUP", "XREVRANGE", "XTRIM",
    ];

    /// <summary>The client's options for a connection string.</summary>
    public static ConfigurationOptions Options(string connection)
    {
        var options = ConfigurationOptions.Parse(connection);
        options.CommandMap = CommandMap.Create([.. Blocked], available: false);
        options.AbortOnConnectFail = false;
        options.ClientName = "FloorMonitor";
        // While the store is away a command fails at once: what has to be written is kept in our own files, not in the client's queue.
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ReconnectRetryPolicy = new LinearRetry(1000);
        options.ConnectTimeout = Math.Min(options.ConnectTimeout, 5000);
        return options;
    }

    /// <summary>Connects; the multiplexer goes on trying by itself when the store is away.</summary>
    public static async Task<ConnectionMultiplexer> ConnectAsync(string connection, CancellationToken stop) =>
        await ConnectionMultiplexer.ConnectAsync(Options(connection)).WaitAsync(stop);

    /// <summary>What a store or a network may do to a command; anything else is our own mistake and is not caught.</summary>
    public static bool IsStoreTrouble(Exception failed) =>
        failed is RedisException or RedisTimeoutException or TimeoutException or ObjectDisposedException or System.Net.Sockets.SocketException or IOException;
}
