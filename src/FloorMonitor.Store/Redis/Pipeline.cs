namespace FloorMonitor.Store.Redis;

/// <summary>
/// Commands that are under way together. They leave at once; only when many are unanswered is the oldest waited for, so that the
/// line to the store is never idle and memory never grows beyond the depth.
/// </summary>
internal sealed class Pipeline
{
    /// <summary>How many commands may be unanswered.</summary>
    public const int Depth = 1024;

    private readonly Queue<Task> underWay = new(Depth);

    /// <summary>Adds a command that has been sent; waits for the oldest when too many are unanswered.</summary>
    public ValueTask AddAsync(Task command)
    {
        underWay.Enqueue(command);
        if (underWay.Count < Depth) return ValueTask.CompletedTask;
        return new ValueTask(underWay.Dequeue());
    }

    /// <summary>Waits until everything was answered. What one command failed with is thrown, after all are done.</summary>
    public async Task DrainAsync()
    {
        var group = Task.WhenAll(underWay);
        underWay.Clear();
        await group;
    }
}
