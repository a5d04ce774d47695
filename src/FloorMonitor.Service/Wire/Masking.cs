using System.Text.RegularExpressions;

namespace FloorMonitor.Service.Wire;

/// <summary>Numbers leave the house masked (handbook C: a caller's number is confidential).</summary>
internal static partial class Masking
{
    /// <summary><c>138****1234</c>; of a short number only the last two digits are kept.</summary>
    public static string? Mask(string? number) => number switch
    {
        null => null,
        { Length: >= 8 } => $"{number[..3]}****{number[^4..]}",
        { Length: > 2 } => $"****{number[^2..]}",
        _ => "****",
    };

    /// <summary>A text as the PBX sent it, with what may be a caller's number masked wherever it stands.</summary>
    public static string MaskWithin(string raw) => Number().Replace(raw, match => Mask(match.Value)!);

    // Eight digits and more are a subscriber's number; ten with a dot behind or before them are half of a channel's unique id,
    // which evidence needs to be followed through the journal.
    [GeneratedRegex(@"(?<![\d.])\+?\d{8,15}(?![\d.])", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
