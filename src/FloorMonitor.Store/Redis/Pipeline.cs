namespace FloorMonitor.Store.Redis;

/// <summary>
/// Commands that are under way together. They leave at once and their answers are awaited in groups, so that a floor of a thousand
/// agents takes a few round trips and never more memory than one group.
/// </summary>
internal sealed class Pipeline
{
    /// <summary>How many commands may be unanswered.</summary>
    public const int Depth = 512;

    private readonly List<Task> underWay = new(Depth);

    /// <summary>Adds a command that has been sent; waits for all of the group when it is full.</summary>
    public ValueTask AddAsync(Task command)
    {
        underWay.Add(command);
        return underWay.Count < Depth ? ValueTask.CompletedTask : new ValueTask(DrainAsync());
    }

    /// <summary>Waits until everything was answered. What one command failed with is thrown, after all are done.</summary>
    public async Task DrainAsync()
    {
        var group = Task.WhenAll(underWay);
        underWay.Clear();
        await group;
    }
}
