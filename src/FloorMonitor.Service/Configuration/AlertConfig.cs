using System.Text;
using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Alerts;

namespace FloorMonitor.Service.Configuration;

/// <summary>Everything that alerts.yaml says, checked.</summary>
internal sealed record AlertConfig
{
    /// <summary>Without a file: desk and wall only.</summary>
    public static AlertConfig Default { get; } = new();

    /// <summary>Who is told what and when.</summary>
    public AlertSettings Settings { get; init; } = AlertSettings.Default;

    /// <summary>The ways out of the house.</summary>
    public ValueArray<ChannelConfig> Channels { get; init; }

    /// <summary>Where people reach this service, with a slash at its end; null: messages carry no links.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>How long a link to acknowledge may be used.</summary>
    public TimeSpan LinksFor { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How often something is tried.</summary>
    public RetryConfig Retry { get; init; } = RetryConfig.Default;
}

/// <summary>A way out of the house.</summary>
/// <param name="Name">The word by which people and routes name it.</param>
internal abstract record ChannelConfig(string Name)
{
    /// <summary>For <c>check</c>: what it is and where it leads, without secrets.</summary>
    public abstract string Spoken { get; }
}

/// <summary>Mail.</summary>
internal sealed record EmailConfig(string Name, string Host, int Port, EmailSecurity Security, string Username, string Password, string From) : ChannelConfig(Name)
{
    /// <summary>Whether the certificate's revocation is asked after; not every house can reach the lists.</summary>
    public bool ChecksRevocation { get; init; }

    /// <summary>A PEM file with the only authority to trust; null: those of the machine.</summary>
    public string? CaFile { get; init; }

    /// <inheritdoc/>
    public override string Spoken => $"{Name}: mail by {Host}:{Port} ({Security.ToString().ToLowerInvariant()}) from {From}";

    // A record prints its members; a password must never reach a log.
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(Spoken);
        return true;
    }
}

/// <summary>How mail is kept from being read on its way.</summary>
internal enum EmailSecurity
{
    /// <summary>TLS after STARTTLS, or nothing is sent.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>Not at all: a relay on this machine.</summary>
    None,
}

/// <summary>A receiver over HTTP.</summary>
internal sealed record WebhookConfig(string Name, WebhookKind Kind, Uri Url, string Secret, string Language) : ChannelConfig(Name)
{
    /// <summary>A PEM file with the only authority to trust; null: those of the machine.</summary>
    public string? CaFile { get; init; }

    /// <inheritdoc/>
    public override string Spoken => $"{Name}: {Kind.ToString().ToLowerInvariant()} at {Url.Host}{(Secret.Length > 0 ? ", signed" : "")}";

    // The address of a chat robot is its password.
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(Spoken);
        return true;
    }
}

/// <summary>What is at the other end.</summary>
internal enum WebhookKind
{
    /// <summary>A program of the house: our own signed body.</summary>
    Webhook,

    /// <summary>A group robot of WeCom (企业微信).</summary>
    WeCom,

    /// <summary>A group robot of DingTalk (钉钉).</summary>
    DingTalk,

    /// <summary>A group robot of Feishu (飞书) or Lark.</summary>
    Feishu,

    /// <summary>An incoming webhook of Slack.</summary>
    Slack,

    /// <summary>A workflow of Microsoft Teams.</summary>
    Teams,
}

/// <summary>MESSAGE to desk phones.</summary>
internal sealed record SipConfig(string Name) : ChannelConfig(Name)
{
    /// <inheritdoc/>
    public override string Spoken => $"{Name}: short text to desk phones";
}
