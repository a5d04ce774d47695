namespace FloorMonitor.Core.Floor;

/// <summary>
/// What an agent is doing, derived from the facts alone. The order of precedence is: unknown, signedOut, onHold, onCall, ringing,
/// wrapUp, onBreak, unreachable, available.
/// </summary>
/// <remarks>
/// A phone that is busy without a call that the PBX told of (a feed without call events, a call from before the first sight) makes
/// the agent onCall, onHold or ringing by the phone alone; <see cref="Agent.Call"/> then stays null.
/// </remarks>
public static class AgentStatus
{
    /// <summary>The state that these facts mean.</summary>
    public static AgentState Derive(Agent agent, FloorState floor)
    {
        foreach (var member in agent.Members)
            if (floor.Feeds.TryGetValue(member.Feed, out var feed) && feed.State != FeedState.Synced) return AgentState.Unknown;
        return InSight(agent);
    }

    /// <summary>Whether the agent counts as signed in: a dynamic membership, or static ones and a phone that can be reached.</summary>
    public static bool IsSignedIn(Agent agent)
    {
        foreach (var member in agent.Members)
            if (!member.IsStatic) return true;
        return !agent.Members.IsEmpty && agent.Phone is not (PhoneState.Unreachable or PhoneState.Unknown);
    }

    /// <summary>Whether the PBX's configuration fixes every membership: there is no signing out of those.</summary>
    public static bool IsFixed(Agent agent)
    {
        foreach (var member in agent.Members)
            if (!member.IsStatic) return false;
        return true;
    }

    /// <summary>Whether the agent talks or makes a call: what a deadline waits for. A call that merely rings at them is none.</summary>
    public static bool IsBusy(Agent agent) => agent.Call is { } call
        ? call.Answered || call.IsCaller
        : agent.PhoneSettlesAt is null && PhoneWords.Of(agent) is (PhoneState.InUse or PhoneState.OnHold);

    internal static AgentState Derive(Agent agent, in FloorDraft draft)
    {
        foreach (var member in agent.Members)
            if (!draft.InSight(member.Feed)) return AgentState.Unknown;
        return InSight(agent);
    }

    internal static bool IsPausedEverywhere(Agent agent)
    {
        foreach (var member in agent.Members)
            if (!member.Paused) return false;
        return !agent.Members.IsEmpty;
    }

    private static AgentState InSight(Agent agent)
    {
        if (IsPhoneLost(agent)) return AgentState.Unknown;
        if (!IsSignedIn(agent)) return AgentState.SignedOut;
        if (agent.Call is { } call)
        {
            if (call.Answered) return call.HeldSince is null ? AgentState.OnCall : AgentState.OnHold;
            return call.IsCaller ? AgentState.OnCall : AgentState.Ringing;
        }

        var phone = PhoneWords.Of(agent);
        if (agent.PhoneSettlesAt is null)
        {
            switch (phone)
            {
                case PhoneState.OnHold: return AgentState.OnHold;
                case PhoneState.InUse: return AgentState.OnCall;
                case PhoneState.Ringing: return AgentState.Ringing;
                case PhoneState.Unknown or PhoneState.Idle or PhoneState.Unreachable: break;
            }
        }

        if (agent.WrapUp is not null) return AgentState.WrapUp;
        if (agent.Break is not null) return AgentState.OnBreak;
        return phone == PhoneState.Unreachable ? AgentState.Unreachable : AgentState.Available;
    }

    // The feed that keeps the agent signed in cannot see this one phone: what it does is as unknown as behind a lost link.
    private static bool IsPhoneLost(Agent agent)
    {
        foreach (var sight in agent.Sights)
            if (sight.Phone.Lost is not null && FeedFold.Tells(agent, sight.Feed)) return true;
        return false;
    }
}
