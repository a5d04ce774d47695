namespace FloorMonitor.Core.Floor;

/// <summary>
/// Brings an agent's session, break and state in line with the facts that an event changed. Every arm that touches an agent ends
/// here, so no arm can leave an agent on a break that nobody takes or in two states.
/// </summary>
internal static class AgentFold
{
    /// <summary>A restored member comes back within this, else the putting back failed and nobody said so.</summary>
    private static readonly TimeSpan RestoreWindow = TimeSpan.FromSeconds(60);

    /// <summary>
    /// A static member's phone that comes back within this was not away (`proper-sign-out` names the same 2 min): a registration
    /// that flaps begins no new session and locks nobody anew.
    /// </summary>
    private static readonly TimeSpan PhoneGoneWindow = TimeSpan.FromMinutes(2);

    /// <summary>Puts the agent with its facts settled into the draft.</summary>
    /// <param name="draft">The state to be.</param>
    /// <param name="before">The agent before the event.</param>
    /// <param name="next">The agent with the facts that the event changed.</param>
    /// <param name="when">When it changed.</param>
    public static void Settle(ref FloorDraft draft, Agent before, Agent next, in Moment when)
    {
        if (!next.Sights.IsEmpty) next = SightFold.Compared(next, when.At);
        next = SettleSession(draft, next, when);
        if (next.WrapUp is not null && next.Session is not { LeftAt: null }) next = EndWrapUp(ref draft, next, when.At);
        next = HourFold.Note(draft, before, next, when);
        next = BreakFold.Settle(draft, before, next, when);
        next = GrantFold.Use(before, next, when.At);
        next = TicketFold.Use(draft, before, next);
        if (!next.MissedRings.IsEmpty && EndsTheRow(before, next)) next = next with { MissedRings = [] };
        HealthFold.NotePhone(ref draft, before, next, when.At);
        draft.Put(WithGonePhone(draft, WithState(draft, before, next, when), when.At));
    }

    /// <summary>Ends the wrap-up and counts what it took; its own end counts where that is earlier.</summary>
    public static Agent EndWrapUp(ref FloorDraft draft, Agent agent, DateTimeOffset at)
    {
        if (agent.WrapUp is not { } wrapUp) return agent;
        var end = at < wrapUp.EndsAt ? at : wrapUp.EndsAt;
        if (end > wrapUp.Since && draft.Queues.TryGetValue(wrapUp.Queue, out var queue))
            draft.Put(queue with { Counters = queue.Counters with { WrappedUp = queue.Counters.WrappedUp + (end - wrapUp.Since) } });
        var last = agent.LastCall is { } call && call.Until == wrapUp.Since ? call with { WrappedUpAt = end } : agent.LastCall;
        return agent with { WrapUp = null, LastCall = last };
    }

    /// <summary>The agent with the state that its facts mean, and since when.</summary>
    public static Agent WithState(in FloorDraft draft, Agent before, Agent next, in Moment when) =>
        WithDay(WithDerivedState(draft, before, next, when), when.At);

    /// <summary>A graded agent with the time on queue that the state begins or ends.</summary>
    public static Agent WithDay(Agent agent, DateTimeOffset at)
    {
        if (agent.Grade is null) return agent;
        var day = AgentDay.Follow(agent.Today, agent.State, at);
        return ReferenceEquals(day, agent.Today) ? agent : agent with { Today = day };
    }

    private static Agent WithDerivedState(in FloorDraft draft, Agent before, Agent next, in Moment when)
    {
        var state = AgentStatus.Derive(next, draft);
        if (state == AgentState.Unknown)
        {
            if (next.State == AgentState.Unknown) return next;
            return next with { State = state, Since = when.At, SinceEntry = when.ByTime ? 0 : draft.Entry, LastSight = new(next.State, next.Since) };
        }

        if (state == next.State) return next;
        if (next.State == AgentState.Unknown) next = HourFold.WithUnseen(next, next.Since, when.At);
        return next with { State = state, Since = SinceOf(before, next, state, when), SinceEntry = when.ByTime ? 0 : draft.Entry, LastSight = null };
    }

    private static DateTimeOffset SinceOf(Agent before, Agent next, AgentState state, in Moment when)
    {
        var at = when.At;
        var isNewBreak = !ReferenceEquals(before.Break, next.Break);
        if (before.State != AgentState.Unknown && !when.Unseen)
        {
            if (state == AgentState.OnBreak && isNewBreak) return next.Break!.Since;
            var isNewSession = before.Session?.SignedInAt != next.Session?.SignedInAt;
            return state == AgentState.Available && isNewSession ? next.Session!.SignedInAt : at;
        }

        // Coming into sight: what is as it was goes on from its first instant, else the PBX's own instants tell.
        var sight = before.LastSight is { } seen && seen.State == state ? seen : null;
        var fact = state switch
        {
            AgentState.OnBreak => next.Break?.Since,
            AgentState.OnCall or AgentState.Ringing => next.Call?.Since,
            AgentState.OnHold => next.Call?.HeldSince,
            AgentState.WrapUp => next.WrapUp?.Since,
            AgentState.SignedOut => next.Session?.LeftAt,
            _ => null,
        };
        if (sight is null) return fact ?? at;
        if (fact is { } since) return since > sight.Since ? since : sight.Since;
        return before.Session?.SignedInAt == next.Session?.SignedInAt ? sight.Since : at;
    }

    private static Agent SettleSession(in FloorDraft draft, Agent next, in Moment when)
    {
        var isIn = AgentStatus.IsSignedIn(next);
        if (next.Session is not { LeftAt: null } live)
            return isIn ? SignIn(draft, next, when) : WithLeftCall(next);
        if (isIn) return next;
        // Only the phone of a static member went: nobody saw why, so nobody is blamed for a sign-out.
        var vanished = !next.Members.IsEmpty;
        return next with
        {
            Session = live with
            {
                LeftAt = when.At,
                LeftEntry = draft.Entry,
                LeftUnseen = when.Unseen || vanished,
                BeingRestored = false,
                LeftCall = next.Call is { } call ? new(call.Id, call.Queue, call.Since, DateTimeOffset.MaxValue, call.Entry) : null,
            },
        };
    }

    // The end of the call in which the last queue was left.
    private static Agent WithLeftCall(Agent next)
    {
        if (next.Session is not { LeftCall: { } call } session || call.Until < DateTimeOffset.MaxValue || next.Call?.Id == call.Id) return next;
        return next with { Session = session with { LeftCall = next.LastCall?.Id == call.Id ? next.LastCall : null } };
    }

    // Who takes or makes a call, and who begins or ends a break, is there.
    private static bool EndsTheRow(Agent before, Agent next) =>
        (before.Break is null) != (next.Break is null) || (next.Call is { } call && (call.Answered || call.IsCaller));

    private static Agent WithGonePhone(in FloorDraft draft, Agent agent, DateTimeOffset at)
    {
        // Nobody knows what the phone does that nobody sees; what it did goes on, and the gap is noted.
        if (agent.State == AgentState.Unknown) return agent;
        var isGone = agent.Session is { LeftAt: null } && PhoneWords.Of(agent) == PhoneState.Unreachable;
        if (isGone == agent.PhoneGone is not null) return agent;
        return agent with { PhoneGone = isGone ? new(at, draft.Entry) : null };
    }

    private static Agent SignIn(in FloorDraft draft, Agent next, in Moment when)
    {
        var at = when.At;
        if (next.Session is { LeftAt: { } left } last && GoesOn(next, last, left, at))
            return next with { Session = Continued(last, when.SignedInAt) };

        var signedInAt = when.SignedInAt is { } told && told < at ? told : at;
        next = AttendanceFold.Remember(draft.Setup, next);
        return next with
        {
            Session = new(signedInAt, draft.Entry, null, 0, false, [], false) { SignInUnseen = when.SignInUnseen },
            EndedBreaks = BreaksOf(draft.Setup, next, signedInAt),
            MissedRings = [],
            LastCall = null,
        };
    }

    /// <summary>
    /// The breaks that count on in a session that begins. The hours of a shift are counted from its start, so who comes back to it finds
    /// their account as it was (RULEBOOK example 6); without a roster they begin with the sign-in, and nothing of before counts.
    /// </summary>
    public static ValueArray<EndedBreak> BreaksOf(FloorSetup setup, Agent agent, DateTimeOffset signedInAt)
    {
        if (agent.EndedBreaks.IsEmpty || Roster.Of(setup, agent.Id, signedInAt) is not { IsWorked: true } shift) return [];
        return ValueArray.From(agent.EndedBreaks.Where(ended => Roster.Of(setup, agent.Id, ended.Since)?.StartsAt == shift.StartsAt));
    }

    /// <summary>The session that goes on as if it had not been left, from its earliest instant.</summary>
    public static Session Continued(Session session, DateTimeOffset? told) => session with
    {
        SignedInAt = told is { } earlier && earlier < session.SignedInAt ? earlier : session.SignedInAt,
        LeftAt = null,
        LeftEntry = 0,
        LeftUnseen = false,
        LeftMembers = [],
        LeftGrant = null,
        LeftCall = null,
        BeingRestored = false,
        SignInUnseen = session.SignInUnseen && !(told < session.SignedInAt),
    };

    private static bool GoesOn(Agent next, Session last, DateTimeOffset left, DateTimeOffset at)
    {
        if (last.BeingRestored && !next.Reverts.IsEmpty) return at - next.Reverts[next.Reverts.Count - 1] <= RestoreWindow;
        if (!last.LeftUnseen) return at - left <= Session.QueueChangeWindow;
        return last.LeftMembers.IsEmpty && AgentStatus.IsFixed(next) && at - left <= PhoneGoneWindow;
    }
}
