using FloorMonitor.Store.Journal;
using FloorMonitor.Store.Records;
using FloorMonitor.Store.Serialization;
using FloorMonitor.Store.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Store.Tests.Journal;

public sealed class JournalLogTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new(Floors.Start);
    private readonly List<string> notes = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_was_flushed_is_read_by_another_journal_that_opens_the_folder_without_the_first_being_closed()
    {
        using var killed = Open();
        Write(killed, 1, 500);
        using var next = Open();
        Assert.Equal(Enumerable.Range(1, 500).Select(id => Floors.Entry(id)), All(next));
        Assert.Equal(500, next.LastId);
        Assert.Empty(notes);
    }

    [Fact]
    public void A_reader_sees_only_what_was_flushed_and_never_half_an_entry()
    {
        using var journal = Open();
        Write(journal, 1, 3);
        journal.Append(Floors.Entry(4));
        Assert.Equal([1L, 2, 3], Ids(journal));
        Assert.True(journal.Flush(out _));
        Assert.Equal([1L, 2, 3, 4], Ids(journal));
    }

    [Fact]
    public void A_torn_last_write_is_cut_at_every_place_set_aside_and_told()
    {
        using (var journal = Open()) Write(journal, 1, 3);
        var path = Directory.GetFiles(folder.At("journal"), "*.live").Single();
        var whole = File.ReadAllBytes(path);
        var lastStarts = whole.AsSpan().LastIndexOf(RecordFormat.Marker);
        for (var length = lastStarts + 1; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            notes.Clear();
            using var journal = Open();
            Assert.Equal([1L, 2], Ids(journal));
            Assert.Contains("torn", Assert.Single(notes), StringComparison.Ordinal);
            // The chain goes on after the cut.
            Write(journal, 3, 1);
            Assert.Equal([1L, 2, 3], Ids(journal));
        }

        var torn = Directory.GetFiles(folder.At("journal"), "*.torn").Select(file => new FileInfo(file).Length).Order().ToList();
        Assert.Equal(Enumerable.Range(1, whole.Length - lastStarts - 1).Select(length => (long)length), torn);
        Assert.Empty(StoreCheck.Run(folder.Root, TestContext.Current.CancellationToken).Problems);
    }

    [Fact]
    public void Hostile_text_that_looks_like_a_record_stays_text()
    {
        var bytes = new byte[RecordFormat.HeaderSize + 4];
        RecordFormat.Seal(bytes, 99, 0);
        var raw = string.Concat(bytes.Select(value => (char)value));
        using (var journal = Open())
        {
            journal.Append(Floors.Entry(1, raw));
            Write(journal, 2, 1);
        }

        // Even where the record around it is damaged, what lies inside is not taken for one.
        var path = Directory.GetFiles(folder.At("journal"), "*.live").Single();
        var damaged = File.ReadAllBytes(path);
        damaged[RecordFormat.FileHeader.Length + RecordFormat.HeaderSize + 2] ^= 0x40;
        File.WriteAllBytes(path, damaged);
        using var again = Open();
        Assert.Equal([2L], Ids(again));
    }

    [Fact]
    public void Closed_hours_are_sealed_and_read_as_before()
    {
        using var journal = Open();
        var written = WriteHours(journal, hours: 4, each: 3000);
        var before = All(journal);
        journal.SealClosed(notes.Add, TestContext.Current.CancellationToken);
        Assert.Equal(3, Directory.GetFiles(folder.At("journal"), "*.sealed").Length);
        Assert.Single(Directory.GetFiles(folder.At("journal"), "*.live"));
        Assert.Equal(written, before);
        Assert.Equal(written, All(journal));
        using var next = Open();
        Assert.Equal(written, All(next));
        Assert.Equal(written.Skip(4444), All(next, 4445));
        var check = StoreCheck.Run(folder.Root, TestContext.Current.CancellationToken);
        Assert.Empty(check.Problems);
        Assert.Equal((4, 12_000, 12_000), (check.Segments, (int)check.Entries, (int)check.LastEntry));
        Assert.Empty(notes);
    }

    [Fact]
    public void Evidence_is_found_across_sealed_and_live_segments_and_unknown_ids_are_left_out()
    {
        using var journal = Open();
        WriteHours(journal, hours: 3, each: 2000);
        journal.SealClosed(notes.Add, TestContext.Current.CancellationToken);
        long[] ids = [5999, 1, 2000, 2001, 4000, 4001, 6000, 7000, 3, -1, 0, 1234, 1235, 1];
        var found = journal.Find(ids, TestContext.Current.CancellationToken);
        Assert.Equal([1L, 3, 1234, 1235, 2000, 2001, 4000, 4001, 5999, 6000], found.Select(entry => entry.Id));
        Assert.Equal(Floors.Entry(1234), found[2]);
    }

    [Fact]
    public void A_reader_goes_on_while_the_hours_beneath_it_are_sealed()
    {
        using var journal = Open();
        WriteHours(journal, hours: 3, each: 2000);
        var read = new List<long>();
        foreach (var (_, record) in journal.Read(1))
        {
            read.Add(record.Id);
            if (record.Id is 1000 or 2500) journal.SealClosed(notes.Add, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Enumerable.Range(1, 6000).Select(id => (long)id), read);
    }

    [Fact]
    public void A_kill_between_sealing_and_removing_leaves_no_entry_twice()
    {
        using (var journal = Open()) WriteHours(journal, hours: 2, each: 100);
        var live = Directory.GetFiles(folder.At("journal"), "*.live").Order(StringComparer.Ordinal).First();
        var copy = File.ReadAllBytes(live);
        using (var journal = Open()) journal.SealClosed(notes.Add, TestContext.Current.CancellationToken);
        File.WriteAllBytes(live, copy);
        using var next = Open();
        Assert.Equal(Enumerable.Range(1, 200).Select(id => (long)id), Ids(next));
        Assert.False(File.Exists(live));
    }

    [Fact]
    public void Hours_older_than_the_retention_go_and_the_rest_stays()
    {
        using var journal = Open();
        WriteHours(journal, hours: 5, each: 10);
        journal.SealClosed(notes.Add, TestContext.Current.CancellationToken);
        journal.RemoveBefore(Floors.Start.AddHours(2));
        Assert.Equal(Enumerable.Range(21, 30).Select(id => (long)id), Ids(journal));
    }

    [Fact]
    public void A_full_disk_loses_nothing_that_fits_in_the_buffer_and_counts_what_does_not()
    {
        var full = false;
        using var journal = JournalLog.Open(folder.At("journal"), time, notes.Add, (file, bytes, offset) =>
        {
            // A full disk takes a part, then refuses: the part must be written over later.
            if (full)
            {
                RandomAccess.Write(file, bytes[..Math.Min(7, bytes.Length)], offset);
                throw new IOException("No space left on device");
            }

            RandomAccess.Write(file, bytes, offset);
        });
        Write(journal, 1, 10);
        full = true;
        journal.Append(Floors.Entry(11));
        Assert.False(journal.Flush(out var error));
        Assert.Equal("No space left on device", error);
        Assert.Equal(10, journal.FlushedId);
        var big = new string('x', 1 << 20);
        var id = 11L;
        while (journal.Lost == 0) journal.Append(Floors.Entry(++id, big));
        Assert.InRange(journal.PendingBytes, JournalLog.PendingLimit, JournalLog.PendingLimit + (3 << 20));
        journal.Append(Floors.Entry(++id));
        Assert.Equal(2, journal.Lost);
        full = false;
        Assert.True(journal.Flush(out _));
        Write(journal, ++id, 1);
        Assert.Equal([.. Enumerable.Range(1, (int)id - 3).Select(kept => (long)kept), id], Ids(journal));
        // What was lost is a hole that the check names.
        Assert.Equal([$"entries {id - 2} to {id - 1} are missing"], StoreCheck.Run(folder.Root, TestContext.Current.CancellationToken).Problems);
    }

    private JournalLog Open() => JournalLog.Open(folder.At("journal"), time, notes.Add);

    private static void Write(JournalLog journal, long from, int count)
    {
        for (var id = from; id < from + count; id++) Assert.True(journal.Append(Floors.Entry(id)));
        Assert.True(journal.Flush(out _));
    }

    private List<JournalEntry> WriteHours(JournalLog journal, int hours, int each)
    {
        for (var hour = 0; hour < hours; hour++)
        {
            if (hour > 0) time.Advance(TimeSpan.FromHours(1));
            Write(journal, (hour * each) + 1, each);
        }

        return [.. Enumerable.Range(1, hours * each).Select(id => Floors.Entry(id))];
    }

    private static List<long> Ids(JournalLog journal) => [.. journal.Read(1).Select(read => read.Record.Id)];

    private static List<JournalEntry> All(JournalLog journal, long from = 1) =>
        [.. journal.Read(from).Select(read => JournalJson.Read(read.Record.Payload.Span)!)];
}
