namespace FloorMonitor.Core.Floor;

/// <summary>
/// A one-off exception that a lead or supervisor gave beforehand (RULEBOOK, enforcement modes): for a reason, for a limited time,
/// and used up by the act that it allowed. The act keeps it (<see cref="Session.LeftGrant"/>, <see cref="Break.Grant"/>), so that
/// nobody is blamed, and nothing put back, for what was granted.
/// </summary>
/// <param name="Id">Its id: the journal entry that gave it.</param>
/// <param name="Allow">What it allows: a word of <see cref="GrantWords"/>.</param>
/// <param name="Reason">Why, in the words of who gave it.</param>
/// <param name="By">Who gave it.</param>
/// <param name="At">When.</param>
/// <param name="Until">Until when it holds; from this instant on it does not.</param>
public sealed record Grant(string Id, string Allow, string Reason, string By, DateTimeOffset At, DateTimeOffset Until)
{
    /// <summary>Whether an agent holds an exception that allows something at a moment. Allocates nothing.</summary>
    public static bool Covers(Agent agent, string what, DateTimeOffset now) => Find(agent, what, now) is not null;

    /// <summary>
    /// The exception that allows it, the one that ends first; null for none. It holds from the second on in which it was given: a switch
    /// dates a pause and a sign-in in whole seconds (LastPause, LoginTime), so what was done right after seems to lie before.
    /// </summary>
    public static Grant? Find(Agent agent, string what, DateTimeOffset now)
    {
        Grant? first = null;
        foreach (var grant in agent.Grants)
            if (grant.Allow == what && SecondOf(grant.At) <= now && now < grant.Until && (first is null || grant.Until < first.Until)) first = grant;
        return first;
    }

    private static DateTimeOffset SecondOf(DateTimeOffset at) => at - TimeSpan.FromTicks(at.Ticks % TimeSpan.TicksPerSecond);
}

/// <summary>What a grant can allow.</summary>
public static class GrantWords
{
    /// <summary>A sign-out that a rule would refuse or put back.</summary>
    public const string SignOut = "sign-out";

    /// <summary>A break that a rule would refuse or end at once.</summary>
    public const string Break = "break";

    /// <summary>A sign-in after the shift began.</summary>
    public const string Late = "late";

    /// <summary>All of them.</summary>
    public static ValueArray<string> All { get; } = [SignOut, Break, Late];
}
