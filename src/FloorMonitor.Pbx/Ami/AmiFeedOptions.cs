namespace FloorMonitor.Pbx.Ami;

/// <summary>How to reach an Asterisk manager and how patient to be. Its text never shows the secret.</summary>
/// <param name="Name">The feed's name in floor.yaml.</param>
/// <param name="Host">Name or address of the switch.</param>
/// <param name="Port">The manager's port: 5038, with TLS usually 5039.</param>
/// <param name="Username">The account of manager.conf.</param>
/// <param name="Secret">Its secret.</param>
public sealed record AmiFeedOptions(string Name, string Host, int Port, string Username, string Secret)
{
    /// <summary>Whether to speak TLS. The certificate must be valid and name <see cref="Host"/>.</summary>
    public bool Tls { get; init; }

    /// <summary>A PEM file with the only authority whose certificates count; null: those of the machine.</summary>
    public string? TlsCaFile { get; init; }

    /// <summary>How long connecting, the TLS handshake and the banner may take, each.</summary>
    public TimeSpan ConnectWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long any action's answer may take before it counts as not given.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the whole snapshot may take.</summary>
    public TimeSpan SnapshotWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often the switch is asked whether it is there. It is the only thing that is asked regularly.</summary>
    public TimeSpan KeepAliveEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The first wait before connecting again; it doubles with every failure, and is jittered down to half.</summary>
    public TimeSpan ReconnectMin { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait before connecting again.</summary>
    public TimeSpan ReconnectMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait after the switch refused the account: trying faster locks accounts and fills its log.</summary>
    public TimeSpan RefusedRetry { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A link that stayed synced this long was a good one: the next wait is the first again.</summary>
    public TimeSpan GoodAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many events may be held while a snapshot is read.</summary>
    public int MaxHeld { get; init; } = 50_000;

    /// <summary>Bounds of the wire.</summary>
    public AmiLimits Limits { get; init; } = AmiLimits.Default;

    /// <summary>What logs may show.</summary>
    public override string ToString() => $"{Name} ({(Tls ? "amis" : "ami")}://{Username}@{Host}:{Port})";
}
