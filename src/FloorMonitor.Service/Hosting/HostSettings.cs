using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Engine;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Hosting;

/// <summary>What the host takes from outside; a test gives its own.</summary>
internal sealed record HostSettings
{
    /// <summary>Addresses to listen on; null: ASPNETCORE_URLS, else the default.</summary>
    public string? Urls { get; init; }

    /// <summary>The data folder.</summary>
    public string DataDirectory { get; init; } = Environment.GetEnvironmentVariable("FLOOR_DATA") is { Length: > 0 } data ? data : "data";

    /// <summary>The clock of everything.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes the store; null: the one that the configuration names.</summary>
    public Func<FloorConfig, IFloorStore>? Store { get; init; }

    /// <summary>Makes the links to the PBXs; null: those that the configuration names.</summary>
    public IFeedFactory? Feeds { get; init; }

    /// <summary>Room of the engine's queue.</summary>
    public int InboxCapacity { get; init; } = EngineInbox.Capacity;

    /// <summary>Whether to write logs.</summary>
    public bool Logs { get; init; } = true;
}
