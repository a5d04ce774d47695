using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>
/// What the desk is told when two sources say different things of one phone (<see cref="PhoneWords"/> says who wins). No verdict:
/// it is about the house's eyes and about nobody's conduct.
/// </summary>
public static class PhoneContradictions
{
    /// <summary>Two sources are rarely in step to the second; what differs for longer is a contradiction.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>How many agents are named; of more only their number is said.</summary>
    private const int Named = 5;

    /// <summary>The sentence; null while all sources agree. Costs nothing on a floor with one source.</summary>
    public static Text? Of(FloorState floor, DateTimeOffset now)
    {
        List<(Agent Agent, PhoneSight Sight)>? found = null;
        foreach (var (_, agent) in floor.Agents)
        {
            foreach (var sight in agent.Sights)
                if (sight.DisagreesSince is { } since && now - since >= Patience && Sight.IsSynced(sight.Feed, floor)) (found ??= []).Add((agent, sight));
        }

        if (found is null) return null;
        found.Sort(static (left, right) => string.CompareOrdinal(left.Agent.Id, right.Agent.Id));
        var zh = found.Take(Named).Select(one => $"{one.Agent.Name}({Of(one.Agent).Zh};{one.Sight.Feed}:{Of(one.Sight.Phone.Phone).Zh})");
        var en = found.Take(Named).Select(one => $"{one.Agent.Name} ({Of(one.Agent).En}; {one.Sight.Feed}: {Of(one.Sight.Phone.Phone).En})");
        var (moreZh, moreEn) = found.Count > Named ? ($"等 {found.Count} 人", $" and {found.Count - Named} more") : ("", "");
        return new($"两个来源对话机状态说法不一:{string.Join("、", zh)}{moreZh}", $"Two sources differ about phones: {string.Join(", ", en)}{moreEn}");
    }

    private static Text Of(Agent agent)
    {
        var feed = agent.Members.IsEmpty ? "" : agent.Members[0].Feed;
        var phone = Of(agent.Phone);
        return new($"{feed}:{phone.Zh}", $"{feed}: {phone.En}");
    }

    private static Text Of(PhoneState phone) => phone switch
    {
        PhoneState.Idle => new("空闲", "idle"),
        PhoneState.Ringing => new("振铃", "ringing"),
        PhoneState.InUse => new("使用中", "in use"),
        PhoneState.OnHold => new("保持", "on hold"),
        PhoneState.Unreachable => new("无法接通", "unreachable"),
        PhoneState.Unknown => new("未知", "unknown"),
        _ => new("未知", "unknown"),
    };
}
