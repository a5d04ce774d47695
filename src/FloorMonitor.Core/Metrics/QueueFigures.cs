using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Metrics;

/// <summary>A queue's figures: what its members do now and what was counted today.</summary>
/// <param name="Queue">The queue, with its callers and counters.</param>
/// <param name="SignedIn">Its members who are signed in and in sight.</param>
/// <param name="Available">Those free for this queue: available and not paused in it.</param>
/// <param name="OnCall">Those who talk or hold, whichever queue or dialling brought the call: none of them is free for this one.</param>
/// <param name="OnBreak">Those paused in this queue (also where they still take another's calls) and on no call, ring or wrap-up.</param>
public sealed record QueueFigures(Queue Queue, int SignedIn, int Available, int OnCall, int OnBreak)
{
    /// <summary>How many callers wait.</summary>
    public int Waiting => Queue.Waiting.Count;

    /// <summary>Since when the longest waiting caller waits; null when nobody does.</summary>
    public DateTimeOffset? OldestWaitSince => Queue.Waiting.IsEmpty ? null : Queue.Waiting[0].Since;

    /// <summary>The service level by the queue's own formula; null while nothing is decided.</summary>
    public double? ServiceLevel => Formulas.ServiceLevel(Queue.Counters.Counts, Queue.Formula);

    /// <summary>ASA; null while nothing was answered.</summary>
    public TimeSpan? AverageSpeedOfAnswer => Formulas.AverageSpeedOfAnswer(Queue.Counters);

    /// <summary>AHT; null while nothing was handled to the end.</summary>
    public TimeSpan? AverageHandleTime => Formulas.AverageHandleTime(Queue.Counters);

    /// <summary>The abandon rate; null while nothing is decided.</summary>
    public double? AbandonRate => Formulas.AbandonRate(Queue.Counters.Counts);

    /// <summary>接通率; null while nothing is decided.</summary>
    public double? ConnectRate => Formulas.ConnectRate(Queue.Counters.Counts);

    /// <summary>How long the counters did not see, up to an instant: the gaps that are over and the one that runs.</summary>
    public TimeSpan UnseenUntil(FloorState floor, DateTimeOffset now)
    {
        var unseen = Queue.Counters.Unseen;
        foreach (var name in Queue.Feeds)
        {
            if (!floor.Feeds.TryGetValue(name, out var feed) || feed.LostSince is not { } lost) continue;
            var since = lost > Queue.Counters.Since ? lost : Queue.Counters.Since;
            if (now > since) unseen += now - since;
        }

        return unseen;
    }

    /// <summary>The figures of every queue by name, in one pass over the agents.</summary>
    public static IReadOnlyDictionary<string, QueueFigures> Of(FloorState floor)
    {
        var counts = new Dictionary<string, Count>(floor.Queues.Count, StringComparer.Ordinal);
        foreach (var (name, _) in floor.Queues) counts[name] = new();
        foreach (var (_, agent) in floor.Agents)
        {
            if (agent.State is AgentState.SignedOut or AgentState.Unknown) continue;
            var members = agent.Members.AsSpan();
            for (var i = 0; i < members.Length; i++)
            {
                if (!counts.TryGetValue(members[i].Queue, out var count) || IsRepeat(members, i)) continue;
                count.Add(agent.State, members[i].Paused);
            }
        }

        var figures = new Dictionary<string, QueueFigures>(counts.Count, StringComparer.Ordinal);
        foreach (var (name, queue) in floor.Queues)
        {
            var count = counts[name];
            figures[name] = new(queue, count.SignedIn, count.Available, count.OnCall, count.OnBreak);
        }

        return figures;
    }

    // One person who is in the same queue at two PBXs is one member of it.
    private static bool IsRepeat(ReadOnlySpan<QueueMember> members, int index)
    {
        for (var i = 0; i < index; i++)
            if (members[i].Queue == members[index].Queue) return true;
        return false;
    }

    private sealed class Count
    {
        public int SignedIn { get; private set; }

        public int Available { get; private set; }

        public int OnCall { get; private set; }

        public int OnBreak { get; private set; }

        public void Add(AgentState state, bool paused)
        {
            SignedIn++;
            if (state is AgentState.OnCall or AgentState.OnHold) OnCall++;
            else if (paused && state is (AgentState.OnBreak or AgentState.Available or AgentState.Unreachable)) OnBreak++;
            else if (state == AgentState.Available) Available++;
        }
    }
}
