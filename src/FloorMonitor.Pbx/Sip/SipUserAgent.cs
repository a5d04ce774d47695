using System.Text;
using FloorMonitor.Pbx.Sip.Agent;
using FloorMonitor.Pbx.Sip.Transactions;
using FloorMonitor.Pbx.Sip.Transport;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FloorMonitor.Pbx.Sip;

/// <summary>The house's SIP event user agent, over whatever transaction layer it is given.</summary>
public sealed class SipUserAgent : ISipUserAgent, IDisposable
{
    /// <summary>The longest text over UDP, and over a connection (RFC 3428 section 8: 1,300 bytes for the whole message where nothing controls congestion).</summary>
    private const int LongestDatagramText = 800;
    private const int LongestStreamText = 16_000;

    private readonly SipUserAgentOptions options;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly SipLayerMaker makeLayer;
    private readonly Func<double> random;
    private readonly SipWatches watches = new();
    private readonly SipLink link;
    private readonly Lock gate = new();
    private readonly HashSet<Task> loops = [];
    private SipSession? session;
    private CancellationToken running;

    /// <summary>An agent that is not connected yet.</summary>
    /// <param name="options">The account and its PBX.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where it says what the desk need not know; never a secret.</param>
    /// <param name="layer">What lies below; null: the one that this build was made with.</param>
    /// <param name="random">A number from 0 to below 1, for the jitter; null: a random one.</param>
    public SipUserAgent(SipUserAgentOptions options, TimeProvider time, ILogger<SipUserAgent>? log = null, SipLayerMaker? layer = null, Func<double>? random = null)
    {
        this.options = options;
        this.time = time;
        this.log = log ?? NullLogger<SipUserAgent>.Instance;
        this.random = random ?? Random.Shared.NextDouble;
        makeLayer = layer ?? SipLayer.Create;
        link = new(time, new(options.Name));
    }

    /// <inheritdoc/>
    public string Name => options.Name;

    /// <inheritdoc/>
    public SipLinkState Link => link.State;

    /// <inheritdoc/>
    public IObservable<SipLinkState> LinkChanges => link.Changes;

    /// <inheritdoc/>
    public int LongestText => options.Server.Protocol == SipProtocol.Udp ? LongestDatagramText : LongestStreamText;

    /// <summary>How many subscription dialogs there are; for leak tests and figures.</summary>
    public int Dialogs => watches.Dialogs;

    /// <inheritdoc/>
    public ISipSubscription Subscribe(SipWatch watch, Action<SipNotice> heard)
    {
        var target = SipAccount.AddressOf(watch.Target, options.Domain) ?? throw new ArgumentException($"'{watch.Target}' is no SIP address.", nameof(watch));
        var kept = new SipSubscription(watch, target, options, watches, time, random, heard);
        lock (gate)
        {
            watches.Add(kept);
            if (session is { } live) Start(kept, live);
        }

        return kept;
    }

    /// <inheritdoc/>
    public async Task<SipDelivery> SendMessageAsync(string to, string text, string? id, CancellationToken stop)
    {
        var began = time.GetTimestamp();
        if (SipAccount.AddressOf(to, options.Domain) is not { } target) return new(SipDeliveryOutcome.Refused, $"'{to}' is no SIP address", TimeSpan.Zero);
        var body = Encoding.UTF8.GetBytes(text);
        if (body.Length > LongestText) return new(SipDeliveryOutcome.Refused, $"The text has {body.Length} bytes, {LongestText} at most", TimeSpan.Zero);
        if (Current() is not { IsUp: true } live) return new(SipDeliveryOutcome.NoLink, link.State.Reason ?? "not connected", TimeSpan.Zero);
        var (callId, tag, sequence) = (id ?? SipAccount.NewId(), SipAccount.NewId(), 0u);
        var outcome = await live.Account.AskAsync(
            () => live.Account.Compose("MESSAGE", target, $"<{target}>", callId, tag, ++sequence, body).With("Content-Type", "text/plain;charset=UTF-8"), stop);
        var how = outcome.Response?.StatusCode switch
        {
            null or 408 => SipDeliveryOutcome.Unanswered,
            202 => SipDeliveryOutcome.Accepted,
            < 300 => SipDeliveryOutcome.Delivered,
            _ => SipDeliveryOutcome.Refused,
        };
        return new(how, outcome.Said, time.GetElapsedTime(began));
    }

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken stop)
    {
        var wait = options.RetryMin;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var layer = makeLayer(options, time);
                await LiveAsync(layer, stop);
                return;
            }
            catch (SipTransportException e)
            {
                // The port to listen on is taken: whoever has it may go. After a change of the configuration that is this feed's own
                // forerunner, which takes its leave for another moment.
                link.Fall(e.Message);
                log.LogError("{Feed}: {Reason}", Name, e.Message);
                if (!await PauseAsync(wait, stop)) return;
                wait = wait * 2 < options.RetryMax ? wait * 2 : options.RetryMax;
            }
        }
    }

    /// <inheritdoc/>
    public void Restart(string reason) => Current()?.Lose($"The floor asked to read the PBX anew: {reason}.");

    /// <summary>Ends the stream of changes. The agent must have been stopped before.</summary>
    public void Dispose() => link.Dispose();

    private async Task LiveAsync(ISipTransactions layer, CancellationToken stop)
    {
        using var live = new SipSession(options, layer, watches, link, time, random, log);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        lock (gate)
        {
            session = live;
            running = ending.Token;
            foreach (var watch in watches.All) Start(watch, live);
        }

        try
        {
            var following = live.FollowAsync(ending.Token);
            if (await Task.WhenAny(following, layer.Broken) != following) await ending.CancelAsync();
            await following;
        }
        finally
        {
            Task[] left;
            lock (gate)
            {
                session = null;
                left = [.. loops];
            }

            await Task.WhenAll(left);
        }

        if (layer.Broken.IsFaulted) await layer.Broken;
        await live.LeaveAsync();
        link.Fall("Stopped.");
    }

    private void Start(SipSubscription watch, SipSession live)
    {
        var loop = watch.RunAsync(live, running);
        loops.Add(loop);
        _ = loop.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    // A loop that failed stays, so that its failure is seen at the end.
    private void Forget(Task loop)
    {
        lock (gate) loops.Remove(loop);
    }

    private SipSession? Current()
    {
        lock (gate) return session;
    }

    private async Task<bool> PauseAsync(TimeSpan wait, CancellationToken stop)
    {
        try
        {
            await Task.Delay(wait, time, stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
