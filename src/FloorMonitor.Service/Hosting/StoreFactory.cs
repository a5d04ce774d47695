using FloorMonitor.Service.Configuration;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Hosting;

/// <summary>Makes the store that floor.yaml names.</summary>
internal static class StoreFactory
{
    public static IFloorStore Create(FloorConfig config, string dataDirectory, TimeProvider time, ILogger<FloorStore> log) =>
        new FloorStore(new StoreOptions(dataDirectory, config.Store, config.Setup.Site), time, log);
}
