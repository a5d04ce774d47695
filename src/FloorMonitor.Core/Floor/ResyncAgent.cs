namespace FloorMonitor.Core.Floor;

/// <summary>
/// A resync's agents: what each is now, and whether session and break of before go on. What the PBX itself vouches for counts as
/// seen; what nobody saw is a gap and held against nobody.
/// </summary>
internal static class ResyncAgent
{
    public static void Replace(
        ref FloorDraft draft, Agent agent, Agent seen, List<SeenMember> members, List<SeenCall> calls, in Resync resync,
        HashSet<string> answered, Dictionary<string, int> endedUnseen)
    {
        var next = WithMembers(ref draft, seen, members, resync);
        next = ResyncCall.Replace(draft, agent, next, members, calls, resync, answered, endedUnseen);
        next = PhoneFold.HoldAsPhone(next, resync.At);
        var signedInAt = SignedInAt(members, isFirstSight: agent.Session is null);
        next = WithSession(draft, agent, next, signedInAt, resync);
        var pausedAt = PausedAt(members);
        next = WithBreak(draft, next, pausedAt, resync);
        next = WithWrapUp(next, members, resync);
        // What rang in a gap, and who took it, nobody saw.
        if (resync.HadGap && !next.MissedRings.IsEmpty) next = next with { MissedRings = [] };
        var unseen = signedInAt is not { } told || resync.IsSwitchStart(told);
        AgentFold.Settle(ref draft, agent, next, new(resync.At, signedInAt, pausedAt, Unseen: true) { SignInUnseen = unseen });
    }

    private static Agent WithMembers(ref FloorDraft draft, Agent agent, List<SeenMember> members, in Resync resync)
    {
        var feed = resync.Feed;
        var kept = new List<QueueMember>(agent.Members.Count + members.Count);
        foreach (var known in agent.Members)
        {
            if (known.Feed != feed) kept.Add(known);
            else if (members.FindLast(seen => seen.Queue == known.Queue) is { } seen) kept.Add(Continued(draft, known, seen, resync));
        }

        foreach (var seen in members)
        {
            if (kept.Count >= MemberFold.MaxQueuesOfAgent) break;
            if (kept.Exists(member => member.Queue == seen.Queue && member.Feed == feed)) continue;
            QueueFold.Touch(ref draft, seen.Queue, feed, resync.At);
            kept.Add(MemberFold.NewMember(draft, seen, feed, resync.At));
        }

        var next = agent with { Members = ValueArray.From(kept) };
        if (members.Count == 0) return next;
        var last = members[^1];
        return MemberFold.WithAddress(next, last) with
        {
            Phone = MemberFold.PhoneOf(next, feed, last.Phone),
            PhoneSettlesAt = null,
        };
    }

    // A membership that was known: its join and its pause keep their first instants where they go on.
    private static QueueMember Continued(in FloorDraft draft, QueueMember known, SeenMember seen, in Resync resync)
    {
        var fresh = MemberFold.NewMember(draft, seen, resync.Feed, resync.At);
        var rejoined = resync.HadGap && seen.SignedInAt is { } told && told > resync.LostAt && !resync.IsRestart(told);
        var joinedAt = rejoined || (seen.SignedInAt is not null && fresh.JoinedAt < known.JoinedAt) ? fresh.JoinedAt : known.JoinedAt;
        fresh = fresh with { JoinedAt = joinedAt };
        if (!known.Paused || !seen.Paused || !MemberFold.SameReason(known.Reason, seen.PauseReason)) return fresh;
        var repaused = resync.HadGap && seen.PausedAt is { } paused && paused > resync.LostAt && !resync.IsRestart(paused);
        return repaused
            ? fresh
            : fresh with { PausedAt = known.PausedAt, PauseEntry = known.PauseEntry, PauseVouched = known.PauseVouched || fresh.PauseVouched };
    }

    private static Agent WithSession(in FloorDraft draft, Agent before, Agent next, DateTimeOffset? told, in Resync resync)
    {
        if (next.Session is not { } session) return next;
        var isIn = AgentStatus.IsSignedIn(next);
        if (session.LeftAt is { } left)
        {
            // Counted a member since before we believed they left: they never did.
            return isIn && told <= left ? next with { Session = AgentFold.Continued(session, told) } : next;
        }

        if (!isIn) return next with { Session = session with { LeftMembers = before.Members } };
        var goesOn = !resync.HadGap || told is not { } signedInAt || signedInAt <= resync.LostAt || resync.IsRestart(signedInAt) || HasOther(next, resync);
        if (goesOn) return told < session.SignedInAt ? next with { Session = AgentFold.Continued(session, told) } : next;
        next = BreakFold.End(next, resync.LostAt, draft.Entry);
        return next with
        {
            Session = new(told!.Value, draft.Entry, null, 0, false, [], false),
            EndedBreaks = AgentFold.BreaksOf(draft.Setup, next, told.Value),
            LastCall = null,
        };
    }

    private static Agent WithBreak(in FloorDraft draft, Agent next, DateTimeOffset? told, in Resync resync)
    {
        if (next.Break is not { } running) return next;
        if (!AgentStatus.IsSignedIn(next) || !AgentStatus.IsPausedEverywhere(next)) return BreakFold.End(next, resync.LostAt, draft.Entry);
        var reason = BreakFold.LatestPause(next).Reason;
        var isSame = MemberFold.SameReason(reason, running.Reason);
        if (isSame && told is null) return BreakFold.WithGap(next, resync.LostAt, resync.At);
        if (isSame && (!resync.HadGap || told <= resync.LostAt)) return next;
        if (isSame && resync.IsRestart(told!.Value)) return BreakFold.WithGap(next, resync.LostAt, told.Value);
        // Paused anew inside the gap: another break, from the PBX's own instant; where it names none, from when it was seen.
        var since = told is { } instant && instant < resync.At ? instant : resync.At;
        if (since < running.Since) since = running.Since;
        next = BreakFold.End(next, since < resync.LostAt ? since : resync.LostAt, draft.Entry);
        return AgentStatus.IsBusy(next) ? next : next with { Break = BreakFold.Begin(draft.Setup, next, reason, since, draft.Entry) };
    }

    private static Agent WithWrapUp(Agent next, List<SeenMember> members, in Resync resync)
    {
        if (next.WrapUp is not null || next.Call is not null) return next;
        foreach (var seen in members)
        {
            if (seen.LastCallAt is not { } ended || ended > resync.At || seen.InCall) continue;
            var endsAt = ended + MemberFold.Span(seen.WrapUp);
            if (endsAt > resync.At && endsAt > (next.WrapUp?.EndsAt ?? default)) next = next with { WrapUp = new(seen.Queue, ended, endsAt) };
        }

        return next;
    }

    // The sign-in is the earliest dynamic membership. A static one began with the switch's configuration, which is nobody's doing; at
    // first sight it is still the best word there is, and one that locks nobody.
    private static DateTimeOffset? SignedInAt(List<SeenMember> members, bool isFirstSight)
    {
        DateTimeOffset? earliest = null;
        var serves = isFirstSight && members.TrueForAll(seen => seen.IsStatic);
        foreach (var seen in members)
            if ((serves || !seen.IsStatic) && seen.SignedInAt is { } told && !(told > earliest)) earliest = told;
        return earliest;
    }

    private static DateTimeOffset? PausedAt(List<SeenMember> members)
    {
        DateTimeOffset? latest = null;
        foreach (var seen in members)
            if (seen is { Paused: true, PausedAt: { } told } && !(told < latest)) latest = told;
        return latest;
    }

    private static bool HasOther(Agent agent, in Resync resync)
    {
        foreach (var member in agent.Members)
            if (member.Feed != resync.Feed && !member.IsStatic) return true;
        return false;
    }
}
