using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FloorMonitor.Store.Records;
using Garnet;
using Garnet.server;
using Tsavorite.core;

namespace FloorMonitor.Store.Embedded;

/// <summary>
/// The Redis-compatible server inside this process: what lets one command show a floor. It is a cache and a bus that can be
/// rebuilt, never the only home of anything. Its address is noted in <c>store/endpoint</c> for redis-cli.
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

    /// <summary>
    /// Starts it over its folder. A folder that does not start is set aside, renamed and never deleted, and a new one is begun: what it
    /// held is written again from the product's own files.
    /// </summary>
    /// <param name="folder">The store's folder within the data folder.</param>
    /// <param name="note">Told in words of a folder that was set aside.</param>
    public static EmbeddedStore Start(string folder, Action<string> note)
    {
        Directory.CreateDirectory(folder);
        var data = Path.Combine(folder, "garnet");
        // A folder that takes the whole process with it at every start must not do so for ever. A single unfinished start is an
        // ordinary kill; two in a row are not.
        var starting = Path.Combine(folder, "starting");
        var unfinished = File.Exists(starting) ? File.ReadAllText(starting).Length : 0;
        if (unfinished >= 2) SetAside(data, "its last two starts did not end", note);
        File.WriteAllText(starting, new string('.', unfinished >= 2 ? 1 : unfinished + 1));
        try
        {
            return StartOver(folder, data, note);
        }
        finally
        {
            File.Delete(starting);
        }
    }

    public void Dispose()
    {
        File.Delete(endpointFile);
        server.Dispose();
    }

    private static EmbeddedStore StartOver(string folder, string data, Action<string> note)
    {
        try
        {
            return StartIn(folder, data);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            // Any exception at all: the server reads its own files with whatever it has, and none of it concerns the floor.
            SetAside(data, broken.Message, note);
            return StartIn(folder, data);
        }
    }

    private static EmbeddedStore StartIn(string folder, string data)
    {
        Directory.CreateDirectory(data);
        var port = FreePort();
        var server = new GarnetServer(Options(data, port));
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

    private static GarnetServerOptions Options(string data, int port) => new()
    {
        EndPoints = [new IPEndPoint(IPAddress.Loopback, port)],
        // The default log memory is 16 GB; a floor of 1,000 agents needs a few MB, and what is more goes to the storage tier.
        LogMemorySize = "64m",
        PageSize = "4m",
        IndexMemorySize = "8m",
        // Without a tier a full memory log drops old keys without an error.
        EnableStorageTier = true,
        LogDir = data,
        CheckpointDir = data,
        EnableAOF = true,
        AofMemorySize = "64m",
        AofPageSize = "8m",
        CommitFrequencyMs = 0,
        WaitForCommit = true,
        Recover = true,
        FailOnRecoveryError = true,
        CheckpointFrequencySecs = 300,
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

    private static void SetAside(string data, string why, Action<string> note)
    {
        if (!Path.Exists(data)) return;
        var aside = DataFolder.SetAside(data);
        note($"The embedded store did not start ({why}); its folder was set aside as {Path.GetFileName(aside)} and the store is rebuilt from the journal.");
    }
}
