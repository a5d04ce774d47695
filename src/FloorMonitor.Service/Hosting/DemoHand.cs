using FloorMonitor.Core.Gate;
using FloorMonitor.Pbx.Simulated;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Http;

namespace FloorMonitor.Service.Hosting;

/// <summary>
/// Raises the hand that the demo's script asks for (D3.3): no switch tells of hands, so this comes through the same door as
/// an agent's page. Idle unless the floor is the simulated one.
/// </summary>
internal sealed class DemoHand(FloorConfig config, CommandDoor door, TimeProvider time) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (config.Pbxs.All(pbx => pbx.Kind != PbxKind.Simulated)) return;
        var (up, down, round) = DemoFloor.HandTimes;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(up, time, stoppingToken);
            await door.AskAsync(DemoFloor.RaisesAHand, CommandDoor.RaiseHand, null, GateDoor.Page, stoppingToken);
            await Task.Delay(down - up, time, stoppingToken);
            await door.AskAsync(DemoFloor.RaisesAHand, CommandDoor.LowerHand, null, GateDoor.Page, stoppingToken);
            await Task.Delay(round - down, time, stoppingToken);
        }
    }
}
