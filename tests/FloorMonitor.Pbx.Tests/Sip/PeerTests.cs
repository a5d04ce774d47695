using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FloorMonitor.Pbx.Sip;
using FloorMonitor.Pbx.Sip.Messages;
using FloorMonitor.Pbx.Sip.Transport;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>The whole agent on real sockets, against a peer that misbehaves.</summary>
public sealed class PeerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData(SipProtocol.Udp)]
    [InlineData(SipProtocol.Tcp)]
    public async Task Four_hundred_notifies_at_once_are_all_answered_200_and_heard_in_order(SipProtocol protocol)
    {
        await using var peer = new ScriptedPeer(protocol);
        await using var test = new Live(peer);
        await Until(() => test.Heard<SipNotify>().Any());
        var (subscribe, flow) = peer.Subscribed!.Value;
        for (var sequence = 2; sequence <= 401; sequence++) Assert.True(flow.Send(peer.NotifyOf(subscribe, sequence, body: $"<n>{sequence}</n>")));
        await Until(() => peer.Responses.Count == 401);
        Assert.All(peer.Responses, response => Assert.Equal(200, response.StatusCode));
        Assert.Equal(Enumerable.Range(1, 401).Select(number => (long)number), test.Heard<SipNotify>().Select(notify => notify.SequenceNumber));
        Assert.Equal("<n>401</n>", Encoding.UTF8.GetString(test.Heard<SipNotify>().Last().Body.Span));
    }

    [Fact]
    public async Task A_notify_that_comes_three_times_is_heard_once_and_answered_three_times_alike()
    {
        await using var peer = new ScriptedPeer(SipProtocol.Udp);
        await using var test = new Live(peer);
        await Until(() => test.Heard<SipNotify>().Any());
        var (subscribe, flow) = peer.Subscribed!.Value;
        var notify = peer.NotifyOf(subscribe, 2);
        for (var times = 0; times < 3; times++) flow.Send(notify);
        await Until(() => peer.Responses.Count == 4);
        Assert.Equal(2, test.Heard<SipNotify>().Count());
        Assert.Single(peer.Responses.Skip(1).Select(response => response.Raw).Distinct());
    }

    [Fact]
    public async Task What_is_lost_on_the_way_is_sent_again_as_it_was_until_it_is_answered()
    {
        await using var peer = new ScriptedPeer(SipProtocol.Udp);
        var lost = new ConcurrentDictionary<string, bool>();
        peer.Script = (request, _) => lost.TryAdd(request.Raw, true);
        await using var test = new Live(peer);
        await Until(() => test.Watch.State.Standing == SipWatchStanding.Active && test.Heard<SipNotify>().Any());
        foreach (var method in new[] { "REGISTER", "SUBSCRIBE" })
        {
            var sent = peer.Requests.Where(request => request.Method == method).Select(request => request.Raw).ToList();
            Assert.InRange(sent.Count, 2, int.MaxValue);
            Assert.Single(sent.Distinct());
        }
    }

    [Theory]
    [InlineData(SipProtocol.Udp)]
    [InlineData(SipProtocol.Tcp)]
    public async Task A_notify_before_the_200_makes_the_watch_active(SipProtocol protocol)
    {
        await using var peer = new ScriptedPeer(protocol);
        peer.Script = (request, flow) =>
        {
            if (request.Method != "SUBSCRIBE" || request.Find(SipHeader.Expires) == "0") return false;
            flow.Send(peer.NotifyOf(request, 1));
            return Task.Run(async () =>
            {
                await Until(() => !peer.Responses.IsEmpty);
                peer.Reply(request, flow, 200, new SipField("Expires", "600"));
            }) is not null;
        };
        await using var test = new Live(peer);
        await Until(() => test.Watch.State.Standing == SipWatchStanding.Active && !peer.Responses.IsEmpty);
        Assert.Equal(200, peer.Responses.First().StatusCode);
    }

    [Fact]
    public async Task A_connection_cut_between_subscribe_and_notify_is_made_anew_and_all_asked_again()
    {
        await using var peer = new ScriptedPeer(SipProtocol.Tcp);
        var cuts = 0;
        peer.Script = (request, flow) =>
        {
            if (request.Method != "SUBSCRIBE" || Interlocked.Increment(ref cuts) > 1) return false;
            peer.Reply(request, flow, 200, new SipField("Expires", "600"));
            ((StreamFlow)flow).Close("cut by the test");
            return true;
        };
        await using var test = new Live(peer);
        await Until(() => test.Watch.State.Standing == SipWatchStanding.Active && test.Agent.Link.Epoch >= 2);
        Assert.InRange(peer.Requests.Count(request => request.Method == "REGISTER"), 2, int.MaxValue);
        Assert.Contains("closed", test.Links.First(state => !state.Up).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SipProtocol.Tcp)]
    [InlineData(SipProtocol.Tls)]
    public async Task A_pbx_that_opens_a_connection_of_its_own_to_the_contact_is_heard(SipProtocol protocol)
    {
        using var authority = new TestAuthority();
        await using var peer = new ScriptedPeer(protocol, new() { TlsCertificateFile = authority.Issued, TlsCaFile = authority.Trusted });
        await using var test = new Live(peer, new() { TlsCaFile = authority.Trusted, TlsCertificateFile = authority.Alone, TlsKeyFile = authority.Key, ContactHost = "localhost" });
        await Until(() => test.Heard<SipNotify>().Any());
        var subscribe = peer.Subscribed!.Value.Message;
        var flow = await peer.ReachContactAsync(subscribe);
        Assert.NotEqual(peer.Subscribed!.Value.Flow, flow);
        flow.Send(peer.NotifyOf(subscribe, 2, body: "<back/>"));
        await Until(() => test.Heard<SipNotify>().Count() == 2 && peer.Responses.Count == 2);
    }

    [Theory]
    [InlineData(SipProtocol.Udp)]
    [InlineData(SipProtocol.Tcp)]
    public async Task The_configured_port_and_host_are_what_the_pbx_is_told_and_the_port_is_waited_for_while_another_has_it(SipProtocol protocol)
    {
        using var forerunner = new TcpListener(IPAddress.Loopback, 0);
        forerunner.Start();
        var port = ((IPEndPoint)forerunner.LocalEndpoint).Port;
        await using var peer = new ScriptedPeer(protocol);
        await using var test = new Live(peer, new() { Port = port, ContactHost = "localhost" });
        await Until(() => test.Links.Any(state => !state.Up && state.Reason!.StartsWith($"Port {port} of 127.0.0.1 cannot be listened on", StringComparison.Ordinal)));
        forerunner.Stop();
        await Until(() => test.Watch.State.Standing == SipWatchStanding.Active);
        Assert.Equal(
            $"<sip:monitor@localhost:{port}{(protocol == SipProtocol.Tcp ? ";transport=tcp" : "")}>", peer.Requests.First(request => request.Method == "REGISTER").Find(SipHeader.Contact));
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_any_more_is_said_and_read_again()
    {
        using var authority = new TestAuthority();
        await using var peer = new ScriptedPeer(SipProtocol.Tls, new() { TlsCertificateFile = authority.Issued });
        var whole = await File.ReadAllTextAsync(authority.Issued, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(authority.Issued, "being renewed", TestContext.Current.CancellationToken);
        await using var test = new Live(peer, new() { TlsCaFile = authority.Trusted, TlsCertificateFile = authority.Issued });
        await Until(() => test.Links.Any(state => !state.Up && state.Reason!.StartsWith("The certificate ", StringComparison.Ordinal)));
        await File.WriteAllTextAsync(authority.Issued, whole, TestContext.Current.CancellationToken);
        await Until(() => test.Watch.State.Standing == SipWatchStanding.Active);
    }

    [Fact]
    public async Task A_peer_whose_certificate_nobody_vouches_for_is_not_spoken_to()
    {
        using var authority = new TestAuthority();
        using var another = new TestAuthority();
        await using var peer = new ScriptedPeer(SipProtocol.Tls, new() { TlsCertificateFile = authority.Issued });
        await using var test = new Live(peer, new() { TlsCaFile = another.Trusted });
        await Until(() => test.Links.Any(state => !state.Up && state.Reason!.Contains("cannot be trusted", StringComparison.Ordinal)));
        Assert.Empty(peer.Requests);
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_not_trusted()
    {
        using var authority = new TestAuthority();
        await using var peer = new ScriptedPeer(SipProtocol.Tls, new() { TlsCertificateFile = authority.Issued });
        await using var test = new Live(peer, new() { TlsCaFile = authority.Trusted }, peer.Target with { Host = "127.0.0.1" });
        await Until(() => test.Links.Any(state => !state.Up && state.Reason!.Contains("cannot be trusted", StringComparison.Ordinal)));
        Assert.Empty(peer.Requests);
    }

    [Fact]
    public async Task A_peer_that_says_nothing_is_called_away_and_sought_again()
    {
        await using var peer = new ScriptedPeer(SipProtocol.Udp) { Script = (_, _) => true };
        await using var test = new Live(peer, aliveWithin: TimeSpan.FromMilliseconds(700));
        await Until(() => test.Links.Any(state => state.Reason?.Contains("does not answer", StringComparison.Ordinal) == true));
        peer.Script = null;
        await Until(() => test.Watch.State.Standing == SipWatchStanding.Active);
    }

    [Fact]
    public async Task A_connection_that_fell_silent_is_given_up_and_made_anew()
    {
        await using var peer = new ScriptedPeer(SipProtocol.Tcp);
        await using var test = new Live(peer, aliveWithin: TimeSpan.FromMilliseconds(500), aliveEvery: TimeSpan.FromMilliseconds(100));
        await Until(() => test.Watch.State.Standing == SipWatchStanding.Active);

        // This one connection is heard no more, as behind a firewall that forgot it.
        var silent = peer.Subscribed!.Value.Flow;
        peer.Script = (_, flow) => flow == silent;
        await Until(() => test.Agent.Link is { Up: true, Epoch: >= 2 } && peer.Subscribed!.Value.Flow != silent);
    }

    [Fact]
    public async Task A_text_is_delivered_with_its_bytes_and_its_answer_is_known()
    {
        await using var peer = new ScriptedPeer(SipProtocol.Udp);
        await using var test = new Live(peer);
        await Until(() => test.Agent.Link.Up);
        var delivery = await test.Agent.SendMessageAsync("lead1", "3 号队列等待 5 人 · queue 3: 5 waiting", null, TestContext.Current.CancellationToken);
        Assert.Equal((SipDeliveryOutcome.Delivered, "200 So"), (delivery.Outcome, delivery.Answer));
        var message = peer.Requests.Single(request => request.Method == "MESSAGE");
        Assert.Equal(("sip:lead1@pbx.test", "text/plain;charset=UTF-8"), (message.RequestUri, message.Find(SipHeader.ContentType)));
        Assert.Equal("3 号队列等待 5 人 · queue 3: 5 waiting", Encoding.UTF8.GetString(message.Body.Span));
    }

    [Theory]
    [InlineData(202, SipDeliveryOutcome.Accepted)]
    [InlineData(404, SipDeliveryOutcome.Refused)]
    [InlineData(480, SipDeliveryOutcome.Refused)]
    [InlineData(408, SipDeliveryOutcome.Unanswered)]
    public async Task Every_answer_to_a_text_has_its_meaning(int status, SipDeliveryOutcome outcome)
    {
        await using var peer = new ScriptedPeer(SipProtocol.Tcp);
        peer.Script = (request, flow) =>
        {
            if (request.Method != "MESSAGE") return false;
            peer.Reply(request, flow, status);
            return true;
        };
        await using var test = new Live(peer);
        await Until(() => test.Agent.Link.Up);
        Assert.Equal(outcome, (await test.Agent.SendMessageAsync("sip:202@pbx.test", "x", null, TestContext.Current.CancellationToken)).Outcome);
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("sip:a@b\r\nX: 1")]
    [InlineData("")]
    public async Task A_text_to_nobody_is_refused_before_it_is_sent(string to)
    {
        await using var peer = new ScriptedPeer(SipProtocol.Udp);
        await using var test = new Live(peer);
        await Until(() => test.Agent.Link.Up);
        Assert.Equal(SipDeliveryOutcome.Refused, (await test.Agent.SendMessageAsync(to, "x", null, TestContext.Current.CancellationToken)).Outcome);
        Assert.Equal(SipDeliveryOutcome.Refused, (await test.Agent.SendMessageAsync("lead1", new string('长', 400), null, TestContext.Current.CancellationToken)).Outcome);
        Assert.DoesNotContain(peer.Requests, request => request.Method == "MESSAGE");
    }

    internal static async Task Until(Func<bool> condition)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "It did not come.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    /// <summary>An agent on real sockets with one watch.</summary>
    private sealed class Live : IAsyncDisposable
    {
        private readonly CancellationTokenSource stop = new();
        private readonly ConcurrentQueue<SipNotice> notices = new();
        private readonly Task running;

        public Live(ScriptedPeer peer, SipTransportOptions? transport = null, SipTarget? target = null, TimeSpan? aliveWithin = null, TimeSpan? aliveEvery = null)
        {
            Agent = new(new("main", target ?? peer.Target, "monitor", "pbx.test", "s3cret-m")
            {
                RetryMin = TimeSpan.FromMilliseconds(50),
                AliveEvery = aliveEvery ?? TimeSpan.FromSeconds(15),
                AliveWithin = aliveWithin ?? TimeSpan.FromSeconds(5),
                GoodbyeWithin = TimeSpan.FromSeconds(1),
                Transport = (transport ?? new()) with { Address = IPAddress.Loopback },
            }, TimeProvider.System);
            Agent.LinkChanges.Subscribe(Links.Enqueue);
            Watch = Agent.Subscribe(new("201", "dialog", "application/dialog-info+xml"), notices.Enqueue);
            running = Agent.RunAsync(stop.Token);
        }

        public SipUserAgent Agent { get; }

        public ISipSubscription Watch { get; }

        public ConcurrentQueue<SipLinkState> Links { get; } = new();

        public IEnumerable<T> Heard<T>()
            where T : SipNotice => notices.OfType<T>();

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await running.WaitAsync(Patience);
            Agent.Dispose();
            stop.Dispose();
        }
    }
}
