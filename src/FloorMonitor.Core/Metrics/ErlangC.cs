namespace FloorMonitor.Core.Metrics;

/// <summary>
/// The queue with many servers and patient callers (M/M/c; A. K. Erlang 1917): how many agents a service level needs. It knows no
/// abandonment, so it asks for a little more than is needed: the side that a floor wants to err on.
/// </summary>
/// <remarks>
/// The delay probability comes from Erlang's loss formula by its recursion B(0) = 1, B(n) = a·B(n−1) ÷ (n + a·B(n−1)) (R. B. Cooper,
/// Introduction to Queueing Theory, 2nd ed. 1981, 3.3), which stays between 0 and 1 and so is stable for any number of agents, where
/// factorials overflow at 171. From it C = B ÷ (1 − ρ(1 − B)), and a wait of at most t has the probability 1 − C·e^(−(c − a)·t ÷ AHT)
/// (Cooper 3.4; G. Koole, Call Center Optimization, ch. 4).
/// </remarks>
public static class ErlangC
{
    /// <summary>More agents than this no floor has; a load that needs more is not a load but a mistake.</summary>
    public const int MostAgents = 20_000;

    /// <summary>The load in erlangs: calls under way at once if nobody had to wait.</summary>
    /// <param name="calls">Calls that came.</param>
    /// <param name="within">In this time.</param>
    /// <param name="handleTime">The average handle time of one.</param>
    public static double Load(int calls, TimeSpan within, TimeSpan handleTime) =>
        within <= TimeSpan.Zero || calls <= 0 || handleTime <= TimeSpan.Zero ? 0 : calls * (handleTime / within);

    /// <summary>The probability that a call is lost where nobody waits (Erlang B).</summary>
    public static double LossProbability(double load, int agents)
    {
        if (load <= 0) return agents > 0 ? 0 : 1;
        var loss = 1.0;
        for (var n = 1; n <= agents; n++) loss = load * loss / (n + (load * loss));
        return loss;
    }

    /// <summary>The probability that a call has to wait; 1 where there are not more agents than erlangs, as the queue then only grows.</summary>
    public static double WaitProbability(double load, int agents) => FromLoss(LossProbability(load, agents), load, agents);

    /// <summary>The share of calls that are answered within a time.</summary>
    public static double ServiceLevel(double load, int agents, TimeSpan handleTime, TimeSpan within) =>
        ServiceLevel(LossProbability(load, agents), load, agents, handleTime, within);

    /// <summary>The average wait of all calls; null where the queue only grows.</summary>
    public static TimeSpan? AverageWait(double load, int agents, TimeSpan handleTime) =>
        agents <= load ? null : WaitProbability(load, agents) * handleTime / (agents - load);

    /// <summary>The fewest agents who reach a service level. Occupied by breaks they are not: whoever rests comes on top.</summary>
    public static int AgentsNeeded(double load, TimeSpan handleTime, TimeSpan within, double target)
    {
        if (load <= 0) return 0;
        var loss = 1.0;
        for (var agents = 1; agents < MostAgents; agents++)
        {
            loss = load * loss / (agents + (load * loss));
            if (ServiceLevel(loss, load, agents, handleTime, within) >= target) return agents;
        }

        return MostAgents;
    }

    private static double FromLoss(double loss, double load, int agents)
    {
        if (load <= 0) return agents > 0 ? 0 : 1;
        return agents <= load ? 1 : loss / (1 - (load / agents * (1 - loss)));
    }

    private static double ServiceLevel(double loss, double load, int agents, TimeSpan handleTime, TimeSpan within)
    {
        if (load <= 0) return 1;
        if (agents <= load || handleTime <= TimeSpan.Zero) return 0;
        return 1 - (FromLoss(loss, load, agents) * Math.Exp(-(agents - load) * (within / handleTime)));
    }
}
