using System.Text.Json;
using FloorMonitor.Service.Configuration;

namespace FloorMonitor.Service.Http;

/// <summary>What a command's body may say. Read by hand, because every slip is to be named: wrong type, unknown member, not an object.</summary>
internal sealed record CommandBody
{
    /// <summary>A body never needs more.</summary>
    public const int MaxLength = 16 * 1024;

    private const int MaxText = 64;
    private const int MaxQueues = 100;
    private const int MaxConcerned = 50;

    /// <summary>Why something is done is said in a sentence or two.</summary>
    internal const int MaxSentence = 500;

    /// <summary>The kind of break.</summary>
    public string? Kind { get; init; }

    /// <summary>The queues to sign in to.</summary>
    public string[]? Queues { get; init; }

    /// <summary>Who asks, where it is not the agent.</summary>
    public string? By { get; init; }

    /// <summary>Who takes the duty.</summary>
    public string? Holder { get; init; }

    /// <summary>To whom the duty is handed.</summary>
    public string? To { get; init; }

    /// <summary>When a break may begin.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What an exception allows.</summary>
    public string? Allow { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>For how long.</summary>
    public int? Minutes { get; init; }

    /// <summary>Of which rule only.</summary>
    public string? Rule { get; init; }

    /// <summary>Which exception.</summary>
    public string? Grant { get; init; }

    /// <summary>What is said.</summary>
    public string? Text { get; init; }

    /// <summary>Which message.</summary>
    public string? Message { get; init; }

    /// <summary>What was seen on a round.</summary>
    public string? Seen { get; init; }

    /// <summary>Whom it concerns.</summary>
    public string[]? Concerns { get; init; }

    /// <summary>The queue that a call waited in.</summary>
    public string? Queue { get; init; }

    /// <summary>A call's id.</summary>
    public string? Call { get; init; }

    /// <summary>A channel of alerts.yaml.</summary>
    public string? Channel { get; init; }

    /// <summary>Reads a body of which these members may be given.</summary>
    public static (CommandBody? Body, FloorProblem? Problem) Parse(ReadOnlyMemory<byte> json, params string[] members)
    {
        if (json.Span.Trim(" \t\r\n"u8).IsEmpty) return (new(), null);
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object) return (null, FloorProblem.BadField("body", "must be a JSON object"));
            var body = new CommandBody();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (!members.Contains(member.Name, StringComparer.Ordinal))
                    return (null, FloorProblem.BadField(Shown(member.Name), $"is not known here{NearestKey.Suggest(member.Name, members)}"));
                if (member.Value.ValueKind == JsonValueKind.Null) continue;
                var (next, problem) = Read(body, member);
                if (problem is not null) return (null, problem);
                body = next;
            }

            return (body, null);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is no valid Unicode (a lone surrogate).
            return (null, FloorProblem.BadField("body", "is not valid JSON"));
        }
    }

    private static (CommandBody Body, FloorProblem? Problem) Read(CommandBody body, JsonProperty member)
    {
        if (member.Name == "queues")
        {
            if (member.Value.ValueKind != JsonValueKind.Array || member.Value.EnumerateArray().Any(item => Said(item) is null))
                return (body, FloorProblem.BadField("queues", "must be a list of queue names"));
            if (member.Value.GetArrayLength() > MaxQueues) return (body, FloorProblem.BadField("queues", $"must name at most {MaxQueues}"));
            return (body with { Queues = [.. member.Value.EnumerateArray().Select(item => Said(item)!)] }, null);
        }

        if (member.Name == "concerns")
        {
            if (member.Value.ValueKind != JsonValueKind.Array || member.Value.GetArrayLength() > MaxConcerned || member.Value.EnumerateArray().Any(item => Said(item) is null))
                return (body, FloorProblem.BadField("concerns", $"must be a list of at most {MaxConcerned} ids or names"));
            return (body with { Concerns = [.. member.Value.EnumerateArray().Select(item => Said(item)!)] }, null);
        }

        if (member.Name == "minutes")
        {
            return member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var minutes) && minutes is >= 1 and <= 1440
                ? (body with { Minutes = minutes }, null)
                : (body, FloorProblem.BadField("minutes", "must be a whole number from 1 to 1440"));
        }

        if (member.Name == "at")
        {
            // An instant without its offset would be read in this machine's own time.
            return member.Value.ValueKind == JsonValueKind.String && member.Value.TryGetDateTime(out var told) && told.Kind != DateTimeKind.Unspecified
                ? (body with { At = member.Value.GetDateTimeOffset().ToUniversalTime() }, null)
                : (body, FloorProblem.BadField("at", "must be an instant such as 2026-11-23T09:55:00Z"));
        }

        var most = member.Name is "reason" or "text" or "seen" ? MaxSentence : MaxText;
        if (Said(member.Value, most) is not { } text) return (body, FloorProblem.BadField(member.Name, $"must be a text of 1 to {most} characters"));
        return (member.Name switch
        {
            "kind" => body with { Kind = text },
            "by" => body with { By = text },
            "holder" => body with { Holder = text },
            "to" => body with { To = text },
            "allow" => body with { Allow = text },
            "reason" => body with { Reason = text },
            "grant" => body with { Grant = text },
            "text" => body with { Text = text },
            "message" => body with { Message = text },
            "seen" => body with { Seen = text },
            "rule" => body with { Rule = text },
            "queue" => body with { Queue = text },
            "call" => body with { Call = text },
            "channel" => body with { Channel = text },
            _ => throw new InvalidOperationException($"Nobody reads {member.Name}."),
        }, null);
    }

    // Control characters would travel on to the switch.
    private static string? Said(JsonElement value, int most = MaxText) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text && text.Length <= most && !text.Any(char.IsControl) ? text : null;

    private static string Shown(string name) => name.Length <= MaxText ? name : name[..MaxText] + "…";
}
