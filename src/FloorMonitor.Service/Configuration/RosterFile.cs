using System.Collections.Immutable;
using CsvHelper;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Service.Configuration;

/// <summary>What roster.csv says.</summary>
/// <param name="Lines">Its lines.</param>
/// <param name="Shifts">The shifts that it spells out itself (<c>19:00-21:00</c>), besides those of floor.yaml.</param>
/// <param name="LeftOut">What is wrong with the rows that were left out, because the file says that the good ones are to be used.</param>
internal sealed record RosterRead(ValueArray<RosterLine> Lines, ValueArray<ShiftSetup> Shifts, ImmutableArray<ConfigError> LeftOut)
{
    public static RosterRead Nothing { get; } = new([], [], []);
}

/// <summary>
/// roster.csv: who works which shift when. A file with a wrong row is refused as a whole, since half a roster would call half the
/// people absent; only a file that says <c># use-good-rows: yes</c> itself is used without its wrong rows.
/// </summary>
internal static class RosterFile
{
    public const string Name = "roster.csv";

    /// <summary>The remark by which the file says whether good rows are used though others are wrong.</summary>
    public const string UseGoodRows = "use-good-rows";

    /// <summary>More than a month of 3,000 people; what is longer belongs into a file of each month.</summary>
    public const int MaxRows = 100_000;

    private static readonly string[] Columns = ["date", "agent", "shift", "seat", "status"];

    /// <summary>Reads it.</summary>
    /// <param name="file">The file, as it is named in errors.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="setup">The floor, with its agents and shifts.</param>
    /// <param name="errors">What is wrong.</param>
    /// <param name="remarks">What is unusual.</param>
    public static RosterRead Read(string file, byte[] content, FloorSetup setup, ConfigErrors errors, List<string> remarks)
    {
        if (CsvText.Decode(file, content, errors, remarks) is not { } text) return RosterRead.Nothing;
        var wrong = new ConfigErrors();
        var useGoodRows = Directive(file, text, errors);
        var rows = new RosterRows(file, setup, wrong);
        using var csv = CsvReader.FromText(text, CsvText.OptionsWithRemarks);
        try
        {
            if (!csv.Read() || Header(file, csv, errors) is not { } columns) return RosterRead.Nothing;
            var width = csv.FieldCount;
            while (csv.Read())
            {
                if (rows.Count >= MaxRows)
                {
                    errors.Add(file, csv.LineNumber, 0, "", $"has more than {MaxRows} rows; keep the months that are over elsewhere");
                    break;
                }

                rows.Read(csv, columns, width);
            }
        }
        catch (CsvFormatException broken)
        {
            errors.Add(file, broken.LineNumber, 0, "", "cannot be read from here on: a quotation mark is out of place, or the line is far too long");
        }

        if (useGoodRows) return new(rows.Lines, rows.Shifts, [.. wrong.All]);
        foreach (var error in wrong.All) errors.Add(error.File, error.Line, error.Column, error.Key, error.Message);
        return new(rows.Lines, rows.Shifts, []);
    }

    private static Dictionary<string, int>? Header(string file, CsvReader csv, ConfigErrors errors)
    {
        var columns = CsvText.Header(file, csv, Columns, errors);
        if (columns.ContainsKey("date") && columns.ContainsKey("agent") && columns.ContainsKey("shift")) return columns;
        errors.Add(file, csv.LineNumber, 0, "", "the first line must name the columns, separated by commas: date,agent,shift,seat,status");
        return null;
    }

    // Remarks are the file's own: one that looks like the one we know and is not would be passed over in silence.
    private static bool Directive(string file, string text, ConfigErrors errors)
    {
        var (use, number) = (false, 0);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (line.IsEmpty || line[0] != CsvText.Remark || line.IndexOf(':') is not (var colon and > 0)) continue;
            var word = line[1..colon].Trim();
            // A spreadsheet fills a remark up with empty cells.
            var value = line[(colon + 1)..].Trim(" \t,;");
            if (word.SequenceEqual(UseGoodRows))
            {
                if (value.SequenceEqual("yes")) use = true;
                else if (!value.SequenceEqual("no")) errors.Add(file, number, 0, UseGoodRows, "is yes or no");
            }
            else if (word.Length <= UseGoodRows.Length + 4 && NearestKey.IsNear(word.ToString(), UseGoodRows))
            {
                errors.Add(file, number, 0, word.ToString(), $"did you mean \"{UseGoodRows}\"?");
            }
        }

        return use;
    }
}
