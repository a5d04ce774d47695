namespace FloorMonitor.Core.Floor;

/// <summary>
/// What a graded agent did in the business day, as far as it was seen: calls of queues, and the time on queue (signed in, in sight, and
/// neither on a break nor with a phone that cannot be reached). Gaps are in neither.
/// </summary>
/// <param name="Handled">Calls of queues handled to the end.</param>
/// <param name="OnQueue">Time on queue in stretches that are over.</param>
/// <param name="RunsSince">Since when the present stretch runs; null while none does.</param>
/// <param name="Hours">The last full hour on queue after which a call was handled.</param>
/// <param name="HandledByThen">How many calls had been handled when that hour was full.</param>
public sealed record AgentDay(int Handled, TimeSpan OnQueue, DateTimeOffset? RunsSince, int Hours, int HandledByThen)
{
    /// <summary>Nothing yet.</summary>
    public static AgentDay None { get; } = new(0, TimeSpan.Zero, null, 0, 0);

    /// <summary>Whether a state is time on queue.</summary>
    public static bool Counts(AgentState state) =>
        state is AgentState.Available or AgentState.Ringing or AgentState.OnCall or AgentState.OnHold or AgentState.WrapUp;

    /// <summary>Time on queue up to an instant.</summary>
    public TimeSpan OnQueueUntil(DateTimeOffset now) => RunsSince is { } since && now > since ? OnQueue + (now - since) : OnQueue;

    /// <summary>How many hours on queue are full, and how many calls had been handled by the last of them.</summary>
    public (int Hours, int Handled) ByFullHours(DateTimeOffset now)
    {
        var hours = (int)Math.Min(int.MaxValue, Math.Floor(OnQueueUntil(now).TotalHours));
        return hours > Hours ? (hours, Handled) : (Hours, HandledByThen);
    }

    /// <summary>When that hour was full; null where it lies in a stretch that is over.</summary>
    public DateTimeOffset? FullAt(int hours) =>
        RunsSince is { } since && TimeSpan.FromHours(hours) - OnQueue is { Ticks: >= 0 } left ? since + left : null;

    /// <summary>With one call more. What was handled by the last full hour is settled now, since it was not needed before.</summary>
    internal AgentDay WithCall(DateTimeOffset at)
    {
        var (hours, handled) = ByFullHours(at);
        return this with { Handled = Handled + 1, Hours = hours, HandledByThen = handled };
    }

    /// <summary>With the stretch begun or ended that a change of state begins or ends.</summary>
    internal static AgentDay? Follow(AgentDay? day, AgentState state, DateTimeOffset at)
    {
        var counts = Counts(state);
        if (day?.RunsSince is null) return counts ? (day ?? None) with { RunsSince = at } : day;
        return counts ? day : day with { OnQueue = day.OnQueueUntil(at), RunsSince = null };
    }
}
