using System.Text.Json;
using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;
using FloorMonitor.Store.Serialization;

namespace FloorMonitor.Store.Outbox;

/// <summary>One fact of the outbox as it is written down. Exactly one member is set; each can be read again without harm.</summary>
internal sealed record OutboxRecord
{
    /// <summary>A message is to be delivered, or was tried in vain: its newest state.</summary>
    public OutboxEntry? Waits { get; init; }

    /// <summary>A message is settled.</summary>
    public OutboxLetter? Settled { get; init; }

    /// <summary>An alert as it now is.</summary>
    public Alert? Alert { get; init; }

    /// <summary>The alert of this key is asked for no more.</summary>
    public string? AlertGone { get; init; }

    /// <summary>An alert is over.</summary>
    public Alert? Ended { get; init; }

    /// <summary>A digest as it now is.</summary>
    public AlertDigest? Digest { get; init; }

    /// <summary>Where that digest goes; with it alone, the digest was sent.</summary>
    public string? DigestName { get; init; }

    /// <summary>A link as it now is.</summary>
    public AcknowledgementLink? Link { get; init; }

    /// <summary>Keys that were settled before the file was written anew.</summary>
    public ValueArray<string>? Keys { get; init; }

    /// <summary>A dead letter waits again. Not <see cref="Waits"/>, so that an older version keeps the letter that it cannot take up.</summary>
    public OutboxEntry? Resent { get; init; }

    /// <summary>The dead letter of this key is done with.</summary>
    public string? Dropped { get; init; }

    /// <summary>The journal entry up to which messages of people were looked at.</summary>
    public long? MessagesUpTo { get; init; }

    public static void Write(OutboxRecord record, Utf8JsonWriter json) => JsonSerializer.Serialize(json, record, FloorJson.Options);

    /// <summary>Reads a record; null where a newer version wrote something else.</summary>
    public static OutboxRecord? Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize<OutboxRecord>(payload, FloorJson.Options);
        }
        catch (Exception strange) when (strange is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
