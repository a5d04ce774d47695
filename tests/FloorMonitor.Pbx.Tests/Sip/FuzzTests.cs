using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using FloorMonitor.Pbx.Sip;
using FloorMonitor.Pbx.Sip.Agent;
using FloorMonitor.Pbx.Sip.Digest;
using FloorMonitor.Pbx.Sip.Messages;
using FloorMonitor.Pbx.Sip.Transactions;
using FloorMonitor.Pbx.Sip.Transport;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>
/// Spoilt captures, thrown at the whole stack: nothing throws, nothing is left behind, and every answer is one that the RFC knows.
/// 100,000 cases here; <c>FLOOR_SIP_FUZZ=10000000</c> is the nightly measure. A failure names its seed, which repeats it.
/// </summary>
public sealed class FuzzTests
{
    private const int Batch = 1000;

    // 200 and 500 come from the agent, the others from parser and rules.
    private static readonly HashSet<int> Known = [200, 400, 405, 415, 416, 420, 481, 489, 500, 505, 513];

    /// <summary>How many cases each kind of fuzzing has.</summary>
    internal static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("FLOOR_SIP_FUZZ") ?? "100000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Whatever_comes_nothing_throws_nothing_is_left_and_every_answer_is_known()
    {
        var clock = new FakeTimeProvider();
        var transport = new FakeTransport();
        await using var layer = new SipTransactions(transport, SipLimits.Default, clock, new("fuzz"));
        using var stop = new CancellationTokenSource();
        using var agent = new SipUserAgent(new("fuzz", new(SipProtocol.Udp, "192.0.2.1", 5060), "monitor", "pbx.test", "s") { Register = false, GoodbyeWithin = TimeSpan.Zero }, clock, null, (_, _) => layer);
        var running = agent.RunAsync(stop.Token);
        await PeerTests.Until(() => transport.Flow.Sent.Count > 0);
        transport.Respond("200 OK");
        using var watch = agent.Subscribe(new("201", "dialog", "application/dialog-info+xml"), _ => { });
        using var other = agent.Subscribe(new("201", "presence", "application/pidf+xml"), _ => { });
        await PeerTests.Until(() => agent.Dialogs == 2);

        var answered = new ConcurrentDictionary<int, int>();
        for (var seed = 0; seed * Batch < Cases; seed++)
        {
            var mutator = new Mutator(seed);
            for (var number = 0; number < Batch; number++)
            {
                var bytes = mutator.Next();
                transport.Flow.Sent.Clear();
                var failure = Record.Exception(() => transport.Received!(transport.Flow, bytes));
                Assert.True(failure is null, $"seed {seed}, case {number}: {failure}\n{Encoding.UTF8.GetString(bytes)}");
                Assert.True(transport.Flow.Sent.Count <= 1, $"seed {seed}, case {number}: answered more than once");
                if (transport.Flow.Sent is not [var answer]) continue;
                var response = SipParser.Parse(answer, SipLimits.Default, out var fault);
                Assert.True(response is not null, $"seed {seed}, case {number}: the answer cannot be read: {fault}\n{Encoding.UTF8.GetString(answer)}");
                Assert.True(Known.Contains(response.StatusCode), $"seed {seed}, case {number}: answered {response.StatusCode}");
                answered.AddOrUpdate(response.StatusCode, 1, (_, count) => count + 1);
            }

            // Time passes as it would: kept answers run out. The agent's own timers stay out of this test.
            Assert.InRange(layer.Counts.Server, 0, ServerTransactions.Most);
            Assert.InRange(agent.Dialogs, 0, 2);
        }

        Assert.True(agent.Link.Up);
        Assert.Superset(new HashSet<int> { 400, 481, 489, 505 }, answered.Keys.ToHashSet());
        Assert.Equal(0, transport.Flows);
        await stop.CancelAsync();
        while (!running.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken));
        }

        await running;
        Assert.Equal(0, layer.Counts.Client);
    }

    [Fact]
    public async Task Spoilt_notifies_of_a_running_watch_are_answered_and_leave_the_watch_running()
    {
        await using var test = new AgentUnderTest();
        var first = await test.WatchedAsync();
        var random = new Random(7);
        for (var number = 0; number < Cases / 10; number++)
        {
            // The dialog is right, everything else in the head is whatever comes; of what documents do, DocumentFuzzTests tells.
            var notify = ScriptedLayer.NotifyOf(first, $"active;expires={random.Next()}", random.Next(), "", new string('x', random.Next(50)), "pbx-1", null);
            var bytes = Encoding.UTF8.GetBytes(notify.Raw);
            for (var times = random.Next(4); times > 0; times--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (SipParser.Parse(bytes, SipLimits.Default, out var fault) is not { IsRequest: true } message || fault is not null) continue;
            Assert.Contains(test.Layer.Handler!(message, FakeTransport.Peer).Status, Known);
        }

        Assert.InRange(test.Agent.Dialogs, 0, 1);
        Assert.True(test.Agent.Link.Up);
    }

    [Fact]
    public void Whatever_a_pbx_answers_the_next_request_can_be_sent()
    {
        var mutator = new Mutator(2_000_000);
        for (var number = 0; number < Cases; number++)
        {
            if (SipParser.Parse(mutator.Next(), SipLimits.Default, out var fault) is not { } message || fault is not null) continue;
            var client = new DigestClient("u", "s");
            client.Learn(message, []);
            client.LearnNext(message);
            var dialog = new SipDialog("sip:201@pbx.test");
            if (message.IsRequest) dialog.Take(message);
            else dialog.Accept(message);
            var request = new SipRequest("SUBSCRIBE", dialog.RemoteTarget, [new("To", $"<sip:201@pbx.test>;tag={dialog.RemoteTag}"), .. dialog.Routes.Select(route => new SipField("Route", route))]);
            Assert.NotEmpty(client.Authorize(request).Request.Encode("SIP/2.0/UDP 192.0.2.9:5070;branch=z9hG4bKnext"));
        }
    }

    [Fact]
    public void Whatever_comes_over_a_stream_is_cut_or_refused()
    {
        var mutator = new Mutator(1_000_000);
        for (var number = 0; number < Cases / 10; number++)
        {
            var buffer = new ReadOnlySequence<byte>([.. mutator.Next(), .. mutator.Next()]);
            var framer = new SipFramer(SipLimits.Default);
            try
            {
                while (framer.TryRead(ref buffer, out var message)) Assert.InRange(message.Length, 1, SipLimits.Default.MaxMessage);
            }
            catch (SipFramingException)
            {
                // The connection would be closed: what the stream's end is there for.
            }
        }
    }

    [Fact]
    public void Whatever_stands_in_a_field_is_read_or_not_and_never_throws()
    {
        var random = new Random(3);
        const string alphabet = "ab19<>\";,=:@[]%\\ \t?/.z9hG4bKsip:SIP/2.0/UDP Digest realm=nonce=";
        for (var number = 0; number < Cases; number++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            _ = SipUri.Parse(text);
            _ = SipAddress.Parse(text)?.Tag;
            _ = SipVia.Parse(text)?.Branch;
            _ = SipText.Split(text, 64);
            _ = DigestChallenge.Parse(text).Select(DigestAnswer.CanAnswer).ToList();
            _ = ToldState.Parse(text);
        }
    }
}
