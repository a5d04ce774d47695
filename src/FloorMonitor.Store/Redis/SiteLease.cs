using StackExchange.Redis;

namespace FloorMonitor.Store.Redis;

/// <summary>
/// Which node folds a site: a key that ends by itself, and a token that only grows. A node that was paused and wakes up after its lease
/// ended knows so by its own clock before it acts, and whoever sees two tokens believes the larger.
/// <para>Plain single commands, but for renewing and releasing, which compare and write: one script with one write each. The client's own
/// lock commands are transactions inside, which the embedded store must not be given.</para>
/// </summary>
public sealed class SiteLease
{
    private const string RenewScript = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0";
    private const string ReleaseScript = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

    private readonly IDatabase store;
    private readonly Keys keys;
    private readonly string holder;
    private readonly TimeSpan length;
    private readonly TimeProvider time;
    private string? value;
    private long askedAt;

    /// <summary>A lease that is not held yet.</summary>
    /// <param name="store">A connected store.</param>
    /// <param name="keys">The site's keys.</param>
    /// <param name="holder">This node's name, for people.</param>
    /// <param name="length">How long it lasts without being renewed; renew at a third of it. 1 s to 1 h.</param>
    /// <param name="time">This node's clock; only stretches of it are used.</param>
    public SiteLease(IDatabase store, Keys keys, string holder, TimeSpan length, TimeProvider time)
    {
        (this.store, this.keys, this.holder, this.length, this.time) = (store, keys, holder, length, time);
    }

    /// <summary>The fencing token; 0 while the lease was never held.</summary>
    public long Token { get; private set; }

    /// <summary>
    /// Whether it is surely held. Counted from before the store was asked, and a tenth early, so that this node stops before another
    /// can begin, however late the answer came and however the clocks drift.
    /// </summary>
    public bool IsHeld => value is not null && time.GetElapsedTime(askedAt) < length * 0.9;

    /// <summary>Takes the lease where nobody holds it.</summary>
    public async Task<bool> TryTakeAsync()
    {
        // A look first: asking for a token again and again would make it grow for nothing.
        if (await store.KeyExistsAsync(keys.Lease)) return false;
        var asked = time.GetTimestamp();
        var token = await store.StringIncrementAsync(keys.LeaseToken);
        // A store that was emptied counts from one again; a token must never be smaller than one that this node has seen.
        if (token <= Token) token = await store.StringIncrementAsync(keys.LeaseToken, Token - token + 1);
        var mine = $"{token}:{holder}";
        if (!await store.StringSetAsync(keys.Lease, mine, length, When.NotExists)) return false;
        (value, askedAt, Token) = (mine, asked, token);
        return true;
    }

    /// <summary>Makes it last its whole length again. False when it is lost: another may hold it.</summary>
    public async Task<bool> RenewAsync()
    {
        if (value is null) return false;
        var asked = time.GetTimestamp();
        var renewed = (long)await store.ScriptEvaluateAsync(RenewScript, [keys.Lease], [value, (long)length.TotalMilliseconds]) == 1;
        if (renewed) askedAt = asked;
        else value = null;
        return renewed;
    }

    /// <summary>Gives it back at once, where it is still this node's.</summary>
    public async Task ReleaseAsync()
    {
        if (value is not { } mine) return;
        value = null;
        await store.ScriptEvaluateAsync(ReleaseScript, [keys.Lease], [mine]);
    }

    /// <summary>Who holds it and with which token; null when nobody does.</summary>
    public async Task<(long Token, string Holder)?> HolderAsync()
    {
        var text = (string?)await store.StringGetAsync(keys.Lease);
        var colon = text?.IndexOf(':') ?? -1;
        return colon > 0 && long.TryParse(text.AsSpan(0, colon), out var token) ? (token, text![(colon + 1)..]) : null;
    }
}
