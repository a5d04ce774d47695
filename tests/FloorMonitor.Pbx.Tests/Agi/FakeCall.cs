using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FloorMonitor.Tests.Agi;

/// <summary>
/// A call as a real Asterisk 22.10 sends it to a FastAGI server, and its answers, as they were seen: a prompt that is not there is
/// <c>200 result=-1 endpos=0</c> and the call goes on; a hang-up is a line of its own between the answers.
/// </summary>
internal sealed class FakeCall : IDisposable
{
    private readonly TcpClient client = new();
    private StreamReader reader = StreamReader.Null;
    private Stream stream = Stream.Null;

    /// <summary>The orders that came, in order.</summary>
    public List<string> Orders { get; } = [];

    /// <summary>The variables that were set.</summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Prompts that the switch has.</summary>
    public HashSet<string> Sounds { get; } = new(StringComparer.Ordinal);

    /// <summary>Digits that the caller presses when they are waited for.</summary>
    public Queue<char> Keys { get; } = new();

    /// <summary>The caller hangs up before the answer to this order.</summary>
    public string? HangsUpAt { get; init; }

    public static string[] Request(string script, string channel = "PJSIP/1001-00000003", string language = "en", string callerId = "1001") =>
    [
        "agi_network: yes", $"agi_network_script: {script}", $"agi_request: agi://127.0.0.1:4573/{script}", $"agi_channel: {channel}",
        $"agi_language: {language}", "agi_type: PJSIP", "agi_uniqueid: 1795648340.0", "agi_version: 22.10.1", $"agi_callerid: {callerId}",
        "agi_calleridname: unknown", "agi_context: inside", "agi_extension: *83", "agi_priority: 1", "agi_enhanced: 0.0", "agi_accountcode: ", "agi_threadid: 1",
    ];

    /// <summary>The whole call: what is asked, every order answered, until the gate lets it go.</summary>
    public async Task<FakeCall> RunAsync(IPEndPoint gate, string[] request, CancellationToken stop)
    {
        await ConnectAsync(gate, stop);
        await SendAsync(string.Join('\n', request) + "\n\n", stop);
        while (await reader.ReadLineAsync(stop) is { } order)
        {
            Orders.Add(order);
            if (order == HangsUpAt) await SendAsync("HANGUP\n", stop);
            await SendAsync(AnswerTo(order) + "\n", stop);
        }

        return this;
    }

    public async Task ConnectAsync(IPEndPoint gate, CancellationToken stop)
    {
        await client.ConnectAsync(gate, stop);
        client.NoDelay = true;
        stream = client.GetStream();
        reader = new StreamReader(stream, Encoding.UTF8);
    }

    public Task SendAsync(string text, CancellationToken stop) => SendAsync(Encoding.UTF8.GetBytes(text), stop);

    public async Task SendAsync(byte[] bytes, CancellationToken stop)
    {
        try
        {
            await stream.WriteAsync(bytes, stop);
        }
        catch (IOException)
        {
            // The gate has closed already; the next read says so.
        }
    }

    /// <summary>The next order; null when the gate has closed.</summary>
    public async Task<string?> OrderAsync(CancellationToken stop)
    {
        try
        {
            return await reader.ReadLineAsync(stop);
        }
        catch (IOException)
        {
            // Reset: closed with something unread.
            return null;
        }
    }

    public void Dispose()
    {
        reader.Dispose();
        client.Dispose();
    }

    private string AnswerTo(string order)
    {
        if (order.StartsWith("SET VARIABLE ", StringComparison.Ordinal))
        {
            var rest = order["SET VARIABLE ".Length..];
            var space = rest.IndexOf(' ', StringComparison.Ordinal);
            Variables[rest[..space]] = rest[(space + 1)..].Trim('"').Replace("\\\"", "\"", StringComparison.Ordinal);
            return "200 result=1";
        }

        if (order.StartsWith("STREAM FILE ", StringComparison.Ordinal))
            return Sounds.Contains(order.Split('"')[1]) ? "200 result=0 endpos=6720" : "200 result=-1 endpos=0";
        if (order.StartsWith("WAIT FOR DIGIT", StringComparison.Ordinal))
            return Keys.TryDequeue(out var key) ? $"200 result={(int)key}" : "200 result=0";
        return order.StartsWith("ANSWER", StringComparison.Ordinal) || order.StartsWith("SAY ", StringComparison.Ordinal) ? "200 result=0" : "510 Invalid or unknown command";
    }
}
