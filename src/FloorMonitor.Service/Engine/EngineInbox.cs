using System.Threading.Channels;

namespace FloorMonitor.Service.Engine;

/// <summary>
/// The one bounded queue before the one writer. What does not fit is told to the one who brought it: a feed is then read
/// anew (<see cref="FeedIntake"/>), a command is answered "too busy", a tick is left out because the next one says the same.
/// </summary>
internal sealed class EngineInbox
{
    /// <summary>About half a minute of a floor of 1,000 agents; some 16 MB of raw text at worst.</summary>
    public const int Capacity = 16_384;

    private readonly Channel<EngineItem> items;

    public EngineInbox(int capacity = Capacity) => items = Channel.CreateBounded<EngineItem>(
        new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<EngineItem> Reader => items.Reader;

    public int Count => items.Reader.Count;

    /// <summary>Puts an item in, unless the queue is full.</summary>
    public bool TryPut(EngineItem item) => items.Writer.TryWrite(item);

    /// <summary>Puts an item in that must not be lost, and waits for room.</summary>
    public ValueTask PutAsync(EngineItem item, CancellationToken stop) => items.Writer.WriteAsync(item, stop);

    /// <summary>Nothing more will come; what is in it is still read.</summary>
    public void Close() => items.Writer.TryComplete();
}
