using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Floor;

/// <summary>Phones that a feed watches for itself: alone on a floor without queues, or beside the switch that has them.</summary>
internal static class SightFold
{
    private static readonly Text LinkLost = new("与交换机的连接中断", "The link to the PBX is down");

    public static void Seen(ref FloorDraft draft, PhoneSeen e)
    {
        if (!draft.Agents.TryGetValue(e.Phone.Agent, out var agent)) return;
        var next = With(draft, agent, e.Source, e.Phone, e.At);
        if (!ReferenceEquals(next, agent)) AgentFold.Settle(ref draft, agent, next, new(e.At));
    }

    /// <summary>The agent with what a feed sees now; the very same where it is no news.</summary>
    public static Agent With(in FloorDraft draft, Agent agent, string feed, SeenPhone phone, DateTimeOffset at)
    {
        var index = IndexOf(agent, feed);
        if (index < 0) return agent with { Sights = agent.Sights.Add(new(NameOf(draft, feed), phone, at, draft.Entry)) };
        var known = agent.Sights[index];
        if (known.Phone == phone) return agent;
        var goesOn = known.Phone.Phone == phone.Phone && known.Phone.Lost is null == phone.Lost is null;
        var sight = goesOn ? known with { Phone = phone } : new PhoneSight(known.Feed, phone, at, draft.Entry) { DisagreesSince = known.DisagreesSince };
        var next = agent with { Sights = agent.Sights.SetItem(index, sight) };
        if (known.Phone.Lost is not null && phone.Lost is null && FeedFold.Tells(agent, feed))
        {
            // Nobody saw the break while nobody saw the phone, and nobody vouches for it (RULEBOOK example 5).
            next = BreakFold.WithGap(next, known.Since, at);
        }

        // A call that begins now is no echo of the one that just ended.
        var begins = PhoneWords.IsBusy(phone.Phone) && !PhoneWords.IsBusy(known.Phone.Phone);
        return begins && next.PhoneSettlesAt is not null ? next with { PhoneSettlesAt = null } : next;
    }

    /// <summary>The agent as a snapshot of a feed has the phone; none: the feed watches it no longer.</summary>
    public static Agent Resynced(in FloorDraft draft, Agent agent, string feed, SeenPhone? phone, DateTimeOffset at)
    {
        if (phone is not null) return With(draft, agent, feed, phone, at);
        var index = IndexOf(agent, feed);
        return index < 0 ? agent : agent with { Sights = agent.Sights.RemoveAt(index) };
    }

    /// <summary>The agent when a feed goes out of sight: what it saw of the phone is the past.</summary>
    public static Agent Lost(in FloorDraft draft, Agent agent, string feed, DateTimeOffset at)
    {
        var index = IndexOf(agent, feed);
        if (index < 0 || agent.Sights[index].Phone.Lost is not null) return agent;
        return With(draft, agent, feed, new(agent.Id, PhoneState.Unknown, "") { Lost = LinkLost }, at);
    }

    /// <summary>Notes since when the sources differ, or that they agree again.</summary>
    public static Agent Compared(Agent agent, DateTimeOffset at)
    {
        for (var i = 0; i < agent.Sights.Count; i++)
        {
            var sight = agent.Sights[i];
            var disagrees = !agent.Members.IsEmpty && !FeedFold.Tells(agent, sight.Feed) && PhoneWords.Disagree(agent.Phone, sight.Phone.Phone);
            if (disagrees == sight.DisagreesSince is not null) continue;
            agent = agent with { Sights = agent.Sights.SetItem(i, sight with { DisagreesSince = disagrees ? at : null }) };
        }

        return agent;
    }

    public static bool Watches(Agent agent, string feed) => IndexOf(agent, feed) >= 0;

    private static int IndexOf(Agent agent, string feed)
    {
        var sights = agent.Sights.AsSpan();
        for (var i = 0; i < sights.Length; i++)
            if (sights[i].Feed == feed) return i;
        return -1;
    }

    private static string NameOf(in FloorDraft draft, string feed) => draft.Feeds.TryGetValue(feed, out var known) ? known.Name : feed;
}
