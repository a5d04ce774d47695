using System.Net;
using FloorMonitor.Pbx.Sip.Messages;
using FloorMonitor.Pbx.Sip.Transactions;
using FloorMonitor.Pbx.Sip.Transport;
using FloorMonitor.Pbx.Tests.Ami;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>Non-INVITE transactions (RFC 3261 sections 17.1.2 and 17.2.2), to the millisecond.</summary>
public sealed class TransactionTests : IAsyncDisposable
{
    private static readonly SipTarget Target = new(SipProtocol.Udp, "192.0.2.1", 5060);
    private readonly FakeTransport transport = new();
    private readonly FakeTimeProvider clock = new();
    private readonly SipTransactions layer;
    private int handled;

    public TransactionTests()
    {
        layer = new(transport, SipLimits.Default, clock, new("test"))
        {
            Handler = (_, _) =>
            {
                handled++;
                return new SipReply(200, "OK");
            },
        };
    }

    public ValueTask DisposeAsync() => layer.DisposeAsync();

    [Fact]
    public async Task Over_udp_a_request_is_repeated_at_the_times_of_timer_e_until_timer_f()
    {
        var outcome = Ask();
        List<double> at = [];
        for (var ms = 0; ms < 32_000; ms += 100)
        {
            var before = transport.Flow.Sent.Count;
            clock.Advance(TimeSpan.FromMilliseconds(100));
            if (transport.Flow.Sent.Count > before) at.Add((ms + 100) / 1000.0);
        }

        // T1, doubling up to T2; the last is due with timer F itself.
        Assert.Equal([0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5], at);
        Assert.Equal("no answer in time", (await Ended(outcome)).Failure);
        Assert.Equal(408, (await outcome).Status);
        Assert.All(transport.Flow.Sent, sent => Assert.Equal(transport.Flow.Sent[0], sent));
        Assert.Equal(0, layer.Counts.Client);
    }

    [Fact]
    public async Task After_a_provisional_response_it_is_repeated_every_t2()
    {
        var outcome = Ask();
        transport.Respond("100 Trying");
        clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(2, transport.Flow.Sent.Count);
        clock.Advance(TimeSpan.FromMilliseconds(3999));
        Assert.Equal(2, transport.Flow.Sent.Count);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, transport.Flow.Sent.Count);
        transport.Respond("200 OK");
        Assert.Equal(200, (await Ended(outcome)).Status);
    }

    [Fact]
    public async Task A_final_response_ends_the_repeating_and_is_measured()
    {
        var outcome = Ask();
        clock.Advance(TimeSpan.FromMilliseconds(40));
        transport.Respond("404 Not Found");
        var ended = await Ended(outcome);
        Assert.Equal((404, TimeSpan.FromMilliseconds(40), "203.0.113.7:40123", "404 Not Found"), (ended.Status, ended.RoundTrip, ended.Seen!.ToString(), ended.Said));
        clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Single(transport.Flow.Sent);
        transport.Respond("200 OK");
        Assert.Equal(0, layer.Counts.Client);
    }

    [Fact]
    public async Task A_request_that_was_repeated_is_not_measured()
    {
        var outcome = Ask();
        clock.Advance(TimeSpan.FromMilliseconds(501));
        transport.Respond("200 OK");
        Assert.Null((await Ended(outcome)).RoundTrip);
    }

    [Fact]
    public async Task Over_a_connection_nothing_is_repeated_and_a_patience_of_its_own_counts()
    {
        transport.Flow = new(SipProtocol.Tcp, FakeTransport.Peer);
        var outcome = Ask(TimeSpan.FromSeconds(5));
        clock.Advance(TimeSpan.FromMilliseconds(4999));
        Assert.False(outcome.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("no answer in time", (await Ended(outcome)).Failure);
        Assert.Single(transport.Flow.Sent);
    }

    [Fact]
    public async Task A_connection_that_is_lost_ends_what_went_over_it_at_once_and_is_told()
    {
        transport.Flow = new(SipProtocol.Tcp, FakeTransport.Peer);
        (SipTarget, string)? told = null;
        layer.FlowLost = (target, reason) => told = (target, reason);
        var outcome = Ask();
        transport.Flow.Open = false;
        transport.Lost!(transport.Flow, "The peer closed the connection.");
        Assert.Equal("The peer closed the connection.", (await Ended(outcome)).Failure);
        Assert.Equal((Target, "The peer closed the connection."), told);
    }

    [Fact]
    public async Task A_connection_that_was_let_go_of_is_not_told_as_lost()
    {
        transport.Flow = new(SipProtocol.Tcp, FakeTransport.Peer);
        var told = 0;
        layer.FlowLost = (_, _) => told++;
        var outcome = Ask();
        layer.LetGo(Target);
        Assert.Equal([Target], transport.LetGoOf);
        transport.Flow.Open = false;
        transport.Lost!(transport.Flow, "Let go of.");
        Assert.Equal("Let go of.", (await Ended(outcome)).Failure);
        Assert.Equal(0, told);
    }

    [Fact]
    public async Task A_peer_that_cannot_be_reached_is_an_outcome_and_no_exception()
    {
        transport.Unreachable = new("pbx.test cannot be reached.");
        Assert.Equal("pbx.test cannot be reached.", (await Ask()).Failure);
    }

    [Fact]
    public async Task Whoever_stops_waiting_ends_the_request()
    {
        using var stop = new CancellationTokenSource();
        var outcome = layer.SendAsync(Request(), Target, null, stop.Token);
        await stop.CancelAsync();
        Assert.Equal("called off", (await Ended(outcome)).Failure);
        Assert.Equal(0, layer.Counts.Client);
    }

    [Theory]
    [InlineData("z9hG4bK", "z9hG4bKx")]
    [InlineData(" OPTIONS\r\n", " REGISTER\r\n")]
    [InlineData("From:", "Via: SIP/2.0/UDP 192.0.2.44;branch=z9hG4bKastray\r\nFrom:")]
    public async Task A_response_that_belongs_to_nothing_of_ours_is_dropped(string of, string by)
    {
        var outcome = Ask();
        transport.Respond("200 OK");
        Assert.True((await outcome).Response is not null);
        var text = (await outcome).Response!.Raw;
        var second = Ask();
        var branch = SipParser.Parse(transport.Flow.Sent[^1], SipLimits.Default, out _)!.Via!.Branch!;
        transport.Say(text.Replace((await outcome).Response!.Via!.Branch!, branch, StringComparison.Ordinal).Replace(of, by, StringComparison.Ordinal));
        Assert.False(second.IsCompleted);
    }

    [Fact]
    public void A_request_is_handled_once_and_its_repetition_is_answered_as_before()
    {
        transport.Say(Notify());
        var first = transport.Flow.Last;
        transport.Say(Notify());
        clock.Advance(TimeSpan.FromSeconds(31));
        transport.Say(Notify());
        Assert.Equal((1, 3, first), (handled, transport.Flow.Sent.Count, transport.Flow.Last));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, layer.Counts.Server);
        transport.Say(Notify());
        Assert.Equal(2, handled);
    }

    [Fact]
    public void The_same_branch_by_another_method_or_sender_is_another_request()
    {
        transport.Say(Notify());
        transport.Say(Notify().Replace("NOTIFY", "OPTIONS", StringComparison.Ordinal));
        transport.Say(Notify().Replace("Via: SIP/2.0/UDP 192.0.2.1", "Via: SIP/2.0/UDP 192.0.2.2", StringComparison.Ordinal));
        Assert.Equal(3, handled);
    }

    [Fact]
    public void A_sender_without_the_cookie_is_told_apart_by_what_it_says()
    {
        var old = Notify().Replace(";branch=z9hG4bKnotify1", "", StringComparison.Ordinal);
        transport.Say(old);
        transport.Say(old);
        transport.Say(old.Replace("CSeq: 4", "CSeq: 5", StringComparison.Ordinal));
        Assert.Equal(2, handled);
    }

    [Fact]
    public void Over_a_connection_no_answer_is_kept()
    {
        transport.Say(Notify(), new FakeFlow(SipProtocol.Tcp, FakeTransport.Peer));
        Assert.Equal((1, 0), (handled, layer.Counts.Server));
    }

    [Fact]
    public void A_refusal_is_not_kept_and_comes_out_the_same_each_time()
    {
        layer.Handler = (_, _) => new SipReply(481, "Subscription Does Not Exist");
        transport.Say(Notify().Replace(";tag=ours", "", StringComparison.Ordinal));
        var first = transport.Flow.Last;
        transport.Say(Notify().Replace(";tag=ours", "", StringComparison.Ordinal));
        Assert.Equal(first, transport.Flow.Last);
        Assert.Contains("To: <sip:monitor@pbx.test>;tag=", first, StringComparison.Ordinal);
        Assert.Equal(0, layer.Counts.Server);
    }

    [Fact]
    public void What_is_kept_has_a_bound_that_the_newest_survive()
    {
        for (var number = 0; number < ServerTransactions.Most + 100; number++) transport.Say(Notify().Replace("notify1", $"n{number}", StringComparison.Ordinal));
        Assert.Equal(ServerTransactions.Most, layer.Counts.Server);
        var before = handled;
        transport.Say(Notify().Replace("notify1", $"n{ServerTransactions.Most + 99}", StringComparison.Ordinal));
        Assert.Equal(before, handled);
    }

    [Fact]
    public void An_answer_repeats_what_the_rfc_asks_for_and_says_whence_the_request_came()
    {
        var flow = new FakeFlow(SipProtocol.Tcp, new(IPAddress.Parse("203.0.113.8"), 7777));
        var hop = Notify().Replace("To:", "Via: SIP/2.0/TCP 198.51.100.4;branch=z9hG4bKhop\nTo:", StringComparison.Ordinal);
        transport.Say(hop.Replace("branch=z9hG4bKnotify1", "rport;branch=z9hG4bKnotify1", StringComparison.Ordinal), flow);
        Assert.Equal("""
            SIP/2.0 200 OK
            Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKnotify1;received=203.0.113.8;rport=7777
            Via: SIP/2.0/TCP 198.51.100.4;branch=z9hG4bKhop
            From: <sip:201@pbx.test>;tag=theirs
            To: <sip:monitor@pbx.test>;tag=ours
            Call-ID: call-1
            CSeq: 4 NOTIFY
            Content-Length: 0


            """.ReplaceLineEndings("\r\n"), flow.Last);
    }

    [Fact]
    public void An_answer_goes_to_the_port_of_the_via_unless_another_is_asked_for()
    {
        var flow = new FakeFlow(SipProtocol.Udp, new(IPAddress.Parse("203.0.113.8"), 7777));
        transport.Say(Notify().Replace("192.0.2.1:5060", "192.0.2.1:5099", StringComparison.Ordinal), flow);
        Assert.Equal("203.0.113.8:5099", flow.SentTo!.ToString());
        transport.Say(Notify().Replace("192.0.2.1:5060;", "192.0.2.1:5099;rport;", StringComparison.Ordinal).Replace("notify1", "notify2", StringComparison.Ordinal), flow);
        Assert.Equal("203.0.113.8:7777", flow.SentTo!.ToString());
    }

    [Theory]
    [InlineData("SIP/2.0\nVia", "SIP/3.0\nVia", "505 ")]
    [InlineData("CSeq: 4 NOTIFY", "CSeq: 4 OPTIONS", "400 ")]
    [InlineData("Event: dialog", "Require: something", "420 Bad Extension\r\n")]
    [InlineData("sip:monitor@192.0.2.9:5070 ", "tel:+1 ", "416 ")]
    [InlineData("Event: dialog", "what is this", "400 ")]
    public void A_request_that_is_wrong_is_answered_by_its_fault_and_reaches_nobody(string of, string by, string answer)
    {
        transport.Say(Notify().Replace(of, by, StringComparison.Ordinal));
        Assert.StartsWith("SIP/2.0 " + answer, transport.Flow.Last, StringComparison.Ordinal);
        Assert.Equal((0, 0), (handled, layer.Counts.Server));
    }

    [Theory]
    [InlineData("ACK sip:a SIP/2.0")]
    [InlineData("(not) sip at all")]
    [InlineData("SIP/2.0 200 OK")]
    public void What_cannot_be_answered_is_not(string line)
    {
        transport.Say($"{line}\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKa\nFrom: <sip:a@b>;tag=1\nTo: <sip:a@b>\nCall-ID: c\nCSeq: 1 ACK\n\n");
        Assert.Empty(transport.Flow.Sent);
    }

    private static string Notify() =>
        "NOTIFY sip:monitor@192.0.2.9:5070 SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKnotify1\nTo: <sip:monitor@pbx.test>;tag=ours\n"
        + "From: <sip:201@pbx.test>;tag=theirs\nCSeq: 4 NOTIFY\nCall-ID: call-1\nEvent: dialog\nContent-Length: 0\n\n";

    private static Task<SipOutcome> Ended(Task<SipOutcome> outcome) => outcome.WaitAsync(FeedUnderTest.Patience, TestContext.Current.CancellationToken);

    private static SipRequest Request() =>
        new("OPTIONS", "sip:pbx.test", [new("From", "<sip:a@b>;tag=1"), new("To", "<sip:pbx.test>"), new("Call-ID", "c"), new("CSeq", "1 OPTIONS")]);

    private Task<SipOutcome> Ask(TimeSpan? patience = null) => layer.SendAsync(Request(), Target, patience, TestContext.Current.CancellationToken);
}
