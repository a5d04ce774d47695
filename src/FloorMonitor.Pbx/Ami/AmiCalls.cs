namespace FloorMonitor.Pbx.Ami;

/// <summary>
/// The calls whose end the floor waits to hear of, and the callers who wait in queues, so that hangups and queue legs of no concern
/// are not even journalled: a switch hangs up ten channels for each call that matters. Bounded: of more calls the oldest is forgotten.
/// </summary>
public sealed class AmiCalls(int capacity = 50_000)
{
    private readonly HashSet<string> talking = new(StringComparer.Ordinal);
    private readonly HashSet<string> waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> legs = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>How many are remembered.</summary>
    public int Count => talking.Count + waiting.Count + legs.Count;

    /// <summary>A caller waits in a queue.</summary>
    public void Waits(string call)
    {
        if (waiting.Add(call)) Remember(call);
    }

    /// <summary>A caller waits no longer.</summary>
    public void WaitsNoLonger(string call) => waiting.Remove(call);

    /// <summary>Whether a caller waits: legs dialled on its behalf are told by the queue's own events.</summary>
    public bool IsWaiting(ReadOnlySpan<char> call) => waiting.GetAlternateLookup<ReadOnlySpan<char>>().Contains(call);

    /// <summary>A call has begun whose end matters.</summary>
    public void Know(string call)
    {
        if (talking.Add(call)) Remember(call);
    }

    /// <summary>Whether a call's end matters.</summary>
    public bool Knows(ReadOnlySpan<char> call) => talking.GetAlternateLookup<ReadOnlySpan<char>>().Contains(call);

    /// <summary>A call is over. False when its end does not matter.</summary>
    public bool Forget(ReadOnlySpan<char> call)
    {
        waiting.GetAlternateLookup<ReadOnlySpan<char>>().Remove(call);
        return talking.GetAlternateLookup<ReadOnlySpan<char>>().Remove(call);
    }

    /// <summary>An agent's leg of a call.</summary>
    public void KnowLeg(string leg, string call)
    {
        if (legs.TryAdd(leg, call)) Remember(leg);
    }

    /// <summary>A leg is gone. The call that it was of; null when it is of no known one.</summary>
    public string? ForgetLeg(ReadOnlySpan<char> leg) =>
        legs.GetAlternateLookup<ReadOnlySpan<char>>().Remove(leg, out _, out var call) ? call : null;

    /// <summary>Begins anew, before a snapshot is installed.</summary>
    public void Clear()
    {
        talking.Clear();
        waiting.Clear();
        legs.Clear();
        order.Clear();
    }

    private void Remember(string call)
    {
        order.Enqueue(call);
        if (order.Count <= capacity) return;
        var oldest = order.Dequeue();
        talking.Remove(oldest);
        waiting.Remove(oldest);
        legs.Remove(oldest);
    }
}
