using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using FloorMonitor.Pbx.Sip.Messages;
using FloorMonitor.Pbx.Sip.Transport;

namespace FloorMonitor.Pbx.Sip.Transactions;

/// <summary>The house's own transaction layer, over its own transport and parser.</summary>
internal sealed class SipTransactions : ISipTransactions
{
    /// <summary>More requests than this are not under way at once; the user agent's pacing keeps far below.</summary>
    public const int MaxUnderWay = 4096;

    private readonly ISipTransport transport;
    private readonly SipLimits limits;
    private readonly TimeProvider time;
    private readonly SipMeter meter;
    private readonly ConcurrentDictionary<string, ClientTransaction> underWay = new(StringComparer.Ordinal);
    private readonly ServerTransactions kept;
    private readonly SipAnswers answers = new();
    private readonly Dictionary<SipFlow, SipTarget> targets = [];
    private readonly Lock gate = new();
    private volatile bool disposed;

    public SipTransactions(ISipTransport transport, SipLimits limits, TimeProvider time, SipMeter meter)
    {
        this.transport = transport;
        this.limits = limits;
        this.time = time;
        this.meter = meter;
        kept = new(time);
        transport.Received = OnReceived;
        transport.Lost = OnLost;
    }

    /// <inheritdoc/>
    public SipRequestHandler? Handler { get; set; }

    /// <inheritdoc/>
    public Action<SipTarget, string>? FlowLost { get; set; }

    /// <inheritdoc/>
    public Task Broken => transport.Broken;

    /// <inheritdoc/>
    public SipTransactionCounts Counts => new(underWay.Count, kept.Count, transport.Flows);

    /// <inheritdoc/>
    public async Task<SipLocalEnd> ReachAsync(SipTarget target, CancellationToken stop) => transport.LocalEndOf(await FlowToAsync(target, stop));

    /// <inheritdoc/>
    public void LetGo(SipTarget target)
    {
        lock (gate)
            foreach (var flow in targets.Where(known => known.Value == target).Select(known => known.Key).ToList()) targets.Remove(flow);
        transport.LetGo(target);
    }

    /// <inheritdoc/>
    public async Task<SipOutcome> SendAsync(SipRequest request, SipTarget target, TimeSpan? patience, CancellationToken stop)
    {
        if (underWay.Count >= MaxUnderWay) return new(null, "too many requests are under way");
        ClientTransaction transaction;
        try
        {
            var flow = await FlowToAsync(target, stop);
            var local = transport.LocalEndOf(flow);
            var branch = SipVia.Cookie + RandomNumberGenerator.GetHexString(24, lowercase: true);
            var bytes = request.Encode($"SIP/2.0/{local.Protocol.ToString().ToUpperInvariant()} {local.Host}:{local.Port};branch={branch};rport");
            transaction = new(branch, request.Method, bytes, flow, time, ended => underWay.TryRemove(ended.Branch, out _));
        }
        catch (SipTransportException e)
        {
            return new(null, e.Message);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            return new(null, "called off");
        }

        using (transaction)
        using (stop.UnsafeRegister(static me => ((ClientTransaction)me!).Fail("called off"), transaction))
        {
            underWay[transaction.Branch] = transaction;
            transaction.Begin(patience ?? SipTimers.Patience);

            // A flow that was lost, or a layer that was ended, just before the transaction could be found by it.
            if (disposed || !transaction.Flow.IsOpen) transaction.Fail("the connection is gone");
            return await transaction.Outcome;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        disposed = true;
        foreach (var transaction in underWay.Values) transaction.Fail("we are done");
        await transport.DisposeAsync();
    }

    private async Task<SipFlow> FlowToAsync(SipTarget target, CancellationToken stop)
    {
        var flow = await transport.ReachAsync(target, stop);
        if (flow.IsReliable)
            lock (gate)
                if (flow.IsOpen) targets[flow] = target;
        return flow;
    }

    private void OnReceived(SipFlow flow, ReadOnlyMemory<byte> bytes)
    {
        meter.CountBytes(bytes.Length);
        var message = SipParser.Parse(bytes, limits, out var fault);
        if (fault is not null) meter.CountMalformed();
        if (message is null) return;
        if (message.IsRequest) OnRequest(message, fault, flow);
        else if (fault is null) OnResponse(message);
    }

    private void OnResponse(SipMessage response)
    {
        meter.CountReceived();

        // More than one Via: it went astray on its way to somebody else (section 8.1.3.3).
        if (!response.HasSeveral(SipHeader.Via) && response.Via!.Branch is { } branch
            && underWay.TryGetValue(branch, out var transaction) && transaction.Method == response.Method)
            transaction.Take(response);
    }

    private void OnRequest(SipMessage request, SipFault? fault, SipFlow flow)
    {
        meter.CountReceived();
        if (!SipAnswers.CanAnswer(request)) return;
        if (fault is not null)
        {
            Answer(request, new(fault.Status, fault.Sentence) { Fields = fault.Status == 420 ? Unsupported(request) : [] }, flow);
            return;
        }

        // Over a connection nothing is repeated: timer J is zero there.
        var key = flow.IsReliable ? null : ServerTransactions.KeyOf(request);
        if (key is not null && kept.Find(key) is { } before)
        {
            meter.CountRepeated();
            Send(before, request, flow);
            return;
        }

        if (Handler is not { } handler) return;
        var reply = handler(request, flow.Remote);
        var bytes = Answer(request, reply, flow);
        if (key is not null && reply.Status is < 300 or 500) kept.Keep(key, bytes);
    }

    private byte[] Answer(SipMessage request, SipReply reply, SipFlow flow)
    {
        var bytes = answers.Encode(request, reply, flow.Remote);
        Send(bytes, request, flow);
        return bytes;
    }

    private static void Send(byte[] answer, SipMessage request, SipFlow flow)
    {
        (flow.IsReliable ? flow : flow.Towards(SipAnswers.PlaceFor(request, flow.Remote))).Send(answer);
    }

    private static ImmutableArray<SipField> Unsupported(SipMessage request) =>
        [new("Unsupported", string.Join(", ", request.Values(SipHeader.Require).Where(tag => tag.All(SipParser.IsTokenChar))))];

    private void OnLost(SipFlow flow, string reason)
    {
        SipTarget? target;
        lock (gate) targets.Remove(flow, out target);
        foreach (var transaction in underWay.Values)
            if (transaction.Flow == flow) transaction.Fail(reason);
        if (target is not null) FlowLost?.Invoke(target, reason);
    }
}
