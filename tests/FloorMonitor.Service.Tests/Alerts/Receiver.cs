using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FloorMonitor.Service.Tests.Alerts;

/// <summary>A real HTTP server on loopback that remembers what was posted and answers what a test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;

    private Receiver(WebApplication app) => this.app = app;

    public ConcurrentQueue<Posted> All { get; } = new();

    public Func<HttpContext, Posted, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public Uri Url => new(app.Urls.Single() + "/hook?key=secret-of-the-address");

    public Posted Last => All.Last();

    public static async Task<Receiver> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.MapPost("/{**rest}", receiver.TakeAsync);
        await app.StartAsync();
        return receiver;
    }

    public void Say(string body, int status = 200, string? retryAfter = null) => Answer = (http, _) =>
    {
        http.Response.StatusCode = status;
        if (retryAfter is not null) http.Response.Headers.RetryAfter = retryAfter;
        return http.Response.WriteAsync(body);
    };

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var posted = new Posted(body.ToArray(), http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()), http.Request.Query.ToDictionary(one => one.Key, one => one.Value.ToString()));
        All.Enqueue(posted);
        await Answer(http, posted);
    }
}

/// <summary>What was posted.</summary>
internal sealed record Posted(byte[] Body, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Query)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonObject Json => (JsonObject)JsonNode.Parse(Body)!;
}
