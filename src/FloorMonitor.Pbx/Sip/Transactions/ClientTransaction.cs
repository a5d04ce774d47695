using System.Net;
using FloorMonitor.Pbx.Sip.Messages;
using FloorMonitor.Pbx.Sip.Transport;

namespace FloorMonitor.Pbx.Sip.Transactions;

/// <summary>
/// A request of ours (RFC 3261 section 17.1.2): repeated over UDP (timer E) until a final response, the end of the patience (timer F),
/// or the loss of its flow. The completed state, which would only swallow repeated responses, is not kept: a response that belongs to
/// no transaction is dropped anyway.
/// </summary>
internal sealed class ClientTransaction : IDisposable
{
    private readonly byte[] bytes;
    private readonly TimeProvider time;
    private readonly Action<ClientTransaction> ended;
    private readonly TaskCompletionSource<SipOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private readonly long sentAt;
    private ITimer? repeat;
    private ITimer? deadline;
    private TimeSpan interval = SipTimers.T1;
    private bool proceeding;
    private bool repeated;

    public ClientTransaction(string branch, string method, byte[] bytes, SipFlow flow, TimeProvider time, Action<ClientTransaction> ended)
    {
        Branch = branch;
        Method = method;
        Flow = flow;
        this.bytes = bytes;
        this.time = time;
        this.ended = ended;
        sentAt = time.GetTimestamp();
    }

    /// <summary>Its branch: what responses are found by.</summary>
    public string Branch { get; }

    /// <summary>Its method: a response must name it in its CSeq (17.1.3).</summary>
    public string Method { get; }

    /// <summary>The way it goes.</summary>
    public SipFlow Flow { get; }

    /// <summary>How it ends.</summary>
    public Task<SipOutcome> Outcome => outcome.Task;

    /// <summary>Sends it and sets its timers.</summary>
    public void Begin(TimeSpan patience)
    {
        lock (gate)
        {
            deadline = time.CreateTimer(static me => ((ClientTransaction)me!).Fail("no answer in time"), this, patience, Timeout.InfiniteTimeSpan);
            if (!Flow.IsReliable)
                repeat = time.CreateTimer(static me => ((ClientTransaction)me!).Repeat(), this, interval, Timeout.InfiniteTimeSpan);
        }

        if (!Flow.Send(bytes)) Fail($"{Flow.Remote} takes nothing more");
    }

    /// <summary>Takes a response. A provisional one only slows the repeating down to T2.</summary>
    public void Take(SipMessage response)
    {
        if (response.StatusCode < 200)
        {
            lock (gate) proceeding = true;
            return;
        }

        // Of a request that was sent twice nobody knows which one was answered (Karn).
        End(new(response, null, repeated ? null : time.GetElapsedTime(sentAt), SeenOf(response)));
    }

    /// <summary>Ends it without a response.</summary>
    public void Fail(string why) => End(new(null, why));

    public void Dispose()
    {
        lock (gate)
        {
            repeat?.Dispose();
            deadline?.Dispose();
        }
    }

    private void Repeat()
    {
        lock (gate)
        {
            if (outcome.Task.IsCompleted) return;
            repeated = true;
            interval = proceeding ? SipTimers.T2 : TimeSpan.FromTicks(Math.Min(interval.Ticks * 2, SipTimers.T2.Ticks));
            repeat?.Change(interval, Timeout.InfiniteTimeSpan);
        }

        Flow.Send(bytes);
    }

    private void End(SipOutcome how)
    {
        if (!outcome.TrySetResult(how)) return;
        Dispose();
        ended(this);
    }

    private static IPEndPoint? SeenOf(SipMessage response) =>
        response.Via is { } via && IPAddress.TryParse(via.Parameter("received") ?? via.Host.Trim('[', ']'), out var address)
        && SipText.Number(via.Parameter("rport")) is > 0 and <= 65535 and var port
            ? new(address, port)
            : null;
}
