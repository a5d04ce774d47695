namespace FloorMonitor.Pbx.Sip.Agent;

/// <summary>
/// Keeps requests apart: so many begun in a second, so many fresh and unanswered at once. First come, first served. Who stays unanswered
/// makes room after a moment: a PBX that silently drops one package must not keep the others from being asked.
/// </summary>
internal sealed class SipPacer(int perSecond, int atOnce, TimeSpan holds, TimeProvider time) : IDisposable
{
    // A small floor need not wait: as many as belong into a tenth of a second may come together.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(100);
    private readonly TimeSpan apart = TimeSpan.FromSeconds(1) / perSecond;
    private readonly SemaphoreSlim places = new(atOnce, atOnce);
    private readonly Lock gate = new();
    private DateTimeOffset next;

    /// <summary>Waits for its turn. What it gets is its place, to be given back with the answer.</summary>
    public async Task<IDisposable> EnterAsync(CancellationToken stop)
    {
        await places.WaitAsync(stop);
        try
        {
            var wait = Reserve();
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, stop);
            return new Place(places, holds, time);
        }
        catch
        {
            // Whoever was called off gives its place to the next.
            places.Release();
            throw;
        }
    }

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

    /// <summary>A place among those that are unanswered, left once: with the answer or after a moment.</summary>
    private sealed class Place : IDisposable
    {
        private readonly SemaphoreSlim places;
        private readonly ITimer timer;
        private readonly Lock gate = new();
        private bool left;

        public Place(SemaphoreSlim places, TimeSpan holds, TimeProvider time)
        {
            this.places = places;
            timer = time.CreateTimer(static me => ((Place)me!).Leave(), this, holds, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            timer.Dispose();
            Leave();
        }

        // Under the lock, so that whoever disposes of a place knows that nobody touches the places on its behalf any more.
        private void Leave()
        {
            lock (gate)
            {
                if (left) return;
                left = true;
                places.Release();
            }
        }
    }
}
