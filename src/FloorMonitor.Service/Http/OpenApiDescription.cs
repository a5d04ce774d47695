using Microsoft.AspNetCore.OpenApi;

namespace FloorMonitor.Service.Http;

/// <summary>The head of /openapi/v1.json.</summary>
internal static class OpenApiDescription
{
    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        document.Info.Title = "FloorMonitor";
        document.Info.Version = "v1";
        document.Info.Description =
            "The live floor of a call centre. Instants are ISO-8601 UTC with milliseconds, durations are numbers of milliseconds named …Ms. "
            + "Errors are problem details (RFC 9457). Screens follow the floor through the SignalR hub /hubs/floor: Snapshot, Delta, Alert.";
        return Task.CompletedTask;
    });
}
