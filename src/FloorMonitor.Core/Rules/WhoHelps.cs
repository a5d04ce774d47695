using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// Who could help a queue that is short of agents, in the order in which a supervisor would ask: the flex team, who comes back from a
/// break when, who knows the queue and is paused in it or works another one of theirs, who is on the list of today's overtime or off
/// duty. It names people by what changes seldom, so that an open verdict is not told anew with every call.
/// </summary>
internal static class WhoHelps
{
    private const int MostNames = 3;

    /// <summary>The proposal in words; null where there is nobody.</summary>
    public static Text? With(Queue queue, FloorState floor, ValueArray<string> flex, DateTimeOffset now)
    {
        List<string> flexible = [], knowing = [], resting = [];
        List<(DateTimeOffset At, string Name)> returning = [];
        foreach (var (id, agent) in floor.Agents)
        {
            var isIn = agent.Session is { LeftAt: null };
            var member = MemberOf(agent, queue.Name);
            if (isIn && member is null && agent.Team is { } team && Contains(flex, team)) flexible.Add(agent.Name);
            else if (agent is { Break.EndsAt: { } ends } && member is not null && ends > now) returning.Add((ends, agent.Name));
            else if (isIn && agent.Break is null && member is { Paused: true }) knowing.Add(agent.Name);
            else if (!isIn && IsOnList(floor, id, now)) resting.Add(agent.Name);
        }

        var parts = new List<Text>();
        Add(parts, "机动班组", "the flex team", flexible);
        if (returning.Count > 0)
        {
            returning.Sort();
            var soon = string.Join(", ", returning.Take(MostNames).Select(one => $"{one.Name} {Sentences.Clock(one.At, floor)}"));
            parts.Add(new($"休息将返回({soon})", $"back from a break ({soon})"));
        }

        Add(parts, "熟悉本队列、在其他队列工作", "who know the queue and work in another", knowing);
        Add(parts, "加班与当班未签入名单", "on today's overtime list or roster and not signed in", resting);
        return parts.Count == 0 ? null : new(string.Join(";", parts.Select(part => part.Zh)), string.Join("; ", parts.Select(part => part.En)));
    }

    private static void Add(List<Text> parts, string zh, string en, List<string> names)
    {
        if (names.Count == 0) return;
        names.Sort(StringComparer.Ordinal);
        var some = string.Join(", ", names.Take(MostNames));
        var more = names.Count - MostNames;
        parts.Add(new($"{zh} {names.Count} 人({some}{(more > 0 ? " 等" : "")})", $"{en}: {names.Count} ({some}{(more > 0 ? " and others" : "")})"));
    }

    // A shift that runs without them, and overtime of today that is still to come; who is on leave is not asked.
    private static bool IsOnList(FloorState floor, string agent, DateTimeOffset now)
    {
        if (!Roster.IsKept(floor.Setup)) return false;
        var (begun, next) = Roster.Around(floor, agent, now);
        return begun?.Holds(now) == true || (next is { Status: RosterStatus.Overtime } overtime && overtime.Date == BusinessDay.Of(floor.Setup, now));
    }

    private static QueueMember? MemberOf(Agent agent, string queue)
    {
        foreach (var member in agent.Members)
            if (member.Queue == queue) return member;
        return null;
    }

    private static bool Contains(ValueArray<string> list, string wanted)
    {
        foreach (var one in list)
            if (one == wanted) return true;
        return false;
    }
}
