using System.Text.RegularExpressions;

namespace FloorMonitor.Pbx.Simulated;

/// <summary>
/// A session's event mask and filters. With "include" filters only what one of them matches is told, and nothing that an
/// "exclude" filter matches; a pattern is sought in the whole text of the event, as eventfilter in manager.conf does.
/// </summary>
internal sealed class EventFilter
{
    private readonly List<Func<AmiEvent, bool>> _include = [];
    private readonly List<Func<AmiEvent, bool>> _exclude = [];

    public EventClass Mask { get; private set; } = EventClass.All;

    public bool Wants(AmiEvent @event)
    {
        if ((Mask & @event.Class) == 0) return false;
        if (_include.Count > 0 && !_include.Exists(match => match(@event))) return false;
        return !_exclude.Exists(match => match(@event));
    }

    /// <summary>Sets the mask from the words of the Events header; words that are none are passed over (seen on 22.10).</summary>
    public void SetMask(string mask)
    {
        Mask = EventClass.None;
        foreach (var word in mask.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            Mask |= word.ToUpperInvariant() switch
            {
                "ON" or "ALL" or "TRUE" or "YES" => EventClass.All,
                "SYSTEM" => EventClass.System,
                "CALL" => EventClass.Call,
                "LOG" => EventClass.Log,
                "AGENT" => EventClass.Agent,
                "USER" => EventClass.User,
                "REPORTING" => EventClass.Reporting,
                "DIALPLAN" => EventClass.Dialplan,
                "SECURITY" => EventClass.Security,
                "COMMAND" => EventClass.Command,
                "VERBOSE" or "CONFIG" or "DTMF" or "CDR" or "ORIGINATE" or "AGI" or "CC" or "AOC" or "TEST" or "MESSAGE" => EventClass.Other,
                _ => EventClass.None,
            };
        }
    }

    /// <summary>Adds a filter of the Filter action; false where it does not compile.</summary>
    /// <param name="pattern">The pattern; for the plain form with a leading <c>!</c> to exclude.</param>
    /// <param name="criteria">MatchCriteria of Asterisk 22: <c>action(exclude),name(Newexten),header(Channel),method(starts_with)</c>; null for the plain form.</param>
    public bool TryAdd(string pattern, string? criteria)
    {
        var exclude = false;
        string? name = null, header = null;
        var method = "regex";
        if (criteria is null)
        {
            exclude = pattern.StartsWith('!');
            if (exclude) pattern = pattern[1..];
        }
        else
        {
            foreach (var part in criteria.Split(',', StringSplitOptions.TrimEntries))
            {
                if (Inside(part, "action") is { } action) exclude = action == "exclude";
                else if (Inside(part, "name") is { } found) name = found;
                else if (Inside(part, "header") is { } inHeader) header = inHeader;
                else if (Inside(part, "method") is { } by) method = by;
                else return false;
            }

            // With nothing to look for, the event's name alone decides.
            if (pattern.Length == 0) method = "none";
        }

        if (Matcher(pattern, method) is not { } matches) return false;
        bool Match(AmiEvent @event) =>
            (name is null || @event.Name == name) && (method == "none" || matches(header is null ? @event.Text : HeaderOf(@event.Text, header)));
        (exclude ? _exclude : _include).Add(Match);
        return true;
    }

    public static Func<string, bool>? Matcher(string pattern, string method)
    {
        switch (method)
        {
            case "exact": return text => text == pattern;
            case "starts_with": return text => text.StartsWith(pattern, StringComparison.Ordinal);
            case "ends_with": return text => text.EndsWith(pattern, StringComparison.Ordinal);
            case "contains": return text => text.Contains(pattern, StringComparison.Ordinal);
            case "none": return _ => true;
            case "regex": break;
            default: return null;
        }

        try
        {
            // A client's pattern must not be able to stall the switch: no backtracking. The switch's own expressions are POSIX
            // ones, whose dot takes a line end too and whose classes have names.
            return new Regex(Posix(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline).IsMatch;
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static string Posix(string pattern)
    {
        foreach (var (name, characters) in Classes) pattern = pattern.Replace(name, characters, StringComparison.Ordinal);
        return pattern;
    }

    private static readonly (string Name, string Characters)[] Classes =
    [
        ("[:alpha:]", "a-zA-Z"), ("[:digit:]", "0-9"), ("[:alnum:]", "a-zA-Z0-9"), ("[:upper:]", "A-Z"), ("[:lower:]", "a-z"),
        ("[:space:]", @"\s"), ("[:blank:]", @" \t"), ("[:cntrl:]", @"\x00-\x1F\x7F"), ("[:xdigit:]", "0-9A-Fa-f"),
        ("[:punct:]", @"!-/:-@\[-`{-~"), ("[:print:]", @"\x20-\x7E"), ("[:graph:]", @"\x21-\x7E"),
    ];

    private static string? Inside(string part, string word) =>
        part.StartsWith(word + "(", StringComparison.Ordinal) && part.EndsWith(')') ? part[(word.Length + 1)..^1] : null;

    private static string HeaderOf(string text, string header)
    {
        foreach (var line in text.Split("\r\n"))
            if (line.StartsWith(header + ": ", StringComparison.OrdinalIgnoreCase)) return line[(header.Length + 2)..];
        return "";
    }
}
