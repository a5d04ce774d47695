namespace FloorMonitor.Store.Redis;

/// <summary>How the store is and since when. Written by the writers, read by anybody.</summary>
internal sealed class HealthTracker(TimeProvider time, TimeSpan behindAfter)
{
    private readonly Lock gate = new();
    private StoreHealth health = new(StoreState.Away, time.GetUtcNow(), 0, "The store has not answered yet.");
    private string? away = "The store has not answered yet.";
    private string? disk;
    private DateTimeOffset? oldestUnwritten;

    /// <summary>Something was published that the store does not hold yet.</summary>
    public void Published()
    {
        lock (gate) oldestUnwritten ??= time.GetUtcNow();
    }

    /// <summary>The store holds everything that was published up to an instant.</summary>
    public void Written(bool everything, DateTimeOffset upTo)
    {
        lock (gate)
        {
            away = null;
            oldestUnwritten = everything ? null : upTo;
        }
    }

    /// <summary>The store did not answer, or answered with an error.</summary>
    public void Failed(string why)
    {
        lock (gate) away = why;
    }

    /// <summary>The disk takes nothing; null: it does again.</summary>
    public void Disk(string? why)
    {
        lock (gate) disk = why;
    }

    /// <summary>How it is now.</summary>
    public StoreHealth Look(long backlog)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var late = oldestUnwritten is { } since && now - since > behindAfter;
            var state = away is not null ? StoreState.Away : late || disk is not null ? StoreState.Behind : StoreState.Ok;
            var note = string.Join(' ', new[] { disk, away, away is null && late ? "The store answers slowly." : null }.OfType<string>());
            health = new StoreHealth(state, state == health.State ? health.Since : now, state == StoreState.Ok ? 0 : backlog, note);
            return health;
        }
    }
}
