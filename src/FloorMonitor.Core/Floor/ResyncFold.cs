namespace FloorMonitor.Core.Floor;

/// <summary>What a resync knows of the gap that it ends.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="At">When it came into sight again.</param>
/// <param name="LostAt">When sight was lost; <paramref name="At"/> where it was not.</param>
/// <param name="HadGap">Whether it was lost at all (false at the first sight and when a link in sight reads everything anew).</param>
/// <param name="RestartedAt">When the switch restarted since the last sight; null when it did not.</param>
internal readonly record struct Resync(string Feed, DateTimeOffset At, DateTimeOffset LostAt, bool HadGap, DateTimeOffset? RestartedAt)
{
    // A switch that restarts brings members and pauses back one after the other within its first minute (persistentmembers).
    private static readonly TimeSpan RestoredWithin = TimeSpan.FromSeconds(60);

    /// <summary>The instant is the switch's own restart, not the person's doing.</summary>
    public bool IsRestart(DateTimeOffset told) => RestartedAt is { } started && (told - started).Duration() <= RestoredWithin;

    /// <summary>When the switch started, by its own word; null where it does not say.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    // At first sight nothing but this tells a member who was brought back from one who signed in: people take longer than modules load.
    private static readonly TimeSpan LoadedWithin = TimeSpan.FromSeconds(3);

    /// <summary>The instant is the switch's start, seen or not: who was signed in then had signed in before.</summary>
    public bool IsSwitchStart(DateTimeOffset told) => StartedAt is { } started && (told - started).Duration() <= LoadedWithin;
}

/// <summary>A feed has seen everything that its PBX holds: that feed's part of the floor is replaced in one step.</summary>
internal static class ResyncFold
{
    public static void Synced(ref FloorDraft draft, FeedSynced e)
    {
        var known = draft.Feeds.GetValueOrDefault(e.Source) ?? new(e.Source, FeedFold.KindOf(draft.Setup, e.Source), FeedState.Connecting, e.At, null, "");
        var started = e.Snapshot.SwitchStartedAt;
        var restartedAt = known.SwitchStartedAt is { } before && started > before ? started : null;
        var lostAt = known.LostSince is { } lost && lost < e.At ? lost : e.At;
        var resync = new Resync(e.Source, e.At, lostAt, known.LostSince is not null, restartedAt) { StartedAt = started };
        FeedFold.Put(ref draft, known with
        {
            State = FeedState.Synced,
            Since = known.State == FeedState.Synced ? known.Since : e.At,
            SwitchStartedAt = started ?? known.SwitchStartedAt,
            Reason = "",
            LostSince = null,
            Gaps = known.State == FeedState.Synced ? known.Gaps : WithGap(known.Gaps, new(known.LostSince ?? DateTimeOffset.MinValue, e.At)),
            DownSince = null,
            LostEntry = 0,
        });
        Replace(ref draft, e.Snapshot, resync);
    }

    /// <summary>A feed is configured no more: its part of the floor goes, and nobody is blamed for it.</summary>
    public static void Forget(ref FloorDraft draft, string feed, DateTimeOffset at)
    {
        draft.Feeds = draft.Feeds.Remove(feed);
        Replace(ref draft, new(null, [], [], [], []), new(feed, at, at, HadGap: true, null));
    }

    private static ValueArray<Gap> WithGap(ValueArray<Gap> gaps, Gap gap)
    {
        if (gap.Until <= gap.Since) return gaps;
        if (gaps.Count >= Feed.MaxGaps) gaps = gaps.RemoveAt(0).SetItem(0, new(gaps[0].Since, gaps[1].Until));
        return gaps.Add(gap);
    }

    private static void Replace(ref FloorDraft draft, FeedSnapshot snapshot, in Resync resync)
    {
        var answered = ResyncQueues.Callers(ref draft, snapshot, resync);
        DialedCalls(ref draft, snapshot, resync);
        var members = snapshot.Members.ToLookup(seen => seen.Agent, StringComparer.Ordinal);
        var calls = snapshot.Calls.ToLookup(call => call.Agent, StringComparer.Ordinal);
        var phones = new Dictionary<string, SeenPhone>(StringComparer.Ordinal);
        foreach (var phone in snapshot.Phones) phones[phone.Agent] = phone;
        var endedUnseen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (id, agent) in draft.Agents)
        {
            var seen = SightFold.Resynced(draft, agent, resync.Feed, phones.GetValueOrDefault(id), resync.At);
            if (!ReferenceEquals(seen, agent) || FeedFold.Tells(agent, resync.Feed) || agent.Call?.Feed == resync.Feed || members.Contains(id) || calls.Contains(id))
                ResyncAgent.Replace(ref draft, agent, seen, [.. members[id]], [.. calls[id]], resync, answered, endedUnseen);
        }

        foreach (var seen in members)
        {
            if (draft.Agents.ContainsKey(seen.Key) || draft.Agents.Count >= MemberFold.MaxAgents) continue;
            var agent = MemberFold.NewAgent(seen.First(), resync.At);
            ResyncAgent.Replace(ref draft, agent, agent, [.. seen], [.. calls[seen.Key]], resync, answered, endedUnseen);
        }

        ResyncQueues.Counters(ref draft, snapshot, resync, endedUnseen);
    }

    private static void DialedCalls(ref FloorDraft draft, FeedSnapshot snapshot, in Resync resync)
    {
        var listed = snapshot.Calls.Select(call => call.Call).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, call) in draft.DialedCalls)
            if (call.Feed == resync.Feed && !listed.Contains(id)) draft.DialedCalls = draft.DialedCalls.Remove(id);
        foreach (var seen in snapshot.Calls)
        {
            if (seen.Queue is not null) continue;
            var call = draft.DialedCalls.GetValueOrDefault(seen.Call);
            if (call is null)
            {
                var dials = seen.Direction == CallDirection.Outbound;
                call = new(resync.Feed, seen.Call, dials ? seen.Agent : null, dials ? null : seen.Agent, seen.Direction, seen.Party, seen.Since, true, draft.Entry);
            }
            else if (call.FromAgent != seen.Agent && call.ToAgent != seen.Agent)
            {
                // The other end of the same call.
                call = call.ToAgent is null ? call with { ToAgent = seen.Agent } : call with { FromAgent = call.FromAgent ?? seen.Agent };
            }

            DialFold.Add(ref draft, call.Answered ? call : call with { Answered = true, Since = seen.Since });
        }
    }
}
