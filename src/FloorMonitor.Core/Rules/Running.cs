using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>The commonest finding: something has been so for longer than it may.</summary>
public static class Running
{
    /// <summary>A finding about what has been so since an instant and may be so for a time.</summary>
    public static Finding Since(Subject subject, DateTimeOffset since, TimeSpan limit, DateTimeOffset now, Text text, params ReadOnlySpan<long> evidence) =>
        new(subject, since + limit, since, text, limit, Sentences.Running(limit, now - since - limit), Evidence.Of(evidence), []);

    /// <summary>The same, with a sentence that is made when it is read: for what is found of many at every tick and comes true for few.</summary>
    public static Finding Since(Subject subject, DateTimeOffset since, TimeSpan limit, DateTimeOffset now, Func<Text> say, params ReadOnlySpan<long> evidence) =>
        Finding.Saying(subject, since + limit, since, say, limit, Sentences.Running(limit, now - since - limit), Evidence.Of(evidence), []);

    /// <summary>
    /// When it has been so for the limit in sight: what a gap hid of it does not run against the agent where no PBX vouches for it (principle
    /// 1). A deadline that passed before the gap stays. Allocates nothing.
    /// </summary>
    internal static DateTimeOffset SeenFor(Agent agent, DateTimeOffset since, TimeSpan limit)
    {
        var at = since + limit;
        foreach (var gap in agent.Unseen)
            if (gap.Until > since && gap.Since < at) at += gap.Until - (gap.Since > since ? gap.Since : since);
        return at;
    }

    /// <summary>A finding about what has been so, in sight, for longer than it may; its gaps stand on it.</summary>
    internal static Finding InSight(Agent agent, DateTimeOffset since, DateTimeOffset opensAt, TimeSpan limit, DateTimeOffset now, Text text, params ReadOnlySpan<long> evidence) =>
        new(new("agent", agent.Id), opensAt, since, text, limit, Sentences.Running(limit, now - opensAt - SeenTime.Hidden(agent, opensAt, now)), Evidence.Of(evidence), GapsOf(agent, since));

    /// <summary>How it ends: what ran beyond the limit is what was seen.</summary>
    internal static Closing Ended(Verdict open, FloorState floor, DateTimeOffset now)
    {
        var hidden = floor.Agents.TryGetValue(open.Subject.Id, out var agent) ? SeenTime.Hidden(agent, open.OpenedAt, now) : TimeSpan.Zero;
        return new(now, open.ThresholdTime is { } allowed ? allowed + (now - open.OpenedAt - hidden) : null, open.Measured, open.Text);
    }

    private static ValueArray<Gap> GapsOf(Agent agent, DateTimeOffset since)
    {
        ValueArray<Gap> gaps = [];
        foreach (var gap in agent.Unseen)
            if (gap.Until > since) gaps = gaps.Add(gap.Since >= since ? gap : gap with { Since = since });
        return gaps;
    }
}
