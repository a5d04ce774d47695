namespace FloorMonitor.Core.Rules;

/// <summary>Which known word somebody probably meant.</summary>
public static class Nearest
{
    /// <summary>The known word that takes the fewest edits; null where none comes near.</summary>
    public static string? To(string word, IEnumerable<string> known)
    {
        var best = known
            .Select(candidate => (Word: candidate, Distance: Distance(word, candidate)))
            .OrderBy(one => one.Distance)
            .ThenBy(one => one.Word, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Word is not null && best.Distance <= Math.Max(2, best.Word.Length / 3) ? best.Word : null;
    }

    // Levenshtein's distance, two rows at a time. Words of a file, so long ones are not worth the time.
    private static int Distance(string left, string right)
    {
        const int longest = 64;
        if (left.Length > longest || right.Length > longest) return int.MaxValue;
        var above = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var row = new int[right.Length + 1];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + change);
            }

            above = row;
        }

        return above[right.Length];
    }
}
