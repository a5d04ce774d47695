using CsCheck;
using FloorMonitor.Core.Floor;
using FloorMonitor.Store.Snapshots;
using FloorMonitor.Store.Tests.Support;

namespace FloorMonitor.Store.Tests.Snapshots;

public sealed class SnapshotTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly List<string> notes = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_last_two_are_kept_and_the_newest_is_loaded()
    {
        for (var entry = 8; entry <= 12; entry++) Save(entry);
        Assert.Equal(["000000000011.snapshot", "000000000012.snapshot"], Directory.GetFiles(folder.Root).Select(Path.GetFileName).Order());
        Assert.Equal(12, SnapshotFiles.Load(folder.Root, notes.Add)!.Entry);
        Assert.Empty(notes);
    }

    [Fact]
    public void A_damaged_one_is_set_aside_and_the_one_before_it_serves()
    {
        Save(1);
        Save(2);
        var newest = folder.At("000000000002.snapshot");
        var bytes = File.ReadAllBytes(newest);
        bytes[^3] ^= 4;
        File.WriteAllBytes(newest, bytes);
        Assert.Equal(1, SnapshotFiles.Load(folder.Root, notes.Add)!.Entry);
        Assert.Contains("set aside", Assert.Single(notes), StringComparison.Ordinal);
        Assert.True(File.Exists(newest + ".aside-1"));
    }

    [Fact]
    public void A_write_that_a_crash_ended_is_as_if_it_had_not_begun()
    {
        Save(1);
        File.WriteAllBytes(folder.At("000000000002.snapshot.tmp"), [1, 2, 3]);
        Assert.Equal(1, SnapshotFiles.Load(folder.Root, notes.Add)!.Entry);
        Assert.Empty(notes);
    }

    [Fact]
    public void No_change_of_any_byte_and_no_cut_passes_the_check()
    {
        var whole = SnapshotFiles.Write(new Snapshot(Floors.Floor(3, Floors.Agent("1", AgentState.Available)), 3));
        Gen.Int[0, whole.Length - 1].Select(Gen.Int[1, 255]).Sample((place, flip) =>
        {
            var hurt = whole.ToArray();
            hurt[place] ^= (byte)flip;
            Assert.Null(SnapshotFiles.Read(hurt));
            Assert.Null(SnapshotFiles.Read(whole.AsSpan(0, place)));
        });
    }

    private void Save(long entry) =>
        SnapshotFiles.Save(folder.Root, entry, SnapshotFiles.Write(new Snapshot(Floors.Floor(entry, Floors.Agent("1001", AgentState.Available)), entry)));
}
