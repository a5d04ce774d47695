using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FloorMonitor.Service.Wire;

namespace FloorMonitor.Service.Alerts.Channels;

/// <summary>
/// Our own webhook: a JSON body, and headers by which the receiver knows the sender, the time and a message that comes twice:
/// <c>X-FloorMonitor-Timestamp</c> (Unix seconds), <c>X-FloorMonitor-Signature: v1=…</c> (hex of HMAC-SHA256 over
/// <c>timestamp.body</c> with the shared secret) and <c>Idempotency-Key</c>, the same for every try of one message.
/// </summary>
internal sealed class SignedForm : WebhookForm
{
    public const string TimestampHeader = "X-FloorMonitor-Timestamp";
    public const string SignatureHeader = "X-FloorMonitor-Signature";
    public const string KeyHeader = "Idempotency-Key";

    /// <inheritdoc/>
    public override WebhookRequest Request(OutgoingAlert outgoing, Uri url, string secret, DateTimeOffset now)
    {
        var message = outgoing.Message;
        var body = Json(new JsonObject
        {
            ["key"] = message.Key,
            ["alert"] = message.Alert,
            ["subject"] = message.Subject,
            ["news"] = WireWords.Of(message.News),
            ["rule"] = message.Rule,
            ["severity"] = WireWords.Of(message.Severity),
            ["at"] = message.At.UtcDateTime.ToString(InstantJson.Format, CultureInfo.InvariantCulture),
            ["language"] = message.Target.Language,
            ["title"] = message.Title,
            ["text"] = message.Body,
            ["verdicts"] = new JsonArray([.. message.Verdicts.Select(id => (JsonNode)id)]),
            ["acknowledge"] = outgoing.Link?.ToString(),
        });
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>
        {
            [TimestampHeader] = timestamp,
            // A header holds ASCII only, and a team or an agent may be named in Chinese.
            [KeyHeader] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.Key))),
        };
        if (secret.Length > 0) headers[SignatureHeader] = $"v1={Signature(secret, timestamp, body)}";
        return new(url, body) { Headers = headers };
    }

    /// <inheritdoc/>
    public override Delivery Read(string body) => new Delivered();

    /// <summary>What a receiver computes to compare.</summary>
    public static string Signature(string secret, string timestamp, ReadOnlySpan<byte> body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.ASCII.GetBytes(timestamp + "."), .. body]));
}
