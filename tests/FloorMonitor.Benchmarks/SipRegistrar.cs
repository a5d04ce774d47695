using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FloorMonitor.Benchmarks;

/// <summary>The lab's Kamailio, with phones registered to it by the plainest REGISTERs.</summary>
internal sealed class SipRegistrar : IDisposable
{
    private readonly Process process;
    private readonly string folder;

    private SipRegistrar(Process process, string folder, int port)
    {
        this.process = process;
        this.folder = folder;
        Port = port;
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Starts one; the monitor has to answer by SHA-256, seats are taken at their word.</summary>
    public static async Task<SipRegistrar> StartAsync(CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("floor-kamailio-").FullName;
        var (port, tls) = (FreePort(), FreePort());
        var start = new ProcessStartInfo(Path.Combine(Lab(), "kamailio"), [$"{port}", $"{tls}", folder, "SHA-256"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var registrar = new SipRegistrar(Process.Start(start)!, folder, port);
        while (await registrar.process.StandardOutput.ReadLineAsync(stop) is { } line)
            if (line == "up") return registrar;
        throw new InvalidOperationException("Kamailio did not start: install it as tests/run does.");
    }

    /// <summary>Registers seats, each at a port where nobody listens: they are only to be there.</summary>
    public async Task RegisterAsync(IEnumerable<int> seats, CancellationToken stop)
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Connect(IPAddress.Loopback, Port);
        foreach (var seat in seats)
        {
            socket.Send(Encoding.ASCII.GetBytes(
                $"REGISTER sip:127.0.0.1:{Port} SIP/2.0\r\nVia: SIP/2.0/UDP {socket.Client.LocalEndPoint};branch=z9hG4bK{seat}\r\nFrom: <sip:{seat}@127.0.0.1>;tag={seat}\r\n"
                + $"To: <sip:{seat}@127.0.0.1>\r\nCall-ID: {seat}\r\nCSeq: 1 REGISTER\r\nContact: <sip:{seat}@127.0.0.1:9>\r\nExpires: 3600\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"));
            var answer = await socket.ReceiveAsync(stop);
            if (!Encoding.ASCII.GetString(answer.Buffer).StartsWith("SIP/2.0 200", StringComparison.Ordinal)) throw new InvalidOperationException("A seat was not registered.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit(TimeSpan.FromSeconds(10));
        process.Dispose();
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A process of it may still be closing a file; the folder lies among the temporary ones.
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private static string Lab()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "FloorMonitor.sln"))) return Path.Combine(at.FullName, "tests", "lab");
        throw new InvalidOperationException("FloorMonitor.sln was not found above the benchmark.");
    }
}
