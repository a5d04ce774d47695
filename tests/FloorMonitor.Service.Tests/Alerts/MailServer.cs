using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace FloorMonitor.Service.Tests.Alerts;

/// <summary>A real SMTP server on loopback: STARTTLS, a password, and a mailbox that a test can look into.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly SmtpServer.SmtpServer server;
    private readonly Task running;

    public MailServer(X509Certificate2? certificate)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }

        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint =>
        {
            endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port));
            if (certificate is not null) endpoint.Certificate(certificate).AuthenticationRequired(true);
        }).Build();
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add(new Mailbox(this));
        services.Add((IUserAuthenticator)new Doorman());
        server = new(options, services);
        running = server.StartAsync(stop.Token);
    }

    public int Port { get; }

    public ConcurrentQueue<MimeMessage> Mails { get; } = new();

    public Func<SmtpResponse> Answer { get; set; } = () => SmtpResponse.Ok;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private sealed class Mailbox(MailServer owner) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            var answer = owner.Answer();
            using var bytes = new MemoryStream(buffer.ToArray());
            if (answer.ReplyCode == SmtpReplyCode.Ok) owner.Mails.Enqueue(await MimeMessage.LoadAsync(bytes, cancellationToken));
            return answer;
        }
    }

    private sealed class Doorman : UserAuthenticator
    {
        public override Task<bool> AuthenticateAsync(ISessionContext context, string user, string password, CancellationToken cancellationToken) =>
            Task.FromResult(user == "floor" && password == "pässword");
    }
}
