namespace FloorMonitor.Store;

/// <summary>How and where a floor is stored.</summary>
/// <param name="DataFolder">The folder of the product's own files; made when it is not there. One process at a time uses it.</param>
/// <param name="Connection"><c>embedded</c>: the Redis-compatible server in this process; anything else: a StackExchange.Redis connection string.</param>
/// <param name="Site">The site's name, part of every key.</param>
public sealed record StoreOptions(string DataFolder, string Connection = StoreOptions.Embedded, string Site = "floor")
{
    /// <summary>The word for the store inside this process.</summary>
    public const string Embedded = "embedded";

    /// <summary>How often the disk is asked to hold what was written. A kill loses nothing whatever it is; a power cut loses at most this. 100 ms to 1 min.</summary>
    public TimeSpan FsyncInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the floor is written down whole, when it changed. The tail of the journal after it is read at the start. 1 s to 1 h.</summary>
    public TimeSpan SnapshotInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For how many days sealed journal hours are kept; verdicts are kept for ever. 1 to 3,650.</summary>
    public int RetentionDays { get; init; } = 90;

    /// <summary>The store may be written to at most this often; more changes than that become one write of the newest. 10 ms to 10 s.</summary>
    public TimeSpan MirrorInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How far the store may lag before it is called behind. 100 ms to 1 min.</summary>
    public TimeSpan BehindAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>For how many hours, the current one included, journal entries lie in the store too, so that another node can take over. 1 to 24.</summary>
    public int HotHours { get; init; } = 2;

    /// <summary>How many journal entries lie in the store at most, whatever the hours hold; about 0.7 kB each. 1,000 to 10,000,000.</summary>
    public int HotEntries { get; init; } = 100_000;
}
