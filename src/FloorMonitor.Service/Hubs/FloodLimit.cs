using Microsoft.AspNetCore.SignalR;

namespace FloorMonitor.Service.Hubs;

/// <summary>
/// Bounds how often one connection may call: a hand on a screen never needs more, and a script gone wrong is told so, then cut.
/// A bucket of <see cref="Burst"/> calls that fills by <see cref="PerSecond"/>.
/// </summary>
internal sealed class FloodLimit(TimeProvider time, ILogger<FloodLimit> log) : IHubFilter
{
    public const int Burst = 20;
    public const int PerSecond = 10;
    public const int RefusalsBeforeTheCut = 100;

    private const string Key = "bucket";

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        // Calls of one connection run one at a time (MaximumParallelInvocationsPerClient), so the bucket needs no lock.
        var items = invocationContext.Context.Items;
        if (!items.TryGetValue(Key, out var known) || known is not Bucket bucket) items[Key] = bucket = new Bucket(time.GetTimestamp());
        if (bucket.TryTake(time)) return await next(invocationContext);
        if (++bucket.Refused > RefusalsBeforeTheCut)
        {
            log.LogWarning("Connection {Connection} is cut: it calls without end", invocationContext.Context.ConnectionId);
            invocationContext.Context.Abort();
        }

        throw new HubException("Too many calls; wait a moment.");
    }

    private sealed class Bucket(long filledAt)
    {
        private double tokens = Burst;
        private long filledAt = filledAt;

        public int Refused { get; set; }

        public bool TryTake(TimeProvider time)
        {
            var now = time.GetTimestamp();
            tokens = Math.Min(Burst, tokens + time.GetElapsedTime(filledAt, now).TotalSeconds * PerSecond);
            filledAt = now;
            if (tokens < 1) return false;
            tokens--;
            Refused = 0;
            return true;
        }
    }
}
