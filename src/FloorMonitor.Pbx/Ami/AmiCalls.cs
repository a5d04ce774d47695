namespace FloorMonitor.Pbx.Ami;

/// <summary>
/// The calls that the floor has heard of, so that hangups and queue legs of no concern are not even journalled: a switch hangs up
/// ten channels for each call that matters. Bounded: beyond the bound the oldest is forgotten, and its hangup with it.
/// </summary>
public sealed class AmiCalls(int capacity = 50_000)
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> waiting = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>How many are known.</summary>
    public int Count => known.Count;

    /// <summary>A caller waits in a queue.</summary>
    public void Waits(string call)
    {
        Know(call);
        waiting.Add(call);
    }

    /// <summary>A caller waits no longer.</summary>
    public void WaitsNoLonger(string call) => waiting.Remove(call);

    /// <summary>Whether a caller waits: legs dialled on its behalf are told by the queue's own events.</summary>
    public bool IsWaiting(ReadOnlySpan<char> call) => waiting.GetAlternateLookup<ReadOnlySpan<char>>().Contains(call);

    /// <summary>The floor has heard of a call.</summary>
    public void Know(string call)
    {
        if (!known.Add(call)) return;
        order.Enqueue(call);
        while (order.Count > capacity)
        {
            var oldest = order.Dequeue();
            known.Remove(oldest);
            waiting.Remove(oldest);
        }
    }

    /// <summary>Whether the floor has heard of a call.</summary>
    public bool Knows(ReadOnlySpan<char> call) => known.GetAlternateLookup<ReadOnlySpan<char>>().Contains(call);

    /// <summary>A call is over. False when the floor never heard of it.</summary>
    public bool Forget(ReadOnlySpan<char> call)
    {
        waiting.GetAlternateLookup<ReadOnlySpan<char>>().Remove(call);
        return known.GetAlternateLookup<ReadOnlySpan<char>>().Remove(call);
    }

    /// <summary>Begins anew, before a snapshot is installed.</summary>
    public void Clear()
    {
        known.Clear();
        waiting.Clear();
        order.Clear();
    }
}
