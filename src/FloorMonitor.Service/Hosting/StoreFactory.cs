using FloorMonitor.Service.Configuration;
using FloorMonitor.Store;

namespace FloorMonitor.Service.Hosting;

/// <summary>Makes the store that floor.yaml names.</summary>
internal static class StoreFactory
{
    // The hot hours lie in the store so that another node can take over; nobody can take over from a store inside this process,
    // and its memory is the service's own. There the newest entries are kept for those who look in, the rest lies in the files.
    private const int EmbeddedHotEntries = 2_000;

    public static IFloorStore Create(FloorConfig config, string dataDirectory, TimeProvider time, ILogger<FloorStore> log)
    {
        var options = new StoreOptions(dataDirectory, config.Store, config.Setup.Site);
        if (config.Store == StoreOptions.Embedded) options = options with { HotEntries = EmbeddedHotEntries };
        return new FloorStore(options, time, log);
    }
}
