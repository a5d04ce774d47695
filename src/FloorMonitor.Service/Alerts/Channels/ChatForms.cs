using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Service.Alerts.Channels;

/// <summary>
/// WeCom (企业微信) group robot: developer.work.weixin.qq.com/document/path/91770. Markdown of at most 4,096 bytes; the answer is
/// 200 with <c>errcode</c>, 0 for done; 20 messages a minute, beyond which it says 45009.
/// </summary>
internal sealed class WeComForm : WebhookForm
{
    private const int MostBytes = 4096;

    /// <inheritdoc/>
    public override WebhookRequest Request(OutgoingAlert outgoing, Uri url, string secret, DateTimeOffset now)
    {
        var link = outgoing.Link is { } at ? $"\n[{outgoing.AcknowledgeWord}]({at})" : "";
        // The colours that the robot knows: info (green), comment (grey), warning (orange).
        var color = outgoing.Message.Severity == Severity.Info ? "comment" : "warning";
        var head = $"<font color=\"{color}\">{ChatText.Plain(outgoing.Message.Title)}</font>\n";
        var room = MostBytes - Encoding.UTF8.GetByteCount(head) - Encoding.UTF8.GetByteCount(link);
        return new(url, Json(new JsonObject
        {
            ["msgtype"] = "markdown",
            ["markdown"] = new JsonObject { ["content"] = room > 0 ? head + Cut(ChatText.Plain(outgoing.Message.Body), room) + link : Cut(head, MostBytes) },
        }));
    }

    /// <inheritdoc/>
    public override Delivery Read(string body) => Answer(body, "errcode", "errmsg") switch
    {
        (0, _) => new Delivered(),
        (45009, var said) => new AskedToWait($"45009 {said}", null),
        // -1: the system is busy.
        (-1, var said) => new FailedForNow($"-1 {said}"),
        ({ } code, var said) => new Refused(string.Create(CultureInfo.InvariantCulture, $"{code} {said}")),
        _ => new FailedForNow("the answer is not the robot's"),
    };
}

/// <summary>
/// DingTalk (钉钉) group robot: open.dingtalk.com/document/robots/custom-robot-access. The signature is base64 of HMAC-SHA256 over
/// <c>timestamp\nsecret</c> with the secret as key, timestamp in milliseconds, both in the address; 20 messages a minute, beyond which
/// it says 130101 and wants ten minutes of rest.
/// </summary>
internal sealed class DingTalkForm : WebhookForm
{
    private const int MostBytes = 18_000;
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public override WebhookRequest Request(OutgoingAlert outgoing, Uri url, string secret, DateTimeOffset now)
    {
        var message = outgoing.Message;
        var text = new StringBuilder($"#### {ChatText.Plain(message.Title)}\n\n");
        // In its markdown a single line break is none.
        text.Append(Cut(ChatText.Plain(message.Body), MostBytes).Replace("\n", "\n\n", StringComparison.Ordinal));
        if (outgoing.Link is { } link) text.Append(CultureInfo.InvariantCulture, $"\n\n[{outgoing.AcknowledgeWord}]({link})");
        return new(secret.Length == 0 ? url : Signed(url, secret, now), Json(new JsonObject
        {
            ["msgtype"] = "markdown",
            ["markdown"] = new JsonObject { ["title"] = message.Title, ["text"] = text.ToString() },
        }));
    }

    /// <inheritdoc/>
    public override Delivery Read(string body) => Answer(body, "errcode", "errmsg") switch
    {
        (0, _) => new Delivered(),
        (130101 or 130102, var said) => new AskedToWait(said, Rest),
        (-1, var said) => new FailedForNow($"-1 {said}"),
        ({ } code, var said) => new Refused(string.Create(CultureInfo.InvariantCulture, $"{code} {said}")),
        _ => new FailedForNow("the answer is not the robot's"),
    };

    private static Uri Signed(Uri url, string secret, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var sign = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}\n{secret}")));
        return new($"{url}{(url.Query.Length == 0 ? '?' : '&')}timestamp={timestamp}&sign={Uri.EscapeDataString(sign)}");
    }
}

/// <summary>
/// Feishu (飞书) and Lark group robot: open.feishu.cn/document/client-docs/bot-v3/add-custom-bot. The signature is base64 of
/// HMAC-SHA256 over nothing with <c>timestamp\nsecret</c> as key, timestamp in seconds, both in the body; the answer is 200 with
/// <c>code</c>, 0 for done; 100 messages a minute and 5 a second, beyond which it says 11232 (older: 9499 with a word about frequency).
/// </summary>
internal sealed class FeishuForm : WebhookForm
{
    private const int MostBytes = 18_000;

    /// <inheritdoc/>
    public override WebhookRequest Request(OutgoingAlert outgoing, Uri url, string secret, DateTimeOffset now)
    {
        var message = outgoing.Message;
        var elements = new JsonArray();
        if (message.Body.Length > 0) elements.Add(Element("plain_text", Cut(message.Body, MostBytes)));
        if (outgoing.Link is { } link)
        {
            elements.Add(new JsonObject
            {
                ["tag"] = "action",
                ["actions"] = new JsonArray(new JsonObject
                {
                    ["tag"] = "button",
                    ["type"] = "primary",
                    ["text"] = new JsonObject { ["tag"] = "plain_text", ["content"] = outgoing.AcknowledgeWord },
                    ["url"] = link.ToString(),
                }),
            });
        }

        // A card without elements is refused.
        if (elements.Count == 0) elements.Add(Element("plain_text", message.Title));
        var body = new JsonObject
        {
            ["msg_type"] = "interactive",
            ["card"] = new JsonObject
            {
                ["header"] = new JsonObject
                {
                    ["title"] = new JsonObject { ["tag"] = "plain_text", ["content"] = message.Title },
                    ["template"] = message.Severity switch { Severity.Critical => "red", Severity.Warning => "orange", _ => "blue" },
                },
                ["elements"] = elements,
            },
        };
        if (secret.Length > 0)
        {
            var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            body["timestamp"] = timestamp;
            body["sign"] = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{timestamp}\n{secret}"), Array.Empty<byte>()));
        }

        return new(url, Json(body));
    }

    /// <inheritdoc/>
    public override Delivery Read(string body) => Answer(body, "code", "msg") switch
    {
        (0, _) => new Delivered(),
        (11232 or 99991400, var said) => new AskedToWait(said, null),
        (9499, var said) when said.Contains("frequen", StringComparison.OrdinalIgnoreCase) => new AskedToWait(said, null),
        ({ } code, var said) => new Refused(string.Create(CultureInfo.InvariantCulture, $"{code} {said}")),
        // The first version of the robot answers {"StatusCode":0,"StatusMessage":"success"}.
        _ => Answer(body, "StatusCode", "StatusMessage") is (0, _) ? new Delivered() : new FailedForNow("the answer is not the robot's"),
    };

    private static JsonObject Element(string tag, string content) => new() { ["tag"] = "div", ["text"] = new JsonObject { ["tag"] = tag, ["content"] = content } };
}

/// <summary>Slack incoming webhook: api.slack.com/messaging/webhooks. The answer's body is <c>ok</c>; beyond one message a second it answers 429.</summary>
internal sealed class SlackForm : WebhookForm
{
    private const int MostBytes = 12_000;

    /// <inheritdoc/>
    public override WebhookRequest Request(OutgoingAlert outgoing, Uri url, string secret, DateTimeOffset now)
    {
        var message = outgoing.Message;
        var link = outgoing.Link is { } at ? $"\n<{at}|{outgoing.AcknowledgeWord}>" : "";
        return new(url, Json(new JsonObject { ["text"] = $"*{Escaped(message.Title)}*\n{Cut(Escaped(message.Body), MostBytes)}{link}" }));
    }

    /// <inheritdoc/>
    public override Delivery Read(string body) => body.Trim() == "ok" ? new Delivered() : new Refused(Cut(body, 200));

    // The three characters that its mrkdwn asks to be escaped; nothing else can become a link or a mention.
    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}

/// <summary>
/// Microsoft Teams by a workflow ("when a Teams webhook request is received"): an adaptive card in a message,
/// learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors. It answers 202; the connectors of old answered 200 with
/// <c>1</c>, and also with 200 when Teams itself had said 429.
/// </summary>
internal sealed class TeamsForm : WebhookForm
{
    private const int MostBytes = 20_000;

    /// <inheritdoc/>
    public override WebhookRequest Request(OutgoingAlert outgoing, Uri url, string secret, DateTimeOffset now)
    {
        var message = outgoing.Message;
        var body = new JsonArray(Block(message.Title, message.Severity == Severity.Info ? "default" : "attention"));
        if (message.Body.Length > 0) body.Add(Block(Cut(ChatText.Plain(message.Body), MostBytes).Replace("\n", "\n\n", StringComparison.Ordinal), "default"));
        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["body"] = body,
        };
        if (outgoing.Link is { } link)
            card["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = outgoing.AcknowledgeWord, ["url"] = link.ToString() });
        return new(url, Json(new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = card }),
        }));
    }

    /// <inheritdoc/>
    public override Delivery Read(string body)
    {
        if (body.Contains("429", StringComparison.Ordinal)) return new AskedToWait(Cut(body, 200), null);
        return body.Contains("failed", StringComparison.OrdinalIgnoreCase) ? new FailedForNow(Cut(body, 200)) : new Delivered();
    }

    private static JsonObject Block(string text, string color) => new() { ["type"] = "TextBlock", ["text"] = text, ["wrap"] = true, ["color"] = color };
}

/// <summary>Words of the floor as text in somebody's markdown.</summary>
internal static class ChatText
{
    /// <summary>Without what would be markup: names come from files and switches, and none of them may become a link or a mention.</summary>
    public static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            plain.Append(letter switch
            {
                '<' => '‹',
                '>' => '›',
                '[' => '【',
                ']' => '】',
                '`' or '\\' => '\'',
                '*' => '\u2217',
                '_' => '\uFF3F',
                '@' => '\uFF20',
                _ => letter,
            });
        }

        return plain.ToString();
    }
}
