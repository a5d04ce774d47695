using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace FloorMonitor.Benchmarks;

/// <summary>The npm libraries that people use, fed the same bytes over a loopback socket; and the switch that feeds them.</summary>
internal static class ParsePeers
{
    private const string Packages = "yana@0.3.0 asterisk-manager@0.2.0";

    private static string Folder => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "floormonitor", "peers");

    /// <summary>Installs the libraries outside the checkout where they are missing. False, with the reason told, when they cannot be had.</summary>
    public static async Task<bool> InstallAsync(TextWriter output, CancellationToken stop)
    {
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "yana")) && Directory.Exists(Path.Combine(Folder, "node_modules", "asterisk-manager")))
            return true;
        Directory.CreateDirectory(Folder);
        try
        {
            var (exit, _, error) = await RunAsync("npm", $"install --prefix \"{Folder}\" --no-audit --no-fund {Packages}", stop);
            if (exit == 0) return true;
            await output.WriteLineAsync($"The npm libraries cannot be installed, so they are left out: {error.Trim()}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            await output.WriteLineAsync($"npm is missing, so the npm libraries are left out: {e.Message}");
        }

        return false;
    }

    /// <summary>Runs a library over the bytes: events, and the seconds from its first to its last.</summary>
    public static async Task<(long Events, double Seconds)> MeasureAsync(string library, byte[] bytes, CancellationToken stop)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(listener, bytes, stop);
        var script = Path.Combine(AppContext.BaseDirectory, "peers", "ami-peer.cjs");
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var (exit, output, error) = await RunAsync("node", $"\"{script}\" \"{Folder}\" {library} {port}", stop);
        if (exit != 0) throw new InvalidOperationException($"{library} failed: {error}");
        await serving;
        using var json = JsonDocument.Parse(output);
        return (json.RootElement.GetProperty("events").GetInt64(), json.RootElement.GetProperty("ms").GetDouble() / 1000);
    }

    /// <summary>A switch that greets, lets anybody log in, answers what our feed asks, and then sends the bytes as fast as they are read.</summary>
    public static async Task ServeAsync(TcpListener listener, byte[] bytes, CancellationToken stop, string lastAction = "login", string end = "Event: FloorEnd\r\n\r\n")
    {
        using var socket = await listener.AcceptSocketAsync(stop);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync("Asterisk Call Manager/11.0.0\r\n"u8.ToArray(), stop);
        using var reader = new StreamReader(stream, Encoding.UTF8, false, 1024, leaveOpen: true);
        string action = "", id = "";
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            if (line.StartsWith("action: ", StringComparison.OrdinalIgnoreCase)) action = line[8..];
            if (line.StartsWith("actionid: ", StringComparison.OrdinalIgnoreCase)) id = line[10..];
            if (line.Length > 0) continue;
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"Response: Success\r\nActionID: {id}\r\nMessage: ok\r\n\r\n"), stop);
            if (action is "QueueStatus" or "CoreShowChannels")
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"Event: {action.Replace("Channels", "ChannelsComplete", StringComparison.Ordinal).Replace("QueueStatus", "QueueStatusComplete", StringComparison.Ordinal)}\r\nActionID: {id}\r\n\r\n"), stop);
            if (action.Equals(lastAction, StringComparison.OrdinalIgnoreCase)) break;
        }

        await stream.WriteAsync(bytes, stop);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(end), stop);

        // The reader closes first: then everything has been read.
        var rest = new byte[1024];
        try
        {
            while (await stream.ReadAsync(rest, stop) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reader that ends by exiting resets the connection; by then it has told its figures.
        }
    }

    /// <summary>A figure for the table.</summary>
    public static string Show(double figure) => figure switch
    {
        >= 1e6 => (figure / 1e6).ToString("0.00", CultureInfo.InvariantCulture) + " M",
        >= 1e3 => (figure / 1e3).ToString("0", CultureInfo.InvariantCulture) + " k",
        _ => figure.ToString("0.##", CultureInfo.InvariantCulture),
    };

    private static async Task<(int Exit, string Output, string Error)> RunAsync(string file, string arguments, CancellationToken stop)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var error = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, await output, await error);
    }
}
