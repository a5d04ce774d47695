namespace FloorMonitor.Pbx.Sip.Agent;

/// <summary>Keeps requests apart: so many begun in a second, so many unanswered at once. First come, first served.</summary>
internal sealed class SipPacer(int perSecond, int atOnce, TimeProvider time) : IDisposable
{
    // A small floor need not wait: as many as belong into a tenth of a second may come together.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(100);
    private readonly TimeSpan apart = TimeSpan.FromSeconds(1) / perSecond;
    private readonly SemaphoreSlim places = new(atOnce, atOnce);
    private readonly Lock gate = new();
    private DateTimeOffset next;

    /// <summary>Waits for its turn. Whoever got it must <see cref="Leave"/>.</summary>
    public async Task EnterAsync(CancellationToken stop)
    {
        await places.WaitAsync(stop);
        try
        {
            var wait = Reserve();
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, stop);
        }
        catch
        {
            // Whoever was called off gives its place to the next.
            places.Release();
            throw;
        }
    }

    /// <summary>Makes room for the next.</summary>
    public void Leave() => places.Release();

    public void Dispose() => places.Dispose();

    private TimeSpan Reserve()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var turn = next > now ? next : now;
            next = turn + apart;
            return turn - now - Slack;
        }
    }
}
