using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// Time in which somebody who is not there could have been seen (principle 1): what a lost link hides runs against nobody. Asked only
/// about those who were missed, so it may allocate.
/// </summary>
internal static class SeenTime
{
    /// <summary>
    /// What nobody saw since an instant, in order and joined: of the PBXs that knew the agent, or of every PBX where none did. A stretch that
    /// goes on ends at the end of time.
    /// </summary>
    public static List<Gap> GapsOf(Agent agent, FloorState floor, DateTimeOffset since)
    {
        var gaps = new List<Gap>();
        var asked = 0;
        foreach (var member in agent.Members.IsEmpty ? agent.Session?.LeftMembers ?? [] : agent.Members)
        {
            if (!floor.Feeds.TryGetValue(member.Feed, out var feed)) continue;
            asked++;
            Add(gaps, feed, since);
        }

        return asked > 0 ? Joined(gaps) : GapsOf(floor, since);
    }

    /// <summary>What nobody saw of the whole floor since an instant.</summary>
    public static List<Gap> GapsOf(FloorState floor, DateTimeOffset since)
    {
        var gaps = new List<Gap>();
        foreach (var (_, feed) in floor.Feeds) Add(gaps, feed, since);
        return Joined(gaps);
    }

    /// <summary>The instant at which so much has been seen since another; null where that is hidden by what goes on now.</summary>
    public static DateTimeOffset? Reached(DateTimeOffset since, TimeSpan length, List<Gap> gaps)
    {
        var at = since;
        foreach (var gap in gaps)
        {
            if (gap.Until <= at) continue;
            var seen = gap.Since > at ? gap.Since - at : TimeSpan.Zero;
            if (seen >= length) break;
            if (gap.Until == DateTimeOffset.MaxValue) return null;
            (length, at) = (length - seen, gap.Until);
        }

        return at + length;
    }

    /// <summary>How much was seen between two instants.</summary>
    public static TimeSpan Between(DateTimeOffset since, DateTimeOffset until, List<Gap> gaps)
    {
        var seen = until - since;
        foreach (var gap in gaps)
        {
            var from = gap.Since > since ? gap.Since : since;
            var to = gap.Until < until ? gap.Until : until;
            if (to > from) seen -= to - from;
        }

        return seen;
    }

    /// <summary>A deadline that passed out of sight is found when the link is back (principle 1); any other stays. Allocates nothing.</summary>
    public static DateTimeOffset InSight(Agent agent, DateTimeOffset deadline)
    {
        foreach (var gap in agent.Unseen)
            if (gap.Since <= deadline && deadline < gap.Until) return gap.Until;
        return deadline;
    }

    /// <summary>What of an agent's session nobody saw between two instants. Allocates nothing.</summary>
    public static TimeSpan Hidden(Agent agent, DateTimeOffset since, DateTimeOffset until)
    {
        var hidden = TimeSpan.Zero;
        foreach (var gap in agent.Unseen)
        {
            var from = gap.Since > since ? gap.Since : since;
            var to = gap.Until < until ? gap.Until : until;
            if (to > from) hidden += to - from;
        }

        return hidden;
    }

    /// <summary>What of the gaps lies between two instants, for a verdict.</summary>
    public static ValueArray<Gap> Within(DateTimeOffset since, DateTimeOffset until, List<Gap> gaps) => ValueArray.From(
        gaps.Where(gap => gap.Since < until && gap.Until > since)
            .Select(gap => new Gap(gap.Since > since ? gap.Since : since, gap.Until < until ? gap.Until : until)));

    private static void Add(List<Gap> gaps, Feed feed, DateTimeOffset since)
    {
        foreach (var gap in feed.Gaps)
            if (gap.Until > since) gaps.Add(gap);
        if (feed.State == FeedState.Synced) return;
        // Before its first sight nothing of it was ever seen.
        gaps.Add(new(feed.LostSince ?? DateTimeOffset.MinValue, DateTimeOffset.MaxValue));
    }

    private static List<Gap> Joined(List<Gap> gaps)
    {
        gaps.Sort(static (left, right) => left.Since.CompareTo(right.Since));
        var joined = new List<Gap>(gaps.Count);
        foreach (var gap in gaps)
        {
            if (joined.Count == 0 || gap.Since > joined[^1].Until) joined.Add(gap);
            else if (gap.Until > joined[^1].Until) joined[^1] = joined[^1] with { Until = gap.Until };
        }

        return joined;
    }
}
