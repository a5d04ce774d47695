using System.Net;
using System.Net.Sockets;
using FloorMonitor.Pbx.Sip.Messages;
using FloorMonitor.Pbx.Sip.Transactions;
using FloorMonitor.Pbx.Sip.Transport;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>One peer that is taken and never reads costs the others nothing.</summary>
public sealed class BlackHoleTests
{
    private static readonly byte[] Large = new byte[60_000];

    [Fact]
    public async Task A_peer_that_never_reads_loses_its_connection_and_nobody_else_waits()
    {
        using var hole = new TcpListener(IPAddress.Loopback, 0);
        hole.Start();
        await using var peer = new ScriptedPeer(SipProtocol.Tcp);
        var lost = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var transport = new SipTransport(new() { Address = IPAddress.Loopback, MaxQueued = 64 }, SipProtocol.Tcp, TimeProvider.System) { Lost = (_, reason) => lost.TrySetResult(reason) };
        var dead = await transport.ReachAsync(new(SipProtocol.Tcp, "127.0.0.1", ((IPEndPoint)hole.LocalEndpoint).Port), TestContext.Current.CancellationToken);
        var alive = await transport.ReachAsync(peer.Target, TestContext.Current.CancellationToken);

        // The system's own buffers take a few megabytes; then the queue fills, and the flow is given up. No call waits.
        var sent = 0;
        while (dead.Send(Large)) Assert.True(++sent < 10_000, "A black hole took everything.");
        Assert.False(dead.IsOpen);
        Assert.True(alive.Send(Options()));
        await PeerTests.Until(() => !peer.Requests.IsEmpty);
        Assert.Contains("does not read", await lost.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(1, transport.Flows);
    }

    [Fact]
    public async Task A_single_write_that_never_ends_is_given_up_after_its_time()
    {
        using var hole = new TcpListener(IPAddress.Loopback, 0);
        hole.Start();
        var clock = new SipClock();
        var lost = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var transport = new SipTransport(new() { Address = IPAddress.Loopback, MaxQueued = 4096, WriteWithin = TimeSpan.FromSeconds(9) }, SipProtocol.Tcp, clock) { Lost = (_, reason) => lost.TrySetResult(reason) };
        var dead = await transport.ReachAsync(new(SipProtocol.Tcp, "127.0.0.1", ((IPEndPoint)hole.LocalEndpoint).Port), TestContext.Current.CancellationToken);
        for (var number = 0; number < 1000; number++) Assert.True(dead.Send(Large));
        while (!lost.Task.IsCompleted)
        {
            // Each write that begins sets its own end; the one that hangs meets it.
            await Task.WhenAny(lost.Task, Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, TestContext.Current.CancellationToken));
            clock.Advance(TimeSpan.FromSeconds(9));
        }

        Assert.Contains("did not read for 9 s", await lost.Task, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_peer_that_takes_no_connection_is_given_up_after_its_time()
    {
        var clock = new SipClock();
        await using var transport = new SipTransport(new() { Address = IPAddress.Loopback, ConnectWithin = TimeSpan.FromSeconds(7) }, SipProtocol.Tls, clock);

        // It accepts, and never says a word of TLS.
        using var hole = new TcpListener(IPAddress.Loopback, 0);
        hole.Start();
        var reaching = transport.ReachAsync(new(SipProtocol.Tls, "localhost", ((IPEndPoint)hole.LocalEndpoint).Port), TestContext.Current.CancellationToken);
        await clock.RunOutAsync(TimeSpan.FromSeconds(7));
        var failure = await Assert.ThrowsAsync<SipTransportException>(() => reaching);
        Assert.Contains("did not answer within 7 s", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_too_many_connections_from_outside_the_oldest_makes_room()
    {
        await using var transport = new SipTransport(new() { Address = IPAddress.Loopback, MaxAccepted = 3 }, SipProtocol.Tcp, TimeProvider.System);
        List<TcpClient> guests = [];
        for (var number = 0; number < 10; number++)
        {
            guests.Add(new());
            await guests[^1].ConnectAsync(IPAddress.Loopback, transport.Port, TestContext.Current.CancellationToken);
        }

        var end = new byte[1];
        Assert.Equal(0, await guests[0].GetStream().ReadAsync(end, TestContext.Current.CancellationToken));
        await PeerTests.Until(() => transport.Flows == 3);
        guests.ForEach(guest => guest.Dispose());
        await PeerTests.Until(() => transport.Flows == 0);
    }

    private static byte[] Options() =>
        new SipRequest("OPTIONS", "sip:pbx.test", [new("From", "<sip:a@b>;tag=1"), new("To", "<sip:pbx.test>"), new("Call-ID", "c"), new("CSeq", "1 OPTIONS")])
            .Encode("SIP/2.0/TCP 127.0.0.1:5060;branch=z9hG4bKblack");
}
