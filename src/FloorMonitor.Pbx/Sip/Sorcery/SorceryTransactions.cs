using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using FloorMonitor.Pbx.Sip.Messages;
using FloorMonitor.Pbx.Sip.Transactions;
using FloorMonitor.Pbx.Sip.Transport;
using SIPSorcery.SIP;

namespace FloorMonitor.Pbx.Sip.Sorcery;

/// <summary>
/// The package SIPSorcery at the seam: its transport, parsing and transactions below, our user agent above. Compiled only with
/// <c>-p:UseSipSorcery=true</c>. Messages pass the seam as text, so that nothing of either side leaks into the other. What it does not
/// do, of all that our own layer does, is written in README.
/// </summary>
internal sealed class SorceryTransactions : ISipTransactions
{
    private readonly SipUserAgentOptions options;
    private readonly TimeProvider time;
    private readonly SIPTransport transport = new();
    private readonly SIPChannel channel;
    private readonly SipMeter meter;
    private readonly TaskCompletionSource broken = new();
    private int underWay;

    public SorceryTransactions(SipUserAgentOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        meter = new(options.Name);
        try
        {
            channel = ChannelOf(options.Server.Protocol, new(options.Transport.Address, options.Transport.Port));
            transport.AddSIPChannel(channel);
        }
        catch (Exception e) when (e is SocketException or ApplicationException)
        {
            transport.Dispose();
            throw new SipTransportException($"Port {options.Transport.Port} of {options.Transport.Address} cannot be listened on: {e.Message}.", e);
        }

        transport.SIPTransportRequestReceived += OnRequestAsync;
    }

    /// <inheritdoc/>
    public SipRequestHandler? Handler { get; set; }

    /// <summary>Never called: the package does not tell of a lost connection, so that only OPTIONS finds it.</summary>
    public Action<SipTarget, string>? FlowLost { get; set; }

    /// <inheritdoc/>
    public Task Broken => broken.Task;

    /// <inheritdoc/>
    public SipTransactionCounts Counts => new(Volatile.Read(ref underWay), 0, 0);

    /// <inheritdoc/>
    public async Task<SipLocalEnd> ReachAsync(SipTarget target, CancellationToken stop)
    {
        var end = await ResolveAsync(target, stop);
        using var probe = new Socket(end.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        probe.Connect(end);
        return new(options.Transport.ContactHost ?? ((IPEndPoint)probe.LocalEndPoint!).Address.ToString(), channel.Port, target.Protocol);
    }

    /// <summary>Does nothing: the package keeps its connections to itself.</summary>
    public void LetGo(SipTarget target)
    {
    }

    /// <inheritdoc/>
    public async Task<SipOutcome> SendAsync(SipRequest request, SipTarget target, TimeSpan? patience, CancellationToken stop)
    {
        var done = new TaskCompletionSource<SipOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var repeated = false;
        Interlocked.Increment(ref underWay);
        try
        {
            var end = await ResolveAsync(target, stop);

            // 0.0.0.0:0 is the package's word for "the address that it goes out by".
            var branch = SipVia.Cookie + RandomNumberGenerator.GetHexString(24, lowercase: true);
            var transaction = new SIPNonInviteTransaction(
                transport, Translate(request, $"SIP/2.0/{target.Protocol.ToString().ToUpperInvariant()} 0.0.0.0:0;branch={branch};rport"), new SIPEndPoint(ProtocolOf(target.Protocol), end));
            var sentAt = time.GetTimestamp();
            transaction.NonInviteTransactionRequestRetransmit += (_, _, _) => repeated = true;
            transaction.NonInviteTransactionFailed += (_, why) => done.TrySetResult(new(null, $"{target}: {why}"));
            transaction.NonInviteTransactionFinalResponseReceived += (_, _, _, response) =>
            {
                meter.CountReceived();
                var message = SipParser.Parse(Translate(response), options.Transport.Limits, out var fault);
                done.TrySetResult(message is null || fault is not null
                    ? new(null, $"{target} answered what cannot be read")
                    : new(message, null, repeated ? null : time.GetElapsedTime(sentAt)));
                return Task.FromResult(SocketError.Success);
            };
            transaction.SendRequest();
            using var deadline = new CancellationTokenSource(patience ?? SipTimers.Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
            return await done.Task.WaitAsync(either.Token);
        }
        catch (SipTransportException e)
        {
            return new(null, e.Message);
        }
        catch (SIPValidationException e)
        {
            return new(null, e.Message);
        }
        catch (OperationCanceledException)
        {
            return new(null, stop.IsCancellationRequested ? "called off" : "no answer in time");
        }
        finally
        {
            Interlocked.Decrement(ref underWay);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        transport.Shutdown();
        transport.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Credentials go round the package's own reading of them: it would write SHA-256 in a way that no PBX knows.</summary>
    private static SIPRequest Translate(SipRequest request, string via)
    {
        var plain = request with { Fields = [.. request.Fields.Where(field => !IsCredential(field.Name))] };
        var made = SIPRequest.ParseSIPRequest(Encoding.UTF8.GetString(plain.Encode(via)));
        foreach (var field in request.Fields.Where(field => IsCredential(field.Name))) made.Header.UnknownHeaders.Add($"{field.Name}: {field.Value}");
        return made;
    }

    /// <summary>Challenges come as they were sent, for the same reason.</summary>
    private static byte[] Translate(SIPResponse response)
    {
        var text = new StringBuilder();
        var written = response.ToString();
        var end = written.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        foreach (var line in written[..end].Split("\r\n"))
            if (!line.StartsWith("WWW-Authenticate", StringComparison.OrdinalIgnoreCase) && !line.StartsWith("Proxy-Authenticate", StringComparison.OrdinalIgnoreCase)) text.Append(line).Append("\r\n");
        foreach (var challenge in response.Header.AuthenticationHeaders)
            text.Append(response.StatusCode == 407 ? "Proxy-Authenticate: " : "WWW-Authenticate: ").Append(challenge.Value).Append("\r\n");
        return Encoding.UTF8.GetBytes(text.Append(written.AsSpan(end + 2)).ToString());
    }

    private static bool IsCredential(string name) => name is "Authorization" or "Proxy-Authorization";

    private static SIPProtocolsEnum ProtocolOf(SipProtocol protocol) => protocol switch
    {
        SipProtocol.Tcp => SIPProtocolsEnum.tcp,
        SipProtocol.Tls => SIPProtocolsEnum.tls,
        _ => SIPProtocolsEnum.udp,
    };

    private static async Task<IPEndPoint> ResolveAsync(SipTarget target, CancellationToken stop)
    {
        try
        {
            return IPAddress.TryParse(target.Host, out var literal) ? new(literal, target.Port) : new((await Dns.GetHostAddressesAsync(target.Host, AddressFamily.InterNetwork, stop))[0], target.Port);
        }
        catch (SocketException e)
        {
            throw new SipTransportException($"{target} cannot be reached: {e.Message}.", e);
        }
    }

    private SIPChannel ChannelOf(SipProtocol protocol, IPEndPoint end) => protocol switch
    {
        SipProtocol.Tcp => new SIPTCPChannel(end),
        SipProtocol.Tls => new SIPTLSChannel(TlsIdentity.Of(options.Transport, time).Certificate, end, remoteCertificateValidation: Trusts),
        _ => new SIPUDPChannel(end.Address, end.Port),
    };

    /// <summary>The same trust as our own layer's: the machine's authorities, or the one that is named, and the right host.</summary>
    private bool Trusts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || options.Transport.TlsCaFile is not { } file || certificate is null) return false;
        using var own = new X509Chain();
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.ImportFromPemFile(file);
        using var shown = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return own.Build(shown);
    }

    private async Task OnRequestAsync(SIPEndPoint local, SIPEndPoint remote, SIPRequest request)
    {
        meter.CountReceived();
        if (Handler is not { } handler || request.Method == SIPMethodsEnum.ACK) return;
        var message = SipParser.Parse(Encoding.UTF8.GetBytes(request.ToString()), options.Transport.Limits, out var fault);
        if (message is null) return;
        var reply = fault is null ? handler(message, remote.GetIPEndPoint()) : new SipReply(fault.Status, fault.Sentence);
        var response = SIPResponse.GetResponse(request, (SIPResponseStatusCodesEnum)reply.Status, reply.Reason);
        foreach (var field in reply.Fields) response.Header.UnknownHeaders.Add($"{field.Name}: {field.Value}");

        // Kept for a repetition only where the request had an effect, as in our own layer.
        if (reply.Status is < 300 or 500) new SIPNonInviteTransaction(transport, request, null).SendResponse(response);
        else await transport.SendResponseAsync(response);
    }
}
