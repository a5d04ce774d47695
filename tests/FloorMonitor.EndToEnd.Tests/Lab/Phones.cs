using System.Globalization;

namespace FloorMonitor.EndToEnd.Tests.Lab;

/// <summary>Real SIP phones and callers, by sipp, at the switch that listens on a port.</summary>
public sealed class Phones(int sipPort) : IAsyncDisposable
{
    private readonly List<LabProcess> _running = [];
    private readonly List<string> _folders = [];
    private readonly Dictionary<string, int> _ports = new(StringComparer.Ordinal);

    /// <summary>A seat's phone registers; it takes no calls before one of the others is asked for.</summary>
    public async Task RegisterAsync(string seat)
    {
        if (!_ports.TryGetValue(seat, out var port)) _ports[seat] = port = Ports.Next();
        await LabProcess.RunAsync("phone", Sip, "register", seat, Text(port));
    }

    /// <summary>It takes its registration back, as a phone does that is switched off.</summary>
    public Task UnregisterAsync(string seat) => LabProcess.RunAsync("phone", Sip, "register", seat, Text(_ports[seat]), "0");

    /// <summary>A seat's phone registers and answers what comes, after a moment of ringing.</summary>
    public Task AnswerAsync(string seat, int ringMs = 300) => StartAsync(seat, "answer", ringMs);

    /// <summary>A seat's phone registers and lets everything ring.</summary>
    public Task RingOutAsync(string seat) => StartAsync(seat, "ring-out", 0);

    /// <summary>A seat's phone registers and is busy.</summary>
    public Task BusyAsync(string seat) => StartAsync(seat, "busy", 0);

    /// <summary>A seat's phone dials a feature code and listens until the switch hangs up.</summary>
    public Task DialAsync(string seat, string code) => LabProcess.RunAsync("phone", Sip, "code", seat, code);

    /// <summary>A caller from outside calls and hangs up after a while, answered or not.</summary>
    public LabProcess Call(string number, TimeSpan stays, string from = "13800001234")
    {
        var caller = LabProcess.Start("phone", [Sip, "call", number, Text((int)stays.TotalMilliseconds), from]);
        _running.Add(caller);
        return caller;
    }

    /// <summary>A seat's phone calls a number through a proxy, and hangs up after a while.</summary>
    public LabProcess Dial(string seat, string number, TimeSpan stays)
    {
        var caller = LabProcess.Start("phone", [Sip, "dial", seat, number, Text((int)stays.TotalMilliseconds)]);
        _running.Add(caller);
        return caller;
    }

    /// <summary>A seat's phone registers and takes one text; the file will hold what it was sent.</summary>
    public async Task<string> AwaitTextAsync(string seat)
    {
        await RegisterAsync(seat);
        var folder = Directory.CreateTempSubdirectory("floormonitor-text-").FullName;
        _folders.Add(folder);
        var file = Path.Combine(folder, "text");
        _running.Add(LabProcess.Start("phone", [Sip, "text", Text(_ports[seat]), file]));
        return file;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _running) await process.DisposeAsync();
        foreach (var folder in _folders) Directory.Delete(folder, recursive: true);
    }

    private string Sip => Text(sipPort);

    private async Task StartAsync(string seat, string what, int ms)
    {
        await RegisterAsync(seat);
        _running.Add(LabProcess.Start("phone", [Sip, what, Text(_ports[seat]), Text(ms)]));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
