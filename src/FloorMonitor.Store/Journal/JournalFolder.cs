using FloorMonitor.Store.Records;

namespace FloorMonitor.Store.Journal;

/// <summary>Finds the journal's segments in a folder and puts right what a crash left half done.</summary>
internal static class JournalFolder
{
    /// <summary>The segments in order of their ids, the last of them open for writing where it is a live one.</summary>
    public static List<Segment> Open(string folder, Action<string> note, WriteAt? write)
    {
        Directory.CreateDirectory(folder);
        var segments = new List<Segment>();
        ulong previous = 0;
        foreach (var (path, hour, firstId) in List(folder))
        {
            if (path.EndsWith(Segment.SealedEnding, StringComparison.Ordinal))
            {
                if (OpenSealed(path, note) is not { } closed) continue;
                // Killed between sealing and removing the live file: the sealed one was read back before, so the live one goes.
                var leftOver = Path.ChangeExtension(path, Segment.LiveEnding);
                if (File.Exists(leftOver)) File.Delete(leftOver);
                segments.Add(closed);
                previous = closed.LastHash;
            }
            else if (!File.Exists(Path.ChangeExtension(path, Segment.SealedEnding)))
            {
                var file = RecordFile.Open(path, previous, note, write);
                segments.Add(new LiveSegment(file, hour, firstId));
                previous = file.LastHash;
            }
        }

        return segments;
    }

    /// <summary>The segment files in a folder, in order of their first ids.</summary>
    public static List<(string Path, string Hour, long FirstId)> List(string folder)
    {
        var found = new List<(string Path, string Hour, long FirstId)>();
        foreach (var path in Directory.EnumerateFiles(folder))
            if ((path.EndsWith(Segment.LiveEnding, StringComparison.Ordinal) || path.EndsWith(Segment.SealedEnding, StringComparison.Ordinal))
                && Segment.TryParse(path, out var hour, out var firstId)) found.Add((path, hour, firstId));
        // An hour in which nothing was heard starts with the same id as the next; a sealed file goes before the live one of the same hour.
        return
        [
            .. found.OrderBy(file => file.FirstId)
                .ThenBy(file => file.Hour, StringComparer.Ordinal)
                .ThenByDescending(file => file.Path, StringComparer.Ordinal),
        ];
    }

    private static SealedSegment? OpenSealed(string path, Action<string> note)
    {
        try
        {
            return SealedSegment.Open(path);
        }
        catch (InvalidDataException damage)
        {
            var aside = DataFolder.SetAside(path);
            note($"{Path.GetFileName(path)}: {damage.Message}; set aside as {Path.GetFileName(aside)}. Its entries are missing from the journal.");
            return null;
        }
    }
}
