using System.Globalization;
using System.Net;
using System.Text;
using System.Threading.Channels;
using FloorMonitor.Pbx.Sip.Messages;
using FloorMonitor.Pbx.Sip.Transactions;
using FloorMonitor.Pbx.Sip.Transport;
using FloorMonitor.Pbx.Tests.Ami;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>A transaction layer in memory: requests of the agent arrive in the test, which answers them as it likes.</summary>
internal sealed class ScriptedLayer : ISipTransactions
{
    private readonly Channel<Asked> asked = Channel.CreateUnbounded<Asked>();

    /// <summary>What OPTIONS and REGISTER are answered; null: nothing, until the layer is told otherwise.</summary>
    public Func<Asked, string?> Ordinary { get; set; } = one => one.Request.Method == "REGISTER" ? "200 OK\nExpires: 600" : "200 OK";

    /// <summary>Thrown instead of reaching, while set.</summary>
    public SipTransportException? Unreachable { get; set; }

    /// <summary>Every OPTIONS and REGISTER so far.</summary>
    public List<Asked> Ordinaries { get; } = [];

    public SipRequestHandler? Handler { get; set; }

    public Action<SipTarget, string>? FlowLost { get; set; }

    public Task Broken { get; } = new TaskCompletionSource().Task;

    public SipTransactionCounts Counts => default;

    /// <summary>How often the connection was let go of.</summary>
    public int LetGos { get; private set; }

    /// <summary>Whence the PBX says that it sees us.</summary>
    public IPEndPoint? Seen { get; set; }

    public void LetGo(SipTarget target) => LetGos++;

    public Task<SipLocalEnd> ReachAsync(SipTarget target, CancellationToken stop) =>
        Unreachable is { } reason ? Task.FromException<SipLocalEnd>(reason) : Task.FromResult(new SipLocalEnd("192.0.2.9", 5070, target.Protocol));

    public Task<SipOutcome> SendAsync(SipRequest request, SipTarget target, TimeSpan? patience, CancellationToken stop)
    {
        var one = new Asked(request, new(TaskCreationOptions.RunContinuationsAsynchronously), Seen);
        stop.Register(() => one.Outcome.TrySetResult(new(null, "called off")));
        if (request.Method is "OPTIONS" or "REGISTER")
        {
            lock (Ordinaries) Ordinaries.Add(one);
            if (Ordinary(one) is { } answer) one.Answer(answer);
            else one.Fail("no answer in time");
        }
        else
        {
            asked.Writer.TryWrite(one);
        }

        return one.Outcome.Task;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The next request that is no OPTIONS and no REGISTER.</summary>
    public async Task<Asked> NextAsync() => await asked.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(FeedUnderTest.Patience);

    /// <summary>Whether a request waits to be read.</summary>
    public bool HasNext => asked.Reader.TryPeek(out _);

    /// <summary>Sends the agent a NOTIFY in the dialog of a SUBSCRIBE, and says what it is answered.</summary>
    public SipReply Notify(Asked subscribe, string state, int sequence = 1, string more = "", string body = "", string tag = "pbx-1", string? package = null) =>
        Handler!(NotifyOf(subscribe, state, sequence, more, body, tag, package), new(IPAddress.Loopback, 5060));

    /// <summary>The NOTIFY itself.</summary>
    public static SipMessage NotifyOf(Asked subscribe, string state, int sequence, string more, string body, string tag, string? package) =>
        NotifyOf(subscribe, state, sequence, Encoding.UTF8.GetBytes(body), more, tag, package);

    /// <summary>The NOTIFY itself, with any bytes as its document.</summary>
    public static SipMessage NotifyOf(Asked subscribe, string state, int sequence, byte[] body, string more = "", string tag = "pbx-1", string? package = null)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            NOTIFY {subscribe["Contact"].Trim('<', '>')} SIP/2.0
            Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK{Guid.NewGuid():N}
            To: {subscribe["From"]}
            From: <sip:201@pbx.test>;tag={tag}
            CSeq: {sequence} NOTIFY
            Call-ID: {subscribe["Call-ID"]}
            Event: {package ?? subscribe["Event"]}
            {(state.Length > 0 ? $"Subscription-State: {state}\n" : "")}{(more.Length > 0 ? more + "\n" : "")}Contact: <sip:presence@192.0.2.1:5060>
            Content-Length: {body.Length}


            """);
        return Parse(text, body);
    }

    /// <summary>A message from lines.</summary>
    public static SipMessage Parse(string head) => Parse(head, []);

    private static SipMessage Parse(string head, byte[] body)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(head.ReplaceLineEndings("\r\n")), .. body];
        var message = SipParser.Parse(bytes, SipLimits.Default, out var fault);
        Assert.Null(fault);
        return message!;
    }

    /// <summary>A request that waits for its answer.</summary>
    internal sealed record Asked(SipRequest Request, TaskCompletionSource<SipOutcome> Outcome, IPEndPoint? Seen)
    {
        public string this[string field] => Find(field) ?? throw new KeyNotFoundException(field);

        public string? Find(string field) => Request.Fields.Where(one => one.Name == field).Select(one => one.Value).FirstOrDefault();

        /// <summary>Answers it: status and words, then further fields, one a line.</summary>
        public void Answer(string answer, string tag = "pbx-1")
        {
            var lines = answer.Split('\n');
            var text = $"""
                SIP/2.0 {lines[0]}
                Via: SIP/2.0/UDP 192.0.2.9:5070;branch=z9hG4bKscripted
                From: {this["From"]}
                To: {(this["To"].Contains("tag=", StringComparison.Ordinal) ? this["To"] : $"{this["To"]};tag={tag}")}
                Call-ID: {this["Call-ID"]}
                CSeq: {this["CSeq"]}
                {string.Concat(lines.Skip(1).Select(line => line + "\n"))}Content-Length: 0


                """;
            Outcome.TrySetResult(new(Parse(text), null, TimeSpan.FromMilliseconds(3), Seen));
        }

        public void Fail(string why) => Outcome.TrySetResult(new(null, why));
    }
}
