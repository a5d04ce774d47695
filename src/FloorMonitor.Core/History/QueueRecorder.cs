using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.History;

/// <summary>
/// The callers whose fate an event decided. A record is made exactly where a counter grew, so that the list behind a figure and the
/// figure itself cannot disagree.
/// </summary>
internal static class QueueRecorder
{
    public static void Record(FloorState before, FloorState after, FloorEvent cause, List<DayRecord> records)
    {
        switch (cause)
        {
            case CallAnswered answered:
                if (Grown(before, after, answered.Queue, static counters => counters.Answered) is { } taken)
                {
                    records.Add(Fate(taken, before, answered.Call, answered.Party, answered.At, answered.Waited, CallerOutcome.Answered, answered.Agent, answered.Entry));
                }

                break;
            case CallerAbandoned abandoned:
                if (Grown(before, after, abandoned.Queue, static counters => counters.Abandoned) is { } lost)
                    records.Add(Fate(lost, before, abandoned.Call, null, abandoned.At, abandoned.Waited, CallerOutcome.Abandoned, null, abandoned.Entry));
                break;
            case CallCompleted completed:
                if (Grown(before, after, completed.Queue, static counters => counters.Handled) is { } handled)
                {
                    var talked = MemberFold.Span(completed.Talked);
                    records.Add(new CallHandled(DayRecord.OfQueue(handled.Name), completed.Call ?? "", completed.Agent, completed.At, talked, completed.Entry));
                }

                break;
        }

        // Whoever left without a reason is decided by time, whatever event brings it, or by one more caller than there is room for.
        if (cause.At < before.NextDueAt && cause is not (CallerJoined or CallerLeft or FeedSynced or FeedLost or FloorConfigured)) return;
        foreach (var (name, queue) in after.Queues)
        {
            if (!before.Queues.TryGetValue(name, out var was) || ReferenceEquals(was, queue)) continue;
            if (queue.Counters.LeftOtherwise > was.Counters.LeftOtherwise) Left(was, queue, cause, records);
        }
    }

    private static void Left(Queue was, Queue queue, FloorEvent cause, List<DayRecord> records)
    {
        foreach (var leaving in was.Leaving)
        {
            if (leaving.Unseen || queue.Leaving.FindIndex(leaving.Caller.Call, static (still, call) => still.Caller.Call == call) >= 0) continue;
            if (cause is CallAnswered { Call: var answered } && answered == leaving.Caller.Call) continue;
            if (cause is CallerAbandoned { Call: var abandoned } && abandoned == leaving.Caller.Call) continue;
            var waited = leaving.LeftAt - leaving.Caller.Since;
            records.Add(new CallerFate(
                DayRecord.OfQueue(queue.Name), leaving.Caller.Call, leaving.Caller.Party, leaving.Caller.Since, leaving.LeftAt, waited,
                CallerOutcome.Left, waited <= queue.ServiceLevelWithin, null, leaving.Caller.Entry));
        }
    }

    private static CallerFate Fate(
        Queue queue, FloorState before, string call, string? party, DateTimeOffset at, TimeSpan waited, CallerOutcome outcome, string? agent, long entry)
    {
        var span = MemberFold.Span(waited);
        var caller = CallerIn(before, queue.Name, call);
        return new(
            DayRecord.OfQueue(queue.Name), call, party ?? caller?.Party, caller?.Since ?? at - span, at, span, outcome, span <= queue.ServiceLevelWithin, agent, entry);
    }

    private static WaitingCaller? CallerIn(FloorState before, string name, string call)
    {
        if (!before.Queues.TryGetValue(name, out var queue)) return null;
        foreach (var waiting in queue.Waiting)
            if (waiting.Call == call) return waiting;
        foreach (var leaving in queue.Leaving)
            if (leaving.Caller.Call == call) return leaving.Caller;
        return null;
    }

    // The queue after the event, where a counter of it grew. A new business day begins its counters anew.
    private static Queue? Grown(FloorState before, FloorState after, string name, Func<QueueCounters, int> counter)
    {
        if (!after.Queues.TryGetValue(name, out var queue)) return null;
        var was = before.Queues.TryGetValue(name, out var earlier) && earlier.Counters.Since == queue.Counters.Since ? counter(earlier.Counters) : 0;
        return counter(queue.Counters) > was ? queue : null;
    }
}
