using FloorMonitor.Store.Journal;
using FloorMonitor.Store.Records;
using FloorMonitor.Store.Serialization;
using FloorMonitor.Store.Snapshots;

namespace FloorMonitor.Store;

/// <summary>What a check of a data folder found.</summary>
/// <param name="Segments">Journal files read.</param>
/// <param name="Entries">Journal entries read.</param>
/// <param name="LastEntry">The last of them.</param>
/// <param name="Verdicts">Verdict changes read.</param>
/// <param name="Problems">Everything that is not as it was written, in words; empty when all is.</param>
public sealed record StoreReport(int Segments, long Entries, long LastEntry, long Verdicts, IReadOnlyList<string> Problems);

/// <summary>
/// Reads every byte that the product wrote and finds what is damaged, missing or out of order: checksums, the chain from record to
/// record and from file to file, gaps in the ids, entries that cannot be read. Changes nothing and may run beside the service.
/// </summary>
public static class StoreCheck
{
    private const int MaxProblems = 1000;

    /// <summary>Checks a data folder.</summary>
    public static StoreReport Run(string dataFolder, CancellationToken stop)
    {
        var check = new Check(dataFolder, stop);
        check.Journal();
        check.VerdictsAndSnapshots();
        return new StoreReport(check.Segments, check.Entries, check.LastId, check.Verdicts, check.Problems);
    }

    private sealed class Check(string dataFolder, CancellationToken stop)
    {
        private ulong previous;
        private bool chained;

        public List<string> Problems { get; } = [];

        public int Segments { get; private set; }

        public long Entries { get; private set; }

        public long LastId { get; private set; }

        public long Verdicts { get; private set; }

        public void Journal()
        {
            var folder = Path.Combine(dataFolder, "journal");
            if (!Directory.Exists(folder)) return;
            var files = JournalFolder.List(folder);
            for (var i = 0; i < files.Count; i++)
            {
                stop.ThrowIfCancellationRequested();
                var (path, hour, firstId) = files[i];
                Segments++;
                if (path.EndsWith(Segment.SealedEnding, StringComparison.Ordinal)) Sealed(path, hour, firstId);
                // Only the last file may be in the middle of a write; whatever follows its last whole record is that.
                else Live(path, "journal entry", mayBeWritten: i == files.Count - 1, record => Entry(path, record));
            }
        }

        public void VerdictsAndSnapshots()
        {
            foreach (var path in Files("verdicts", ".verdicts"))
            {
                (previous, chained) = (0, false);
                Live(path, "verdict change", mayBeWritten: true, record =>
                {
                    Verdicts++;
                    Chain(path, record);
                });
            }

            foreach (var path in Files("snapshots", ".snapshot"))
                if (SnapshotFiles.Read(File.ReadAllBytes(path)) is null) Found($"{Path.GetFileName(path)}: the snapshot does not pass its check");
        }

        private IEnumerable<string> Files(string folder, string ending)
        {
            var path = Path.Combine(dataFolder, folder);
            return Directory.Exists(path) ? Directory.EnumerateFiles(path, "*" + ending).Order(StringComparer.Ordinal) : [];
        }

        private void Sealed(string path, string hour, long firstId)
        {
            try
            {
                using var segment = SealedSegment.Open(path, hour, firstId);
                foreach (var record in segment.Read(0, hurt => Hurt(hurt, "journal entry"))) Entry(path, record);
            }
            catch (InvalidDataException damage)
            {
                Found($"{Path.GetFileName(path)}: {damage.Message}; its entries cannot be read");
                chained = false;
            }
        }

        private void Live(string path, string what, bool mayBeWritten, Action<StoredRecord> each)
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var length = RandomAccess.GetLength(file);
            var header = new byte[RecordFormat.FileHeader.Length];
            if (length == 0) return;
            if (RandomAccess.Read(file, header, 0) < header.Length || !RecordFormat.FileHeader.SequenceEqual(header))
                Found($"{Path.GetFileName(path)}: the file's first bytes are damaged");
            foreach (var record in RecordScan.File(file, path, header.Length, length, hurt =>
            {
                if (!hurt.AtEnd || !mayBeWritten) Hurt(hurt, what);
                else Found($"{Path.GetFileName(path)}: {hurt.Length} bytes after the last whole {what}: a write that a crash tore, or one that is under way");
            })) each(record);
        }

        private void Entry(string path, StoredRecord record)
        {
            Entries++;
            if (LastId != 0 && record.Id != LastId + 1) Found($"entries {LastId + 1} to {record.Id - 1} are missing");
            Chain(path, record);
            LastId = record.Id;
            var entry = JournalJson.Read(record.Payload.Span, name => Found($"entry {record.Id} holds {name}, which this version does not know"));
            if (entry is not null && entry.Id != record.Id) Found($"entry {record.Id} says of itself that it is {entry.Id}");
        }

        private void Chain(string path, StoredRecord record)
        {
            if (chained && record.Previous != previous) Found($"{Path.GetFileName(path)}: record {record.Id} does not follow the one before it");
            (previous, chained) = (record.Hash, true);
        }

        private void Hurt(Damage hurt, string what) =>
            Found($"{Path.GetFileName(hurt.Path)}: {hurt.Length} bytes at {hurt.Offset} are no readable {what}");

        private void Found(string problem)
        {
            if (Problems.Count < MaxProblems) Problems.Add(problem);
        }
    }
}
