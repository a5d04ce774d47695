using System.Net;
using FloorMonitor.Pbx.Sip.Messages;
using FloorMonitor.Pbx.Sip.Transport;

namespace FloorMonitor.Pbx.Sip.Transactions;

/// <summary>
/// The seam of the SIP stack: non-INVITE transactions (RFC 3261 section 17). Above it is the user agent, which knows accounts and
/// subscriptions; below it are transport and parsing, which another stack can bring (<c>-p:UseSipSorcery=true</c>).
/// </summary>
public interface ISipTransactions : IAsyncDisposable
{
    /// <summary>
    /// Who answers requests. Called at once when one arrives, in the order of arrival for each connection and each UDP peer; must
    /// return at once. Retransmissions and requests that are no SIP never get here: the transaction layer answers them itself.
    /// </summary>
    SipRequestHandler? Handler { get; set; }

    /// <summary>A connection was lost that requests had gone out on. Called from the reading loop; must return at once.</summary>
    Action<SipTarget, string>? FlowLost { get; set; }

    /// <summary>Makes a way to the target (for TCP and TLS a connection, unless there is one) and says by which address of ours it can reach us.</summary>
    /// <exception cref="SipTransportException">There is none; the message says why.</exception>
    Task<SipLocalEnd> ReachAsync(SipTarget target, CancellationToken stop);

    /// <summary>
    /// Lets go of the connection to a target, without a word of <see cref="FlowLost"/>: the next request makes a new one. A peer that fell
    /// silent may have forgotten the connection, and only a new one finds that out.
    /// </summary>
    void LetGo(SipTarget target);

    /// <summary>
    /// Sends a request in a client transaction of its own (17.1.2): repeated over UDP only, until a final response comes or the patience
    /// ends. Via and Content-Length are added below. Never throws for what a peer or a network does.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="target">Where to.</param>
    /// <param name="patience">Timer F: how long a final response may take; null: 64 × T1 = 32 s.</param>
    /// <param name="stop">Ends the waiting.</param>
    Task<SipOutcome> SendAsync(SipRequest request, SipTarget target, TimeSpan? patience, CancellationToken stop);

    /// <summary>Never ends by itself, but fails when the layer broke by an error of ours: whoever works above it must not go on as if it listened.</summary>
    Task Broken { get; }

    /// <summary>What is held at the moment, for leak tests and figures.</summary>
    SipTransactionCounts Counts { get; }
}

/// <summary>Answers a request.</summary>
/// <param name="request">A request that is well-formed as far as the RFC asks of every request.</param>
/// <param name="from">Who sent it, as the socket says.</param>
public delegate SipReply SipRequestHandler(SipMessage request, IPEndPoint from);

/// <summary>How a request went.</summary>
/// <param name="Response">The final response; null when there was none.</param>
/// <param name="Failure">Why there was none; null when there was one.</param>
/// <param name="RoundTrip">From the sending to the final response; null when the request was repeated, since then nobody knows which one was answered.</param>
/// <param name="Seen">The address that the peer saw the request come from, when it says so (RFC 3581).</param>
public sealed record SipOutcome(SipMessage? Response, string? Failure, TimeSpan? RoundTrip = null, IPEndPoint? Seen = null)
{
    /// <summary>The final status, or 408 where none came: a silent peer counts as one that took too long (RFC 3261 section 8.1.3.1).</summary>
    public int Status => Response?.StatusCode ?? 408;

    /// <summary>The response's status and words, or the failure.</summary>
    public string Said => Response is { } response ? $"{response.StatusCode} {response.ReasonPhrase}" : Failure ?? "no answer";
}

/// <summary>By which of our addresses a peer can reach us.</summary>
/// <param name="Host">The address, or the configured name.</param>
/// <param name="Port">The port that we listen on.</param>
/// <param name="Protocol">What carries the messages.</param>
public sealed record SipLocalEnd(string Host, int Port, SipProtocol Protocol);

/// <summary>What a transaction layer holds at the moment.</summary>
/// <param name="Client">Requests of ours without a final response.</param>
/// <param name="Server">Requests of others whose answer is kept for a repetition.</param>
/// <param name="Flows">Open connections and known UDP peers.</param>
public readonly record struct SipTransactionCounts(int Client, int Server, int Flows);

/// <summary>There is no way to a peer. The message is a sentence for the log and the desk.</summary>
public sealed class SipTransportException(string message, Exception? inner = null) : Exception(message, inner);
