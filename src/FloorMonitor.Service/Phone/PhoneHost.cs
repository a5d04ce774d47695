using System.Net.Sockets;
using FloorMonitor.Core.Floor;
using FloorMonitor.Pbx.Agi;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Engine;

namespace FloorMonitor.Service.Phone;

/// <summary>Opens the phone's door where floor.yaml asks for one, and moves it when that changes. A door that cannot be opened is said on the desk; the floor goes on without.</summary>
internal sealed class PhoneHost(LiveConfig live, PhoneDoor door, DeskNotes notes, TimeProvider time, ILoggerFactory logs) : BackgroundService
{
    private const string Key = "phone";
    private readonly SemaphoreSlim changed = new(1);
    private readonly ILogger log = logs.CreateLogger<PhoneHost>();

    // Who sits behind an address, made anew only where the agents changed.
    private AgentDirectory directory = new(live.Current.Setup);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        AgiServer? server = null;
        PhoneConfig? open = null;
        live.Changed += Changed;
        try
        {
            while (true)
            {
                await changed.WaitAsync(stoppingToken);
                var config = live.Current;
                if (config.Setup.Agents != Volatile.Read(ref directory).Setup.Agents) Volatile.Write(ref directory, new(config.Setup));
                if (config.Phone == open && (server is not null || open is null)) continue;
                if (server is not null) await server.DisposeAsync();
                server = config.Phone is { } phone ? Open(phone) : null;
                open = config.Phone;
                if (open is null) notes.Clear(Key);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Asked for: the door is closed below, and who is in it is let go.
        }
        finally
        {
            live.Changed -= Changed;
            if (server is not null) await server.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        changed.Dispose();
        base.Dispose();
    }

    private void Changed()
    {
        if (changed.CurrentCount == 0) changed.Release();
    }

    private AgiServer? Open(PhoneConfig phone)
    {
        var server = new AgiServer(
            new AgiOptions(phone.Listen, phone.From),
            (session, stop) => door.AnswerAsync(session, live.Current, Volatile.Read(ref directory), stop),
            time,
            logs.CreateLogger<AgiServer>());
        try
        {
            server.Start();
            notes.Clear(Key);
            log.LogInformation("The phone's door is open at {Endpoint}", server.Endpoint);
            return server;
        }
        catch (SocketException taken)
        {
            log.LogError("The phone's door cannot be opened at {Endpoint}: {Why}", phone.Listen, taken.Message);
            notes.Raise(Key, new(
                $"电话入口 {phone.Listen} 无法打开:{taken.Message}", $"The phone's door cannot be opened at {phone.Listen}: {taken.Message}"));
            return null;
        }
    }
}
