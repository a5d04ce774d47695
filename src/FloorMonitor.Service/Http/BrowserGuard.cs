namespace FloorMonitor.Service.Http;

/// <summary>
/// Keeps other web pages out. A supervisor's browser reaches this service, so any page it has open could send commands or
/// read the floor through the hub; browsers say where a request comes from, and only our own pages may change or subscribe.
/// </summary>
internal static class BrowserGuard
{
    // Scripts and styles of ours alone; styles inline too, because a tile's colour and width are set on the element.
    private const string ContentPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    public static void UseBrowserGuard(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)) headers.CacheControl = "no-store";
        if (IsGuarded(http.Request) && IsForeign(http.Request))
        {
            await Answers.WriteAsync(http, FloorProblem.Of(403, "cross-origin", "Not from another page", new("其他来源的页面不得发送指令或查看现场。", "Pages of other origins may not send commands or follow the floor.")));
            return;
        }

        await next(http);
    });

    // The hub is guarded for every method: a WebSocket begins with a GET, and browsers let any page open one.
    private static bool IsGuarded(HttpRequest request) =>
        !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        || request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase);

    private static bool IsForeign(HttpRequest request)
    {
        // Set by browsers alone and not to be forged by a page; absent from scripts and from older browsers.
        if (request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none")) return true;
        if (request.Headers.Origin is not { Count: > 0 } origins) return false;
        return origins.Count != 1
            || !Uri.TryCreate(origins[0], UriKind.Absolute, out var origin)
            || !string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
