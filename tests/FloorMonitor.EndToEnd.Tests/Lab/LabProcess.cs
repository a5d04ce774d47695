using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace FloorMonitor.EndToEnd.Tests.Lab;

/// <summary>
/// A program of the lab (tests/lab) that lives while this test holds its standard input: the scripts end what they started
/// when that closes, which the kernel sees to even if the test host is killed.
/// </summary>
public sealed class LabProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly ConcurrentQueue<string> _lines = new();
    private int _disposed;

    private LabProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The folder of the lab's scripts.</summary>
    public static string Folder { get; } = Path.Combine(Root(), "tests", "lab");

    /// <summary>Everything that it said, errors included.</summary>
    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    /// <summary>Its lines so far.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Whether it is over.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts a script of the lab.</summary>
    public static LabProcess Start(string script, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? folder = null)
    {
        var start = new ProcessStartInfo(Path.Combine(Folder, script), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>()) start.Environment[key] = value;
        return new LabProcess(Process.Start(start) ?? throw new InvalidOperationException($"{script} did not start."));
    }

    /// <summary>Runs a script of the lab to its end, which must be a good one, and gives what it said.</summary>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        await using var process = Start(script, arguments);
        process._process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process._process.WaitForExitAsync(patience.Token);
        Assert.True(process._process.ExitCode == 0, $"{script} {string.Join(' ', arguments)} failed: {process.Said}");
        return process.Said;
    }

    /// <summary>Tells it something on its standard input.</summary>
    public async Task TellAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits for its end and gives its exit code.</summary>
    public async Task<int> EndAsync(TimeSpan patience)
    {
        using var timeout = new CancellationTokenSource(patience);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        try
        {
            if (!_process.HasExited)
            {
                _process.StandardInput.Close();
                using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
                await _process.WaitForExitAsync(patience.Token);
            }
        }
        catch (Exception stuck) when (stuck is OperationCanceledException or IOException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FloorMonitor.sln"))) return folder.FullName;
        throw new InvalidOperationException("FloorMonitor.sln was not found above the tests.");
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        _lines.Enqueue(line);
        lock (_said)
            if (_said.Length < 1_000_000) _said.AppendLine(line);
    }
}
