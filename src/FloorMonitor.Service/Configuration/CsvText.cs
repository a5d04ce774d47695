using System.Text;
using CsvHelper;

namespace FloorMonitor.Service.Configuration;

/// <summary>How the house reads the tables that people keep in spreadsheets.</summary>
internal static class CsvText
{
    /// <summary>What begins a line that is a remark, in the files that may have some.</summary>
    public const char Remark = '#';

    /// <summary>Forgiving in form, so that every error can be told of the line that it is on.</summary>
    public static CsvReaderOptions Options => Make(null);

    /// <summary>The same for a file that may hold remarks.</summary>
    public static CsvReaderOptions OptionsWithRemarks => Make(Remark);

    /// <summary>The columns that the first line names, by name; errors for those that are not known.</summary>
    public static Dictionary<string, int> Header(string file, CsvReader csv, IReadOnlyList<string> known, ConfigErrors errors)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < csv.FieldCount; i++)
        {
            var column = csv.GetString(i).ToLowerInvariant();
            if (!known.Contains(column, StringComparer.Ordinal)) errors.Add(file, csv.LineNumber, 0, csv.GetString(i), $"unknown column{NearestKey.Suggest(column, known)}");
            else if (!columns.TryAdd(column, i)) errors.Add(file, csv.LineNumber, 0, column, "the same column stands twice");
        }

        return columns;
    }

    /// <summary>The text of a file. One from a Chinese spreadsheet is often GB18030: it is accepted, and said.</summary>
    public static string? Decode(string file, byte[] content, ConfigErrors errors, List<string> remarks)
    {
        if (content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            errors.Add(file, 0, 0, "", "is UTF-16 text; save it as \"CSV UTF-8\"");
            return null;
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(content).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            // Not UTF-8: what Chinese spreadsheets write by default, see below.
        }

        try
        {
            var text = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!.GetString(content);
            remarks.Add($"{file} is not UTF-8; it was read as GB18030");
            return text;
        }
        catch (DecoderFallbackException)
        {
            errors.Add(file, LineOfFirstFault(content), 0, "", "is neither UTF-8 nor GB18030 text; save it as \"CSV UTF-8\"");
            return null;
        }
    }

    private static CsvReaderOptions Make(char? remark) => new()
    {
        CommentPrefix = remark,
        HasHeader = false,
        TrackLineNumbers = true,
        TrimWhitespace = true,
        TrimInsideQuotes = true,
        // A quotation mark that is not closed costs its own line, not the rest of the file.
        AllowLineBreaksInQuotes = false,
        MaxRecordSize = 64 * 1024,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
    };

    // The first line that is neither, so that a person finds the letter that a program broke.
    private static int LineOfFirstFault(byte[] content)
    {
        var (line, start) = (1, 0);
        for (var at = 0; at <= content.Length; at++)
        {
            if (at < content.Length && content[at] != (byte)'\n') continue;
            var bytes = content.AsSpan(start, at - start);
            if (!IsText(bytes)) return line;
            (line, start) = (line + 1, at + 1);
        }

        return 0;
    }

    private static bool IsText(ReadOnlySpan<byte> line)
    {
        try
        {
            CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!.GetCharCount(line);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
