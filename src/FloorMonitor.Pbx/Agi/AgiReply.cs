using System.Globalization;

namespace FloorMonitor.Pbx.Agi;

/// <summary>Asterisk's answer to one order: <c>200 result=0 endpos=6720</c>.</summary>
/// <param name="Code">200 done, 510 unknown, 511 the call is gone, 520 wrong use.</param>
/// <param name="Result">The number after <c>result=</c>; null where there is none.</param>
/// <param name="EndPos">How far a file was played, in samples; null where none was to be.</param>
public readonly record struct AgiReply(int Code, int? Result, long? EndPos)
{
    /// <summary>Whether it was done.</summary>
    public bool IsDone => Code == 200 && Result >= 0;

    /// <summary>The digit that was pressed meanwhile; null for none.</summary>
    public char? Digit => Code == 200 && Result is >= '#' and <= '9' ? (char)Result : null;

    /// <summary>
    /// Whether the file to be played is not there. Asterisk 22.10 answers <c>200 result=-1 endpos=0</c> at once and the call goes on; a
    /// call that ended says HANGUP besides.
    /// </summary>
    public bool IsMissingFile => Code == 200 && EndPos == 0 && Result is -1 or 0;

    /// <summary>Reads a line; null where it is no answer.</summary>
    public static AgiReply? Parse(string line)
    {
        if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code)) return null;
        if (line.Length > 3 && line[3] is not (' ' or '-')) return null;
        return new(code, (int?)NumberAfter(line, "result="), NumberAfter(line, "endpos="));
    }

    private static long? NumberAfter(string line, string name)
    {
        var at = line.IndexOf(name, StringComparison.Ordinal);
        if (at < 0) return null;
        var rest = line.AsSpan(at + name.Length);
        var end = 0;
        while (end < rest.Length && (char.IsAsciiDigit(rest[end]) || (end == 0 && rest[end] == '-'))) end++;
        return long.TryParse(rest[..end], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is >= int.MinValue and <= int.MaxValue
            ? number : null;
    }
}
