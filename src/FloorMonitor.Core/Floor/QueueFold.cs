namespace FloorMonitor.Core.Floor;

/// <summary>Queues come to be when they are first heard of, and count from then on.</summary>
internal static class QueueFold
{
    /// <summary>Bound against a PBX that invents queues without end.</summary>
    private const int MaxQueues = 10_000;

    /// <summary>The field's usual threshold where neither the configuration nor the PBX names one.</summary>
    private static readonly TimeSpan UsualWithin = TimeSpan.FromSeconds(20);

    /// <summary>The queue of this name, made when it is new; null when there are too many.</summary>
    public static Queue? Find(in FloorDraft draft, string name, string feed, DateTimeOffset at)
    {
        if (!draft.Queues.TryGetValue(name, out var queue))
        {
            if (draft.Queues.Count >= MaxQueues) return null;
            queue = Configured(new() { Name = name, Label = name, Counters = new() { Since = at }, Traffic = new() { Since = at } }, draft.Setup, null);
        }

        return HasFeed(queue, feed) ? queue : queue with { Feeds = queue.Feeds.Add(feed) };
    }

    /// <summary>Makes the queue when it is new.</summary>
    public static void Touch(ref FloorDraft draft, string name, string feed, DateTimeOffset at)
    {
        if (Find(draft, name, feed, at) is { } queue) draft.Put(queue);
    }

    /// <summary>The queue with the settings of the configuration, else of the PBX, else the usual ones.</summary>
    public static Queue Configured(Queue queue, FloorSetup setup, TimeSpan? toldWithin)
    {
        foreach (var configured in setup.Queues)
        {
            if (configured.Name != queue.Name) continue;
            return queue with
            {
                Label = configured.Label.Length > 0 ? configured.Label : queue.Name,
                Formula = configured.Formula,
                ServiceLevelWithin = configured.ServiceLevelWithin ?? toldWithin ?? queue.ServiceLevelWithin,
            };
        }

        // Asterisk says 0 for a queue without servicelevel: that is no threshold.
        var within = toldWithin is { } told && told > TimeSpan.Zero ? told : queue.ServiceLevelWithin;
        return queue with { Label = queue.Name, Formula = ServiceLevelFormula.Offered, ServiceLevelWithin = within > TimeSpan.Zero ? within : UsualWithin };
    }

    public static bool HasFeed(Queue queue, string feed)
    {
        foreach (var known in queue.Feeds)
            if (known == feed) return true;
        return false;
    }

    /// <summary>Follows the PBX's own counter, so that what it grew by during a gap can be told from what was seen.</summary>
    public static Queue CountAtPbx(Queue queue, string feed, int completed, int abandoned)
    {
        var index = queue.AtPbx.FindIndex(feed, static (counters, name) => counters.Feed == name);
        if (index < 0) return queue;
        var known = queue.AtPbx[index];
        var next = known with { Completed = known.Completed + completed, Abandoned = known.Abandoned + abandoned };
        return queue with { AtPbx = queue.AtPbx.SetItem(index, next) };
    }
}
