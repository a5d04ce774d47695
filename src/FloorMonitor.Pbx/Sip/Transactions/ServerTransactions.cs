using FloorMonitor.Pbx.Sip.Messages;

namespace FloorMonitor.Pbx.Sip.Transactions;

/// <summary>
/// Answers that are kept for a repetition of their request (RFC 3261 section 17.2.2), each for 64 × T1 (timer J), and only those whose
/// request had an effect: a refusal is found again in the same way (section 8.2.7), so that a flood of nonsense displaces nothing.
/// </summary>
internal sealed class ServerTransactions(TimeProvider time)
{
    /// <summary>The most that is kept: 500 NOTIFYs a second for as long as timer J. Beyond, the oldest goes first.</summary>
    public const int Most = 16_384;

    private readonly record struct Kept(string Key, long Until);

    private readonly Lock gate = new();
    private readonly Dictionary<string, byte[]> answers = new(StringComparer.Ordinal);
    private readonly Queue<Kept> order = new();

    /// <summary>How many are kept.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                Expire();
                return answers.Count;
            }
        }
    }

    /// <summary>What makes two requests the same (17.2.3); without the cookie of RFC 3261 all that RFC 2543 compared.</summary>
    public static string KeyOf(SipMessage request)
    {
        var via = request.Via!;
        return via.HasTransaction
            ? $"{via.Branch}|{via.Host}|{via.Port}|{request.Method}"
            : $"{request.RequestUri}|{request.From.Tag}|{request.To.Tag}|{request.CallId}|{request.SequenceNumber}|{request.Method}|{request.Find(SipHeader.Via)}";
    }

    /// <summary>The answer that this request was given before; null when it is new.</summary>
    public byte[]? Find(string key)
    {
        lock (gate)
        {
            Expire();
            return answers.GetValueOrDefault(key);
        }
    }

    /// <summary>Keeps an answer.</summary>
    public void Keep(string key, byte[] answer)
    {
        lock (gate)
        {
            if (!answers.TryAdd(key, answer)) return;

            // All are kept equally long, so the order of arrival is the order of leaving.
            order.Enqueue(new(key, time.GetUtcNow().UtcTicks + SipTimers.Patience.Ticks));
            if (order.Count > Most) answers.Remove(order.Dequeue().Key);
        }
    }

    private void Expire()
    {
        var now = time.GetUtcNow().UtcTicks;
        while (order.TryPeek(out var oldest) && oldest.Until <= now) answers.Remove(order.Dequeue().Key);
    }
}
