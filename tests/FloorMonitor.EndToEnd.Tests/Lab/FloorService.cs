using System.Globalization;
using System.Net;
using System.Net.Http.Json;

namespace FloorMonitor.EndToEnd.Tests.Lab;

/// <summary>The service as people run it: its own process, a configuration folder, a data folder, an address.</summary>
public sealed class FloorService : IAsyncDisposable
{
    private readonly string _home;
    private readonly Dictionary<string, string> _environment;
    private readonly string? _config;
    private LabProcess? _process;

    private FloorService(string home, string? config, int port)
    {
        _home = home;
        _config = config;
        Address = new Uri($"http://127.0.0.1:{port}");
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };
        _environment = new(StringComparer.Ordinal)
        {
            ["ASPNETCORE_URLS"] = Address.ToString(),
            ["FLOOR_DATA"] = Path.Combine(home, "data"),
            ["DOTNET_gcServer"] = "0",
        };
    }

    /// <summary>Where it serves.</summary>
    public Uri Address { get; }

    /// <summary>A client of it.</summary>
    public HttpClient Http { get; }

    /// <summary>What it said so far.</summary>
    public string Said => _process?.Said ?? "";

    /// <summary>The folder of its configuration, so that a test can change it while it runs.</summary>
    public string ConfigFolder => _config ?? throw new InvalidOperationException("It runs with the house's own configuration.");

    /// <summary>Starts it for one Asterisk, by way of the port that it is told (a proxy's, perhaps).</summary>
    public static Task<FloorService> StartAsync(int amiPort, string rules = "", string floor = "", string store = "embedded", string? agents = null) =>
        StartForAsync(
            [$"{{name: pbx, kind: ami, host: 127.0.0.1, port: {amiPort}, username: {RealAsterisk.MonitorUser}, secret: {RealAsterisk.MonitorSecret}}}"],
            rules, floor, store, agents);

    /// <summary>Starts it for these PBXs, each as it stands in floor.yaml.</summary>
    public static Task<FloorService> StartForAsync(
        IReadOnlyList<string> pbxs, string rules = "", string floor = "", string store = "embedded", string? agents = null, string? alerts = null)
    {
        var home = Directory.CreateTempSubdirectory("floormonitor-service-").FullName;
        var config = Directory.CreateDirectory(Path.Combine(home, "config")).FullName;
        File.WriteAllText(Path.Combine(config, "floor.yaml"), $$"""
            site: lab
            timeZone: Asia/Shanghai
            store: "{{store}}"
            pbxs:
            {{string.Join('\n', pbxs.Select(pbx => "  - " + pbx))}}
            {{floor}}
            """);
        File.WriteAllText(Path.Combine(config, "rules.yaml"), rules.Length > 0 ? rules : "settle-in: {enabled: false}\n");
        File.WriteAllText(Path.Combine(config, "agents.csv"), agents ?? Agents);
        if (alerts is not null) File.WriteAllText(Path.Combine(config, "alerts.yaml"), alerts);
        return StartAsync(new FloorService(home, config, Ports.Next()));
    }

    /// <summary>Starts it as a newcomer does: with the configuration that lies in the house.</summary>
    public static Task<FloorService> StartDemoAsync() =>
        StartAsync(new FloorService(Directory.CreateTempSubdirectory("floormonitor-service-").FullName, null, Ports.Next()), waitUntilReady: false);

    /// <summary>Everybody of the lab.</summary>
    public const string Agents = """
        id,name,team,interface,pin
        li,李伟,A,PJSIP/1001,
        wang,王芳,A,PJSIP/1002,
        zhang,张敏,B,PJSIP/1003,
        zhao,赵强,B,Local/2001@agents/n,
        sun,孙丽,B,Local/2002@agents/n,
        mute,周静,B,Local/2101@agents/n,
        chen,陈静,C,PJSIP/1006,

        """;

    /// <summary>The floor as it is now.</summary>
    public async Task<FloorView> FloorAsync(CancellationToken stop = default) =>
        await Http.GetFromJsonAsync<FloorView>("/api/floor", FloorView.Json, stop) ?? throw new InvalidOperationException("An empty floor.");

    /// <summary>Waits until the floor is as wanted.</summary>
    public async Task<FloorView> UntilAsync(Func<FloorView, bool> wanted, string what, TimeSpan? patience = null)
    {
        try
        {
            return await Eventually.SeeAsync(FloorAsync, floor => Holds(wanted, floor), what, patience);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}\nThe service said: {Tail(Said)}", late);
        }
    }

    /// <summary>Waits until an agent is in a state.</summary>
    public async Task<AgentView> UntilAgentAsync(string id, string state, TimeSpan? patience = null) =>
        (await UntilAsync(floor => floor.Agent(id).State == state, $"{id} to be {state}", patience)).Agent(id);

    /// <summary>Waits until /readyz says yes.</summary>
    public Task ReadyAsync(TimeSpan? patience = null) => Eventually.SeeAsync(
        async stop =>
        {
            Assert.False(_process!.HasEnded, $"The service ended: {Tail(Said)}");
            using var answer = await Http.GetAsync("/readyz", stop);
            return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(stop)}";
        },
        answer => answer.StartsWith("200", StringComparison.Ordinal),
        "the service to be ready",
        patience ?? TimeSpan.FromSeconds(60));

    /// <summary>Ends it as a power cut does.</summary>
    public async Task KillAsync()
    {
        using (var process = System.Diagnostics.Process.GetProcessById(Pid())) process.Kill();
        await _process!.EndAsync(TimeSpan.FromSeconds(20));
        await _process.DisposeAsync();
    }

    /// <summary>Ends it as an administrator does (SIGTERM); gives its exit code.</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = System.Diagnostics.Process.Start("kill", ["-TERM", Pid().ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        var code = await _process!.EndAsync(TimeSpan.FromSeconds(30));
        await _process.DisposeAsync();
        return code;
    }

    /// <summary>Starts it again over the same folders.</summary>
    public async Task AgainAsync()
    {
        Launch();
        await ReadyAsync();
    }

    /// <summary>What a path answers: the status and the text.</summary>
    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>The end of a long text.</summary>
    public static string Tail(string text) => text.Length > 6000 ? text[^6000..] : text;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_process is not null) await _process.DisposeAsync();
        try
        {
            Directory.Delete(_home, recursive: true);
        }
        catch (IOException)
        {
            // The embedded store may still be closing a file; the folder lies among the temporary ones.
        }
    }

    private static async Task<FloorService> StartAsync(FloorService service, bool waitUntilReady = true)
    {
        service.Launch();
        try
        {
            if (waitUntilReady) await service.ReadyAsync();
            return service;
        }
        catch
        {
            // Not left behind, whatever went wrong; the fault goes on to the test.
            await service.DisposeAsync();
            throw;
        }
    }

    // A state that lacks the very agent or queue that is asked for is not yet the wanted one.
    private static bool Holds(Func<FloorView, bool> wanted, FloorView floor)
    {
        try
        {
            return wanted(floor);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private void Launch()
    {
        // The very files that `dotnet run` of the service uses; its own bin folder, since it finds wwwroot and config from there.
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = Path.GetFullPath(Path.Combine(LabProcess.Folder, "..", ".."));
        var folder = Path.Combine(root, "src", "FloorMonitor.Service");
        var dll = Path.Combine(folder, "bin", here.Parent!.Name, here.Name, "FloorMonitor.Service.dll");
        Assert.True(File.Exists(dll), $"{dll} is not built");
        string[] command = [Path.Combine(_home, "pid"), "dotnet", "exec", dll];
        _process = LabProcess.Start("leashed", _config is null ? command : [.. command, "--config", _config], _environment, _config is null ? root : _home);
    }

    private int Pid() => int.Parse(File.ReadAllText(Path.Combine(_home, "pid")), CultureInfo.InvariantCulture);
}
