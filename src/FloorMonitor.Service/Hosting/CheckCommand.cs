namespace FloorMonitor.Service.Hosting;

/// <summary><c>check</c>: validates the configuration, probes PBXs and store, and says what it found.</summary>
internal static class CheckCommand
{
    public static async Task<int> RunAsync(string? directory, TextWriter console)
    {
        await console.FlushAsync();
        return ConfigDirectory.Load(ConfigDirectory.Find(directory), console) is null ? 2 : 0;
    }
}
