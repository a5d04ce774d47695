using System.Net.Sockets;
using System.Reactive.Subjects;
using System.Security.Authentication;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Core.Rules;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FloorMonitor.Pbx.Ami;

/// <summary>
/// An Asterisk over its manager interface: one connection, events in and actions out, event-driven, sought again without end.
/// </summary>
public sealed class AmiFeed : IPbxFeed, IPbxControl, IDisposable
{
    private readonly AmiFeedOptions options;
    private readonly AgentDirectory directory;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly AmiConnect connect;
    private readonly Func<double> random;
    private readonly AmiMeter meter;
    private readonly AmiMemory memory = new();
    private readonly Subject<FeedMessage> messages = new();
    private readonly HashSet<AmiProtocolError> logged = [];
    private readonly Lock gate = new();
    private volatile AmiSession? session;
    private CancellationTokenSource? current;
    private string? resyncReason;
    private string? lostReason;

    /// <summary>A feed that is not connected yet.</summary>
    /// <param name="options">The switch.</param>
    /// <param name="directory">Who sits behind its addresses.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where it says what the desk need not know; never a secret.</param>
    /// <param name="connect">How to get a stream; null: TCP or TLS as the options say.</param>
    /// <param name="random">A number from 0 to below 1, for the jitter; null: a random one.</param>
    public AmiFeed(AmiFeedOptions options, AgentDirectory directory, TimeProvider time, ILogger<AmiFeed>? log = null,
        AmiConnect? connect = null, Func<double>? random = null)
    {
        this.options = options;
        this.directory = directory;
        this.time = time;
        this.log = log ?? NullLogger<AmiFeed>.Instance;
        this.connect = connect ?? AmiConnector.ConnectAsync;
        this.random = random ?? Random.Shared.NextDouble;
        meter = new AmiMeter(options.Name);
    }

    /// <inheritdoc/>
    public string Name => options.Name;

    /// <inheritdoc/>
    public IObservable<FeedMessage> Messages => messages;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken stop)
    {
        var failures = 0;
        Say(new FeedConnecting(time.GetUtcNow(), Name), $"connecting to {options}");
        while (!stop.IsCancellationRequested)
        {
            var (reason, wasGood, refused) = await AttemptAsync(stop);
            if (stop.IsCancellationRequested) return;
            failures = wasGood ? 0 : failures + 1;
            if (reason != lostReason) Say(new FeedLost(time.GetUtcNow(), Name, reason), reason);
            lostReason = reason;
            meter.CountReconnect();
            var wait = refused ? options.RefusedRetry : Backoff(failures);
            log.LogWarning("{Feed}: {Reason} Next try in {Wait:0.0} s.", Name, reason, wait.TotalSeconds);
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

    /// <inheritdoc/>
    public void Resync(string reason)
    {
        lock (gate)
        {
            if (current is null) return;
            resyncReason = reason;
            current.Cancel();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ControlResult> ExecuteAsync(PbxAction action, CancellationToken stop)
    {
        if (session is not { SyncedAt: not null } live) return new(false, new Text($"目前与 {Name} 没有连接", $"There is no link to {Name} now."));
        var stateInterface = action is JoinQueue ? live.Members.StateInterfaceOf(action.Address) : null;
        var (encoded, objection) = AmiControl.Encode(action, stateInterface);
        if (encoded is null) return new(false, objection!);
        try
        {
            return AmiControl.Read(action, await live.Link.AskAsync(encoded, options.AnswerWithin, stop));
        }
        catch (TimeoutException e)
        {
            return new(false, new Text($"交换机在 {options.AnswerWithin.TotalSeconds:0.#} 秒内没有答复 {encoded.Name}", e.Message));
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            return new(false, new Text($"在交换机答复前,与 {Name} 的连接已中断", e.Message));
        }
        catch (OperationCanceledException)
        {
            return new(false, new Text("在交换机答复前已取消", "It was called off before the switch answered."));
        }
    }

    /// <summary>Ends the stream of messages. The feed must have been stopped before.</summary>
    public void Dispose()
    {
        messages.OnCompleted();
        messages.Dispose();
    }

    /// <summary>One try: from connecting to the loss of the link. Says why it ended, whether it was a good link, and whether the account was refused.</summary>
    private async Task<(string Reason, bool WasGood, bool Refused)> AttemptAsync(CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        lock (gate)
        {
            current = ending;
            resyncReason = null;
        }

        DateTimeOffset? syncedAt = null;
        var refused = false;
        var shutDown = false;
        string reason;
        try
        {
            var stream = await ConnectAsync(ending.Token);
            if (lostReason is not null) Say(new FeedConnecting(time.GetUtcNow(), Name), $"connected to {options}, reading");
            lostReason = null;
            await using var running = new AmiSession(options, stream, directory, memory, time, log, meter, Emit);
            session = running;
            try
            {
                await running.RunAsync(ending.Token);
                reason = "The switch closed the link.";
            }
            finally
            {
                session = null;
                syncedAt = running.SyncedAt;
                shutDown = running.ShutDown;
            }
        }
        catch (AmiRefusedException e)
        {
            reason = e.Message;
            refused = true;
        }
        catch (AmiProtocolException e)
        {
            reason = e.Message;
            meter.CountProtocolError(e.Error.ToString());
            if (logged.Add(e.Error)) log.LogError("{Feed}: {Error}: {Message} (said once for this kind)", Name, e.Error, e.Message);
        }
        catch (Exception e) when (e is IOException or SocketException or TimeoutException)
        {
            reason = e.Message;
        }
        catch (OperationCanceledException)
        {
            reason = resyncReason is { } why ? $"The floor asked to read the switch anew: {why}." : "Stopped.";
        }
        finally
        {
            lock (gate) current = null;
        }

        // After its own goodbye it matters little in which way the link then broke.
        if (shutDown) reason = "The switch was shut down.";
        return (reason, syncedAt is { } since && time.GetUtcNow() - since >= options.GoodAfter, refused);
    }

    private async Task<Stream> ConnectAsync(CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(options.ConnectWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
        try
        {
            return await connect(options, either.Token);
        }
        catch (SocketException e)
        {
            throw new IOException($"{options.Host}:{options.Port} cannot be reached: {e.Message}.", e);
        }
        catch (AuthenticationException e)
        {
            throw new IOException($"{options.Host}:{options.Port} cannot be trusted: {e.Message}", e);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new TimeoutException($"{options.Host}:{options.Port} did not answer within {options.ConnectWithin.TotalSeconds:0.#} s.");
        }
    }

    /// <summary>Doubles from the least to the greatest, jittered down to half so that feeds of one switch do not return in step.</summary>
    private TimeSpan Backoff(int failures)
    {
        var whole = Math.Min(options.ReconnectMax.TotalMilliseconds, options.ReconnectMin.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 20)));
        return TimeSpan.FromMilliseconds(whole * (0.5 + (random() / 2)));
    }

    private void Say(FloorEvent @event, string raw) => Emit(new FeedMessage(Name, @event.At, raw, [@event]));

    private void Emit(FeedMessage message) => messages.OnNext(message);
}
