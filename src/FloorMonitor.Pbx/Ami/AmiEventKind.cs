namespace FloorMonitor.Pbx.Ami;

/// <summary>The AMI events that mean something to the floor, and two words for the rest.</summary>
public enum AmiEventKind
{
    /// <summary>A name that no Asterisk known to us uses: counted, ignored.</summary>
    Unknown,

    /// <summary>A well-known event of which the floor needs nothing (<c>Newexten</c>, <c>VarSet</c>, …).</summary>
    Irrelevant,

    /// <summary>A queue, in the answer to QueueStatus.</summary>
    QueueParams,

    /// <summary>A member, in the answer to QueueStatus.</summary>
    QueueMember,

    /// <summary>A waiting caller, in the answer to QueueStatus.</summary>
    QueueEntry,

    /// <summary>The end of the answer to QueueStatus.</summary>
    QueueStatusComplete,

    /// <summary>A channel, in the answer to CoreShowChannels.</summary>
    CoreShowChannel,

    /// <summary>The end of the answer to CoreShowChannels.</summary>
    CoreShowChannelsComplete,

    /// <summary>A member was added.</summary>
    QueueMemberAdded,

    /// <summary>A member was removed.</summary>
    QueueMemberRemoved,

    /// <summary>A member was paused or un-paused.</summary>
    QueueMemberPause,

    /// <summary>A member's device state or call state changed.</summary>
    QueueMemberStatus,

    /// <summary>A member's penalty changed.</summary>
    QueueMemberPenalty,

    /// <summary>A caller joined.</summary>
    QueueCallerJoin,

    /// <summary>A caller left, for any reason.</summary>
    QueueCallerLeave,

    /// <summary>A caller hung up while waiting.</summary>
    QueueCallerAbandon,

    /// <summary>A member rings.</summary>
    AgentCalled,

    /// <summary>A member answered.</summary>
    AgentConnect,

    /// <summary>A member's call is over.</summary>
    AgentComplete,

    /// <summary>A member was rung in vain.</summary>
    AgentRingNoAnswer,

    /// <summary>A channel dials another.</summary>
    DialBegin,

    /// <summary>A dial came to its end: answered or not.</summary>
    DialEnd,

    /// <summary>A channel is gone.</summary>
    Hangup,

    /// <summary>A channel put the other side on hold.</summary>
    Hold,

    /// <summary>A channel came back.</summary>
    Unhold,

    /// <summary>The switch is up (also sent at login, with <c>Uptime</c>).</summary>
    FullyBooted,

    /// <summary>The switch goes down in good order.</summary>
    Shutdown,

    /// <summary>Configuration was reloaded: queues and static members may differ without any event of their own.</summary>
    Reload,
}

/// <summary>A set of event kinds, as bits, so that the parser's question is one AND.</summary>
/// <param name="Bits">One bit a kind.</param>
public readonly record struct AmiEventSet(ulong Bits)
{
    /// <summary>Every kind that the feed listens to: all that have a meaning.</summary>
    public static AmiEventSet Feed { get; } = new(~((1UL << (int)AmiEventKind.Unknown) | (1UL << (int)AmiEventKind.Irrelevant)));

    /// <summary>Every event there is.</summary>
    public static AmiEventSet All { get; } = new(ulong.MaxValue);

    /// <summary>A set of these kinds.</summary>
    public static AmiEventSet Of(params ReadOnlySpan<AmiEventKind> kinds)
    {
        var bits = 0UL;
        foreach (var kind in kinds) bits |= 1UL << (int)kind;
        return new(bits);
    }

    /// <summary>Whether a kind is in the set.</summary>
    public bool Has(AmiEventKind kind) => (Bits >> (int)kind & 1) != 0;
}
