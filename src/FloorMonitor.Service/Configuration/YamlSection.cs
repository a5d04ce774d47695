using System.Globalization;
using System.Text.RegularExpressions;
using FloorMonitor.Core.Rules;
using YamlDotNet.RepresentationModel;

namespace FloorMonitor.Service.Configuration;

/// <summary>
/// A mapping of a YAML file, asked key by key. It remembers what was asked: at the end every other key is an error with
/// the nearest known one, so the code that reads a key is the only list of keys there is.
/// </summary>
internal sealed partial class YamlSection(
    string file, string path, YamlMappingNode node, ConfigErrors errors, Func<string, string?> environment)
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>The section's own path, such as <c>pbxs[0]</c>.</summary>
    public string Path => path;

    /// <summary>The section as parsed.</summary>
    public YamlMappingNode Node => node;

    /// <summary>Keys as written, in order.</summary>
    public IEnumerable<string> Keys => node.Children.Keys.OfType<YamlScalarNode>().Select(key => key.Value ?? "");

    /// <summary>Says that a key's value is wrong; without a key, the section as a whole.</summary>
    public void Error(string key, string message)
    {
        YamlNode at = key.Length > 0 && KeyOf(key) is { } found ? found : node;
        errors.Add(file, at.Start.Line, at.Start.Column, key.Length == 0 ? path : Under(key), message);
    }

    /// <summary>Says that something on a line is wrong.</summary>
    public void ErrorAt(long line, string path, string message) => errors.Add(file, line, 0, path, message);

    /// <summary>The node of a key; null where it is absent or has no value.</summary>
    public YamlNode? Find(string key)
    {
        known.Add(key);
        foreach (var (name, value) in node.Children)
            if (name is YamlScalarNode scalar && scalar.Value == key) return IsNothing(value) ? null : value;
        return null;
    }

    /// <summary>A text, with <c>${NAME}</c> replaced by the environment's value.</summary>
    public string? Text(string key, bool isRequired = false)
    {
        if (Find(key) is not { } value)
        {
            if (isRequired) Error(key, "is required");
            return null;
        }

        if (value is YamlScalarNode scalar) return Expand(key, scalar.Value ?? "");
        Error(key, "must be a single value");
        return null;
    }

    /// <summary>One of a few words.</summary>
    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> choices, bool isRequired = false)
        where T : struct
    {
        if (Text(key, isRequired) is not { } text) return null;
        if (choices.TryGetValue(text, out var choice)) return choice;
        Error(key, $"\"{Shown(text)}\" is not one of {string.Join(", ", choices.Keys)}{NearestKey.Suggest(text, choices.Keys)}");
        return null;
    }

    /// <summary>A duration within bounds.</summary>
    public TimeSpan? Duration(string key, TimeSpan least, TimeSpan most)
    {
        if (Text(key) is not { } text) return null;
        if (ParameterText.Duration(text) is not { } duration) Error(key, $"\"{Shown(text)}\" is not a duration such as 30m, 1h30m or 90s");
        else if (duration < least || duration > most) Error(key, $"{Shown(text)} is outside {Spoken(least)} to {Spoken(most)}");
        else return duration;
        return null;
    }

    /// <summary>A time of day, <c>HH:mm</c>.</summary>
    public TimeSpan? TimeOfDay(string key, bool isRequired = false)
    {
        if (Text(key, isRequired) is not { } text) return null;
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time.ToTimeSpan();
        Error(key, $"\"{Shown(text)}\" is not a time of day such as \"04:00\"");
        return null;
    }

    /// <summary>A whole number within bounds.</summary>
    public int? Number(string key, int least, int most)
    {
        if (Text(key) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Error(key, $"\"{Shown(text)}\" is not a whole number from {least} to {most}");
        return null;
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public bool? Flag(string key)
    {
        if (Text(key) is not { } text) return null;
        if (text is "true" or "false") return text == "true";
        Error(key, $"\"{Shown(text)}\" is not true or false");
        return null;
    }

    /// <summary>A mapping beneath a key.</summary>
    public YamlSection? Section(string key)
    {
        if (Find(key) is not { } value) return null;
        if (value is YamlMappingNode mapping) return new(file, Under(key), mapping, errors, environment);
        Error(key, "must hold keys of its own");
        return null;
    }

    /// <summary>A list of mappings beneath a key.</summary>
    public IReadOnlyList<YamlSection> Sections(string key)
    {
        var sections = new List<YamlSection>();
        foreach (var (index, item) in Items(key).Index())
        {
            if (item is YamlMappingNode mapping) sections.Add(new(file, $"{Under(key)}[{index}]", mapping, errors, environment));
            else errors.Add(file, item.Start.Line, item.Start.Column, $"{Under(key)}[{index}]", "must hold keys of its own");
        }

        return sections;
    }

    /// <summary>A list of texts beneath a key.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        var texts = new List<string>();
        foreach (var (index, item) in Items(key).Index())
        {
            if (item is YamlScalarNode { Value.Length: > 0 } scalar) texts.Add(Expand(key, scalar.Value));
            else errors.Add(file, item.Start.Line, item.Start.Column, $"{Under(key)}[{index}]", "must be a single value");
        }

        return texts;
    }

    /// <summary>Every key that nobody asked for is an error.</summary>
    public void Close()
    {
        foreach (var key in node.Children.Keys)
        {
            if (key is YamlScalarNode { Value: { } name } && known.Contains(name)) continue;
            var word = (key as YamlScalarNode)?.Value ?? "(not a word)";
            errors.Add(file, key.Start.Line, key.Start.Column, Under(Shown(word)), $"unknown key{NearestKey.Suggest(word, known)}");
        }
    }

    private IEnumerable<YamlNode> Items(string key)
    {
        if (Find(key) is not { } value) return [];
        if (value is YamlSequenceNode sequence) return sequence.Children;
        Error(key, "must be a list");
        return [];
    }

    private YamlScalarNode? KeyOf(string key) => node.Children.Keys.OfType<YamlScalarNode>().FirstOrDefault(name => name.Value == key);

    private string Under(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private string Expand(string key, string text) => Variable().Replace(text, match =>
    {
        var name = match.Groups[1].Value;
        if (environment(name) is { } value) return value;
        Error(key, $"the environment variable {name} is not set");
        return "";
    });

    private static bool IsNothing(YamlNode value) =>
        value is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private static string Shown(string text) =>
        string.Concat((text.Length > 60 ? text[..60] + "…" : text).Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));

    private static string Spoken(TimeSpan duration) =>
        duration.TotalHours >= 1 && duration.Minutes == 0 && duration.Seconds == 0 ? $"{(long)duration.TotalHours}h"
        : duration.TotalMinutes >= 1 && duration.Seconds == 0 ? $"{(long)duration.TotalMinutes}m"
        : $"{(long)duration.TotalSeconds}s";

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
