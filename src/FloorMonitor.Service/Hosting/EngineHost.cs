using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Engine;

namespace FloorMonitor.Service.Hosting;

/// <summary>
/// Runs the engine for as long as the process: recovered before the first request is answered, and ended before the store
/// is closed (the container closes what it made). An engine that ends by itself takes the process with it: a floor that no longer moves must not look alive.
/// </summary>
internal sealed class EngineHost(
    FloorEngine engine, FloorConfig config, IHostApplicationLifetime lifetime, ILogger<EngineHost> log) : IHostedService, IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await engine.StartAsync(config, cancellationToken);
        running = Task.Run(FollowAsync, CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await running;
        log.LogInformation("Everything that was heard is in the journal; goodbye");
    }

    public void Dispose() => stop.Dispose();

    private async Task FollowAsync()
    {
        try
        {
            await engine.RunAsync(config, stop.Token);
        }
        catch (Exception bug) when (!stop.IsCancellationRequested)
        {
            // Whatever it was: a wall that goes on showing a floor that nobody folds would be worse than none.
            log.LogCritical(bug, "The engine ended; the service ends with it, so that whoever watches it starts it anew");
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }
}
