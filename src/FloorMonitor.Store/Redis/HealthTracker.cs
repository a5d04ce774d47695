namespace FloorMonitor.Store.Redis;

/// <summary>How the store is and since when. Written by the writers, read by anybody.</summary>
internal sealed class HealthTracker(TimeProvider time, TimeSpan behindAfter)
{
    private readonly Lock gate = new();
    private StoreHealth health = new(StoreState.Away, time.GetUtcNow(), 0, "The store has not answered yet.");
    private string? away = "The store has not answered yet.";
    private string? disk;
    private DateTimeOffset? oldestUnwritten;
    private DateTimeOffset? journalSince;

    /// <summary>Something was published that the store does not hold yet.</summary>
    public void Published()
    {
        lock (gate) oldestUnwritten ??= time.GetUtcNow();
    }

    /// <summary>The store took what it was given.</summary>
    /// <param name="newest">Whether it holds the newest floor.</param>
    /// <param name="journal">Whether it holds the whole journal.</param>
    /// <param name="since">When writing began: what was published before it is there.</param>
    public void Written(bool newest, bool journal, DateTimeOffset since)
    {
        lock (gate)
        {
            away = null;
            oldestUnwritten = newest ? null : since;
            journalSince = journal ? null : journalSince ?? since;
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
            var late = now - oldestUnwritten > behindAfter || now - journalSince > behindAfter;
            var state = away is not null ? StoreState.Away : late || disk is not null ? StoreState.Behind : StoreState.Ok;
            var note = string.Join(' ', new[] { disk, away, away is null && late ? "The store is slow; what it lacks is in the files." : null }.OfType<string>());
            health = new StoreHealth(state, state == health.State ? health.Since : now, backlog, note);
            return health;
        }
    }
}
