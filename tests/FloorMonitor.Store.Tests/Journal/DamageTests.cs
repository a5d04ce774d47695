using CsCheck;
using FloorMonitor.Store.Journal;
using FloorMonitor.Store.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Store.Tests.Journal;

/// <summary>Bytes that changed on the disk: found wherever they are, and costing only what they hit.</summary>
public sealed class DamageTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(".live")]
    [InlineData(".sealed")]
    public void A_changed_byte_anywhere_in_a_segment_is_found_and_costs_no_other_segment(string ending)
    {
        var path = MakeJournal(ending);
        var whole = File.ReadAllBytes(path);
        Assert.Empty(Check().Problems);
        Gen.Int[0, whole.Length - 1].Select(Gen.Int[1, 255]).Sample((place, flip) =>
        {
            var hurt = whole.ToArray();
            hurt[place] ^= (byte)flip;
            File.WriteAllBytes(path, hurt);
            var report = Check();
            Assert.NotEmpty(report.Problems);
            Assert.True(report.Entries >= 600, $"byte {place} cost {900 - report.Entries} of 900 entries");
        }, iter: 200, threads: 1);
        File.WriteAllBytes(path, whole);
        Assert.Empty(Check().Problems);
    }

    [Fact]
    public void A_zeroed_block_in_the_middle_costs_what_it_hit_and_the_entries_after_it_are_read()
    {
        var path = MakeJournal(".live");
        var hurt = File.ReadAllBytes(path);
        hurt.AsSpan(hurt.Length / 2, 4096).Clear();
        File.WriteAllBytes(path, hurt);
        var report = Check();
        Assert.Contains(report.Problems, problem => problem.Contains("no readable journal entry", StringComparison.Ordinal));
        Assert.Contains(report.Problems, problem => problem.Contains("are missing", StringComparison.Ordinal));
        Assert.InRange(report.Entries, 880, 899);
        Assert.Equal(900, report.LastEntry);
    }

    [Fact]
    public void An_entry_that_was_cut_out_is_noticed_though_every_other_is_whole()
    {
        var path = MakeJournal(".live");
        var whole = File.ReadAllBytes(path);
        var second = Records.RecordFormat.FileHeader.Length;
        Assert.True(Records.RecordFormat.TryRead(whole.AsSpan(second), out var header));
        File.WriteAllBytes(path, [.. whole[..second], .. whole[(second + Records.RecordFormat.HeaderSize + header.Length)..]]);
        Assert.Equal(2, Check().Problems.Count);
    }

    [Fact]
    public void A_damaged_sealed_hour_is_set_aside_at_the_start_and_the_others_serve()
    {
        var path = MakeJournal(".sealed");
        var hurt = File.ReadAllBytes(path);
        hurt[^1] ^= 1;
        File.WriteAllBytes(path, hurt);
        var notes = new List<string>();
        using var journal = JournalLog.Open(folder.At("journal"), new FakeTimeProvider(Floors.Start.AddHours(2)), notes.Add);
        Assert.Contains("set aside", Assert.Single(notes), StringComparison.Ordinal);
        Assert.True(File.Exists(path + ".aside-1"));
        Assert.Equal(Enumerable.Range(1, 300).Concat(Enumerable.Range(601, 300)).Select(id => (long)id), journal.Read(1).Select(read => read.Record.Id));
        Assert.Single(journal.Find([5, 400], TestContext.Current.CancellationToken));
    }

    private StoreReport Check() => StoreCheck.Run(folder.Root, TestContext.Current.CancellationToken);

    /// <summary>Three hours of 300 entries; the path of the one in the middle in the wanted form.</summary>
    private string MakeJournal(string ending)
    {
        var time = new FakeTimeProvider(Floors.Start);
        using var journal = JournalLog.Open(folder.At("journal"), time, note => Assert.Fail(note));
        for (var id = 1; id <= 900; id++)
        {
            journal.Append(Floors.Entry(id));
            if (id % 300 == 0) Assert.True(journal.Flush(out _));
            if (id is 300 or 600) time.Advance(TimeSpan.FromHours(1));
        }

        if (ending == ".sealed") journal.SealClosed(note => Assert.Fail(note), TestContext.Current.CancellationToken);
        return Directory.GetFiles(folder.At("journal"), "2026112310-*" + ending).Single();
    }
}
