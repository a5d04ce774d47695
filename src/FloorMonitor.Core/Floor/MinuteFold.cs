using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Floor;

/// <summary>
/// What is noted when a minute begins, at its exact instant: how many agents each queue has, and every five minutes what came to it.
/// Time alone does it, so it falls out the same whether a tick came then or not.
/// </summary>
internal static class MinuteFold
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>After a longer silence there is nothing left to note of its beginning: no queue keeps older minutes.</summary>
    private static readonly TimeSpan MostLate = TimeSpan.FromMinutes(Traffic.MinutesKept);

    /// <summary>The first minute that was not noted yet and has begun by an instant; null where none has.</summary>
    public static DateTimeOffset? NextBy(in FloorDraft draft, DateTimeOffset at)
    {
        // A state that was read back knows no more than its last news: what was noted since then falls out the same again.
        var last = draft.NotedAt == default ? draft.LastNewsAt : draft.NotedAt;
        if (at - last > MostLate) last = at - MostLate;
        var next = After(last);
        return next <= at ? next : null;
    }

    /// <summary>The beginning of the minute after an instant.</summary>
    public static DateTimeOffset After(DateTimeOffset at) => Traffic.StartOf(Traffic.MinuteOf(at) + 1);

    /// <summary>Notes a minute that begins now.</summary>
    public static void Note(ref FloorDraft draft, DateTimeOffset minute)
    {
        draft.NotedAt = minute;
        draft.Due(minute + Minute);
        if (draft.Queues.IsEmpty) return;
        Staff(ref draft, minute);
        if (Traffic.MinuteOf(minute) % ArrivalBaseline.StepMinutes != 0) return;
        var hour = ArrivalBaseline.HourOf(minute - ArrivalBaseline.Step, SiteZone.Of(draft.Setup));
        foreach (var (_, queue) in draft.Queues) Learn(ref draft, queue, minute, hour);
    }

    /// <summary>Drops what was learnt of queues that are not coming back.</summary>
    public static void Forget(ref FloorDraft draft, DateTimeOffset at)
    {
        foreach (var (name, baseline) in draft.Baselines)
            if (at - baseline.LearntUntil > ArrivalBaseline.ForgottenAfter) draft.Baselines = draft.Baselines.Remove(name);
    }

    /// <summary>Whether every switch that has the queue is in sight.</summary>
    private static bool IsInSight(in FloorDraft draft, Queue queue)
    {
        foreach (var feed in queue.Feeds)
            if (!draft.InSight(feed)) return false;
        return !queue.Feeds.IsEmpty;
    }

    private static void Staff(ref FloorDraft draft, DateTimeOffset minute)
    {
        var counts = new Dictionary<string, int>(draft.Queues.Count, StringComparer.Ordinal);
        foreach (var (_, agent) in draft.Agents)
        {
            if (agent.State is not (AgentState.Available or AgentState.Ringing or AgentState.OnCall or AgentState.OnHold or AgentState.WrapUp)) continue;
            var members = agent.Members.AsSpan();
            for (var i = 0; i < members.Length; i++)
                if (!members[i].Paused && !IsRepeat(members, i)) counts[members[i].Queue] = counts.GetValueOrDefault(members[i].Queue) + 1;
        }

        foreach (var (name, queue) in draft.Queues)
        {
            var staffed = IsInSight(draft, queue) ? counts.GetValueOrDefault(name) : Staffing.Unseen;
            var known = queue.Traffic.Staffed.AsSpan();
            if (!known.IsEmpty && known[^1].Agents == staffed) continue;
            // The one that held when the window began is still needed.
            while (known.Length > 1 && known[1].At <= minute - MostLate) known = known[1..];
            draft.Put(queue with { Traffic = queue.Traffic with { Staffed = ValueArray.Create<Staffing>([.. known, new(minute, staffed)]) } });
        }
    }

    // One person who is in the same queue at two PBXs is one member of it.
    private static bool IsRepeat(ReadOnlySpan<QueueMember> members, int index)
    {
        for (var i = 0; i < index; i++)
            if (members[i].Queue == members[index].Queue && !members[i].Paused) return true;
        return false;
    }

    private static void Learn(ref FloorDraft draft, Queue queue, DateTimeOffset until, int hour)
    {
        if (!IsInSight(draft, queue)) return;
        var baseline = draft.Baselines.GetValueOrDefault(queue.Name) ?? new() { Queue = queue.Name };
        if (baseline.LearntUntil >= until) return;
        // Half-seen minutes would teach that little comes.
        var isWhole = queue.Traffic.UnseenWithin(until - ArrivalBaseline.Step, until) == TimeSpan.Zero;
        if (isWhole)
        {
            var arrivals = queue.Traffic.Sum(Traffic.MinuteOf(until) - 1, ArrivalBaseline.StepMinutes).Offered;
            baseline = baseline.Learn(hour, arrivals);
        }

        draft.Baselines = draft.Baselines.SetItem(queue.Name, baseline with { LearntUntil = until });
    }
}
