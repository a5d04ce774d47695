using System.Text.RegularExpressions;

namespace FloorMonitor.HouseRules.Tests.Checks;

/// <summary>What any file may hold, whatever its language.</summary>
public static partial class FilesCheck
{
    /// <summary>A file that a reader can hold in the head.</summary>
    public const int MostLines = 400;

    // Hosts by the labels that only package sources carry; a link to documentation has none of them.
    private static readonly HashSet<string> s_registryLabels = new(StringComparer.OrdinalIgnoreCase)
    {
        "registry", "nuget", "npmjs", "npm", "deb", "debian", "mirror", "mirrors", "archive", "packages", "pypi", "artifactory", "nexus", "nodesource",
    };

    /// <summary>Whether a file is written by a person for a machine to run.</summary>
    public static bool IsCode(string file) =>
        Path.GetExtension(file) is ".cs" or ".ts" or ".svelte" or ".mjs" or ".js" or ".css" or ".targets" or ".props"
        || file is "tests/run" or ".ci/run"
        || (file.StartsWith("tests/lab/", StringComparison.Ordinal) && Path.GetExtension(file) is "" or ".sh");

    /// <summary>Whether a file's text is looked at: pictures, fonts and captured bytes are not.</summary>
    public static bool IsText(string file) =>
        Path.GetExtension(file) is not (".png" or ".woff2" or ".ico" or ".ami" or ".esl" or ".bin" or ".gz" or ".zst");

    /// <summary>Whether a file is longer than a reader can hold.</summary>
    public static IEnumerable<string> TooLong(string file, string text)
    {
        var lines = text.AsSpan().Count('\n');
        if (lines > MostLines) yield return $"{file}: {lines} lines, {MostLines} at most";
    }

    /// <summary>Package sources that are named: they belong to the machine's settings, not to the house.</summary>
    public static IEnumerable<string> RegistryHosts(string file, string text)
    {
        foreach (Match match in Url().Matches(text))
            if (match.Groups["host"].Value.Split('.').Any(s_registryLabels.Contains)) yield return At(file, text, match, "names a package source");
        foreach (Match match in BareHost().Matches(text)) yield return At(file, text, match, "names a package source");
    }

    /// <summary>Folders of one machine.</summary>
    public static IEnumerable<string> MachinePaths(string file, string text) =>
        from Match match in MachinePath().Matches(text) select At(file, text, match, "is a path of one machine");

    /// <summary>Work that was put off. The words are put together here so that this file does not hold them.</summary>
    public static IEnumerable<string> Leftovers(string file, string text) =>
        from Match match in Regex.Matches(text, $@"\b({"TO" + "DO"}|{"FIX" + "ME"}|{"XX" + "X"}|{"HA" + "CK"})\b|\.(skip|only)\(", RegexOptions.CultureInvariant)
        where !match.Value.StartsWith('.') || Path.GetExtension(file) is ".ts" or ".mjs" or ".js"
        select At(file, text, match, "was left for later");

    /// <summary>Paths of the house that a document names and that are not there.</summary>
    public static IEnumerable<string> MissingPaths(string document, string text, IReadOnlyCollection<string> files)
    {
        foreach (Match match in HousePath().Matches(text))
        {
            var path = match.Groups["path"].Value.TrimEnd('.', ',', ';', ':', '/', ')');
            var pattern = new Regex($"^{Regex.Escape(path).Replace("\\*", "[^/]*", StringComparison.Ordinal)}(/|$)", RegexOptions.CultureInvariant);
            if (!files.Any(file => pattern.IsMatch(file))) yield return At(document, text, match, $"there is no {path}");
        }
    }

    private static string At(string file, string text, Match match, string what) =>
        $"{file}:{text.AsSpan(0, match.Index).Count('\n') + 1}: '{match.Value}' {what}";

    [GeneratedRegex(@"https?://(?<host>[A-Za-z0-9.-]+)")]
    private static partial Regex Url();

    [GeneratedRegex(@"\b(registry|api|deb|security)\.(npmjs|nuget|debian)\.(org|com)\b")]
    private static partial Regex BareHost();

    [GeneratedRegex(@"(?<![\w.$}~*/-])/(work|root|home/[a-z]\w*|Users/\w+)(/[\w.-]+|(?=[""'`\s]))|[A-Z]:\\Users")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"(?<![\w./-])(?:\./)?(?<path>(?:src|tests|config|dashboard|\.ci)/[\w./*-]*[\w*])")]
    private static partial Regex HousePath();
}
