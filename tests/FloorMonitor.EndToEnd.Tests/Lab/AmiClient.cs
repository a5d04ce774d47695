using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace FloorMonitor.EndToEnd.Tests.Lab;

/// <summary>
/// The tests' own small client of the manager interface: none of the product's code is in
/// it, so that the two can be held against each other.
/// </summary>
public sealed class AmiClient : IAsyncDisposable
{
    private readonly TcpClient _tcp;
    private readonly StreamReader _reader;
    private readonly NetworkStream _stream;
    private readonly List<AmiPacket> _heard = [];
    private readonly Task _listening;
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _lastId;

    private AmiClient(TcpClient tcp, StreamReader reader, string banner)
    {
        _tcp = tcp;
        _reader = reader;
        _stream = tcp.GetStream();
        Banner = banner;
        _listening = ListenAsync();
    }

    /// <summary>What the switch said first.</summary>
    public string Banner { get; }

    /// <summary>Whether the switch has closed the link.</summary>
    public bool IsClosed => _listening.IsCompleted;

    /// <summary>Everything heard so far, in order.</summary>
    public IReadOnlyList<AmiPacket> Heard
    {
        get
        {
            lock (_heard) return [.. _heard];
        }
    }

    /// <summary>Connects and reads the banner.</summary>
    public static async Task<AmiClient> ConnectAsync(int port, CancellationToken stop)
    {
        var tcp = new TcpClient { NoDelay = true };
        await tcp.ConnectAsync(IPAddress.Loopback, port, stop);
        var reader = new StreamReader(tcp.GetStream(), new UTF8Encoding(false), false, 4096, leaveOpen: true);
        var banner = await reader.ReadLineAsync(stop) ?? throw new IOException("The switch closed before it said anything.");
        return new AmiClient(tcp, reader, banner);
    }

    /// <summary>Connects and signs in; the events of all classes follow.</summary>
    public static async Task<AmiClient> SignInAsync(int port, string user, string secret, CancellationToken stop)
    {
        var client = await ConnectAsync(port, stop);
        var answer = await client.AskAsync("Login", ("Username", user), ("Secret", secret));
        if (answer.Response == "Success") return client;
        await client.DisposeAsync();
        throw new IOException($"The switch refused {user}: {answer}");
    }

    /// <summary>MD5 challenge answer: the challenge, then the secret (Asterisk's manager, AuthType MD5).</summary>
    public static string Md5(string challenge, string secret)
    {
#pragma warning disable CA5351 // The protocol knows nothing better.
        return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(challenge + secret)));
#pragma warning restore CA5351
    }

    /// <summary>Sends an action and waits for its answer.</summary>
    public async Task<AmiPacket> AskAsync(string action, params (string Name, string Value)[] headers)
    {
        var id = await SendAsync(action, headers);
        return await HearAsync(packet => packet.Response.Length > 0 && packet["ActionID"] == id, $"the answer to {action}");
    }

    /// <summary>Sends an action that answers with a list and waits for all of it: the answer first, its end last.</summary>
    public async Task<IReadOnlyList<AmiPacket>> ListAsync(string action, params (string Name, string Value)[] headers)
    {
        var id = await SendAsync(action, headers);
        await HearAsync(packet => packet["ActionID"] == id && (packet.Response == "Error" || packet["EventList"] == "Complete"), $"the end of the list of {action}");
        return [.. Heard.Where(packet => packet["ActionID"] == id)];
    }

    /// <summary>Waits for an event that was not there at a mark.</summary>
    public Task<AmiPacket> EventAsync(string name, Func<AmiPacket, bool>? where = null, int after = 0) =>
        HearAsync(packet => packet.Event == name && where?.Invoke(packet) != false, $"the event {name}", after);

    /// <summary>A console command's output.</summary>
    public async Task<string> CommandAsync(string command)
    {
        var answer = await AskAsync("Command", ("Command", command));
        return string.Join('\n', answer.All("Output"));
    }

    /// <summary>Sends bytes as they are.</summary>
    public Task SendRawAsync(string text) => _stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

    /// <summary>Waits for the first message that is wanted.</summary>
    public async Task<AmiPacket> HearAsync(Func<AmiPacket, bool> wanted, string what, int after = 0)
    {
        using var patience = new CancellationTokenSource(Eventually.Patience);
        var from = after;
        while (true)
        {
            Task news;
            lock (_heard)
            {
                for (; from < _heard.Count; from++)
                    if (wanted(_heard[from])) return _heard[from];
                news = _news.Task;
            }

            if (IsClosed) throw new IOException($"The switch closed the link before {what}.");
            try
            {
                await Task.WhenAny(news, _listening).WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Waited in vain for {what}. The last heard: {string.Join("\n", Heard.TakeLast(15))}");
            }
        }
    }

    /// <summary>Waits until the switch closes the link.</summary>
    public Task ClosedAsync() => _listening.WaitAsync(Eventually.Patience);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        await _listening;
        _reader.Dispose();
    }

    private async Task<string> SendAsync(string action, (string Name, string Value)[] headers)
    {
        var id = $"t{Interlocked.Increment(ref _lastId)}";
        var text = new StringBuilder($"Action: {action}\r\nActionID: {id}\r\n");
        foreach (var (name, value) in headers) text.Append(name).Append(": ").Append(value).Append("\r\n");
        await SendRawAsync(text.Append("\r\n").ToString());
        return id;
    }

    private async Task ListenAsync()
    {
        var headers = new List<KeyValuePair<string, string>>();
        try
        {
            while (await _reader.ReadLineAsync() is { } line)
            {
                if (line.Length > 0)
                {
                    var colon = line.IndexOf(':', StringComparison.Ordinal);
                    // One blank follows the colon; more are the value's own (the console's output is indented).
                    headers.Add(colon < 0 ? new("", line) : new(line[..colon], line[(colon + 1)..] is [' ', .. var value] ? value : line[(colon + 1)..]));
                    continue;
                }

                if (headers.Count == 0) continue;
                TaskCompletionSource news;
                lock (_heard)
                {
                    _heard.Add(new AmiPacket([.. headers]));
                    news = _news;
                    _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
                }

                headers.Clear();
                news.SetResult();
            }
        }
        catch (Exception ended) when (ended is IOException or SocketException or ObjectDisposedException)
        {
            // The link is gone: whoever waits is told by IsClosed.
        }
    }
}
