using System.IO.Pipelines;

namespace FloorMonitor.Pbx.Ami;

/// <summary>A message as the link hands it on.</summary>
/// <param name="Message">The message.</param>
/// <param name="ReceivedAt">When its bytes were read.</param>
/// <param name="SentAt">For an answer, when its question was sent.</param>
internal readonly record struct AmiReceived(AmiMessage Message, DateTimeOffset ReceivedAt, DateTimeOffset? SentAt);

/// <summary>One connection: reads messages, and pairs answers with the actions that asked for them.</summary>
internal sealed class AmiLink(Stream stream, AmiParser parser, TimeProvider time, AmiMeter meter, Action<AmiReceived> onMessage) : IAsyncDisposable
{
    /// <summary>More questions than this are not asked at once: the switch answers them one by one.</summary>
    public const int MaxPending = 256;

    private sealed record Pending(string ActionId, DateTimeOffset SentAt, TaskCompletionSource<AmiMessage> Answer);

    private readonly PipeReader reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024, minimumReadSize: 4096));
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly Lock gate = new();
    private readonly List<Pending> pending = [];
    private readonly TaskCompletionSource<string> banner = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long lastId;
    private bool closed;

    /// <summary>The switch's greeting.</summary>
    public Task<string> Banner => banner.Task;

    /// <summary>Reads until the peer closes. Never waits for anything but bytes.</summary>
    public async Task ReadAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(stop);
                var now = time.GetUtcNow();
                var buffer = result.Buffer;
                var length = buffer.Length;
                long received = parser.Messages, filtered = parser.Filtered, unknown = parser.Unknown;
                try
                {
                    while (parser.TryRead(ref buffer, out var message)) Hand(message, now);
                }
                finally
                {
                    meter.CountBytes(length - buffer.Length);
                    meter.CountMessages(parser.Messages - received, parser.Filtered - filtered, parser.Unknown - unknown);
                }

                if (parser.Banner is { } greeting) banner.TrySetResult(greeting);
                reader.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted) return;
            }
        }
        finally
        {
            Close();
        }
    }

    /// <summary>Sends an action and waits for its answer.</summary>
    /// <exception cref="TimeoutException">No answer came in time.</exception>
    /// <exception cref="IOException">The link is gone.</exception>
    public async Task<AmiMessage> AskAsync(AmiAction action, TimeSpan within, CancellationToken stop, Action<string>? onId = null)
    {
        var id = $"fm-{Interlocked.Increment(ref lastId)}";
        var answer = new TaskCompletionSource<AmiMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        var entry = new Pending(id, time.GetUtcNow(), answer);
        lock (gate)
        {
            if (closed) throw new IOException("The link is gone.");
            if (pending.Count >= MaxPending) throw new IOException("Too many actions wait for their answers.");
            pending.Add(entry);
        }

        onId?.Invoke(id);
        try
        {
            return await SendAsync(action.Encode(id), answer.Task, stop).WaitAsync(within, time, stop);
        }
        catch (OperationCanceledException) when (answer.Task.IsCompletedSuccessfully)
        {
            // The answer was read before the link went: a refusal followed by a close must not pass for a mere close.
            return await answer.Task;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The switch did not answer {action.Name} within {within.TotalSeconds:0.#} s.");
        }
        finally
        {
            lock (gate) pending.Remove(entry);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Close();
        await reader.CompleteAsync();
        await stream.DisposeAsync();
    }

    private async Task<AmiMessage> SendAsync(byte[] bytes, Task<AmiMessage> answer, CancellationToken stop)
    {
        await writing.WaitAsync(stop);
        try
        {
            await stream.WriteAsync(bytes, stop);
        }
        finally
        {
            writing.Release();
        }

        return await answer;
    }

    private void Hand(AmiMessage message, DateTimeOffset now)
    {
        var asked = message.Kind == AmiMessageKind.Response ? TakePending(message.ActionId) : null;
        onMessage(new AmiReceived(message, now, asked?.SentAt));
        asked?.Answer.TrySetResult(message);
    }

    private Pending? TakePending(ReadOnlySpan<char> id)
    {
        lock (gate)
        {
            for (var i = 0; i < pending.Count; i++)
            {
                // The switch answers in order: a reply without an id belongs to the action that waits longest.
                if (!id.IsEmpty && !id.SequenceEqual(pending[i].ActionId)) continue;
                var found = pending[i];
                pending.RemoveAt(i);
                return found;
            }
        }

        return null;
    }

    private void Close()
    {
        List<Pending> orphans;
        lock (gate)
        {
            closed = true;
            orphans = [.. pending];
            pending.Clear();
        }

        var gone = new IOException("The switch closed the link.");
        foreach (var orphan in orphans) orphan.Answer.TrySetException(gone);
        banner.TrySetException(gone);
        // Nobody may be waiting for the banner any more; an unobserved failure is no news then.
        _ = banner.Task.Exception;
    }
}
