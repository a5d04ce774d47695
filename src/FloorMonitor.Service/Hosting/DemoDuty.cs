using FloorMonitor.Core.Gate;
using FloorMonitor.Pbx.Simulated;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Http;
using FloorMonitor.Service.Hubs;

namespace FloorMonitor.Service.Hosting;

/// <summary>
/// Takes the duty in the demo (D3.8), where nobody has it after a while, and is there like a supervisor's page as long as nobody else
/// takes it. Idle unless the floor is the simulated one.
/// </summary>
internal sealed class DemoDuty(FloorConfig config, CommandDoor door, FloorViews views, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (config.Pbxs.All(pbx => pbx.Kind != PbxKind.Simulated)) return;
        var (who, after) = DemoFloor.TakesTheDuty;
        await Task.Delay(after, time, stoppingToken);
        if (views.Current().Floor.Duty is null) await door.HouseAsync(new TakeDuty(who), stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (views.Current().Floor.Duty?.Holder == who) await door.HouseAsync(new BeatDuty(who), stoppingToken);
            await Task.Delay(BeatEvery, time, stoppingToken);
        }
    }
}
