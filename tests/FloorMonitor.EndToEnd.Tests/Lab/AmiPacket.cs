namespace FloorMonitor.EndToEnd.Tests.Lab;

/// <summary>One message of the manager interface as it came: headers in order, names repeated where they repeat.</summary>
public sealed record AmiPacket(IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>The first value of a header; empty where there is none.</summary>
    public string this[string name] => Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? "";

    /// <summary>The event's name; empty for an answer.</summary>
    public string Event => this["Event"];

    /// <summary>The answer's word; empty for an event.</summary>
    public string Response => this["Response"];

    /// <summary>The names of the headers in order.</summary>
    public IEnumerable<string> Names => Headers.Select(header => header.Key);

    /// <summary>All values of a repeated header.</summary>
    public IEnumerable<string> All(string name) => Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);

    /// <inheritdoc/>
    public override string ToString() => string.Join(" | ", Headers.Select(header => $"{header.Key}: {header.Value}"));
}
