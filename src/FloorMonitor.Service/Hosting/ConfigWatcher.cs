using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Hubs;

namespace FloorMonitor.Service.Hosting;

/// <summary>
/// Takes up changed configuration files. It looks at the files' stamps instead of asking the system to watch them: that
/// works on every mount there is, and a file is read only when it has rested for one look, so never half-written.
/// </summary>
internal sealed class ConfigWatcher(
    FloorConfig first, EngineInbox inbox, WallBook walls, DeskNotes notes, LiveConfig live, TimeProvider time, ILogger<ConfigWatcher> log) : BackgroundService
{
    /// <summary>How often it looks; a change counts when two looks find the same.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(700);

    private const string Key = "config";
    private const string RosterKey = "roster";

    // Stamped when it is made, right after the files were read: a change between then and the first look counts.
    private string taken = Stamp(first.Directory);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        NoteLeftOut(first);
        var last = taken;
        using var timer = new PeriodicTimer(LookEvery, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = Stamp(first.Directory);
            var rests = now == last;
            last = now;
            if (now == taken || !rests) continue;
            taken = now;
            await ReadAsync(stoppingToken);
        }
    }

    /// <summary>Reads the folder; a bad one changes nothing but the desk's notes.</summary>
    internal async Task ReadAsync(CancellationToken stop)
    {
        var (config, errors) = ConfigLoader.Load(first.Directory, first.ReadAt);
        if (config is null)
        {
            foreach (var error in errors) log.LogError("Configuration not taken up: {Error}", error);
            var where = $"{errors[0]}{(errors.Count > 1 ? $" (+{errors.Count - 1})" : "")}";
            notes.Raise(Key, new($"配置有误,仍用旧配置:{where}", $"The configuration is wrong, the old one stays in force: {where}"));
            return;
        }

        foreach (var remark in config.Remarks) log.LogWarning("{Remark}", remark);
        if (config.Store != first.Store)
            notes.Raise(Key, new("store 的改动在重启后生效", "The change of store takes effect after a restart"));
        else notes.Clear(Key);
        NoteLeftOut(config);
        walls.Take(config.Walls);
        await inbox.PutAsync(new ConfigurationChanged(config), stop);
        live.Take(config);
        log.LogInformation("The changed configuration is in force");
    }

    // A roster that asks to be used without its wrong rows is used; that somebody is missing in it must be seen all the same.
    private void NoteLeftOut(FloorConfig config)
    {
        if (config.LeftOut.IsEmpty)
        {
            notes.Clear(RosterKey);
            return;
        }

        foreach (var error in config.LeftOut) log.LogWarning("Left out of the roster: {Error}", error);
        var where = $"{config.LeftOut[0]}{(config.LeftOut.Length > 1 ? $" (+{config.LeftOut.Length - 1})" : "")}";
        notes.Raise(RosterKey, new($"排班表中有误的行未采用:{where}", $"Wrong rows of the roster are left out: {where}"));
    }

    private static string Stamp(string directory) => string.Join('|', ConfigLoader.Files.Select(name =>
    {
        var file = new FileInfo(Path.Combine(directory, name));
        return file.Exists ? $"{name} {file.LastWriteTimeUtc.Ticks} {file.Length}" : "";
    }));
}
