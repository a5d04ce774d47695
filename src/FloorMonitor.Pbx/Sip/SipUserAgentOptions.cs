using FloorMonitor.Pbx.Sip.Transport;

namespace FloorMonitor.Pbx.Sip;

/// <summary>An account at a PBX, how to reach it, and how patient to be. Its text never shows the secret.</summary>
/// <param name="Name">The feed's name in floor.yaml.</param>
/// <param name="Server">Where everything is sent to: the PBX, as the account's outbound proxy.</param>
/// <param name="User">The account's user part: <c>monitor</c>.</param>
/// <param name="Domain">The account's domain, and that of the phones: <c>pbx.example</c>.</param>
/// <param name="Secret">Its secret.</param>
public sealed record SipUserAgentOptions(string Name, SipTarget Server, string User, string Domain, string Secret)
{
    /// <summary>The name that digest authentication asks for, where it differs from <see cref="User"/>.</summary>
    public string? AuthUser { get; init; }

    /// <summary>What phones show beside our texts.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Whether the account registers itself. Some PBXs accept watchers that do not.</summary>
    public bool Register { get; init; } = true;

    /// <summary>How long a registration is asked for. What the PBX grants counts.</summary>
    public TimeSpan RegisterExpires { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often the PBX is asked by OPTIONS whether it is there.</summary>
    public TimeSpan AliveEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the answer to an OPTIONS may take.</summary>
    public TimeSpan AliveWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>This many OPTIONS in a row without an answer mean that the PBX is away.</summary>
    public int AliveMisses { get; init; } = 2;

    /// <summary>How many requests about watches may be begun in a second: a thousand phones must not arrive all at once.</summary>
    public int AskPerSecond { get; init; } = 100;

    /// <summary>How many requests about watches may be fresh and unanswered at once.</summary>
    public int AskAtOnce { get; init; } = 50;

    /// <summary>
    /// How long a request counts as fresh. It is waited for much longer, but beside the others: a thousand watches that a PBX silently
    /// drops would otherwise hold every place for 32 s each, and those that it answers would run out before their turn to be refreshed.
    /// </summary>
    public TimeSpan AskHolds { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The first wait after something went wrong; it doubles with every failure, and is jittered down to half.</summary>
    public TimeSpan RetryMin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest such wait, unless the PBX asks for a longer one.</summary>
    public TimeSpan RetryMax { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The wait after the PBX refused the account: trying faster locks accounts and fills its log.</summary>
    public TimeSpan AccountRetry { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The wait after the PBX refused a watch by its status: asking faster will not help.</summary>
    public TimeSpan RefusedRetry { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long taking leave of the PBX may take at the end.</summary>
    public TimeSpan GoodbyeWithin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What is said as User-Agent.</summary>
    public string Product { get; init; } = "FloorMonitor";

    /// <summary>Addresses, ports and bounds of the transport.</summary>
    public SipTransportOptions Transport { get; init; } = new();

    /// <summary>What logs may show.</summary>
    public override string ToString() => $"{Name} (sip:{User}@{Domain} at {Server})";
}
