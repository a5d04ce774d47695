using System.Globalization;

namespace FloorMonitor.EndToEnd.Tests.Lab;

/// <summary>A real Asterisk of the lab, with folders and ports of its own.</summary>
public sealed class RealAsterisk : IAsyncDisposable
{
    /// <summary>The account that README recommends for the monitor.</summary>
    public const string MonitorUser = "monitor", MonitorSecret = "monitor-secret";

    private readonly LabProcess _lab;
    private AmiClient? _driver;

    private RealAsterisk(LabProcess lab, int amiPort, int sipPort)
    {
        _lab = lab;
        AmiPort = amiPort;
        SipPort = sipPort;
    }

    /// <summary>Where its manager interface listens.</summary>
    public int AmiPort { get; }

    /// <summary>Where its SIP side listens (UDP).</summary>
    public int SipPort { get; }

    /// <summary>The tests' own session with every right.</summary>
    public AmiClient Driver => _driver ?? throw new InvalidOperationException("The switch is down.");

    /// <summary>Starts one and waits until it takes actions.</summary>
    public static async Task<RealAsterisk> StartAsync()
    {
        int ami = Ports.Next(), sip = Ports.Next();
        var lab = LabProcess.Start("asterisk", ["run", ami.ToString(CultureInfo.InvariantCulture), sip.ToString(CultureInfo.InvariantCulture)]);
        var asterisk = new RealAsterisk(lab, ami, sip);
        try
        {
            await asterisk.UpAsync();
            return asterisk;
        }
        catch
        {
            // Whatever went wrong, the process is not left behind; the fault goes on to the test.
            await asterisk.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again after it went down, and waits until it takes actions.</summary>
    public async Task UpAsync()
    {
        await _lab.TellAsync("start");
        // The first download of the switch may still be under way when the tests are run by hand.
        _driver = await Eventually.SeeAsync(
            stop => _lab.HasEnded ? throw new InvalidOperationException($"The lab's switch did not start: {_lab.Said}") : AmiClient.SignInAsync(AmiPort, "driver", "driver-secret", stop),
            _ => true,
            "the switch's manager interface",
            TimeSpan.FromSeconds(90));
        await _driver.EventAsync("FullyBooted");
    }

    /// <summary>Ends it as a kill -9 does.</summary>
    public async Task KillAsync()
    {
        var downs = Downs();
        await _lab.TellAsync("kill");
        await DownAsync(downs);
    }

    /// <summary>Ends it as an administrator does: it says Shutdown and closes.</summary>
    public async Task StopAsync()
    {
        var downs = Downs();
        // The answer may be lost with the link.
        await Driver.SendRawAsync("Action: Command\r\nCommand: core stop now\r\n\r\n");
        await DownAsync(downs);
    }

    /// <summary>Asks its console.</summary>
    public Task<string> CliAsync(string command) => Driver.CommandAsync(command);

    /// <summary>Waits until something of its database is on disk, so that it survives a kill.</summary>
    public Task KeptAsync(string text)
    {
        var folder = _lab.Lines.First(line => line.StartsWith("instance ", StringComparison.Ordinal))["instance ".Length..];
        return Eventually.SeeAsync(_ => LabProcess.RunAsync("asterisk", "kept", folder, text), answer => answer.Trim() == "yes", $"'{text}' to be on the switch's disk");
    }

    /// <summary>Waits until the switch has been up for so long, by its own word (<c>System uptime: 5</c>).</summary>
    public Task UpForAsync(int seconds) => Eventually.SeeAsync(
        _ => CliAsync("core show uptime seconds"),
        told => System.Text.RegularExpressions.Regex.Match(told, @"System uptime: (\d+)") is { Success: true } found
            && int.Parse(found.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) >= seconds,
        $"the switch to be up for {seconds} s");

    /// <summary>A caller without SIP calls a number (600 support, 601 sales, 602 desk); gives the channel's name.</summary>
    public async Task<string> CallAsync(string number, string from)
    {
        var mark = Driver.Heard.Count;
        var answer = await Driver.AskAsync("Originate",
            ("Channel", "Local/s@caller/n"), ("Context", "callers"), ("Exten", number), ("Priority", "1"), ("CallerID", $"\"{from}\" <{from}>"), ("Async", "true"));
        Assert.True(answer.Response == "Success", answer.ToString());
        var joined = await Driver.EventAsync("QueueCallerJoin", packet => packet["CallerIDNum"] == from, mark);
        return joined["Channel"];
    }

    /// <summary>A channel hangs up.</summary>
    public async Task HangUpAsync(string channel)
    {
        var answer = await Driver.AskAsync("Hangup", ("Channel", channel));
        Assert.True(answer.Response == "Success", answer.ToString());
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_driver is not null) await _driver.DisposeAsync();
        await _lab.DisposeAsync();
    }

    private int Downs() => _lab.Lines.Count(line => line == "down");

    private async Task DownAsync(int before)
    {
        await Eventually.HoldsAsync(() => Task.FromResult(Downs() > before), "the switch to be down");
        if (_driver is not null) await _driver.DisposeAsync();
        _driver = null;
    }
}
