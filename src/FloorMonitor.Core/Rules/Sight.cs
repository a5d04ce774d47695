using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>Whether what the floor shows of somebody is what is (principle 1).</summary>
public static class Sight
{
    /// <summary>
    /// Whether every PBX that knows the agent's queues, or knew them when they were left, is in sight; of one who was never seen, whether
    /// every PBX is, since any may be where they are.
    /// </summary>
    public static bool IsClear(Agent agent, FloorState floor)
    {
        // The fold has looked at the feeds of every membership; of one who left it no longer asks.
        if (agent.State == AgentState.Unknown) return false;
        if (agent.Session is not { } session)
        {
            if (!agent.Members.IsEmpty) return true;
            foreach (var (_, feed) in floor.Feeds)
                if (feed.State != FeedState.Synced) return false;
            return true;
        }

        if (session.LeftAt is null) return true;
        foreach (var member in session.LeftMembers)
            if (!IsSynced(member.Feed, floor)) return false;
        return true;
    }

    /// <summary>Whether every PBX that has a queue is in sight.</summary>
    public static bool IsClear(Queue queue, FloorState floor)
    {
        foreach (var feed in queue.Feeds)
            if (!IsSynced(feed, floor)) return false;
        return true;
    }

    /// <summary>Whether a feed is live. One that nobody configured is taken at its word, as the fold does.</summary>
    public static bool IsSynced(string feed, FloorState floor) =>
        !floor.Feeds.TryGetValue(feed, out var found) || found.State == FeedState.Synced;
}
