using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace FloorMonitor.Service.Http;

/// <summary>The dashboard's files. Its pages (<c>/wall</c>) are one file; what they load is named by its content and may be kept for ever.</summary>
internal static class Dashboard
{
    private const string Page = "index.html";

    public static void MapDashboard(this WebApplication app)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        app.MapGet("/", () => Results.Redirect("/wall")).ExcludeFromDescription();
        if (!File.Exists(Path.Combine(folder, Page)))
        {
            app.MapGet("/wall", () => Results.Text(
                "The dashboard was not built into this program. Install Node.js 20 or later with npm and build again; everything else works: /api/floor, /openapi/v1.json.\n",
                statusCode: 503)).ExcludeFromDescription();
            return;
        }

        var files = new PhysicalFileProvider(folder);
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = context => context.Context.Response.Headers.CacheControl =
                context.Context.Request.Path.StartsWithSegments("/assets", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache",
        });
        foreach (var page in (string[])["/wall/{**rest}", "/desk/{**rest}", "/me/{**rest}"]) app.MapGet(page, async http =>
        {
            http.Response.ContentType = "text/html; charset=utf-8";
            http.Response.Headers[HeaderNames.CacheControl] = "no-cache";
            await http.Response.SendFileAsync(files.GetFileInfo(Page), http.RequestAborted);
        }).ExcludeFromDescription();
    }
}
