using FloorMonitor.Service.Configuration;

namespace FloorMonitor.Service.Hosting;

/// <summary><c>FloorMonitor.Service</c>: the service, until it is told to end.</summary>
internal static class RunCommand
{
    public static async Task<int> RunAsync(string? directory)
    {
        if (ConfigDirectory.Load(ConfigDirectory.Find(directory), Console.Error) is not { } config) return 2;
        await using var app = ServiceHost.Build(config, new HostSettings());
        try
        {
            await app.StartAsync();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            // An address in use, a data folder that cannot be written: a sentence helps more than a stack.
            Console.Error.WriteLine($"The service cannot start: {failed.Message}");
            // The engine may run already: it ends before what it uses is taken from it.
            await app.StopAsync();
            return 1;
        }

        Welcome(app, config);
        await app.WaitForShutdownAsync();
        // 0, unless the engine ended by itself.
        return Environment.ExitCode;
    }

    private static void Welcome(WebApplication app, FloorConfig config)
    {
        var log = app.Services.GetRequiredService<ILogger<FloorConfig>>();
        foreach (var remark in config.Remarks) log.LogWarning("{Remark}", remark);
        log.LogInformation(
            "{Site}: {Pbxs}, {Agents} agents, {Rules} rules, configuration in {Directory}",
            config.Setup.Site,
            string.Join(", ", config.Setup.Feeds.Select(feed => $"{feed.Name} ({feed.Kind})")),
            config.Setup.Agents.Count,
            config.Rules.Length,
            Path.GetFullPath(config.Directory));
        foreach (var url in app.Urls) log.LogInformation("The wall is on {Url}/wall", url.Replace("0.0.0.0", "localhost", StringComparison.Ordinal).Replace("[::]", "localhost", StringComparison.Ordinal));
        log.LogInformation("Ctrl+C ends it");
    }
}
