using System.Text.Json;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Store.Serialization;

/// <summary>A journal entry as bytes and back. Reading is forgiving where a newer version wrote events that this one does not know.</summary>
internal static class JournalJson
{
    /// <summary>Writes an entry as one JSON object.</summary>
    public static void Write(JournalEntry entry, Utf8JsonWriter writer) => JsonSerializer.Serialize(writer, entry, FloorJson.Options);

    /// <summary>
    /// Reads an entry. An event of an unknown or changed type is left out and named in <paramref name="unknown"/>: an old journal
    /// must still open in a newer program and the other way round, and the raw text is there all the same.
    /// </summary>
    /// <returns>The entry; null where the bytes are no entry at all.</returns>
    public static JournalEntry? Read(ReadOnlySpan<byte> json, Action<string>? unknown = null)
    {
        try
        {
            var entry = JsonSerializer.Deserialize<JournalEntry>(json, FloorJson.Options);
            // The serializer fills what is missing with nothing; an entry without a source is none.
            return entry is { Source: not null, Raw: not null } ? entry : null;
        }
        catch (JsonException)
        {
            return ReadWhatIsKnown(json, unknown);
        }
        catch (NotSupportedException)
        {
            // System.Text.Json's answer to an event without a type: its base type is abstract.
            return ReadWhatIsKnown(json, unknown);
        }
    }

    private static JournalEntry? ReadWhatIsKnown(ReadOnlySpan<byte> json, Action<string>? unknown)
    {
        try
        {
            using var document = JsonDocument.Parse(json.ToArray());
            var entry = document.RootElement;
            var events = new List<FloorEvent>();
            foreach (var element in entry.GetProperty("events").EnumerateArray())
                if (ReadEvent(element, unknown) is { } known) events.Add(known);
            return new JournalEntry(
                entry.GetProperty("id").GetInt64(),
                entry.GetProperty("at").GetDateTimeOffset(),
                entry.GetProperty("source").GetString() ?? "",
                entry.GetProperty("raw").GetString() ?? "",
                ValueArray.From(events));
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            unknown?.Invoke("entry");
            return null;
        }
    }

    private static FloorEvent? ReadEvent(JsonElement element, Action<string>? unknown)
    {
        try
        {
            return element.Deserialize<FloorEvent>(FloorJson.Options);
        }
        catch (Exception broken) when (broken is JsonException or NotSupportedException)
        {
            unknown?.Invoke(
                element.ValueKind == JsonValueKind.Object && element.TryGetProperty(FloorJson.TypeProperty, out var type)
                    ? type.ToString() : "event without a type");
            return null;
        }
    }
}
