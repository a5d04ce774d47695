using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using FloorMonitor.Core.Alerts;
using FloorMonitor.Service.Alerts;
using FloorMonitor.Store.Outbox;

namespace FloorMonitor.Service.Http;

/// <summary>
/// The page behind a message's link: what it is about, and one button. Looking changes nothing, because mail scanners and chat
/// programs look at every link; only the button's POST acknowledges, once, and a token that was used or has expired opens nothing.
/// </summary>
internal static class AcknowledgePage
{
    // Chinese stays as it is; what would be markup does not.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/a/{token}", (string token, HttpContext http, AlertHost alerts, TimeProvider time) => Show(token, http, alerts, time)).ExcludeFromDescription();
        app.MapPost("/a/{token}", AcknowledgeAsync).ExcludeFromDescription();
    }

    private static IResult Show(string token, HttpContext http, AlertHost alerts, TimeProvider time)
    {
        Guard(http);
        if (Find(token, alerts) is not { } link) return Unknown();
        if (link.UsedAt is not null) return Page(link, alerts, 200, link.Language == "en" ? "It is acknowledged." : "已确认。", hasButton: false);
        if (link.ExpiresAt <= time.GetUtcNow()) return Page(link, alerts, 410, link.Language == "en" ? "This link has expired; acknowledge at the desk." : "链接已过期,请在工作台确认。", hasButton: false);
        return AlertOf(link, alerts) is { ClosedAt: null }
            ? Page(link, alerts, 200, "", hasButton: true)
            : Page(link, alerts, 200, link.Language == "en" ? "It is over; there is nothing left to do." : "已解除,无需处理。", hasButton: false);
    }

    private static async Task<IResult> AcknowledgeAsync(string token, HttpContext http, AlertHost alerts, TimeProvider time)
    {
        Guard(http);
        if (Find(token, alerts) is null) return Unknown();
        if (alerts.Outbox!.UseLink(AcknowledgementLinks.HashOf(token)) is not { } link) return Show(token, http, alerts, time);
        if (alerts.AcknowledgeAsync(link.Alert, link.By) is not { } asked) return Unavailable();
        try
        {
            await asked.WaitAsync(AnswerWithin, time, http.RequestAborted);
        }
        catch (TimeoutException)
        {
            return Unavailable();
        }

        return Page(link, alerts, 200, link.Language == "en" ? "Thank you: it is acknowledged and goes no further up." : "谢谢,已确认,不再升级。", hasButton: false);
    }

    // A browser sends where a form comes from only if the page's policy lets it, and without that BrowserGuard refuses the POST.
    private static void Guard(HttpContext http)
    {
        http.Response.Headers["Referrer-Policy"] = "same-origin";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Robots-Tag"] = "noindex";
    }

    private static AcknowledgementLink? Find(string token, AlertHost alerts) =>
        AcknowledgementLinks.IsToken(token) ? alerts.Outbox?.FindLink(AcknowledgementLinks.HashOf(token)) : null;

    private static Alert? AlertOf(AcknowledgementLink link, AlertHost alerts) =>
        alerts.Book.Find(link.Alert) ?? alerts.Outbox?.Ended.LastOrDefault(alert => alert.Id == link.Alert);

    private static IResult Unknown() => Html("zh", "链接无效", "<p>链接无效。<br>This link leads nowhere.</p>", 404);

    private static IResult Unavailable() => Html("zh", "请稍后再试", "<p>请稍后再试。<br>Please try again in a moment.</p>", 503);

    private static IResult Page(AcknowledgementLink link, AlertHost alerts, int status, string said, bool hasButton)
    {
        var isEnglish = link.Language == "en";
        var lines = AlertOf(link, alerts)?.Members.Where(member => hasButton ? member.ClosedAt is null : true).TakeLast(20)
            .Select(member => isEnglish ? $"{member.Name.En}: {member.Text.En}" : $"{member.Name.Zh}:{member.Text.Zh}") ?? [];
        var body = string.Concat(lines.Select(line => $"<p>{Encoder.Encode(line)}</p>"))
            + (said.Length == 0 ? "" : $"<p class=\"said\">{Encoder.Encode(said)}</p>")
            + (hasButton ? $"<form method=\"post\"><button>{(isEnglish ? "Acknowledge" : "确认收到")}</button></form>" : "");
        return Html(link.Language, isEnglish ? "Alert" : "警报", body, status);
    }

    private static IResult Html(string language, string title, string body, int status) => Results.Text(
        string.Create(CultureInfo.InvariantCulture, $$"""
            <!doctype html>
            <html lang="{{language}}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{{title}}</title>
            <style>
            :root{color-scheme:light dark}
            body{font:18px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;max-width:34rem;margin:0 auto;padding:1.5rem}
            h1{font-size:1.3rem}.said{font-weight:600}
            button{font:inherit;font-weight:600;width:100%;padding:1rem;border:0;border-radius:.5rem;background:#0b6bcb;color:#fff}
            </style></head>
            <body><h1>{{title}}</h1>{{body}}</body></html>
            """),
        "text/html; charset=utf-8",
        statusCode: status);
}
