using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using FloorMonitor.Pbx.Sip.Messages;

namespace FloorMonitor.Service.Tests.Alerts;

/// <summary>A PBX on a real loopback socket that takes registrations and texts, and answers each text as a test says.</summary>
internal sealed class TextPbx : IAsyncDisposable
{
    private readonly UdpClient socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource stop = new();
    private readonly Task work;

    public TextPbx() => work = Task.Run(WorkAsync);

    public int Port => ((IPEndPoint)socket.Client.LocalEndPoint!).Port;

    /// <summary>What a text is answered, by whom it is for; a retransmission of it is answered the same.</summary>
    public Func<string, (int Status, string Reason)> Answer { get; set; } = _ => (200, "OK");

    /// <summary>The texts as they came, each once: for whom, what, and the Call-ID.</summary>
    public ConcurrentQueue<(string To, string Text, string CallId)> Texts { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work;
        socket.Dispose();
        stop.Dispose();
    }

    private async Task WorkAsync()
    {
        var answered = new Dictionary<string, (int, string)>(StringComparer.Ordinal);
        while (!stop.IsCancellationRequested)
        {
            UdpReceiveResult packet;
            try
            {
                packet = await socket.ReceiveAsync(stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (SipParser.Parse(packet.Buffer, SipLimits.Default, out _) is not { IsRequest: true } request) continue;
            var via = request.Find(SipHeader.Via)!;
            if (!answered.TryGetValue(via, out var answer))
            {
                answer = (200, "OK");
                if (request.Method == "MESSAGE")
                {
                    var to = request.RequestUri!;
                    Texts.Enqueue((to, Encoding.UTF8.GetString(request.Body.Span), request.CallId));
                    answer = Answer(to);
                }

                answered[via] = answer;
            }

            var said = $"SIP/2.0 {answer.Item1} {answer.Item2}\r\nVia: {via}\r\nFrom: {request.Find(SipHeader.From)}\r\nTo: {request.Find(SipHeader.To)};tag=pbx\r\n"
                + $"Call-ID: {request.CallId}\r\nCSeq: {request.Find(SipHeader.CSeq)}\r\nExpires: {request.Find(SipHeader.Expires) ?? "0"}\r\nContact: {request.Find(SipHeader.Contact) ?? "<sip:pbx@127.0.0.1>"}\r\nContent-Length: 0\r\n\r\n";
            await socket.SendAsync(Encoding.UTF8.GetBytes(said), packet.RemoteEndPoint, stop.Token);
        }
    }
}
