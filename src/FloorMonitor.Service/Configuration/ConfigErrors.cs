namespace FloorMonitor.Service.Configuration;

/// <summary>One thing that is wrong in a file, said so that a person finds and mends it.</summary>
/// <param name="File">The file, as the person named its folder.</param>
/// <param name="Line">Its line from 1; 0 where the file as a whole is meant.</param>
/// <param name="Column">Its column from 1; 0 where the line as a whole is meant.</param>
/// <param name="Key">The key's path, such as <c>pbxs[0].host</c>; empty where none is meant.</param>
/// <param name="Message">What is wrong and what would be right.</param>
internal sealed record ConfigError(string File, long Line, long Column, string Key, string Message)
{
    /// <summary><c>file:line:column: key: message</c>, the form that editors and terminals make clickable.</summary>
    public override string ToString()
    {
        var place = Line == 0 ? File : Column == 0 ? $"{File}:{Line}" : $"{File}:{Line}:{Column}";
        return Key.Length == 0 ? $"{place}: {Message}" : $"{place}: {Key}: {Message}";
    }
}

/// <summary>Collects everything that is wrong, because a person who mends a file wants to run once, not once an error.</summary>
internal sealed class ConfigErrors
{
    // A binary file taken for a configuration must not print for minutes.
    private const int Limit = 200;

    private readonly List<ConfigError> all = [];

    public bool Any => all.Count > 0;

    /// <summary>Whether one more would be dropped.</summary>
    public bool IsFull => all.Count >= Limit;

    /// <summary>Every error, by file and line.</summary>
    public IReadOnlyList<ConfigError> All => [.. all.OrderBy(error => error.File, StringComparer.Ordinal).ThenBy(error => error.Line).ThenBy(error => error.Column)];

    public void Add(string file, long line, long column, string key, string message)
    {
        if (all.Count < Limit) all.Add(new(file, line, column, key, message));
    }
}
