using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;

namespace FloorMonitor.Service.Hubs;

/// <summary>How much one connection may ask of the house.</summary>
internal static class HubLimits
{
    // A command with a hundred queue names fits; nothing a screen sends is larger.
    private const int MaxMessage = 16 * 1024;

    public static void Hub(HubOptions hub)
    {
        hub.MaximumReceiveMessageSize = MaxMessage;
        hub.MaximumParallelInvocationsPerClient = 1;
        hub.StreamBufferCapacity = 1;
        hub.EnableDetailedErrors = false;
        hub.KeepAliveInterval = TimeSpan.FromSeconds(5);
        hub.ClientTimeoutInterval = TimeSpan.FromSeconds(30);
        hub.HandshakeTimeout = TimeSpan.FromSeconds(10);
    }

    public static void Transport(HttpConnectionDispatcherOptions transport)
    {
        transport.ApplicationMaxBufferSize = MaxMessage * 2;
        // What waits for a slow screen inside the server: beyond this, its pump waits (and only its own).
        transport.TransportMaxBufferSize = 64 * 1024;
        transport.TransportSendTimeout = TimeSpan.FromSeconds(10);
    }
}
