using FloorMonitor.Service.Alerts;
using FloorMonitor.Service.Alerts.Channels;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using SmtpServer.Protocol;

namespace FloorMonitor.Service.Tests.Alerts;

public sealed class EmailChannelTests : IDisposable
{
    private static readonly OutgoingAlert Alert = Outgoing.Alert(Outgoing.Message(channel: "email", to: "班长 <lead@example.com>"));

    private readonly FakeTimeProvider time = new(Outgoing.Start);
    private readonly TestCertificates certificates = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => certificates.Dispose();

    [Fact]
    public async Task A_mail_goes_through_starttls_and_a_password_and_arrives_as_it_was_written()
    {
        await using var server = new MailServer(certificates.Server);
        Assert.IsType<Delivered>(await Channel(server).SendAsync(Alert, Stop));
        Assert.IsType<Delivered>(await Channel(server).SendAsync(Alert, Stop));
        var mails = server.Mails.ToList();
        Assert.Equal("【警告】客服一班 共 2 项:张伟:迟到 等", mails[0].Subject);
        Assert.Equal("值班监控", ((MailboxAddress)mails[0].From[0]).Name);
        Assert.Equal("lead@example.com", ((MailboxAddress)mails[0].To[0]).Address);
        Assert.Contains("· 李娜:迟到", mails[0].TextBody!, StringComparison.Ordinal);
        Assert.EndsWith("确认收到: https://floor.example.com/a/token", mails[0].TextBody!.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(Outgoing.Start, mails[0].Date);
        Assert.Equal("auto-generated", mails[0].Headers["Auto-Submitted"]);
        // A second try of the same message is the same mail.
        Assert.Equal(mails[0].MessageId, mails[1].MessageId);
        Assert.NotEqual("", mails[0].References[0]);
    }

    [Fact]
    public async Task A_server_whose_certificate_nobody_vouches_for_gets_neither_password_nor_mail()
    {
        await using var server = new MailServer(certificates.Server);
        var failed = Assert.IsType<FailedForNow>(await new EmailChannel(Config(server) with { CaFile = null }, time).SendAsync(Alert, Stop));
        Assert.DoesNotContain('\n', failed.Why);
        Assert.IsType<FailedForNow>(await new EmailChannel(Config(server) with { Host = "127.0.0.1" }, time).SendAsync(Alert, Stop));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_server_that_lost_its_tls_is_not_spoken_to_in_the_clear()
    {
        await using var server = new MailServer(null);
        Assert.IsType<FailedForNow>(await Channel(server).SendAsync(Alert, Stop));
        Assert.Empty(server.Mails);
        var plain = Config(server) with { Security = EmailSecurity.None, Username = "" };
        Assert.IsType<Delivered>(await new EmailChannel(plain, time).SendAsync(Alert, Stop));
    }

    [Fact]
    public async Task A_wrong_password_waits_for_whoever_mends_it()
    {
        await using var server = new MailServer(certificates.Server);
        Assert.IsType<FailedForNow>(await new EmailChannel(Config(server) with { Password = "wrong" }, time).SendAsync(Alert, Stop));
        Assert.Empty(server.Mails);
    }

    [Fact]
    public async Task A_no_for_now_is_tried_again_and_a_no_for_good_is_not()
    {
        await using var server = new MailServer(certificates.Server);
        server.Answer = () => new SmtpResponse((SmtpReplyCode)451, "greylisted");
        Assert.Equal(new FailedForNow("451 greylisted"), await Channel(server).SendAsync(Alert, Stop));
        server.Answer = () => new SmtpResponse((SmtpReplyCode)550, "no such mailbox");
        Assert.Equal(new Refused("550 no such mailbox"), await Channel(server).SendAsync(Alert, Stop));
    }

    [Fact]
    public async Task Nobody_there_is_tried_again()
    {
        int port;
        await using (var server = new MailServer(null)) port = server.Port;
        var nobody = new EmailConfig("email", "localhost", port, EmailSecurity.None, "", "", "floor@example.com");
        Assert.IsType<FailedForNow>(await new EmailChannel(nobody, time).SendAsync(Alert, Stop));
    }

    private EmailChannel Channel(MailServer server) => new(Config(server), time);

    private EmailConfig Config(MailServer server) =>
        new("email", "localhost", server.Port, EmailSecurity.StartTls, "floor", "pässword", "值班监控 <floor@example.com>") { CaFile = certificates.CaFile };
}
