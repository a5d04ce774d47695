using System.Text.RegularExpressions;
using FloorMonitor.Core.Alerts;
using MimeKit;

namespace FloorMonitor.Service.Configuration;

/// <summary><c>channels</c>: the ways out of the house. <c>email</c> and <c>sip</c> lead to persons, every other one to a group or a program.</summary>
internal static partial class AlertChannelsSection
{
    public const string Email = "email";
    public const string Sip = "sip";

    private static readonly Dictionary<string, EmailSecurity> Securities = new(StringComparer.Ordinal)
    {
        ["starttls"] = EmailSecurity.StartTls,
        ["tls"] = EmailSecurity.Tls,
        ["none"] = EmailSecurity.None,
    };

    private static readonly Dictionary<string, WebhookKind> Kinds = new(StringComparer.Ordinal)
    {
        ["webhook"] = WebhookKind.Webhook,
        ["wecom"] = WebhookKind.WeCom,
        ["dingtalk"] = WebhookKind.DingTalk,
        ["feishu"] = WebhookKind.Feishu,
        ["slack"] = WebhookKind.Slack,
        ["teams"] = WebhookKind.Teams,
    };

    /// <summary>The languages that people read.</summary>
    public static readonly Dictionary<string, bool> Languages = new(StringComparer.Ordinal) { ["zh"] = true, ["en"] = true };

    public static List<ChannelConfig> Read(YamlSection file, string directory)
    {
        var channels = new List<ChannelConfig>();
        if (file.Section("channels") is not { } section) return channels;
        foreach (var name in section.Keys.Where(name => name.Length > 0).ToList())
        {
            if (!ChannelName().IsMatch(name)) section.Error(name, "must be 1 to 64 letters, digits, dots, dashes or underscores (it appears in metrics)");
            if (name is AlertWords.Desk or AlertWords.Wall or AlertWords.Page or AlertWords.Browser || AlertWords.Places.Contains(name))
                section.Error(name, "is a word of its own in routes; choose another");
            // `sip:` alone needs nothing more.
            if (name == Sip && section.Find(name) is null or YamlDotNet.RepresentationModel.YamlMappingNode { Children.Count: 0 })
            {
                section.Find(name);
                channels.Add(new SipConfig(name));
                continue;
            }

            if (section.Section(name) is { } channel) channels.Add(ReadOne(name, channel, directory));
        }

        section.Close();
        return channels;
    }

    private static ChannelConfig ReadOne(string name, YamlSection section, string directory)
    {
        ChannelConfig channel = name switch
        {
            Email => ReadEmail(name, section) with { CaFile = ReadCa(section, directory) },
            Sip => new SipConfig(name),
            _ => ReadWebhook(name, section) with { CaFile = ReadCa(section, directory) },
        };
        section.Close();
        return channel;
    }

    private static EmailConfig ReadEmail(string name, YamlSection section)
    {
        var security = section.Choice("security", Securities) ?? EmailSecurity.StartTls;
        var email = new EmailConfig(
            name,
            section.Text("host", isRequired: true) ?? "localhost",
            section.Number("port", 1, 65535) ?? security switch { EmailSecurity.Tls => 465, EmailSecurity.StartTls => 587, _ => 25 },
            security,
            section.Text("username") ?? "",
            section.Text("password") ?? "",
            section.Text("from", isRequired: true) ?? "floor@localhost")
        {
            ChecksRevocation = section.Flag("checkRevocation") ?? false,
        };
        if (!MailboxAddress.TryParse(email.From, out _)) section.Error("from", "must be an address such as \"FloorMonitor <floor@example.com>\"");
        if (email.Username.Length > 0 && security == EmailSecurity.None) section.Error("security", "a password is not sent where everybody can read it; use starttls or tls");
        foreach (var (key, value) in new[] { ("host", email.Host), ("username", email.Username), ("password", email.Password) })
            if (value.Any(char.IsControl)) section.Error(key, "must not hold control characters");
        return email;
    }

    private static WebhookConfig ReadWebhook(string name, YamlSection section)
    {
        var known = section.Choice("kind", Kinds, isRequired: true);
        var kind = known ?? WebhookKind.Webhook;
        Uri? url = null;
        if (section.Text("url", isRequired: true) is { Length: > 0 } text)
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out url) || url.Scheme is not ("https" or "http")) section.Error("url", "must be an address such as https://example.com/hook");
            else if (url.Scheme == "http" && !url.IsLoopback) section.Error("url", "must be https, unless it leads to this machine");
        }

        var secret = section.Text("secret") ?? "";
        if (secret.Length > 0 && kind is WebhookKind.WeCom or WebhookKind.Slack or WebhookKind.Teams)
            section.Error("secret", "this kind has none: its address is its secret");
        if (secret.Length == 0 && known == WebhookKind.Webhook) section.Error("secret", "is required: by it the receiver knows that an alert is ours");
        var isEnglish = section.Choice("language", Languages) is not null && section.Text("language") == "en";
        return new(name, kind, url ?? new Uri("http://localhost/"), secret, isEnglish ? "en" : "zh");
    }

    private static string? ReadCa(YamlSection section, string directory)
    {
        if (section.Text("ca") is not { Length: > 0 } name) return null;
        var file = Path.GetFullPath(name, Path.GetFullPath(directory));
        if (!File.Exists(file)) section.Error("ca", $"there is no file {name}");
        return file;
    }

    [GeneratedRegex(@"^[A-Za-z0-9_.-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ChannelName();
}
