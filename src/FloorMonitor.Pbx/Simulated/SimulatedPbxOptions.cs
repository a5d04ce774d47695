namespace FloorMonitor.Pbx.Simulated;

/// <summary>How the simulated switch is reached and how fast its time goes.</summary>
public sealed record SimulatedPbxOptions
{
    /// <summary>The AMI user.</summary>
    public string Username { get; init; } = "monitor";

    /// <summary>The AMI user's secret. The demo's is no secret: its port listens on loopback alone.</summary>
    public string Secret { get; init; } = "demo";

    /// <summary>How much faster than the world its time goes; 0: only <see cref="SimulatedPbx.Step"/> moves it.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>A client with more bytes unread than this is dropped.</summary>
    public int MaxQueuedBytes { get; init; } = 8 << 20;

    /// <summary>More clients than this are turned away.</summary>
    public int MaxClients { get; init; } = 64;
}
