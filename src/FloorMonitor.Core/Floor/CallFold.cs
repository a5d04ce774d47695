namespace FloorMonitor.Core.Floor;

/// <summary>Calls that a queue brings to an agent: ring, answer, hold, end. Each is counted exactly once, however its events come.</summary>
internal static class CallFold
{
    /// <summary>How long a busy phone may be the echo of a call that just ended.</summary>
    private static readonly TimeSpan PhoneSettlesWithin = TimeSpan.FromSeconds(2);

    public static void Ringing(ref FloorDraft draft, AgentRinging e)
    {
        if (!draft.Agents.TryGetValue(e.Agent, out var agent)) return;
        var party = e.Party;
        if (draft.Queues.TryGetValue(e.Queue, out var queue) && CallerFold.IndexOf(queue.Waiting, e.Call) is var index and >= 0)
        {
            var caller = queue.Waiting[index];
            party ??= caller.Party;
            if (caller.RingsAt.FindIndex(e.Agent, static (id, agent) => id == agent) < 0)
                draft.Put(queue with { Waiting = queue.Waiting.SetItem(index, caller with { RingsAt = caller.RingsAt.Add(e.Agent) }) });
        }

        // A second call that knocks does not displace the one they talk on; the same ring again is no news.
        if (agent.Call is { } call && (call.Answered || call.IsCaller || call.Id == e.Call)) return;
        var ring = new AgentCall(e.Call, e.Queue, CallDirection.Inbound, party, e.At, false, null, e.Entry) { Feed = e.Source };
        AgentFold.Settle(ref draft, agent, agent with { Call = ring, PhoneSettlesAt = null }, new(e.At));
    }

    public static void RingUnanswered(ref FloorDraft draft, RingUnanswered e)
    {
        if (!draft.Agents.TryGetValue(e.Agent, out var agent)) return;
        if (agent.Call is not { Answered: false, IsCaller: false } ring || ring.Queue != e.Queue) return;
        if (e.Call is null || e.Call == ring.Id) AgentFold.Settle(ref draft, agent, Missed(End(ref draft, agent, e.At, false), ring.Id, e), new(e.At));
    }

    // The same call that rings out again is no other one: its first instant stays, and with it the verdict that may rest on it.
    private static Agent Missed(Agent agent, string call, RingUnanswered e) =>
        agent.MissedRings.Count >= Agent.MaxMissedKept || agent.MissedRings.FindIndex(call, static (ring, id) => ring.Call == id) >= 0
            ? agent
            : agent with { MissedRings = agent.MissedRings.Add(new(e.At, e.Queue, e.Entry) { Call = call }) };

    public static void Answered(ref FloorDraft draft, CallAnswered e)
    {
        if (QueueFold.Find(draft, e.Queue, e.Source, e.At) is not { } queue) return;
        draft.Agents.TryGetValue(e.Agent, out var agent);
        var caller = CallerFold.Take(ref queue, e.Call);
        var isOn = agent?.Call is { Answered: true } current && current.Id == e.Call;
        if (caller is null)
        {
            // Not waiting: a repeat, unless a snapshot showed the talk before its answer came, or the join was never seen.
            var isRepeat = agent is null || (isOn ? !agent.Call!.AnswerUnseen : agent.LastCall?.Id == e.Call);
            if (isRepeat)
            {
                if (agent is not null && RingsAgain(agent, e)) TakeUp(ref draft, agent, e, party: null);
                return;
            }

            queue = queue with
            {
                Counters = queue.Counters with { Offered = queue.Counters.Offered + 1 },
                Traffic = TrafficFold.Offered(queue, e.At, e.At, e.Entry),
            };
        }

        draft.Put(CountAnswer(queue, e.Waited, e.At, e.At, e.Entry));
        if (caller is not null) StopRinging(ref draft, caller, e.Agent, e.At);
        if (agent is null || !draft.Agents.TryGetValue(e.Agent, out agent)) return;
        if (isOn) AgentFold.Settle(ref draft, agent, agent with { Call = agent.Call! with { AnswerUnseen = false } }, new(e.At));
        else TakeUp(ref draft, agent, e, caller?.Party);
    }

    // A snapshot showed the talk, and then came what had been said before it was read: the end of an earlier call, which was taken for
    // the end of this one, and the ring. The answer was counted with the snapshot, yet it is what the agent does now.
    private static bool RingsAgain(Agent agent, CallAnswered e) =>
        agent.Call is { Answered: false, Queue: not null } ring && ring.Id == e.Call;

    private static void TakeUp(ref FloorDraft draft, Agent agent, CallAnswered e, string? party)
    {
        var next = AgentFold.EndWrapUp(ref draft, agent, e.At) with
        {
            Call = new(e.Call, e.Queue, CallDirection.Inbound, e.Party ?? party ?? agent.Call?.Party, e.At, true, null, e.Entry) { Feed = e.Source },
            PhoneSettlesAt = null,
        };
        AgentFold.Settle(ref draft, agent, next, new(e.At));
    }

    /// <summary>The queue without a caller, whether it waited or was leaving.</summary>
    public static Queue WithoutCaller(Queue queue, string call)
    {
        CallerFold.Take(ref queue, call);
        return queue;
    }

    /// <summary>An answer in the queue's counters.</summary>
    public static Queue CountAnswer(Queue queue, TimeSpan waited, DateTimeOffset at, DateTimeOffset countedAt, long entry)
    {
        waited = MemberFold.Span(waited);
        var counters = queue.Counters;
        var isInTime = waited <= queue.ServiceLevelWithin;
        return queue with
        {
            Counters = counters with
            {
                Answered = counters.Answered + 1,
                AnsweredWithin = counters.AnsweredWithin + (isInTime ? 1 : 0),
                Waited = counters.Waited + waited,
            },
            Traffic = TrafficFold.Decided(queue, isInTime ? CallOutcome.Answered : CallOutcome.AnsweredLate, at, countedAt, entry),
        };
    }

    public static void Completed(ref FloorDraft draft, CallCompleted e)
    {
        if (!draft.Agents.TryGetValue(e.Agent, out var agent)) return;
        Agent next;
        EndedCall? talk;
        if (agent.Call is { Answered: true } call && call.Queue == e.Queue && (e.Call ?? call.Id) == call.Id)
        {
            talk = new(call.Id, call.Queue, call.Since, e.At, call.Entry);
            next = End(ref draft, agent, e.At, counted: true);
        }
        else if (agent.LastCall is { } last && last.Queue == e.Queue && (e.Call ?? last.Id) == last.Id)
        {
            // The phone told of the end before, so this only counts; or it did count before and is a repeat.
            if (last.Counted) return;
            talk = last;
            next = agent with { LastCall = last with { Counted = true } };
        }
        else
        {
            // A call that nobody saw them take (a second line, an answer before the first sight) is counted and remembered as counted.
            if (e.Call is null) return;
            talk = new(e.Call, e.Queue, e.At - MemberFold.Span(e.Talked), e.At, e.Entry);
            next = agent with { LastCall = talk };
            if (agent.Call is not { Answered: true })
                next = WithWrapUp(AgentFold.EndWrapUp(ref draft, next, e.At), e.Queue, e.Source, e.At);
        }

        if (QueueFold.Find(draft, e.Queue, e.Source, e.At) is not { } queue) return;

        HealthFold.Ended(ref draft, talk.Id, talk.Until - talk.Since, e.At, byPerson: e.End != CallEnd.Transferred);
        if (agent.Grade is not null) next = next with { Today = (next.Today ?? AgentDay.None).WithCall(e.At) };
        var counters = queue.Counters with
        {
            Handled = queue.Counters.Handled + 1,
            Talked = queue.Counters.Talked + MemberFold.Span(e.Talked),
        };
        draft.Put(QueueFold.CountAtPbx(queue with { Counters = counters }, e.Source, completed: 1, abandoned: 0));
        // The PBX has told all of this call: a member that it still counts in a call would keep its phone busy for ever.
        var member = MemberFold.IndexOf(next, e.Queue, e.Source);
        if (member >= 0 && next.Members[member].InCall)
            next = next with { Members = next.Members.SetItem(member, next.Members[member] with { InCall = false }) };
        AgentFold.Settle(ref draft, agent, next, new(e.At));
    }

    public static void Held(ref FloorDraft draft, CallHeld e)
    {
        if (!draft.Agents.TryGetValue(e.Agent, out var agent)) return;
        if (agent.Call is { Answered: true, HeldSince: null } call)
            AgentFold.Settle(ref draft, agent, agent with { Call = call with { HeldSince = e.At } }, new(e.At));
    }

    public static void Unheld(ref FloorDraft draft, CallUnheld e)
    {
        if (!draft.Agents.TryGetValue(e.Agent, out var agent)) return;
        if (agent.Call is { HeldSince: not null } call)
            AgentFold.Settle(ref draft, agent, agent with { Call = call with { HeldSince = null } }, new(e.At));
    }

    /// <summary>The call is over for everybody at whom it still rings.</summary>
    public static void StopRinging(ref FloorDraft draft, WaitingCaller caller, string? except, DateTimeOffset at)
    {
        foreach (var id in caller.RingsAt)
        {
            if (id == except || !draft.Agents.TryGetValue(id, out var agent)) continue;
            if (agent.Call is { Answered: false, IsCaller: false } ring && ring.Id == caller.Call)
                AgentFold.Settle(ref draft, agent, End(ref draft, agent, at, counted: false), new(at));
        }
    }

    /// <summary>The agent without the present call; what it was, its wrap-up and a dialled call that goes on take its place.</summary>
    public static Agent End(ref FloorDraft draft, Agent agent, DateTimeOffset at, bool counted)
    {
        if (agent.Call is not { } call) return agent;
        // Followed to its hang-up because its member was removed in it: over is over.
        if (call.Queue is not null) draft.DialedCalls = draft.DialedCalls.Remove(call.Id);
        var next = agent with { Call = DialFold.CallOf(draft, agent.Id, except: call.Id) };
        if (call.Answered)
        {
            var until = at > call.Since ? at : call.Since;
            next = next with { LastCall = new(call.Id, call.Queue, call.Since, until, call.Entry) { Counted = counted || call.Queue is null } };
            if (call.Queue is { } queue) next = WithWrapUp(next, queue, call.Feed, at);
        }

        var busy = next.Call is null && PhoneWords.IsBusy(PhoneWords.Of(next));
        return busy ? next with { PhoneSettlesAt = at + PhoneSettlesWithin } : next;
    }

    private static Agent WithWrapUp(Agent agent, string queue, string feed, DateTimeOffset at)
    {
        var member = MemberFold.IndexOf(agent, queue, feed);
        if (member < 0 || agent.Members[member].WrapUp is not { Ticks: > 0 } span) return agent;
        return agent with { WrapUp = new(queue, at, at + span) };
    }
}
