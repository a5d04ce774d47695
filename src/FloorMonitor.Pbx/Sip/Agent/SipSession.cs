using System.Net;
using System.Net.Sockets;
using FloorMonitor.Pbx.Sip.Transactions;
using FloorMonitor.Pbx.Sip.Transport;
using Microsoft.Extensions.Logging;

namespace FloorMonitor.Pbx.Sip.Agent;

/// <summary>
/// One life of the agent above one transaction layer: reach the PBX, ask whether it is there, register, follow until it is lost, and
/// begin again.
/// </summary>
internal sealed class SipSession : IDisposable
{
    /// <summary>So many watches that the PBX no longer knows, within this time, mean that it forgot them all: it was restarted.</summary>
    private const int RestartSigns = 2;
    private static readonly TimeSpan RestartWithin = TimeSpan.FromSeconds(60);

    private readonly SipUserAgentOptions options;
    private readonly ISipTransactions layer;
    private readonly SipWatches watches;
    private readonly SipLink link;
    private readonly TimeProvider time;
    private readonly Func<double> random;
    private readonly ILogger log;
    private readonly SipRegistration registration;
    private readonly string aliveId = SipAccount.NewId();
    private readonly Queue<DateTimeOffset> signs = new();
    private readonly Lock gate = new();
    private TaskCompletionSource<string> lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private uint aliveSequence;
    private bool registered;

    public SipSession(SipUserAgentOptions options, ISipTransactions layer, SipWatches watches, SipLink link, TimeProvider time, Func<double> random, ILogger log)
    {
        this.options = options;
        this.layer = layer;
        this.watches = watches;
        this.link = link;
        this.time = time;
        this.random = random;
        this.log = log;
        Account = new(options, layer);
        Pacer = new(options.AskPerSecond, options.AskAtOnce, options.AskHolds, time);
        registration = new(options, Account, time, random);
        layer.Handler = (request, _) => watches.Answer(request);
        layer.FlowLost = (target, reason) =>
        {
            if (target == options.Server) Lose(reason);
        };
    }

    /// <summary>The account as it speaks.</summary>
    public SipAccount Account { get; }

    /// <summary>Whose turn it is to ask about a watch.</summary>
    public SipPacer Pacer { get; }

    /// <summary>Whether the PBX is there.</summary>
    public bool IsUp => link.State.Up;

    /// <summary>Waits until the PBX is there.</summary>
    public Task<long> UpAsync(CancellationToken stop) => link.UpAsync(stop);

    /// <summary>Lets go of the PBX, and begins anew.</summary>
    public void Lose(string reason)
    {
        lock (gate) lost.TrySetResult(reason);
    }

    /// <summary>A refresh met a PBX that knows nothing of it.</summary>
    public void SuspectRestart()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            while (signs.TryPeek(out var oldest) && now - oldest > RestartWithin) signs.Dequeue();
            signs.Enqueue(now);
            if (signs.Count < RestartSigns) return;
            signs.Clear();
        }

        Lose("The PBX no longer knows what it was asked to watch: it was restarted.");
    }

    /// <summary>Follows the PBX until cancelled.</summary>
    public async Task FollowAsync(CancellationToken stop)
    {
        var failures = 0;
        while (!stop.IsCancellationRequested)
        {
            lock (gate) lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var (reason, wasUp, refused) = await AttemptAsync(stop);
            if (stop.IsCancellationRequested) return;
            link.Fall(reason);

            // Over a connection silence may be the connection's own: a firewall that forgot it, say. What comes next goes over a new one.
            layer.LetGo(options.Server);
            failures = wasUp ? 0 : failures + 1;
            var wait = refused ? options.AccountRetry : Backoff(failures);
            log.LogWarning("{Feed}: {Reason} Next try in {Wait:0.0} s.", options.Name, reason, wait.TotalSeconds);
            try
            {
                await Task.Delay(wait, time, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>Takes leave: of the watches and of the registration, as far as that goes within the time for it.</summary>
    public async Task LeaveAsync()
    {
        if (!IsUp) return;
        using var deadline = new CancellationTokenSource(options.GoodbyeWithin, time);
        await Parallel.ForEachAsync(watches.All, new ParallelOptions { MaxDegreeOfParallelism = options.AskAtOnce }, async (watch, _) => await watch.LeaveAsync(this, deadline.Token));
        if (registered) await registration.LeaveAsync(deadline.Token);
    }

    public void Dispose() => Pacer.Dispose();

    private async Task<(string Reason, bool WasUp, bool Refused)> AttemptAsync(CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            Account.Forget();
            var local = await layer.ReachAsync(options.Server, stop);
            Account.BeAt(local.Host, local.Port, local.Protocol);
            var probe = await ProbeAsync(stop);
            if (probe.Response is null) return ($"{options.Server} does not answer: {probe.Said}.", false, false);

            // Behind a NAT the PBX sees us elsewhere than we do (RFC 3581); a name that was configured counts more.
            var seenAt = options.Transport.ContactHost is null && local.Protocol == SipProtocol.Udp ? probe.Seen : null;
            if (seenAt is not null) Account.BeAt(HostOf(seenAt), seenAt.Port, SipProtocol.Udp);
            if (options.Register && await registration.RegisterAsync(stop) is { } failure)
                return ($"{options.Server} does not register {Account.Address}: {failure.Said}.", false, SipRegistration.IsRefusal(failure));
            registered = options.Register;

            // Woken before the link is up, and waiting for it: a watch that was just asked must not be asked twice.
            foreach (var watch in watches.All) watch.Refresh();
            link.Rise(probe.RoundTrip);
            Task<string> ended = lost.Task, alive = WatchAliveAsync(seenAt, ending.Token);
            var kept = options.Register ? registration.KeepAsync(ending.Token) : ended;
            var first = await Task.WhenAny(ended, alive, kept);
            await ending.CancelAsync();
            var reason = await first;
            await Task.WhenAll(Settled(alive), Settled(kept == ended ? alive : kept));
            return (reason, true, false);
        }
        catch (SipTransportException e)
        {
            return (e.Message, false, false);
        }
        catch (OperationCanceledException)
        {
            return ("Stopped.", false, false);
        }
    }

    // The one that did not end by itself was called off; its end is waited for so that two never run beside each other.
    private static async Task Settled(Task<string> loop)
    {
        try
        {
            await loop;
        }
        catch (OperationCanceledException)
        {
            // As asked.
        }
    }

    private async Task<string> WatchAliveAsync(IPEndPoint? seenAt, CancellationToken stop)
    {
        var misses = 0;
        while (true)
        {
            await Task.Delay(misses == 0 ? options.AliveEvery : options.RetryMin, time, stop);
            var outcome = await ProbeAsync(stop);
            stop.ThrowIfCancellationRequested();
            misses = outcome.Response is null ? misses + 1 : 0;
            if (misses >= options.AliveMisses) return $"{options.Server} did not answer {misses} times: {outcome.Said}.";

            // OPTIONS and SUBSCRIBE still find their way where NOTIFYs to the old Contact are lost: what was heard lately may not be all.
            if (seenAt is not null && outcome.Seen is { } seen && !seen.Equals(seenAt))
                return $"{options.Server} sees us at {seen} and no longer at {seenAt}: what it sent there in the meantime is lost.";
            if (outcome.RoundTrip is { } took) link.Measure(took);
        }
    }

    /// <summary>Any answer, whatever it says, means that the PBX is there.</summary>
    private Task<SipOutcome> ProbeAsync(CancellationToken stop) =>
        Account.ProbeAsync(
            Account.Compose("OPTIONS", Account.ServerUri, $"<{Account.ServerUri}>", aliveId, SipAccount.NewId(), ++aliveSequence).With("Contact", Account.Contact), stop);

    private TimeSpan Backoff(int failures)
    {
        var whole = Math.Min(options.RetryMax.TotalMilliseconds, options.RetryMin.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 20)));
        return TimeSpan.FromMilliseconds(whole * (0.5 + (random() / 2)));
    }

    private static string HostOf(IPEndPoint end) =>
        end.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{end.Address}]" : end.Address.ToString();
}
