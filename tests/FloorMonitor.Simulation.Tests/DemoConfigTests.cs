using FloorMonitor.Pbx.Simulated;
using FloorMonitor.Service.Configuration;

namespace FloorMonitor.Simulation.Tests;

/// <summary>The demo's configuration names the people, teams and queues that its switch has.</summary>
public sealed class DemoConfigTests
{
    internal static readonly FloorConfig Demo = Load();

    [Fact]
    public void Agents_csv_lists_the_demos_agents() => Assert.Equal(DemoFloor.Agents, Demo.Setup.Agents);

    [Fact]
    public void Floor_yaml_lists_the_demos_teams() => Assert.Equal(DemoFloor.Teams, Demo.Setup.Teams);

    [Fact]
    public void Floor_yaml_lists_the_demos_queues() => Assert.Equal(DemoFloor.Queues, Demo.Setup.Queues);

    private static FloorConfig Load()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "FloorMonitor.sln"))) root = root.Parent ?? throw new DirectoryNotFoundException("FloorMonitor.sln");
        var loaded = ConfigLoader.Load(Path.Combine(root.FullName, "config"), WholeWay.Start);
        Assert.Empty(loaded.Errors);
        return loaded.Config!;
    }
}
