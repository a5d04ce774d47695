namespace FloorMonitor.Core.Floor;

/// <summary>Memberships: who is in which queue, paused or not, with what phone.</summary>
internal static class MemberFold
{
    /// <summary>Leaves of several queues within this are one act, put back together where they are put back.</summary>
    private static readonly TimeSpan SignOutSpan = TimeSpan.FromSeconds(2);

    /// <summary>Bounds against a PBX that invents members without end.</summary>
    public const int MaxAgents = 50_000, MaxQueuesOfAgent = 256;

    public static void Joined(ref FloorDraft draft, MemberJoined e)
    {
        var seen = e.Member;
        if (!draft.Agents.TryGetValue(seen.Agent, out var agent))
        {
            if (draft.Agents.Count >= MaxAgents) return;
            agent = NewAgent(seen, e.At);
        }

        var index = IndexOf(agent, seen.Queue, e.Source);
        if (index < 0 && agent.Members.Count >= MaxQueuesOfAgent) return;
        QueueFold.Touch(ref draft, seen.Queue, e.Source, e.At);
        var next = WithAddress(agent, seen);
        if (index >= 0)
        {
            // Already known, so this is a repeat or older than the snapshot: its pause and phone are no news, its settings may be.
            var known = agent.Members[index] with { Penalty = seen.Penalty, IsStatic = seen.IsStatic, WrapUp = Span(seen.WrapUp) };
            if (known != agent.Members[index]) next = next with { Members = agent.Members.SetItem(index, known) };
        }
        else
        {
            next = next with { Members = agent.Members.Add(NewMember(draft, seen, e.Source, e.At)) };
            next = next with { Phone = PhoneOf(next, e.Source, seen.Phone), PhoneSettlesAt = null };
            if (next.Session is { LeftAt: null, LeftMembers.IsEmpty: false } live)
                next = next with { Session = live with { LeftMembers = [] } };
            next = PhoneFold.HoldAsPhone(PhoneFold.EndedByPhone(ref draft, next, seen.Queue, e.Source, seen.Phone, seen.InCall, e.At), e.At);
        }

        AgentFold.Settle(ref draft, agent, next, new(e.At, seen.SignedInAt, seen.Paused ? seen.PausedAt : null));
    }

    public static void Left(ref FloorDraft draft, MemberLeft e)
    {
        if (!draft.Agents.TryGetValue(e.Agent, out var agent)) return;
        var index = IndexOf(agent, e.Queue, e.Source);
        if (index < 0) return;
        var left = agent.Members[index];
        // The call goes on, and AgentComplete may never come for one who is no member any more: then its hang-up ends it.
        if (agent.Call is { Answered: true, Queue: { } of } call && of == e.Queue && call.Feed == e.Source) DialFold.Follow(ref draft, agent.Id, call);
        var next = agent with { Members = agent.Members.RemoveAt(index) };
        if (next.Session is { LeftAt: null } live)
        {
            var oneAct = live.LastLeftAt is { } last && e.At - last <= SignOutSpan;
            next = next with { Session = live with { LastLeftAt = e.At, LeftMembers = oneAct ? live.LeftMembers.Add(left) : [left] } };
        }

        AgentFold.Settle(ref draft, agent, next, new(e.At));
    }

    public static void Paused(ref FloorDraft draft, MemberPaused e)
    {
        if (!TryFind(draft, e.Agent, e.Queue, e.Source, out var agent, out var index)) return;
        var member = agent.Members[index];
        if (member.Paused && SameReason(member.Reason, e.Reason)) return;
        var pausedAt = e.PausedAt is { } told && told < e.At ? told : e.At;
        var next = agent with
        {
            Members = agent.Members.SetItem(index, member with
            {
                Paused = true,
                Reason = e.Reason,
                PausedAt = pausedAt,
                PauseEntry = e.Entry,
                PauseVouched = e.PausedAt is not null,
            }),
        };
        if (next.Break is { } running && !SameReason(running.Reason, e.Reason)) next = BreakFold.Change(draft, next, e.Reason, pausedAt);
        AgentFold.Settle(ref draft, agent, next, new(e.At, null, pausedAt));
    }

    public static void Resumed(ref FloorDraft draft, MemberResumed e)
    {
        if (!TryFind(draft, e.Agent, e.Queue, e.Source, out var agent, out var index) || !agent.Members[index].Paused) return;
        var member = agent.Members[index] with { Paused = false, Reason = "", PausedAt = null, PauseEntry = 0, PauseVouched = false };
        AgentFold.Settle(ref draft, agent, agent with { Members = agent.Members.SetItem(index, member) }, new(e.At));
    }

    public static void StatusChanged(ref FloorDraft draft, MemberStatusChanged e)
    {
        if (!TryFind(draft, e.Agent, e.Queue, e.Source, out var agent, out var index)) return;
        var member = agent.Members[index];
        var wrapUp = Span(e.WrapUp);
        var next = agent;
        if (member.Phone != e.Phone || member.InCall != e.InCall || member.WrapUp != wrapUp)
            next = next with { Members = agent.Members.SetItem(index, member with { Phone = e.Phone, InCall = e.InCall, WrapUp = wrapUp }) };
        var phone = PhoneOf(next, e.Source, e.Phone);
        if (phone != agent.Phone) next = Settled(next with { Phone = phone });
        next = PhoneFold.FollowPhone(ref draft, agent, next, e);
        // A report that repeats the busy phone does not clear PhoneSettlesAt: Asterisk sends one with the new LastCall before the idle one.
        if (!ReferenceEquals(next, agent)) AgentFold.Settle(ref draft, agent, next, new(e.At));
    }

    /// <summary>
    /// A member as a snapshot or a join shows it. It holds the queue's and the feed's own strings: every message brings new ones, and a
    /// thousand agents in three queues would keep three thousand of them alive.
    /// </summary>
    public static QueueMember NewMember(in FloorDraft draft, SeenMember seen, string feed, DateTimeOffset at) => new(
        draft.Queues.TryGetValue(seen.Queue, out var queue) ? queue.Name : seen.Queue,
        draft.Feeds.TryGetValue(feed, out var known) ? known.Name : feed,
        seen.Penalty, seen.IsStatic, Earlier(seen.SignedInAt, at), seen.Paused, seen.Paused ? seen.PauseReason : "",
        seen.Paused ? Earlier(seen.PausedAt, at) : null, seen.Paused ? draft.Entry : 0, seen.Paused && seen.PausedAt is not null,
        seen.Phone, seen.InCall, Span(seen.WrapUp));

    /// <summary>The agent at the address where the PBX sees them now.</summary>
    public static Agent WithAddress(Agent agent, SeenMember seen)
    {
        var seat = seen.Seat ?? agent.Seat;
        return agent.Address == seen.Address && agent.Seat == seat ? agent : agent with { Address = seen.Address, Seat = seat };
    }

    /// <summary>An agent who is not in agents.csv is shown as the PBX shows them.</summary>
    public static Agent NewAgent(SeenMember seen, DateTimeOffset at) =>
        new() { Id = seen.Agent, Name = seen.Name.Length > 0 ? seen.Name : seen.Address, Address = seen.Address, Seat = seen.Seat, Since = at };

    /// <summary>
    /// The phone as its feed last reported it. Every queue reports the one phone, so the newest word holds; of an agent with phones
    /// at two PBXs the busier one counts.
    /// </summary>
    public static PhoneState PhoneOf(Agent agent, string feed, PhoneState phone)
    {
        foreach (var member in agent.Members)
            if (member.Feed != feed) phone = PhoneWords.Busier(phone, member.Phone);
        return phone;
    }

    public static bool SameReason(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    public static int IndexOf(Agent agent, string queue, string feed)
    {
        var members = agent.Members.AsSpan();
        for (var i = 0; i < members.Length; i++)
            if (members[i].Queue == queue && members[i].Feed == feed) return i;
        return -1;
    }

    /// <summary>A duration as a PBX may say it: never negative, never so long that sums of it overflow.</summary>
    public static TimeSpan Span(TimeSpan told) => told < TimeSpan.Zero ? TimeSpan.Zero : told > MaxSpan ? MaxSpan : told;

    private static readonly TimeSpan MaxSpan = TimeSpan.FromDays(7);

    private static DateTimeOffset Earlier(DateTimeOffset? told, DateTimeOffset at) => told is { } instant && instant < at ? instant : at;

    // The PBX has reported the phone anew; where it now rests, another source may still see the call that is over.
    private static Agent Settled(Agent agent) => PhoneWords.IsBusy(PhoneWords.Of(agent)) && !PhoneWords.IsBusy(agent.Phone) ? agent : agent with { PhoneSettlesAt = null };

    private static bool TryFind(in FloorDraft draft, string id, string queue, string feed, out Agent agent, out int index)
    {
        index = draft.Agents.TryGetValue(id, out agent!) ? IndexOf(agent, queue, feed) : -1;
        return index >= 0;
    }
}
