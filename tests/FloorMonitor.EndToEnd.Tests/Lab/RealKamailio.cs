using System.Globalization;

namespace FloorMonitor.EndToEnd.Tests.Lab;

/// <summary>A real Kamailio of the lab: registrar and presence server, with a folder and ports of its own.</summary>
public sealed class RealKamailio : IAsyncDisposable
{
    /// <summary>The account by which the monitor watches.</summary>
    public const string MonitorUser = "monitor", MonitorSecret = "monitor-secret";

    private readonly string _folder = Directory.CreateTempSubdirectory("floormonitor-kamailio-").FullName;
    private readonly string _algorithm;
    private LabProcess? _lab;

    private RealKamailio(string algorithm) => _algorithm = algorithm;

    /// <summary>Where it listens for UDP and TCP.</summary>
    public int SipPort { get; } = Ports.Next();

    /// <summary>Where it listens for TLS.</summary>
    public int TlsPort { get; } = Ports.Next();

    /// <summary>The authority of its certificate.</summary>
    public string Authority => Path.Combine(_folder, "cert.pem");

    /// <summary>Starts one that asks who comes by an algorithm of digest.</summary>
    public static async Task<RealKamailio> StartAsync(string algorithm = "MD5")
    {
        var kamailio = new RealKamailio(algorithm);
        try
        {
            await kamailio.UpAsync();
            return kamailio;
        }
        catch
        {
            // Whatever went wrong, the process is not left behind; the fault goes on to the test.
            await kamailio.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it (again), and waits until it listens.</summary>
    public async Task UpAsync()
    {
        var lab = _lab = LabProcess.Start("kamailio", [Text(SipPort), Text(TlsPort), _folder, _algorithm]);
        await Eventually.HoldsAsync(
            () => lab.HasEnded ? throw new InvalidOperationException($"Kamailio did not start: {lab.Said}") : Task.FromResult(lab.Lines.Contains("up")),
            "Kamailio to be up",
            TimeSpan.FromSeconds(60));
    }

    /// <summary>Ends it; what it knew of registrations and subscriptions is lost.</summary>
    public async Task DownAsync()
    {
        if (_lab is not null) await _lab.DisposeAsync();
        _lab = null;
    }

    /// <summary>Its entry in floor.yaml, by one of its transports.</summary>
    public string Entry(string transport, string more = "packages: [dialog, presence, reg]")
    {
        var (port, ca) = transport == "tls" ? (TlsPort, $", ca: {Authority}") : (SipPort, "");
        return $"{{name: sip, kind: sip, host: 127.0.0.1, port: {port}, transport: {transport}{ca}, username: {MonitorUser}, secret: {MonitorSecret}, {more}}}";
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DownAsync();
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A process of it may still be closing a file; the folder lies among the temporary ones.
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
