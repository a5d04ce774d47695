namespace FloorMonitor.Core.Floor;

/// <summary>
/// Callers who wait. Every caller is offered once and decided once: answered, abandoned or left otherwise. The PBX promises no
/// order between a leave and its reason (QueueCallerLeave, QueueCallerAbandon, AgentConnect), so a caller who left stays undecided
/// for a short while.
/// </summary>
internal static class CallerFold
{
    /// <summary>Bounds against a PBX that never says that callers left.</summary>
    public const int MaxWaiting = 2_000, MaxLeaving = 256;

    public static void Joined(ref FloorDraft draft, CallerJoined e)
    {
        if (QueueFold.Find(draft, e.Queue, e.Source, e.At) is not { } queue) return;
        if (IndexOf(queue.Waiting, e.Call) < 0)
        {
            // Somebody who joins again had left without an answer before (a menu that leads back).
            var left = IndexOf(queue.Leaving, e.Call);
            if (left >= 0) queue = LeftOtherwise(ref draft, queue, left, e.At);
            queue = Offer(queue, new(e.Call, e.Source, e.Party, e.At, e.Entry), e.At);
        }

        draft.Put(queue);
    }

    public static void CalledBack(ref FloorDraft draft, CallerCalledBack e)
    {
        if (!draft.Queues.TryGetValue(e.Queue, out var queue) || queue.Counters.CalledBackAt >= e.At) return;
        draft.Put(queue with { Counters = queue.Counters with { CalledBackAt = e.At } });
    }

    public static void Left(ref FloorDraft draft, CallerLeft e)
    {
        if (!draft.Queues.TryGetValue(e.Queue, out var queue)) return;
        var index = IndexOf(queue.Waiting, e.Call);
        if (index < 0) return;
        draft.Put(MoveToLeaving(ref draft, queue, index, e.At, unseen: false));
    }

    public static void Abandoned(ref FloorDraft draft, CallerAbandoned e)
    {
        if (!draft.Queues.TryGetValue(e.Queue, out var queue) || Take(ref queue, e.Call) is not { } caller) return;
        var waited = MemberFold.Span(e.Waited);
        var counters = queue.Counters;
        var isEarly = waited <= queue.ServiceLevelWithin;
        queue = queue with
        {
            Counters = counters with
            {
                Abandoned = counters.Abandoned + 1,
                AbandonedWithin = counters.AbandonedWithin + (isEarly ? 1 : 0),
            },
            Traffic = TrafficFold.Decided(queue, isEarly ? CallOutcome.AbandonedEarly : CallOutcome.Abandoned, e.At, e.At, e.Entry),
        };
        draft.Put(QueueFold.CountAtPbx(queue, e.Source, completed: 0, abandoned: 1));
        CallFold.StopRinging(ref draft, caller, except: null, e.At);
    }

    /// <summary>A caller more, counted as offered; the longest waiting first.</summary>
    public static Queue Offer(Queue queue, WaitingCaller caller, DateTimeOffset countedAt)
    {
        var waiting = queue.Waiting;
        var counters = queue.Counters with { Offered = queue.Counters.Offered + 1 };
        if (waiting.Count >= MaxWaiting)
        {
            // The oldest is the likeliest to be long gone; nobody saw how.
            waiting = waiting.RemoveAt(0);
            counters = counters with { Missed = counters.Missed + 1 };
        }

        var traffic = TrafficFold.Offered(queue, caller.Since, countedAt, caller.Entry);
        return queue with { Waiting = Insert(waiting, caller), Counters = counters, Traffic = traffic };
    }

    /// <summary>Takes a caller out of those who wait or are leaving; null when it is neither.</summary>
    public static WaitingCaller? Take(ref Queue queue, string call)
    {
        var index = IndexOf(queue.Waiting, call);
        if (index >= 0)
        {
            var caller = queue.Waiting[index];
            queue = queue with { Waiting = queue.Waiting.RemoveAt(index) };
            return caller;
        }

        index = IndexOf(queue.Leaving, call);
        if (index < 0) return null;
        var leaving = queue.Leaving[index].Caller;
        queue = queue with { Leaving = queue.Leaving.RemoveAt(index) };
        return leaving;
    }

    /// <summary>The caller waits no more, and why is still to come.</summary>
    public static Queue MoveToLeaving(ref FloorDraft draft, Queue queue, int index, DateTimeOffset at, bool unseen)
    {
        var caller = queue.Waiting[index];
        if (queue.Leaving.Count >= MaxLeaving) queue = LeftOtherwise(ref draft, queue, 0, at);
        return queue with { Waiting = queue.Waiting.RemoveAt(index), Leaving = queue.Leaving.Add(new(caller, at, unseen)) };
    }

    /// <summary>No reason came: the caller left by a time-out or a key. What a gap hid is not guessed.</summary>
    public static Queue LeftOtherwise(ref FloorDraft draft, Queue queue, int index, DateTimeOffset at)
    {
        var leaving = queue.Leaving[index];
        queue = queue with { Leaving = queue.Leaving.RemoveAt(index) };
        if (!leaving.Unseen)
        {
            queue = queue with
            {
                Counters = queue.Counters with { LeftOtherwise = queue.Counters.LeftOtherwise + 1 },
                Traffic = TrafficFold.Decided(queue, CallOutcome.LeftOtherwise, at, at, leaving.Caller.Entry),
            };
        }

        CallFold.StopRinging(ref draft, leaving.Caller, except: null, at);
        return queue;
    }

    /// <summary>Whether a call waits in any queue or left one a moment ago.</summary>
    public static bool WaitsAnywhere(in FloorDraft draft, string call)
    {
        foreach (var (_, queue) in draft.Queues)
            if (IndexOf(queue.Waiting, call) >= 0 || IndexOf(queue.Leaving, call) >= 0) return true;
        return false;
    }

    public static int IndexOf(ValueArray<WaitingCaller> waiting, string call)
    {
        var span = waiting.AsSpan();
        for (var i = 0; i < span.Length; i++)
            if (span[i].Call == call) return i;
        return -1;
    }

    private static int IndexOf(ValueArray<LeavingCaller> leaving, string call)
    {
        var span = leaving.AsSpan();
        for (var i = 0; i < span.Length; i++)
            if (span[i].Caller.Call == call) return i;
        return -1;
    }

    private static ValueArray<WaitingCaller> Insert(ValueArray<WaitingCaller> waiting, WaitingCaller caller)
    {
        var at = waiting.Count;
        while (at > 0 && waiting[at - 1].Since > caller.Since) at--;
        if (at == waiting.Count) return waiting.Add(caller);
        var span = waiting.AsSpan();
        return ValueArray.Create<WaitingCaller>([.. span[..at], caller, .. span[at..]]);
    }
}
