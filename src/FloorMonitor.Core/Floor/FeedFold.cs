namespace FloorMonitor.Core.Floor;

/// <summary>The links to the PBXs: what can be seen and what cannot.</summary>
internal static class FeedFold
{
    public static void Connecting(ref FloorDraft draft, FeedConnecting e)
    {
        var feed = draft.Feeds.GetValueOrDefault(e.Source) ?? new(e.Source, KindOf(draft.Setup, e.Source), FeedState.Connecting, e.At, null, "");
        if (feed.State == FeedState.Synced)
        {
            // Nobody said that the link went (the monitor itself was away): sight ended with the last news.
            var lostAt = draft.LastNewsAt < e.At ? draft.LastNewsAt : e.At;
            Lose(ref draft, feed with { State = FeedState.Connecting, Since = e.At, LostSince = lostAt, DownSince = e.At, LostEntry = e.Entry }, lostAt);
            return;
        }

        if (feed.State != FeedState.Connecting) feed = feed with { State = FeedState.Connecting, Since = e.At };
        Put(ref draft, WithDown(feed, e));
    }

    public static void Lost(ref FloorDraft draft, FeedLost e)
    {
        var feed = draft.Feeds.GetValueOrDefault(e.Source) ?? new(e.Source, KindOf(draft.Setup, e.Source), FeedState.Connecting, e.At, null, "");
        if (feed.State == FeedState.Lost)
        {
            Put(ref draft, e.MonitorAway ? feed with { Reason = e.Reason } : WithDown(feed with { Reason = e.Reason }, e));
            return;
        }

        // A failed attempt to come back does not move the instant from which on nothing was seen; before the first sight there is none.
        var lostSince = feed.State == FeedState.Synced ? e.At : feed.LostSince;
        feed = feed with { State = FeedState.Lost, Since = e.At, Reason = e.Reason, LostSince = lostSince };
        Lose(ref draft, e.MonitorAway ? feed : WithDown(feed, e), e.At);
    }

    // The monitor's own absence is no fault of the link: that one begins when the monitor is there and the link is not.
    private static Feed WithDown(Feed feed, FloorEvent e) =>
        feed.LostSince is null || feed.DownSince is not null ? feed : feed with { DownSince = e.At, LostEntry = e.Entry };

    /// <summary>The feed's kind by the configuration.</summary>
    public static string KindOf(FloorSetup setup, string feed)
    {
        foreach (var configured in setup.Feeds)
            if (configured.Name == feed) return configured.Kind;
        return "";
    }

    public static void Put(ref FloorDraft draft, Feed feed)
    {
        if (draft.Feeds.TryGetValue(feed.Name, out var known) && known == feed) return;
        draft.Feeds = draft.Feeds.SetItem(feed.Name, feed);
    }

    /// <summary>The agent has a membership that this feed tells of.</summary>
    public static bool Tells(Agent agent, string feed)
    {
        foreach (var member in agent.Members)
            if (member.Feed == feed) return true;
        return false;
    }

    private static void Lose(ref FloorDraft draft, Feed feed, DateTimeOffset at)
    {
        Put(ref draft, feed);
        foreach (var (_, agent) in draft.Agents)
        {
            var lost = SightFold.Lost(draft, agent, feed.Name, at);
            if (!ReferenceEquals(lost, agent)) AgentFold.Settle(ref draft, agent, lost, new(at));
            else if (Tells(agent, feed.Name)) draft.Put(AgentFold.WithState(draft, agent, agent, new(at)));
        }

        // The reasons of these leaves may be lost with the link: without one nothing is counted.
        foreach (var (_, queue) in draft.Queues)
        {
            if (queue.Leaving.IsEmpty) continue;
            var leaving = ValueArray.From(queue.Leaving.Select(left => left.Caller.Feed == feed.Name ? left with { Unseen = true } : left));
            draft.Put(queue with { Leaving = leaving });
        }
    }
}
