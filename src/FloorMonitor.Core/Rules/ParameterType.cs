using System.Globalization;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>What a parameter of a rule is: how it is written in rules.yaml.</summary>
public enum ParameterType
{
    /// <summary><c>30m</c>, <c>90s</c>, <c>1h30m</c>, <c>500ms</c>.</summary>
    Duration,

    /// <summary><c>0.95</c> or <c>95%</c>, between 0 and 1.</summary>
    Share,

    /// <summary>A number with a fraction.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Whole,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Bool,

    /// <summary>A list of words.</summary>
    List,

    /// <summary>One of the words that it knows.</summary>
    Word,
}

/// <summary>Reads and writes the values of parameters as rules.yaml has them.</summary>
public static class ParameterText
{
    // From the longest to the shortest, each at most once, as people write them: 1h30m, never 30m1h.
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
    ];

    /// <summary>Reads a duration; null where it is none.</summary>
    public static TimeSpan? Duration(string text)
    {
        if (text == "0") return TimeSpan.Zero;
        // At most six digits a unit: no sum of them overflows.
        const int mostDigits = 6;
        var (total, next, at) = (0L, 0, 0);
        while (at < text.Length)
        {
            var digits = 0;
            while (at + digits < text.Length && char.IsAsciiDigit(text[at + digits])) digits++;
            var letters = 0;
            while (at + digits + letters < text.Length && char.IsAsciiLetterLower(text[at + digits + letters])) letters++;
            var unit = Array.FindIndex(Units, next, one => text.AsSpan(at + digits, letters).SequenceEqual(one.Unit));
            if (digits is 0 or > mostDigits || unit < 0) return null;
            total += int.Parse(text.AsSpan(at, digits), CultureInfo.InvariantCulture) * Units[unit].Ticks;
            (next, at) = (unit + 1, at + digits + letters);
        }

        return text.Length == 0 ? null : new TimeSpan(total);
    }

    /// <summary>Reads a share; null where it is none. A share above 1 is read as written, for the range to refuse.</summary>
    public static double? Share(string text)
    {
        var isPercent = text.EndsWith('%');
        var number = isPercent ? text[..^1].TrimEnd() : text;
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) return null;
        return isPercent ? value / 100 : value;
    }

    /// <summary>A value as rules.yaml would have it.</summary>
    public static string Write(object value, ParameterType type) => (type, value) switch
    {
        (ParameterType.Duration, TimeSpan span) => Write(span),
        (ParameterType.List, ValueArray<string> list) => $"[{string.Join(", ", list.AsSpan().ToArray())}]",
        (ParameterType.Bool, bool yes) => yes ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Write(TimeSpan span)
    {
        if (span == TimeSpan.Zero) return "0s";
        var parts = new (long Count, string Unit)[]
        {
            ((long)span.TotalHours, "h"), (span.Minutes, "m"), (span.Seconds, "s"), (span.Milliseconds, "ms"),
        };
        return string.Concat(parts.Where(part => part.Count != 0).Select(part => FormattableString.Invariant($"{part.Count}{part.Unit}")));
    }
}
