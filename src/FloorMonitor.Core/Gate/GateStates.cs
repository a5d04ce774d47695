using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Rules;

namespace FloorMonitor.Core.Gate;

/// <summary>What the state of an agent lets happen, before any rule is asked: the same on every floor.</summary>
internal static class GateStates
{
    public static Refused No(string zh, string en) => new(null, null, new(zh, en), null);

    /// <summary>Into the named queues, or into those of the last session, each as it was left.</summary>
    public static GateAnswer SignIn(SignIn command, Agent agent, FloorState floor)
    {
        var wanted = command.Queues.IsEmpty ? LastQueues(agent) : command.Queues;
        if (wanted.IsEmpty)
        {
            return agent.Members.IsEmpty
                ? No("尚无上次签入的队列,请指定队列", "No queues of an earlier session are known: name the queues")
                : No("已经签入", "Already signed in");
        }

        if (HotDesk.Refusal(command, agent, floor) is { } elsewhere) return elsewhere;
        var address = HotDesk.AddressOf(command, agent, floor.Setup);
        if (!CanBeAddressed(address))
        {
            return No(
                $"交换机尚未报告过座席 {agent.Id} 的接口,agents.csv 请写完整接口(如 PJSIP/{SeatOr(agent)})",
                $"How the PBX addresses {agent.Id} is not known: write the whole interface into agents.csv (such as PJSIP/{SeatOr(agent)})");
        }

        var actions = new List<PbxAction>();
        foreach (var queue in wanted)
        {
            if (!floor.Queues.ContainsKey(queue)) return UnknownQueue(queue, floor);
            if (IsIn(agent, queue)) continue;
            if (FeedOf(queue, agent, floor) is not { } feed)
                return No($"不知道队列 {queue} 在哪台交换机上", $"It is not known which PBX has the queue {queue}");
            if (!Sight.IsSynced(feed, floor)) return OutOfSight(feed);
            actions.Add(new JoinQueue(feed, address, queue, PenaltyIn(agent, queue), HotDesk.NameAt(address, agent, floor.Setup)));
        }

        return actions.Count == 0 ? No("已经签入", "Already signed in") : new Granted(ValueArray.From(actions));
    }

    /// <summary>Out of every queue, but never out of a call: a sign-out waits for its end (principle 2).</summary>
    public static GateAnswer SignOut(SignOut command, Agent agent, FloorState floor)
    {
        if (NotSignedIn(agent, floor) is { } no) return no;
        // Who asks by phone is on the phone: there only a call that was told of is one, not the busy phone in which the code is dialled.
        if (command.Door == GateDoor.Phone ? agent.Call is not null : LiveCall.IsOn(agent)) return No("通话中,请在通话结束后签出", "On a call: sign out when it is over");
        var actions = new List<PbxAction>();
        foreach (var member in agent.Members)
            if (!member.IsStatic) actions.Add(new LeaveQueue(member.Feed, agent.Address, member.Queue));
        return actions.Count > 0
            ? new Granted(ValueArray.From(actions))
            : No("队列由交换机固定配置,不能签出", "The PBX's configuration fixes these queues: there is no signing out of them");
    }

    /// <summary>
    /// A pause with the kind's first reason. During a call it is granted all the same: the call goes on, no other follows it, and
    /// the break begins when it is over.
    /// </summary>
    public static GateAnswer Break(TakeBreak command, Agent agent, FloorState floor)
    {
        if (FloorGate.BreakKindNamed(command.Kind, floor) is not { } kind)
        {
            var known = string.Join(", ", floor.Setup.Breaks.AsSpan().ToArray().Select(one => one.Kind));
            return No($"没有“{command.Kind}”这种休息,可用:{known}", $"There is no kind of break {command.Kind}; known: {known}");
        }

        if (NotSignedIn(agent, floor) is { } no) return no;
        if (agent.Break is { } running && running.Kind == kind.Kind)
        {
            // A personal need is never refused, not even one that is already met.
            if (kind.Kind == BreakKinds.Personal) return new Granted([]);
            var since = Sentences.Clock(running.Since, floor);
            var name = Sentences.Break(kind.Kind);
            return No($"自 {since} 起已在{name.Zh}", $"Already on {name.En} since {since}");
        }

        var reason = kind.Reasons.IsEmpty ? kind.Kind : kind.Reasons[0];
        return new Granted(PutBack.Everywhere(agent, paused: true, reason));
    }

    /// <summary>Every pause taken off, also one that holds in some queues only.</summary>
    public static GateAnswer Resume(Agent agent, FloorState floor)
    {
        if (NotSignedIn(agent, floor) is { } no) return no;
        foreach (var member in agent.Members)
            if (member.Paused) return new Granted(PutBack.ToWork(agent));
        return No("不在休息", "Not on a break");
    }

    internal static Refused? NotSignedIn(Agent agent, FloorState floor)
    {
        foreach (var member in agent.Members)
            if (!Sight.IsSynced(member.Feed, floor)) return OutOfSight(member.Feed);
        return agent.Members.IsEmpty || agent.State == AgentState.SignedOut ? No("尚未签入", "Not signed in") : null;
    }

    internal static Refused OutOfSight(string feed) =>
        No($"与交换机 {feed} 的连接中断,暂时不能操作", $"The link to the PBX {feed} is down: nothing can be done now");

    internal static Refused UnknownQueue(string queue, FloorState floor)
    {
        var known = string.Join(", ", floor.Queues.Keys.Order(StringComparer.Ordinal));
        return No($"没有队列 {queue},可用:{known}", $"There is no queue {queue}; known: {known}");
    }

    private static ValueArray<string> LastQueues(Agent agent) =>
        agent.Members.IsEmpty && agent.Session is { } last
            ? ValueArray.From(last.LeftMembers.AsSpan().ToArray().Where(member => !member.IsStatic).Select(member => member.Queue))
            : [];

    internal static int PenaltyIn(Agent agent, string queue)
    {
        if (agent.Session is { } last)
            foreach (var member in last.LeftMembers)
                if (member.Queue == queue) return member.Penalty;
        return 0;
    }

    internal static bool IsIn(Agent agent, string queue)
    {
        foreach (var member in agent.Members)
            if (member.Queue == queue) return true;
        return false;
    }

    // Where the agent was in that queue, else the PBX whose snapshot showed it, else the only one there is.
    internal static string? FeedOf(string queue, Agent agent, FloorState floor)
    {
        if (agent.Session is { } last)
            foreach (var member in last.LeftMembers)
                if (member.Queue == queue) return member.Feed;
        if (floor.Queues.TryGetValue(queue, out var found) && !found.Feeds.IsEmpty) return found.Feeds[0];
        return floor.Feeds.Count == 1 ? floor.Feeds.Keys.Single() : null;
    }

    // A bare extension in agents.csv matches a member but is no name that a PBX takes.
    internal static bool CanBeAddressed(string address) => address.Contains('/') || address.Contains(':');

    private static string SeatOr(Agent agent) => agent.Seat ?? (agent.Address.Length > 0 ? agent.Address : "1001");
}
