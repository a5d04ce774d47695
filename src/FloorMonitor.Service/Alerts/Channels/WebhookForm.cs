using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FloorMonitor.Service.Alerts.Channels;

/// <summary>
/// How one kind of receiver wants to be told over HTTP and how it says what became of it. Chat robots answer 200 to almost
/// everything and say in the body that they refuse, so each form reads its own answers.
/// </summary>
internal abstract class WebhookForm
{
    /// <summary>What is posted, signed where the receiver asks for it.</summary>
    public abstract WebhookRequest Request(OutgoingAlert outgoing, Uri url, string secret, DateTimeOffset now);

    /// <summary>What a 2xx answer means.</summary>
    public abstract Delivery Read(string body);

    /// <summary>JSON as these receivers show it: Chinese as it is.</summary>
    protected static byte[] Json(JsonObject body) => JsonSerializer.SerializeToUtf8Bytes<JsonNode>(body, Options);

    /// <summary>A number of an answer's JSON; null where it has none.</summary>
    protected static (long? Code, string Said) Answer(string body, string code, string said)
    {
        try
        {
            if (JsonNode.Parse(body) is not JsonObject answer) return (null, body);
            return (answer[code] is JsonValue value && value.TryGetValue<long>(out var number) ? number : null, answer[said] is JsonValue word && word.TryGetValue<string>(out var text) ? text : "");
        }
        catch (JsonException)
        {
            // A proxy's page in place of the robot's answer.
            return (null, body);
        }
    }

    /// <summary>At most so many bytes of UTF-8, cut between letters.</summary>
    protected static string Cut(string text, int bytes)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(text) <= bytes) return text;
        var (kept, used) = (0, 3);
        foreach (var rune in text.EnumerateRunes())
        {
            if (used + rune.Utf8SequenceLength > bytes) break;
            used += rune.Utf8SequenceLength;
            kept += rune.Utf16SequenceLength;
        }

        return text[..kept] + "…";
    }

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

/// <summary>What is posted.</summary>
internal sealed record WebhookRequest(Uri Url, byte[] Body)
{
    /// <summary>Headers of the receiver's own.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
