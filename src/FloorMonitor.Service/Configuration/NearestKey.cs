using FloorMonitor.Core.Rules;

namespace FloorMonitor.Service.Configuration;

/// <summary>Guesses what was meant by a word that is not known.</summary>
internal static class NearestKey
{
    /// <summary><c>; did you mean "host"?</c>, or which words there are where none is near.</summary>
    public static string Suggest(string word, IEnumerable<string> known) => Hint(word, known).En;

    /// <summary>The same for a person who reads either language.</summary>
    public static Text Hint(string word, IEnumerable<string> known)
    {
        var words = known.ToList();
        if (Of(word, words) is { } near) return new($";是否指“{near}”?", $"; did you mean \"{near}\"?");
        if (words.Count is 0 or > 12) return new("", "");
        var all = string.Join(", ", words.Order(StringComparer.Ordinal));
        return new($";可用的有:{all}", $"; known here: {all}");
    }

    /// <summary>The known word that is fewest edits away; null where even that one is too far to be meant.</summary>
    public static string? Of(string word, IEnumerable<string> known)
    {
        // Longer than any key of ours: not a slip of the finger, and the distance would cost its square.
        if (word.Length > 64) return null;
        var best = known
            .Select(candidate => (Candidate: candidate, Edits: Edits(Plain(word), Plain(candidate))))
            .OrderBy(pair => pair.Edits).ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Candidate is not null && best.Edits <= Math.Max(1, Math.Min(word.Length, best.Candidate.Length) / 2) ? best.Candidate : null;
    }

    /// <summary>Whether a word is another that was mistyped.</summary>
    public static bool IsNear(string word, string known) => Of(word, [known]) is not null;

    // `time_zone`, `time-zone` and `TimeZone` are one word to the person who types it.
    private static string Plain(string word) => word.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    // Damerau-Levenshtein in its restricted form: a swap of neighbours is one slip.
    private static int Edits(string left, string right)
    {
        var table = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= right.Length; j++) table[0, j] = j;
        for (var i = 1; i <= left.Length; i++)
        {
            for (var j = 1; j <= right.Length; j++)
            {
                var same = left[i - 1] == right[j - 1] ? 0 : 1;
                table[i, j] = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), table[i - 1, j - 1] + same);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[left.Length, right.Length];
    }
}
