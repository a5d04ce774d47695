using FloorMonitor.Service.Configuration;

namespace FloorMonitor.Service.Hosting;

/// <summary>Where the configuration lies.</summary>
internal static class ConfigDirectory
{
    /// <summary>The folder that was asked for; else <c>config</c> here, which in a checkout is the demo; else the demo that was built with the program.</summary>
    public static string Find(string? asked)
    {
        if (asked is not null) return asked;
        return File.Exists(Path.Combine("config", FloorFile.Name)) ? "config" : Path.Combine(AppContext.BaseDirectory, "config");
    }

    /// <summary>Reads it, and says on the console everything that is wrong with it.</summary>
    public static FloorConfig? Load(string directory, TextWriter console)
    {
        var (config, errors) = ConfigLoader.Load(directory);
        foreach (var error in errors) console.WriteLine(error);
        if (config is null) console.WriteLine($"{errors.Count} {(errors.Count == 1 ? "error" : "errors")} in the configuration; nothing was started.");
        return config;
    }
}
