using FloorMonitor.Pbx.Simulated;

namespace FloorMonitor.Pbx.Tests.Simulated;

/// <summary>A floor in which nothing happens by itself, so that a test sees only what it does.</summary>
internal static class SmallFloor
{
    public static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1795446000);

    /// <summary>Time stands unless the test moves it.</summary>
    public static readonly SimulatedPbxOptions Stepped = new() { Secret = "demo", Speed = 0 };

    public static FloorPlan Plan() => new()
    {
        Agents =
        [
            new AgentPlan("1001", "Li Wei", "A", ["support"]) { SignsInAfter = null, Spontaneous = false },
            new AgentPlan("1002", "张敏", "A", ["support", "sales"]) { SignsInAfter = null, Spontaneous = false },
            new AgentPlan("1003", "Static San", "A", ["fixed"]) { IsStatic = true, Spontaneous = false },
        ],
        Queues =
        [
            new QueuePlan("support") { WrapUp = TimeSpan.Zero },
            new QueuePlan("sales") { Strategy = "leastrecent", ServiceLevel = TimeSpan.FromSeconds(10), WrapUp = TimeSpan.FromSeconds(5), RingFor = TimeSpan.FromSeconds(5) },
            new QueuePlan("fixed") { Strategy = "ringall", ServiceLevel = TimeSpan.Zero, WrapUp = TimeSpan.Zero },
        ],
        CallsPerHour = 0,
        BreaksPerHour = 0,
        OutboundPerHour = 0,
        InternalPerHour = 0,
        HoldShare = 0,
        MissedShare = 0,
        Noise = 0,
        WarmUp = TimeSpan.FromSeconds(60),
    };
}
