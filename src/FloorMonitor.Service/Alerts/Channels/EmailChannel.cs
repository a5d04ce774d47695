using FloorMonitor.Core.Rules;
using FloorMonitor.Service.Configuration;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Utils;

namespace FloorMonitor.Service.Alerts.Channels;

/// <summary>
/// Mail by SMTP (RFC 5321). A connection for each message: alerts are few, and a connection kept for hours is one that is dead
/// when it is needed. The Message-Id is the message's own, so that a mailbox can tell a second try from a second alert.
/// </summary>
internal sealed class EmailChannel(EmailConfig config, TimeProvider time) : IAlertChannel
{
    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(OutgoingAlert outgoing, CancellationToken stop)
    {
        using var client = new SmtpClient { Timeout = (int)AlertDelivery.AnswerWithin.TotalMilliseconds, CheckCertificateRevocation = config.ChecksRevocation };
        if (config.CaFile is { } ca) client.ServerCertificateValidationCallback = (_, certificate, _, errors) => PrivateAuthority.Trusts(ca, certificate, errors);
        try
        {
            using var mail = Mail(outgoing);
            await client.ConnectAsync(config.Host, config.Port, Security(config.Security), stop);
            if (config.Username.Length > 0) await client.AuthenticateAsync(config.Username, config.Password, stop);
            await client.SendAsync(mail, stop);
            await client.DisconnectAsync(quit: true, stop);
            return new Delivered();
        }
        catch (SmtpCommandException said)
        {
            // RFC 5321, 4.2.1: 4yz asks to try again, 5yz not to.
            return (int)said.StatusCode is >= 400 and < 500 ? new FailedForNow($"{(int)said.StatusCode} {said.Message}") : new Refused($"{(int)said.StatusCode} {said.Message}");
        }
        catch (Exception away) when (away is IOException or ProtocolException or ServiceNotConnectedException or SslHandshakeException
            or AuthenticationException or NotSupportedException or System.Net.Sockets.SocketException)
        {
            // A wrong password and a server without STARTTLS are mended by a person; until then it is tried and waits.
            return new FailedForNow(FirstLine(away.Message));
        }
    }

    private static SecureSocketOptions Security(EmailSecurity security) => security switch
    {
        EmailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        // Never "when available": who sits between could leave it out.
        EmailSecurity.StartTls => SecureSocketOptions.StartTls,
        _ => SecureSocketOptions.None,
    };

    private MimeMessage Mail(OutgoingAlert outgoing)
    {
        var message = outgoing.Message;
        var mail = new MimeMessage();
        mail.From.Add(MailboxAddress.Parse(config.From));
        mail.To.Add(MailboxAddress.Parse(message.Target.To));
        mail.Subject = message.Title;
        mail.Date = time.GetUtcNow();
        mail.MessageId = $"{AcknowledgementLinks.HashOf(Uri.EscapeDataString(message.Key))}@floormonitor.invalid";
        // Messages of one alert are one conversation; the first one that arrives founds it.
        mail.References.Add(MimeUtils.ParseMessageId($"{AcknowledgementLinks.HashOf(Uri.EscapeDataString(message.Alert))}@floormonitor.invalid") ?? mail.MessageId);
        mail.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834: no vacation replies, please
        if (message.Severity == Severity.Critical) mail.Priority = MessagePriority.Urgent;
        mail.Body = new TextPart("plain") { Text = outgoing.PlainText + "\n" };
        return mail;
    }

    private static string FirstLine(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }
}
