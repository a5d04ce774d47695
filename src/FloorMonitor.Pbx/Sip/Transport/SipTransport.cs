using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using FloorMonitor.Pbx.Sip.Transactions;

namespace FloorMonitor.Pbx.Sip.Transport;

/// <summary>
/// Sockets. For UDP and TCP it listens on both, on one port (RFC 3261 section 18.2.1); for TLS only on TLS, so that nobody reaches by
/// an open door what the account guards by a locked one.
/// </summary>
internal sealed class SipTransport : ISipTransport
{
    private const int MaxTargets = 64;
    private readonly SipTransportOptions options;
    private readonly TimeProvider time;
    private readonly UdpEndpoint? udp;
    private readonly StreamListener listener;
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private readonly Dictionary<SipTarget, Task<SipFlow>> ways = [];
    private readonly HashSet<StreamFlow> flows = [];
    private readonly List<Task> loops = [];
    private readonly TaskCompletionSource broken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Binds its sockets and begins to listen.</summary>
    /// <param name="options">Where to listen, and the bounds.</param>
    /// <param name="protocol">What the PBX is spoken to by.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="SipTransportException">The port is not free, or the certificate cannot be read.</exception>
    public SipTransport(SipTransportOptions options, SipProtocol protocol, TimeProvider time)
    {
        this.options = options;
        this.time = time;

        // Read before anything is bound: where it cannot be read, no socket is left behind.
        var identity = protocol == SipProtocol.Tls ? TlsIdentity.Of(options, time) : null;
        var (tcp, datagrams) = PortPair.Bind(options, withUdp: identity is null);
        listener = new(tcp, options, identity, time, flow => Adopt(flow));
        Port = ((IPEndPoint)tcp.LocalEndPoint!).Port;
        if (datagrams is not null)
        {
            udp = new(datagrams, options, OnReceived);
            loops.Add(WatchAsync(udp.ReadAsync(stop.Token)));
            loops.Add(WatchAsync(udp.WriteAsync(stop.Token)));
            stop.Token.Register(datagrams.Dispose);
        }

        loops.Add(WatchAsync(listener.ListenAsync(stop.Token)));
    }

    /// <summary>The port that it listens on.</summary>
    public int Port { get; }

    /// <inheritdoc/>
    public Action<SipFlow, ReadOnlyMemory<byte>>? Received { get; set; }

    /// <inheritdoc/>
    public Action<SipFlow, string>? Lost { get; set; }

    /// <inheritdoc/>
    public Task Broken => broken.Task;

    /// <inheritdoc/>
    public int Flows
    {
        get
        {
            lock (gate) return flows.Count;
        }
    }

    /// <inheritdoc/>
    public async Task<SipFlow> ReachAsync(SipTarget target, CancellationToken stop)
    {
        Task<SipFlow> way;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(this.stop.IsCancellationRequested, this);
            if (!ways.TryGetValue(target, out var known) || known.IsFaulted || known.IsCanceled || (known.IsCompletedSuccessfully && !known.Result.IsOpen))
            {
                // Targets come from configuration, and are few; the bound holds whatever calls this.
                if (ways.Count >= MaxTargets) ways.Clear();
                ways[target] = known = ConnectAsync(target);
            }

            way = known;
        }

        // Several may wait for the same connection; whoever stops waiting does not stop it for the others.
        return await way.WaitAsync(stop);
    }

    /// <inheritdoc/>
    public void LetGo(SipTarget target)
    {
        Task<SipFlow>? way;
        lock (gate) ways.Remove(target, out way);
        if (way is { IsCompletedSuccessfully: true, Result: StreamFlow flow }) flow.Close("Let go of, to be made anew.");
    }

    /// <inheritdoc/>
    public SipLocalEnd LocalEndOf(SipFlow flow)
    {
        var host = options.ContactHost ?? HostOf(options.Address is var bound && (bound.Equals(IPAddress.Any) || bound.Equals(IPAddress.IPv6Any))
            ? flow is StreamFlow stream ? stream.Local.Address : AddressFacing(flow.Remote)
            : bound);
        return new(host, Port, flow.Protocol);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        StreamFlow[] open;
        lock (gate)
        {
            if (stop.IsCancellationRequested) return;
            stop.Cancel();
            open = [.. flows];
        }

        listener.Dispose();
        foreach (var flow in open) flow.Close("We are done.");
        await Task.WhenAll(loops);
        stop.Dispose();
    }

    /// <summary>An address without the newer family's clothes.</summary>
    internal static IPEndPoint Plain(IPEndPoint end) => end.Address.IsIPv4MappedToIPv6 ? new(end.Address.MapToIPv4(), end.Port) : end;

    private static string HostOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    // The routing table knows; connecting a UDP socket asks it and sends nothing.
    private static IPAddress AddressFacing(IPEndPoint remote)
    {
        using var probe = new Socket(remote.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        probe.Connect(remote);
        return ((IPEndPoint)probe.LocalEndPoint!).Address;
    }

    private async Task<SipFlow> ConnectAsync(SipTarget target)
    {
        using var deadline = new CancellationTokenSource(options.ConnectWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, deadline.Token);
        try
        {
            var address = await ResolveAsync(target.Host, either.Token);
            if (target.Protocol == SipProtocol.Udp)
                return udp?.FlowTo(new(address, target.Port)) ?? throw new SipTransportException($"{target}: this account speaks TLS only.");
            return await OpenAsync(target, new(address, target.Port), either.Token);
        }
        catch (SocketException e)
        {
            throw new SipTransportException($"{target} cannot be reached: {e.Message}.", e);
        }
        catch (AuthenticationException e)
        {
            throw new SipTransportException($"{target} cannot be trusted: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new SipTransportException($"{target}: {e.Message}", e);
        }
        catch (OperationCanceledException e)
        {
            throw new SipTransportException(
                deadline.IsCancellationRequested ? $"{target} did not answer within {options.ConnectWithin.TotalSeconds:0.#} s." : "We are done.", e);
        }
    }

    private async Task<SipFlow> OpenAsync(SipTarget target, IPEndPoint end, CancellationToken stop)
    {
        var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await socket.ConnectAsync(end, stop);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (target.Protocol == SipProtocol.Tls) stream = await TrustedTls.OverAsync(stream, target.Host, options.TlsCaFile, stop);
            return Adopt(new StreamFlow(socket, stream, target.Protocol, options, time));
        }
        catch
        {
            // Whatever went wrong goes on to the caller; here only the socket must not be left behind.
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress> ResolveAsync(string host, CancellationToken stop)
    {
        if (IPAddress.TryParse(host, out var literal)) return literal;
        var family = options.Address.AddressFamily == AddressFamily.InterNetwork ? AddressFamily.InterNetwork : AddressFamily.Unspecified;
        var found = await Dns.GetHostAddressesAsync(host, family, stop);
        return found is [var first, ..] ? first : throw new SipTransportException($"{host} has no address.");
    }

    /// <summary>Follows a connection, ours or one that a peer opened, to its end.</summary>
    private StreamFlow Adopt(StreamFlow flow)
    {
        lock (gate)
        {
            flows.Add(flow);
            loops.RemoveAll(loop => loop.IsCompleted);
            loops.Add(WatchAsync(FollowAsync(flow)));
        }

        if (stop.IsCancellationRequested) flow.Close("We are done.");
        return flow;
    }

    private async Task FollowAsync(StreamFlow flow)
    {
        // What the reading loop runs must not run under the lock of whoever opened the connection.
        await Task.Yield();
        try
        {
            var reason = await flow.FollowAsync(OnReceived);
            lock (gate) flows.Remove(flow);
            Lost?.Invoke(flow, reason);
        }
        finally
        {
            lock (gate) flows.Remove(flow);
        }
    }

    /// <summary>A loop ends when it is stopped. Whatever else ends it is an error in this house, and must not look like silence of the peer.</summary>
    private async Task WatchAsync(Task loop)
    {
        try
        {
            await loop;
        }
        catch (Exception e)
        {
            // Not swallowed: whoever uses the transport learns of it by Broken.
            broken.TrySetException(e);
        }
    }

    private void OnReceived(SipFlow flow, ReadOnlyMemory<byte> bytes) => Received?.Invoke(flow, bytes);
}
