using FloorMonitor.Pbx.Sip;
using FloorMonitor.Service.Configuration;

namespace FloorMonitor.Service.Alerts.Channels;

/// <summary>Makes the channels that alerts.yaml names.</summary>
internal sealed class ChannelFactory(TimeProvider time, Func<ISipUserAgent?> sip)
{
    public IAlertChannel Create(ChannelConfig config) => config switch
    {
        EmailConfig email => new EmailChannel(email, time),
        WebhookConfig webhook => new WebhookChannel(webhook, time),
        SipConfig => new SipChannel(sip),
        _ => throw new InvalidOperationException($"Nobody makes {config.GetType().Name}."),
    };
}
