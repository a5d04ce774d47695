using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FloorMonitor.Store.Records;
using Garnet;
using Garnet.server;
using Tsavorite.core;

namespace FloorMonitor.Store.Embedded;

/// <summary>
/// The Redis-compatible server inside this process: what lets one command show a floor. Its address is noted in
/// <c>store/endpoint</c> for redis-cli.
/// <para>It begins empty at every start and is filled from the product's own files, which are what survives a kill. Its own recovery is
/// not used: measured on Garnet 2.2.8, a start over the append-only file of a clean shutdown hung for ever with some contents (10 kB
/// were enough), and took up to ten seconds with others; filling it anew takes about a second an hour of a thousand agents. So there
/// is nothing on its disk that could be lost, and nothing that could keep a floor from starting.</para>
/// </summary>
internal sealed class EmbeddedStore : IDisposable
{
    private readonly GarnetServer server;
    private readonly string endpointFile;

    private EmbeddedStore(GarnetServer server, int port, string endpointFile)
    {
        this.server = server;
        this.endpointFile = endpointFile;
        Connection = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
    }

    /// <summary>Where it listens: loopback only.</summary>
    public string Connection { get; }

    /// <summary>Starts it, empty.</summary>
    /// <param name="folder">The store's folder within the data folder.</param>
    /// <param name="note">Told in words of what was in the way.</param>
    public static EmbeddedStore Start(string folder, Action<string> note)
    {
        Directory.CreateDirectory(folder);
        // What a run before left here is overflow of a memory that is gone.
        var overflow = Path.Combine(folder, "overflow");
        if (Directory.Exists(overflow)) Directory.Delete(overflow, recursive: true);
        if (File.Exists(overflow)) note($"A file was in the embedded store's place; it was set aside as {Path.GetFileName(DataFolder.SetAside(overflow))}.");
        Directory.CreateDirectory(overflow);
        var port = FreePort();
        var server = new GarnetServer(Options(overflow, port));
        try
        {
            server.Start();
        }
        catch
        {
            server.Dispose();
            throw;
        }

        var endpoint = Path.Combine(folder, "endpoint");
        File.WriteAllText(endpoint, string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}\n"));
        return new EmbeddedStore(server, port, endpoint);
    }

    public void Dispose()
    {
        File.Delete(endpointFile);
        server.Dispose();
    }

    private static GarnetServerOptions Options(string data, int port) => new()
    {
        EndPoints = [new IPEndPoint(IPAddress.Loopback, port)],
        // The default log memory is 16 GB; a floor of 1,000 agents needs a few MB. What is more would go to the storage tier, and
        // that must not come to pass: Garnet 2.2.8 ends the process when a hash is written to while its page goes to the tier.
        LogMemorySize = "256m",
        PageSize = "4m",
        IndexMemorySize = "8m",
        // Without a tier a full memory log drops old keys without an error.
        EnableStorageTier = true,
        LogDir = data,
        CheckpointDir = data,
        // The default device ends the process where libaio is missing.
        DeviceType = DeviceType.RandomAccess,
        EnableLua = true,
        LuaOptions = new LuaOptions(LuaMemoryManagementMode.Native, "", System.Threading.Timeout.InfiniteTimeSpan, LuaLoggingMode.Silent, []),
        LuaTransactionMode = true,
        QuietMode = true,
    };

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
