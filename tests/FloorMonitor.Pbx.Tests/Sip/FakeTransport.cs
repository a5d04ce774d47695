using System.Net;
using System.Text;
using FloorMonitor.Pbx.Sip.Messages;
using FloorMonitor.Pbx.Sip.Transactions;
using FloorMonitor.Pbx.Sip.Transport;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>A transport in memory: what is sent is kept, and what comes is said by the test.</summary>
internal sealed class FakeTransport : ISipTransport
{
    public static readonly IPEndPoint Peer = new(IPAddress.Parse("192.0.2.1"), 5060);

    public Action<SipFlow, ReadOnlyMemory<byte>>? Received { get; set; }

    public Action<SipFlow, string>? Lost { get; set; }

    public Task Broken { get; } = new TaskCompletionSource().Task;

    public int Flows => 0;

    /// <summary>Thrown instead of reaching, while set.</summary>
    public SipTransportException? Unreachable { get; set; }

    /// <summary>The flow that every target is reached by.</summary>
    public FakeFlow Flow { get; set; } = new(SipProtocol.Udp, Peer);

    public Task<SipFlow> ReachAsync(SipTarget target, CancellationToken stop) =>
        Unreachable is { } reason ? Task.FromException<SipFlow>(reason) : Task.FromResult<SipFlow>(Flow);

    public void LetGo(SipTarget target) => LetGoOf.Add(target);

    /// <summary>Every target whose connection was let go of.</summary>
    public List<SipTarget> LetGoOf { get; } = [];

    public SipLocalEnd LocalEndOf(SipFlow flow) => new("192.0.2.9", 5070, flow.Protocol);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Bytes come in.</summary>
    public void Say(string text, FakeFlow? flow = null) => Received!(flow ?? Flow, Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")));

    /// <summary>A response to the last request that was sent, its status and words first.</summary>
    public void Respond(string line, string more = "")
    {
        var request = SipParser.Parse(Flow.Sent[^1], SipLimits.Default, out _)!;
        Say($"SIP/2.0 {line}\nVia: {request.Find(SipHeader.Via)!.Replace(";rport", ";received=203.0.113.7;rport=40123", StringComparison.Ordinal)}\nFrom: {request.Find(SipHeader.From)}\n"
            + $"To: {request.Find(SipHeader.To)};tag=t\nCall-ID: {request.CallId}\nCSeq: {request.Find(SipHeader.CSeq)}\n{more}Content-Length: 0\n\n");
    }
}

/// <summary>A way that keeps what is sent on it.</summary>
internal sealed class FakeFlow(SipProtocol protocol, IPEndPoint remote) : SipFlow
{
    public List<byte[]> Sent { get; } = [];

    public IPEndPoint? SentTo { get; private set; }

    public bool Open { get; set; } = true;

    public override SipProtocol Protocol => protocol;

    public override IPEndPoint Remote => remote;

    public override bool IsOpen => Open;

    public override SipFlow Towards(IPEndPoint peer)
    {
        SentTo = peer;
        return this;
    }

    public override bool Send(ReadOnlyMemory<byte> message)
    {
        if (!Open) return false;
        Sent.Add(message.ToArray());
        return true;
    }

    /// <summary>The last that was sent, as text.</summary>
    public string Last => Encoding.UTF8.GetString(Sent[^1]);
}
