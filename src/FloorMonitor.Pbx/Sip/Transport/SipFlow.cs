using System.Net;

namespace FloorMonitor.Pbx.Sip.Transport;

/// <summary>A way to one peer: a connection, or a UDP address.</summary>
internal abstract class SipFlow
{
    /// <summary>What carries the messages.</summary>
    public abstract SipProtocol Protocol { get; }

    /// <summary>The peer's address, as the socket says.</summary>
    public abstract IPEndPoint Remote { get; }

    /// <summary>Whether it can still be used.</summary>
    public abstract bool IsOpen { get; }

    /// <summary>Whether what is sent arrives or the flow is lost: then nothing is repeated.</summary>
    public bool IsReliable => Protocol != SipProtocol.Udp;

    /// <summary>The way from the same socket to another address, where there can be one: answers over UDP may go to another port than the request came from.</summary>
    public virtual SipFlow Towards(IPEndPoint peer) => this;

    /// <summary>
    /// Queues a message and returns at once. False when it cannot be sent: the flow is gone, or the peer reads so slowly that its
    /// queue is full.
    /// </summary>
    public abstract bool Send(ReadOnlyMemory<byte> message);
}

/// <summary>What the transaction layer needs below it.</summary>
internal interface ISipTransport : IAsyncDisposable
{
    /// <summary>A whole message came. Called from reading loops; must return at once.</summary>
    Action<SipFlow, ReadOnlyMemory<byte>>? Received { get; set; }

    /// <summary>A flow is gone, and why. Called once for each connection.</summary>
    Action<SipFlow, string>? Lost { get; set; }

    /// <summary>Fails when a loop ended by an error that is ours.</summary>
    Task Broken { get; }

    /// <summary>How many connections are open.</summary>
    int Flows { get; }

    /// <summary>The way to a target: the one there is, or a new one.</summary>
    /// <exception cref="Transactions.SipTransportException">There is none.</exception>
    Task<SipFlow> ReachAsync(SipTarget target, CancellationToken stop);

    /// <summary>Closes the connection to a target, if there is one: the next time it is reached anew.</summary>
    void LetGo(SipTarget target);

    /// <summary>By which of our addresses the peer of a flow can reach us.</summary>
    Transactions.SipLocalEnd LocalEndOf(SipFlow flow);
}
