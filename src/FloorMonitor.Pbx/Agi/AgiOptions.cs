using System.Net;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Pbx.Agi;

/// <summary>Where the phone's door stands and how much it takes.</summary>
/// <param name="Listen">Where it listens; port 0 for any free one.</param>
/// <param name="From">The switches that may connect; FastAGI itself asks for no password.</param>
public sealed record AgiOptions(IPEndPoint Listen, ValueArray<IPAddress> From)
{
    /// <summary>How many phones may be served at once; a call beyond that is turned away at once, and the dialplan goes on without the gate. 1 to 10,000.</summary>
    public int MaxConnections { get; init; } = 256;

    /// <summary>How long the first lines may take.</summary>
    public TimeSpan RequestWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the switch may take for an answer, besides the time that what it plays or waits for takes.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest prompt; what plays longer than this is a switch that hangs.</summary>
    public TimeSpan PromptWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one call may be held here altogether.</summary>
    public TimeSpan SessionWithin { get; init; } = TimeSpan.FromMinutes(3);
}
