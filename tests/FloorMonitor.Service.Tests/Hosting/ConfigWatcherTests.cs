using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Hosting;
using FloorMonitor.Service.Hubs;
using FloorMonitor.Service.Tests.Configuration;
using FloorMonitor.Service.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Service.Tests.Hosting;

public sealed class ConfigWatcherTests : IDisposable
{
    private readonly ConfigFolder folder = new ConfigFolder().Floor(ConfigFolder.Least);
    private readonly FakeTimeProvider time = new(Floors.Start);
    private readonly EngineInbox inbox = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_changed_file_is_taken_up_once_it_rests_and_only_then()
    {
        var (watcher, notes) = Watch();
        await watcher.StartAsync(Stop);
        folder.Floor(ConfigFolder.Least + "site: east");
        Look();
        Assert.Equal(0, inbox.Count);
        var changed = await TakenUpAsync();
        Assert.Equal("east", changed.Setup.Site);
        Assert.Empty(notes.All);
        await watcher.StopAsync(Stop);
    }

    [Fact]
    public async Task A_bad_file_keeps_the_old_configuration_and_says_so_on_the_desk_until_it_is_mended()
    {
        var (watcher, notes) = Watch();
        folder.Floor(ConfigFolder.Least + "siet: east");
        await watcher.ReadAsync(Stop);
        Assert.Equal(0, inbox.Count);
        var note = Assert.Single(notes.All);
        Assert.Contains("floor.yaml:3:1: siet: unknown key; did you mean \"site\"?", note.Text.En, StringComparison.Ordinal);
        Assert.Contains("仍用旧配置", note.Text.Zh, StringComparison.Ordinal);

        folder.Floor(ConfigFolder.Least + "site: west");
        await watcher.ReadAsync(Stop);
        Assert.Empty(notes.All);
        Assert.Equal(1, inbox.Count);
    }

    [Fact]
    public async Task A_bad_roster_keeps_the_old_one_and_says_the_line_and_one_that_asks_for_it_is_used_without_its_bad_rows()
    {
        const string rows = "date,agent,shift\ndaily,1001,A\ndaily,1001,X\n";
        var (watcher, notes) = Watch();
        folder.Floor(ConfigFolder.Least + "shifts:\n  A: {start: \"09:00\", end: \"18:00\"}\n").Agents("id,interface\n1001,P/1001\n").Write(RosterFile.Name, rows);
        await watcher.ReadAsync(Stop);
        Assert.Equal(0, inbox.Count);
        Assert.Contains("roster.csv:3: shift: \"X\" is not among the shifts", Assert.Single(notes.All).Text.En, StringComparison.Ordinal);

        folder.Write(RosterFile.Name, "# use-good-rows: yes\n" + rows);
        await watcher.ReadAsync(Stop);
        Assert.True(inbox.Reader.TryRead(out var taken));
        Assert.Single(Assert.IsType<ConfigurationChanged>(taken).Config.Setup.Roster);
        var note = Assert.Single(notes.All);
        Assert.Contains("left out:", note.Text.En, StringComparison.Ordinal);
        Assert.Contains("roster.csv:4: shift", note.Text.Zh, StringComparison.Ordinal);

        folder.Write(RosterFile.Name, "date,agent,shift\ndaily,1001,A\n");
        await watcher.ReadAsync(Stop);
        Assert.Empty(notes.All);
    }

    [Fact]
    public async Task A_change_of_store_is_said_to_wait_for_a_restart()
    {
        var (watcher, notes) = Watch();
        folder.Floor(ConfigFolder.Least + "store: redis:6379");
        await watcher.ReadAsync(Stop);
        Assert.Contains("after a restart", Assert.Single(notes.All).Text.En, StringComparison.Ordinal);
    }

    private (ConfigWatcher Watcher, DeskNotes Notes) Watch()
    {
        var notes = new DeskNotes(time);
        var first = folder.Load().Config!;
        return (new ConfigWatcher(first, inbox, new WallBook(Floors.Config()), notes, new LiveConfig(first), time, NullLogger<ConfigWatcher>.Instance), notes);
    }

    private void Look() => time.Advance(ConfigWatcher.LookEvery);

    private async Task<FloorConfig> TakenUpAsync()
    {
        // Every look is one step of the clock; the watcher reads on a thread of its own.
        while (inbox.Count == 0)
        {
            Stop.ThrowIfCancellationRequested();
            Look();
            await Task.Yield();
        }

        Assert.True(inbox.Reader.TryRead(out var item));
        return Assert.IsType<ConfigurationChanged>(item).Config;
    }
}
