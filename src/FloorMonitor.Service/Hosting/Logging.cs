using System.Text.Encodings.Web;

namespace FloorMonitor.Service.Hosting;

/// <summary>Structured logs: one line an event for people, or JSON for a collector (<c>FLOOR_LOG=json</c>).</summary>
internal static class Logging
{
    public static void Configure(ILoggingBuilder logging, bool enabled)
    {
        logging.ClearProviders();
        if (!enabled) return;
        logging.SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("System", LogLevel.Warning)
            // An address in use is said in a sentence by whoever starts the service, not with the host's stack.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical)
            .AddFilter("OpenTelemetry", LogLevel.Warning);
        if (Environment.GetEnvironmentVariable("FLOOR_LOG") == "json")
        {
            logging.AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
                json.JsonWriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            });
        }
        else
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "HH:mm:ss.fff'Z' ";
            });
        }
    }
}
