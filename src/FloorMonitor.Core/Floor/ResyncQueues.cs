namespace FloorMonitor.Core.Floor;

/// <summary>A resync's queues: who waits now, and what the PBX's own counters say that the gap hid.</summary>
internal static class ResyncQueues
{
    /// <summary>Replaces the feed's callers. Returns the ids of calls that waited before and were answered meanwhile: they are counted here.</summary>
    public static HashSet<string> Callers(ref FloorDraft draft, FeedSnapshot snapshot, in Resync resync)
    {
        var feed = resync.Feed;
        foreach (var seen in snapshot.Queues)
        {
            if (QueueFold.Find(draft, seen.Name, feed, resync.At) is { } queue)
                draft.Put(QueueFold.Configured(queue, draft.Setup, seen.ServiceLevelWithin));
        }

        var talks = new Dictionary<(string Queue, string Call), SeenCall>();
        foreach (var call in snapshot.Calls)
            if (call.Queue is { } brought) talks[(brought, call.Call)] = call;
        var waiting = snapshot.Callers.Select(caller => (caller.Queue, caller.Call)).ToHashSet();
        var answered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, queue) in draft.Queues)
        {
            var next = queue;
            for (var i = queue.Waiting.Count - 1; i >= 0; i--)
            {
                var caller = queue.Waiting[i];
                if (caller.Feed != feed || waiting.Contains((name, caller.Call))) continue;
                if (talks.TryGetValue((name, caller.Call), out var talk))
                {
                    var answeredAt = talk.Since < resync.At ? talk.Since : resync.At;
                    next = CallFold.CountAnswer(CallFold.WithoutCaller(next, caller.Call), talk.Since - caller.Since, answeredAt, resync.At, draft.Entry);
                    answered.Add(caller.Call);
                }
                else
                {
                    // Gone within the gap: a late event may still tell how, else it is among those missed.
                    next = CallerFold.MoveToLeaving(ref draft, next, i, resync.At, unseen: true);
                }
            }

            draft.Put(next);
        }

        foreach (var seen in snapshot.Callers)
        {
            if (QueueFold.Find(draft, seen.Queue, feed, resync.At) is not { } queue || CallerFold.IndexOf(queue.Waiting, seen.Call) >= 0) continue;
            var since = seen.Since < resync.At ? seen.Since : resync.At;
            draft.Put(CallerFold.Offer(queue, new(seen.Call, feed, seen.Party, since, draft.Entry), resync.At));
        }

        return answered;
    }

    /// <summary>Adds the gap to what was not seen, and what the PBX's counters grew by during it to what was missed.</summary>
    public static void Counters(ref FloorDraft draft, FeedSnapshot snapshot, in Resync resync, Dictionary<string, int> endedUnseen)
    {
        var seen = new Dictionary<string, SeenQueue>(StringComparer.Ordinal);
        foreach (var queue in snapshot.Queues) seen[queue.Name] = queue;
        foreach (var (name, queue) in draft.Queues)
        {
            if (!QueueFold.HasFeed(queue, resync.Feed)) continue;
            var next = resync.HadGap ? WithUnseen(queue, resync) : queue;
            next = seen.TryGetValue(name, out var now)
                ? WithMissed(next, now, resync, endedUnseen.GetValueOrDefault(name))
                : WithoutFeed(next, resync.Feed);
            draft.Put(next);
        }
    }

    private static Queue WithUnseen(Queue queue, in Resync resync)
    {
        var since = resync.LostAt > queue.Counters.Since ? resync.LostAt : queue.Counters.Since;
        var traffic = TrafficFold.WithGap(queue.Traffic, resync.LostAt, resync.At);
        return resync.At <= since
            ? queue with { Traffic = traffic }
            : queue with { Counters = queue.Counters with { Unseen = queue.Counters.Unseen + (resync.At - since) }, Traffic = traffic };
    }

    private static Queue WithMissed(Queue queue, SeenQueue now, in Resync resync, int endedUnseen)
    {
        if (now is not { Completed: { } completed, Abandoned: { } abandoned }) return queue;
        var next = new PbxCounters(resync.Feed, completed, abandoned);
        var feed = resync.Feed;
        var index = queue.AtPbx.FindIndex(feed, static (counters, name) => counters.Feed == name);
        if (index < 0) return queue with { AtPbx = queue.AtPbx.Add(next) };
        var known = queue.AtPbx[index];
        queue = queue with { AtPbx = queue.AtPbx.SetItem(index, next) };
        if (!resync.HadGap) return queue;
        // A restart (or `queue reset stats`) begins its counters at 0: all that they hold then came after it.
        var isReset = resync.RestartedAt is not null || completed < known.Completed || abandoned < known.Abandoned;
        var grown = isReset ? (long)completed + abandoned : (long)completed - known.Completed + abandoned - known.Abandoned;
        // A talk that was on when sight was lost was offered and answered in sight: only its end was not seen.
        var missed = Math.Clamp(grown - endedUnseen, 0, int.MaxValue - queue.Counters.Missed);
        return missed == 0 ? queue : queue with { Counters = queue.Counters with { Missed = queue.Counters.Missed + (int)missed } };
    }

    private static Queue WithoutFeed(Queue queue, string feed)
    {
        foreach (var caller in queue.Waiting)
            if (caller.Feed == feed) return queue;
        return queue with
        {
            Feeds = ValueArray.From(queue.Feeds.Where(known => known != feed)),
            AtPbx = ValueArray.From(queue.AtPbx.Where(counters => counters.Feed != feed)),
        };
    }
}
