using System.Collections.Concurrent;
using System.Net;
using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx.Ami;
using FloorMonitor.Pbx.Simulated;
using FloorMonitor.Pbx.Sip;
using FloorMonitor.Pbx.Sip.Transport;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Engine;

namespace FloorMonitor.Service.Hosting;

/// <summary>
/// Makes the links that floor.yaml names. A simulated PBX is a switch like any other: it listens on loopback, and the same
/// feed that follows an Asterisk follows it. It lives as long as the service, as a real one would.
/// </summary>
internal sealed class FeedFactory(TimeProvider time, ILoggerFactory logs) : IFeedFactory, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<SimulatedPbx>>> simulated = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public FeedLink Create(PbxConfig pbx, FloorConfig config, FloorState known)
    {
        if (pbx.Sip is { } sip) return CreateSip(pbx, sip, config, known);
        var directory = new AgentDirectory(config.Setup);
        var log = logs.CreateLogger<AmiFeed>();
        var feed = pbx.Kind == PbxKind.Simulated
            ? new AmiFeed(new AmiFeedOptions(pbx.Name, "127.0.0.1", pbx.Port, DemoFloor.Username, DemoFloor.Secret), directory, time, log, ConnectToDemoAsync)
            : new AmiFeed(new AmiFeedOptions(pbx.Name, pbx.Host, pbx.Port, pbx.Username, pbx.Secret) { Tls = pbx.Tls }, directory, time, log);
        return new(feed, feed, feed);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var pbx in simulated.Values)
            if (pbx.IsValueCreated) await (await pbx.Value).DisposeAsync();
    }

    /// <summary>The account that an entry of <c>kind: sip</c> describes.</summary>
    internal static SipUserAgentOptions AccountOf(PbxConfig pbx, SipPbxConfig sip) =>
        new(pbx.Name, new SipTarget(sip.Transport, pbx.Host, pbx.Port), pbx.Username, sip.Domain, pbx.Secret)
        {
            AuthUser = sip.AuthUsername,
            Register = sip.Register,
            RegisterExpires = sip.Expires,
            Transport = new()
            {
                Address = sip.Listen.At.Address,
                Port = sip.Listen.At.Port,
                ContactHost = sip.Listen.Contact,
                TlsCaFile = sip.Ca,
                TlsCertificateFile = sip.Listen.Certificate,
                TlsKeyFile = sip.Listen.Key,
            },
        };

    private FeedLink CreateSip(PbxConfig pbx, SipPbxConfig sip, FloorConfig config, FloorState known)
    {
        var watch = new SipFeedOptions(pbx.Name, sip.Domain)
        {
            Group = sip.Group,
            Beside = sip.Beside,
            Teams = sip.Teams,
            Packages = sip.Packages,
            Expires = sip.Expires,
            SignOutAfter = sip.SignOutAfter,
        };
        var agent = new SipUserAgent(AccountOf(pbx, sip), time, logs.CreateLogger<SipUserAgent>());
        var feed = new SipFeed(watch, agent, config.Setup.Agents, known, time, logs.CreateLogger<SipFeed>());
        return new(feed, feed, feed);
    }

    private async Task<Stream> ConnectToDemoAsync(AmiFeedOptions options, CancellationToken stop)
    {
        var pbx = await simulated.GetOrAdd(options.Name, _ => new(StartDemoAsync)).Value.WaitAsync(stop);
        return await pbx.ConnectAsync(stop);
    }

    private async Task<SimulatedPbx> StartDemoAsync()
    {
        var pbx = DemoFloor.CreatePbx(time);
        await pbx.StartAsync(new IPEndPoint(IPAddress.Loopback, 0));
        return pbx;
    }
}
