using System.Collections.Concurrent;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Store.Outbox;

namespace FloorMonitor.Service.Alerts;

/// <summary>The configured channels and how they are used; exchanged when the file changes.</summary>
internal sealed class AlertRoad(AlertConfig first, Func<ChannelConfig, IAlertChannel> make, AcknowledgementLinks links)
{
    private volatile Laid laid = new(first, new(StringComparer.Ordinal));

    /// <summary>How often something is tried.</summary>
    public RetryConfig Retry => laid.Config.Retry;

    /// <summary>The channel of a name; null where none is configured.</summary>
    public IAlertChannel? ChannelOf(string name)
    {
        var now = laid;
        foreach (var config in now.Config.Channels)
            if (config.Name == name) return now.Made.GetOrAdd(name, _ => new(() => make(config))).Value;
        return null;
    }

    /// <summary>The acknowledgement link of a message; null where it has none or no address is configured.</summary>
    public Uri? LinkOf(OutboxEntry entry) =>
        entry.LinkHash is not null && laid.Config.PublicUrl is { } url ? new Uri(url, $"a/{links.TokenOf(entry.Message.Key)}") : null;

    /// <summary>Takes another configuration.</summary>
    public void Apply(AlertConfig config)
    {
        var before = laid;
        if (before.Config == config) return;
        var kept = before.Made.Where(pair => config.Channels.Any(one => one.Name == pair.Key && before.Config.Channels.Contains(one)));
        laid = new(config, new(kept, StringComparer.Ordinal));
        foreach (var (name, channel) in before.Made)
            if (!laid.Made.ContainsKey(name) && channel.IsValueCreated) (channel.Value as IDisposable)?.Dispose();
    }

    private sealed record Laid(AlertConfig Config, ConcurrentDictionary<string, Lazy<IAlertChannel>> Made);
}
