using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Text;
using System.Threading.Channels;
using FloorMonitor.Pbx.Ami;

namespace FloorMonitor.Pbx.Tests.Ami;

/// <summary>
/// A switch in this process that answers as the real one does unless a test scripts it otherwise. Every connection of the feed
/// arrives as a <see cref="Peer"/>.
/// </summary>
internal sealed class FakeSwitch
{
    private readonly Channel<Peer> peers = Channel.CreateUnbounded<Peer>();
    private readonly ConcurrentDictionary<string, Func<Peer, AmiLine, string?>> answers = new();

    public const string Ok = "Response: Success\r\nActionID: {id}\r\nMessage: ok\r\n\r\n";

    public static readonly string NoChannels = "Response: Success\r\nActionID: {id}\r\nEventList: start\r\n\r\n"
        + "Event: CoreShowChannelsComplete\r\nActionID: {id}\r\nEventList: Complete\r\n\r\n";

    public string Banner { get; set; } = "Asterisk Call Manager/11.0.0\r\n";

    /// <summary>Thrown instead of connecting, while set.</summary>
    public Exception? Refuses { get; set; }

    /// <summary>Whether connecting never comes to an end.</summary>
    public bool BlackHole { get; set; }

    public FakeSwitch()
    {
        On("Challenge", (_, _) => "Response: Success\r\nActionID: {id}\r\nChallenge: 597666490\r\n\r\n");
        On("Login", (_, _) => "Response: Success\r\nActionID: {id}\r\nMessage: Authentication accepted\r\n\r\n"
            + "Event: FullyBooted\r\nUptime: 3600\r\nStatus: Fully Booted\r\n\r\n");
        On("Filter", (_, _) => Ok);
        On("Events", (_, _) => "Response: Success\r\nActionID: {id}\r\nEvents: On\r\n\r\n");
        On("Ping", (_, _) => "Response: Success\r\nActionID: {id}\r\nPing: Pong\r\n\r\n");
        On("CoreStatus", (_, _) => Ok);
        On("QueueStatus", (_, _) => Queues());
        On("CoreShowChannels", (_, _) => NoChannels);
        foreach (var control in new[] { "QueueAdd", "QueueRemove", "QueuePause" }) On(control, (_, _) => Ok);
    }

    /// <summary>What QueueStatus answers when these events are the list.</summary>
    public static string Queues(params string[] list) =>
        "Response: Success\r\nActionID: {id}\r\nEventList: start\r\n\r\n"
        + string.Concat(list.Select(entry => entry + "ActionID: {id}\r\n\r\n"))
        + "Event: QueueStatusComplete\r\nActionID: {id}\r\nEventList: Complete\r\n\r\n";

    public static string Member(string queue, string location, string more = "LoginTime: 1795418140\r\n") =>
        $"Event: QueueMember\r\nQueue: {queue}\r\nName: Li Wei\r\nLocation: {location}\r\nMembership: dynamic\r\nStatus: 1\r\nPaused: 0\r\n{more}";

    /// <summary>Answers an action in a way of the test's own; null: no answer.</summary>
    public void On(string action, Func<Peer, AmiLine, string?> answer) => answers[action] = answer;

    public void On(string action, string? answer) => On(action, (_, _) => answer);

    /// <summary>The next connection.</summary>
    public async Task<Peer> NextPeerAsync() => await peers.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(FeedUnderTest.Patience);

    /// <summary>How the feed connects to it.</summary>
    public async Task<Stream> ConnectAsync(AmiFeedOptions options, CancellationToken stop)
    {
        if (BlackHole) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        if (Refuses is { } refusal) throw refusal;
        var peer = new Peer(this);
        peers.Writer.TryWrite(peer);
        peer.Start();
        return peer.ClientStream;
    }

    /// <summary>One connection, seen from the switch.</summary>
    internal sealed class Peer(FakeSwitch owner)
    {
        private readonly Pipe toFeed = new(new PipeOptions(pauseWriterThreshold: 0));
        private readonly Pipe toSwitch = new(new PipeOptions(pauseWriterThreshold: 0));
        private readonly Lock gate = new();

        /// <summary>Everything that the feed sent.</summary>
        public ConcurrentQueue<AmiLine> Actions { get; } = new();

        public Stream ClientStream => new Duplex(toFeed.Reader.AsStream(), toSwitch.Writer.AsStream());

        public void Start()
        {
            Send(owner.Banner);
            _ = Task.Run(ServeAsync);
        }

        public void Send(string text) => Send(Encoding.UTF8.GetBytes(text));

        public void Send(byte[] bytes)
        {
            lock (gate)
            {
                toFeed.Writer.Write(bytes);
                var flushed = toFeed.Writer.FlushAsync();
                if (!flushed.IsCompleted) throw new InvalidOperationException("A pipe without a threshold never waits.");
            }
        }

        /// <summary>Closes the link, in good order or with an error.</summary>
        public void Close(Exception? error = null)
        {
            lock (gate) toFeed.Writer.Complete(error);
        }

        private async Task ServeAsync()
        {
            using var reader = new StreamReader(toSwitch.Reader.AsStream());
            var lines = new List<string>();
            while (await reader.ReadLineAsync() is { } line)
            {
                if (line.Length > 0)
                {
                    lines.Add(line);
                    continue;
                }

                var action = new AmiLine([.. lines]);
                lines.Clear();
                Actions.Enqueue(action);
                if (owner.answers.TryGetValue(action["Action"], out var answer) && answer(this, action) is { } text)
                    Send(text.Replace("{id}", action["ActionID"], StringComparison.Ordinal));
            }
        }
    }

    private sealed class Duplex(Stream input, Stream output) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => input.ReadAsync(buffer, cancellationToken);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await output.WriteAsync(buffer, cancellationToken);
            await output.FlushAsync(cancellationToken);
        }

        public override void Flush() => output.Flush();

        public override int Read(byte[] buffer, int offset, int count) => input.Read(buffer, offset, count);

        public override void Write(byte[] buffer, int offset, int count) => output.Write(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            input.Dispose();
            output.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>An action as the switch reads it.</summary>
internal sealed class AmiLine(string[] lines)
{
    public string[] Lines { get; } = lines;

    public string this[string header] =>
        Lines.FirstOrDefault(line => line.StartsWith(header + ": ", StringComparison.Ordinal)) is { } found ? found[(header.Length + 2)..] : "";
}
