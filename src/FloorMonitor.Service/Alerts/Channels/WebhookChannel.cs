using System.Net;
using System.Text;
using FloorMonitor.Service.Configuration;

namespace FloorMonitor.Service.Alerts.Channels;

/// <summary>Posts alerts. No redirects, no cookies, certificates checked, and of an answer no more is read than a robot ever says.</summary>
internal sealed class WebhookChannel : IAlertChannel, IDisposable
{
    private const int MostAnswer = 16 * 1024;

    private static readonly Dictionary<WebhookKind, WebhookForm> Forms = new()
    {
        [WebhookKind.Webhook] = new SignedForm(),
        [WebhookKind.WeCom] = new WeComForm(),
        [WebhookKind.DingTalk] = new DingTalkForm(),
        [WebhookKind.Feishu] = new FeishuForm(),
        [WebhookKind.Slack] = new SlackForm(),
        [WebhookKind.Teams] = new TeamsForm(),
    };

    private readonly WebhookConfig config;
    private readonly TimeProvider time;
    private readonly WebhookForm form;
    private readonly HttpClient http;

    public WebhookChannel(WebhookConfig config, TimeProvider time)
    {
        (this.config, this.time, form) = (config, time, Forms[config.Kind]);
        http = new(new SocketsHttpHandler
        {
            // A receiver that moves is for a person to look at: a body signed for one host is not handed to another.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            // Names are looked up anew now and then: a receiver may move behind its name.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = 16,
            SslOptions = config.CaFile is { } ca ? new() { CertificateChainPolicy = PrivateAuthority.Policy(ca) } : new(),
        })
        {
            // Whoever calls bounds the time, by the house's clock.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("FloorMonitor");
    }

    /// <inheritdoc/>
    public async Task<Delivery> SendAsync(OutgoingAlert outgoing, CancellationToken stop)
    {
        var asked = form.Request(outgoing, config.Url, config.Secret, time.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, asked.Url) { Content = new ByteArrayContent(asked.Body) };
        request.Content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        foreach (var (name, value) in asked.Headers) request.Headers.Add(name, value);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            return Judge(answer, await ReadAsync(answer, stop));
        }
        catch (Exception away) when (away is HttpRequestException or IOException)
        {
            return new FailedForNow(Plainly(away));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private Delivery Judge(HttpResponseMessage answer, string body)
    {
        var status = (int)answer.StatusCode;
        var said = $"HTTP {status}{(body.Length == 0 ? "" : $": {(body.Length > 200 ? body[..200] + "…" : body)}")}";
        return answer.StatusCode switch
        {
            >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous => form.Read(body),
            HttpStatusCode.TooManyRequests => new AskedToWait(said, PatienceOf(answer)),
            HttpStatusCode.ServiceUnavailable when PatienceOf(answer) is { } patience => new AskedToWait(said, patience),
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => new FailedForNow(said),
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => new Refused($"HTTP {status}: the receiver sends us elsewhere, which is not followed"),
            _ => new Refused(said),
        };
    }

    // RFC 9110, 10.2.3: seconds or an instant.
    private TimeSpan? PatienceOf(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    private static async Task<string> ReadAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(stop);
        var buffer = new byte[MostAnswer];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stop);
        return new string([.. Encoding.UTF8.GetString(buffer.AsSpan(0, length)).Select(letter => char.IsControl(letter) ? ' ' : letter)]).Trim();
    }

    // What happened beneath says more ("the certificate is not trusted"); the address stays out, since a robot's holds its secret.
    private static string Plainly(Exception away)
    {
        while (away.InnerException is { } deeper) away = deeper;
        return away.Message;
    }
}
