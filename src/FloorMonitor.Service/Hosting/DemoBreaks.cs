using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using FloorMonitor.Pbx.Simulated;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Http;

namespace FloorMonitor.Service.Hosting;

/// <summary>
/// Two of a team ask for a break at about the same time, as from their pages: one may go, the other gets a slot. What the gate answers
/// is what the demo shows. Idle unless the floor is the simulated one.
/// </summary>
internal sealed class DemoBreaks(FloorConfig config, CommandDoor door, TimeProvider time) : BackgroundService
{
    private static readonly (TimeSpan At, string Agent, string Command)[] Steps =
    [
        (TimeSpan.FromSeconds(8), "1003", CommandDoor.RequestBreak),
        (TimeSpan.FromSeconds(12), "1004", CommandDoor.RequestBreak),
        (TimeSpan.FromSeconds(40), "1003", CommandDoor.Break),
        (TimeSpan.FromSeconds(220), "1003", CommandDoor.Resume),
        (TimeSpan.FromSeconds(420), "1004", CommandDoor.Break),
        (TimeSpan.FromSeconds(560), "1004", CommandDoor.Resume),
    ];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (config.Pbxs.All(pbx => pbx.Kind != PbxKind.Simulated)) return;
        var round = DemoFloor.HandTimes.Round;
        while (!stoppingToken.IsCancellationRequested)
        {
            var passed = TimeSpan.Zero;
            foreach (var (at, agent, command) in Steps)
            {
                await Task.Delay(at - passed, time, stoppingToken);
                passed = at;
                var body = command == CommandDoor.Resume ? null : new CommandBody { Kind = BreakKinds.ShortBreak };
                await door.AskAsync(agent, command, body, GateDoor.Page, stoppingToken);
            }

            await Task.Delay(round - passed, time, stoppingToken);
        }
    }
}
