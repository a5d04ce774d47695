using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>What the switch can do, and how it says so.</summary>
public sealed partial class FakeSwitch
{
    private void SignIn(string agent)
    {
        foreach (var queue in queues.Where(_ => random.Next(2) == 0)) Join(agent, queue);
    }

    private void Join(string agent, string queue)
    {
        if (Members.ContainsKey((agent, queue))) return;
        var member = new Member
        {
            JoinedAt = Now,
            Penalty = random.Next(3),
            WrapUp = TimeSpan.FromSeconds(random.Next(3) * 15),
        };
        Members.Add((agent, queue), member);
        Say(new MemberJoined(Now, Name, Seen(agent, queue, member)));
    }

    private void SignOut(string agent)
    {
        foreach (var queue in QueuesOf(agent).ToList()) Leave(agent, queue);
    }

    private void Leave(string agent, string queue)
    {
        Members.Remove((agent, queue));
        Say(new MemberLeft(Now, Name, agent, queue));
    }

    private void ChangeQueues(string agent)
    {
        var left = QueuesOf(agent).ToList();
        if (left.Count == 0) return;
        foreach (var queue in left) Leave(agent, queue);
        Now += TimeSpan.FromMilliseconds(random.Next(900));
        Join(agent, Pick(queues));
    }

    private void Pause(string agent, bool everywhere)
    {
        var reason = Pick(Reasons);
        foreach (var queue in QueuesOf(agent).ToList())
        {
            var member = Members[(agent, queue)];
            member.Paused = true;
            member.Reason = reason;
            member.PausedAt = Now;
            Say(new MemberPaused(Now, Name, agent, queue, reason, random.Next(5) == 0 ? null : Now));
            if (!everywhere) return;
            Now += TimeSpan.FromMilliseconds(random.Next(3));
        }
    }

    private void Resume(string agent, bool everywhere)
    {
        foreach (var queue in QueuesOf(agent).ToList())
        {
            var member = Members[(agent, queue)];
            if (!member.Paused) continue;
            member.Paused = false;
            member.Reason = "";
            Say(new MemberResumed(Now, Name, agent, queue));
            if (!everywhere) return;
        }
    }

    private void CallIn(string queue)
    {
        var caller = new Caller { Queue = queue, Call = $"{Name}-{++calls}", Since = Now, Party = random.Next(3) == 0 ? null : $"138{calls:00000000}" };
        Callers.Add(caller);
        Say(new CallerJoined(Now, Name, queue, caller.Call, caller.Party));
    }

    private void Ring()
    {
        if (Callers.Find(caller => caller.RingsAt is null) is not { } caller) return;
        var free = agents.Where(agent => Members.TryGetValue((agent, caller.Queue), out var member) && !member.Paused && IsFree(agent)).ToList();
        if (free.Count == 0) return;
        var agent = Pick(free);
        caller.RingsAt = agent;
        var ringing = new AgentRinging(Now, Name, agent, caller.Queue, caller.Call, caller.Party);
        // The phone's own state comes before or after the queue's word; that its agents are dialled too, the queue says after its own.
        if (random.Next(2) == 0) SayPhone(agent);
        Say(ringing);
        if (random.Next(2) == 0)
        {
            caller.Leg = $"{caller.Call}-leg-{++calls}";
            Say(new CallDialed(Now, Name, caller.Leg, caller.Call, null, agent, CallDirection.Inbound, caller.Party));
        }

        SayPhone(agent);
    }

    private void RingOut()
    {
        if (Callers.Find(caller => caller.RingsAt is not null) is not { RingsAt: { } agent } caller) return;
        caller.RingsAt = null;
        SayHangUp(caller.Leg);
        caller.Leg = null;
        if (random.Next(2) == 0) SayPhone(agent);
        Say(new RingUnanswered(Now, Name, agent, caller.Queue, random.Next(3) == 0 ? null : caller.Call, TimeSpan.FromSeconds(15)));
        SayPhone(agent);
    }

    private void Answer()
    {
        if (Callers.Find(caller => caller.RingsAt is not null) is not { RingsAt: { } agent } caller) return;
        Callers.Remove(caller);
        Talks[agent] = new(caller.Queue, caller.Call, caller.Party, Now) { Leg = caller.Leg };
        var left = new CallerLeft(Now, Name, caller.Queue, caller.Call);
        // The phone is up before its queue has taken note, and says so first or last.
        if (random.Next(2) == 0) SayPhone(agent, counted: false);
        if (random.Next(2) == 0) Say(left);
        Say(new CallAnswered(Now, Name, agent, caller.Queue, caller.Call, caller.Party, Now - caller.Since, TimeSpan.FromSeconds(2)));
        if (!Said.Contains(left)) Say(left);
        SayPhone(agent);
    }

    private void Abandon()
    {
        if (Callers.Count == 0) return;
        var caller = Pick(Callers);
        Callers.Remove(caller);
        Counters[caller.Queue] = (Counters[caller.Queue].Completed, Counters[caller.Queue].Abandoned + 1);
        var abandoned = new CallerAbandoned(Now, Name, caller.Queue, caller.Call, Now - caller.Since);
        var left = new CallerLeft(Now, Name, caller.Queue, caller.Call);
        Said.AddRange(random.Next(2) == 0 ? [abandoned, left] : [left, abandoned]);
        SayHangUp(caller.Leg);
        if (caller.RingsAt is { } agent) SayPhone(agent);
    }

    private void TimeOut()
    {
        if (Callers.Find(caller => caller.RingsAt is null) is not { } caller) return;
        Callers.Remove(caller);
        Say(new CallerLeft(Now, Name, caller.Queue, caller.Call));
    }

    private void Complete()
    {
        if (Talks.Count == 0) return;
        var (agent, talk) = Talks.ElementAt(random.Next(Talks.Count));
        Talks.Remove(agent);
        Counters[talk.Queue] = (Counters[talk.Queue].Completed + 1, Counters[talk.Queue].Abandoned);
        if (Members.TryGetValue((agent, talk.Queue), out var member)) member.LastCallAt = Now;
        var completed = new CallCompleted(Now, Name, agent, talk.Queue, random.Next(4) == 0 ? null : talk.Call, Now - talk.Since, CallEnd.Caller);
        if (random.Next(2) == 0) Say(completed);
        SayPhone(agent);
        if (!Said.Contains(completed)) Say(completed);
        SayHangUp(talk.Leg);
    }

    private void SayHangUp(string? leg)
    {
        if (leg is not null) Say(new CallHungUp(Now, Name, leg));
    }

    private void Hold()
    {
        if (Talks.Count == 0) return;
        var (agent, talk) = Talks.ElementAt(random.Next(Talks.Count));
        Talks[agent] = talk with { Held = !talk.Held };
        Say(talk.Held ? new CallUnheld(Now, Name, agent) : new CallHeld(Now, Name, agent));
        SayPhone(agent);
    }

    private void DialOut()
    {
        var agent = Pick(agents);
        if (!IsFree(agent)) return;
        var leg = $"{Name}-dial-{++calls}";
        Dials[leg] = new(agent, false, Now);
        Say(new CallDialed(Now, Name, leg, leg + "-parent", agent, null, CallDirection.Outbound, "02112345678"));
        SayPhone(agent);
        if (random.Next(3) == 0) return;
        Now += TimeSpan.FromSeconds(random.Next(10));
        Dials[leg] = new(agent, true, Now);
        Say(new CallPickedUp(Now, Name, leg));
    }

    private void HangUp()
    {
        if (Dials.Count == 0) return;
        var (leg, dial) = Dials.ElementAt(random.Next(Dials.Count));
        Dials.Remove(leg);
        Say(new CallHungUp(Now, Name, leg));
        SayPhone(dial.From);
    }

    private void PhoneGoesAndComes(string agent)
    {
        if (!gone.Remove(agent) && IsFree(agent)) gone.Add(agent);
        SayPhone(agent);
    }
}
