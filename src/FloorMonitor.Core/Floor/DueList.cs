namespace FloorMonitor.Core.Floor;

/// <summary>
/// The agents whom time alone may change (a wrap-up, a phone that settles, an exception that ends), newest first, perhaps some whom it no longer will: so that
/// the clock asks a handful of agents and not five thousand. An immutable list, as it is a part of a state.
/// </summary>
internal sealed class DueList
{
    /// <summary>Nobody.</summary>
    public static readonly DueList None = new("", null);

    private DueList(string agent, DueList? rest)
    {
        Agent = agent;
        Rest = rest;
    }

    public string Agent { get; }

    /// <summary>The others; null at the end, which is <see cref="None"/>.</summary>
    public DueList? Rest { get; }

    public DueList With(string agent) => new(agent, this);

    /// <summary>When time changes this agent next; the end of time when it does not.</summary>
    public static DateTimeOffset DueOf(Agent agent)
    {
        var first = agent.WrapUp?.EndsAt ?? DateTimeOffset.MaxValue;
        if (agent.PhoneSettlesAt is { } settles && settles < first) first = settles;
        return GrantFold.NextEnd(agent) is { } end && end < first ? end : first;
    }

    public static bool IsDue(Agent agent) => agent.WrapUp is not null || agent.PhoneSettlesAt is not null || GrantFold.NextEnd(agent) is not null;
}
