using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FloorMonitor.Pbx.Tests.Simulated;

/// <summary>A client of the manager interface that keeps every byte: the tests look at what was sent, not at what a parser makes of it.</summary>
internal sealed class RawAmiClient : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _buffer = new byte[65536];
    private string _unread = "";

    public static async Task<RawAmiClient> ConnectAsync(IPEndPoint endpoint)
    {
        var client = new RawAmiClient();
        await client._socket.ConnectAsync(endpoint, Stop);
        Assert.Equal("Asterisk Call Manager/11.0.0\r\n", await client.ReadToAsync("\r\n"));
        return client;
    }

    public static async Task<RawAmiClient> LoginAsync(IPEndPoint endpoint, string events = "on")
    {
        var client = await ConnectAsync(endpoint);
        var reply = await client.AskAsync($"Action: Login\r\nActionID: login\r\nUsername: monitor\r\nSecret: demo\r\nEvents: {events}\r\n\r\n");
        Assert.Equal("Response: Success\r\nActionID: login\r\nMessage: Authentication accepted\r\n\r\n", reply);
        return client;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Task SendAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), SocketFlags.None, Stop).AsTask();

    /// <summary>Sends an action and reads the next whole message.</summary>
    public async Task<string> AskAsync(string action)
    {
        await SendAsync(action);
        return await ReadToAsync("\r\n\r\n");
    }

    /// <summary>Sends an action and reads up to the end of its list.</summary>
    public async Task<string> ListAsync(string action)
    {
        await SendAsync(action);
        var text = await ReadToAsync("EventList: Complete\r\n");
        return text + await ReadToAsync("\r\n\r\n");
    }

    /// <summary>Reads messages until one begins as given; gives that one.</summary>
    public async Task<string> ReadUntilAsync(string beginning)
    {
        while (true)
        {
            var message = await ReadToAsync("\r\n\r\n");
            if (message.StartsWith(beginning, StringComparison.Ordinal)) return message;
        }
    }

    /// <summary>Everything up to and with the text.</summary>
    public async Task<string> ReadToAsync(string end)
    {
        int at;
        while ((at = _unread.IndexOf(end, StringComparison.Ordinal)) < 0)
        {
            var read = await _socket.ReceiveAsync(_buffer, SocketFlags.None, Stop);
            if (read == 0) throw new EndOfStreamException($"closed after: {_unread}");
            _unread += Encoding.UTF8.GetString(_buffer, 0, read);
        }

        var text = _unread[..(at + end.Length)];
        _unread = _unread[(at + end.Length)..];
        return text;
    }

    /// <summary>Everything until the other side closes.</summary>
    public async Task<string> ReadToCloseAsync()
    {
        try
        {
            int read;
            while ((read = await _socket.ReceiveAsync(_buffer, SocketFlags.None, Stop)) > 0) _unread += Encoding.UTF8.GetString(_buffer, 0, read);
        }
        catch (SocketException)
        {
            // A cut link may end with a reset.
        }

        return _unread;
    }

    public void Dispose() => _socket.Dispose();
}
