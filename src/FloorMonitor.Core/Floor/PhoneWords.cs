namespace FloorMonitor.Core.Floor;

/// <summary>
/// Who wins where two sources tell of one phone. The switch whose queues the agent is in decides about membership, pauses and the
/// calls of its queues: it alone knows them, so a second source is not even asked. About the phone itself:
/// </summary>
/// <remarks>
/// <list type="number">
/// <item>A phone that the switch shows ringing or in use is so: it routes the calls.</item>
/// <item>Where the switch knows of no call, one that the second source sees counts: calls past the switch are seen by nobody else,
/// and an agent who may be talking is protected as one who does (RULEBOOK principle 2).</item>
/// <item>A phone that either of them cannot reach is unreachable: a registrar knows a phone that is gone where a queue's member
/// (<c>Local/…</c>, a trunk to the registrar) always looks idle, and a phone that the switch cannot reach gets no call of its queues.</item>
/// <item>Whoever knows something goes before who knows nothing.</item>
/// </list>
/// Where they differ it is said (<see cref="PhoneSight.DisagreesSince"/>), whoever wins.
/// </remarks>
public static class PhoneWords
{
    /// <summary>The agent's phone, all sources taken together.</summary>
    public static PhoneState Of(Agent agent)
    {
        var phone = agent.Phone;
        foreach (var sight in agent.Sights)
        {
            if (sight.Phone.Lost is not null) continue;
            // The feed that keeps the agent's membership has no other word of the phone than this one.
            phone = FeedFold.Tells(agent, sight.Feed) ? Busier(phone, sight.Phone.Phone) : Beside(phone, sight.Phone.Phone);
        }

        return phone;
    }

    /// <summary>Whether two words of one phone exclude each other. Which kind of busy it is they may see differently: a Local channel is in use while it rings.</summary>
    public static bool Disagree(PhoneState left, PhoneState right) =>
        left != PhoneState.Unknown && right != PhoneState.Unknown && Kind(left) != Kind(right);

    /// <summary>The busier of two words; any goes before unknown.</summary>
    public static PhoneState Busier(PhoneState left, PhoneState right) => Busyness(left) >= Busyness(right) ? left : right;

    internal static int Busyness(PhoneState phone) => phone switch
    {
        PhoneState.InUse => 5,
        PhoneState.OnHold => 4,
        PhoneState.Ringing => 3,
        PhoneState.Idle => 2,
        PhoneState.Unreachable => 1,
        PhoneState.Unknown => 0,
        _ => 0,
    };

    internal static bool IsBusy(PhoneState phone) => phone is PhoneState.InUse or PhoneState.OnHold or PhoneState.Ringing;

    private static PhoneState Beside(PhoneState told, PhoneState seen)
    {
        if (IsBusy(told)) return told;
        if (IsBusy(seen)) return seen;
        return told == PhoneState.Unreachable || seen == PhoneState.Unreachable ? PhoneState.Unreachable : Busier(told, seen);
    }

    private static int Kind(PhoneState phone) => IsBusy(phone) ? 2 : phone == PhoneState.Unreachable ? 0 : 1;
}
