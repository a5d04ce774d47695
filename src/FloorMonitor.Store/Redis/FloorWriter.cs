using System.Collections.Immutable;
using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;
using FloorMonitor.Core.Rules;
using StackExchange.Redis;

namespace FloorMonitor.Store.Redis;

/// <summary>Writes what changed between two floors, one command a fact, pipelined. Writing the same twice changes nothing.</summary>
internal sealed class FloorWriter(Keys keys)
{
    /// <summary>Writes the difference; everything when there is nothing to compare with.</summary>
    public async Task WriteAsync(IDatabase store, FloorState? before, FloorState after, long entry)
    {
        var batch = new Pipeline();
        if (!ReferenceEquals(before?.Agents, after.Agents)) await WriteAgentsAsync(store, batch, before, after);
        // A queue's figures hang on its agents as well.
        if (!ReferenceEquals(before?.Agents, after.Agents) || !ReferenceEquals(before?.Queues, after.Queues))
            await WriteQueuesAsync(store, batch, before, after);
        if (!ReferenceEquals(before?.Feeds, after.Feeds)) await WriteFeedsAsync(store, batch, before, after);
        if (!ReferenceEquals(before?.Verdicts, after.Verdicts)) await WriteOpenVerdictsAsync(store, batch, before, after);
        await batch.AddAsync(store.HashSetAsync(keys.Floor, FloorHashes.Of(after, entry)));
        await batch.DrainAsync();
    }

    /// <summary>
    /// Removes what the store holds of agents, queues, feeds, breaks and callers that are no longer: after a start or an outage the
    /// indexes in the store tell what was there, since nobody remembers what went meanwhile.
    /// </summary>
    public async Task RemoveStaleAsync(IDatabase store, FloorState now)
    {
        var batch = new Pipeline();
        foreach (var id in await store.HashKeysAsync(keys.Agents))
            if (!now.Agents.ContainsKey(id!)) await RemoveAsync(store, batch, keys.Agent(id!), keys.Agents, id);
        foreach (var name in await store.HashKeysAsync(keys.Queues))
            if (!now.Queues.ContainsKey(name!)) await RemoveAsync(store, batch, keys.Queue(name!), keys.Queues, name);
        foreach (var name in await store.HashKeysAsync(keys.Feeds))
            if (!now.Feeds.ContainsKey(name!)) await RemoveAsync(store, batch, keys.Feed(name!), keys.Feeds, name);
        foreach (var id in await store.SortedSetRangeByRankAsync(keys.Breaks))
            if (!now.Agents.TryGetValue(id!, out var agent) || agent.Break is null) await batch.AddAsync(store.SortedSetRemoveAsync(keys.Breaks, id));
        var waiting = now.Queues.Values.SelectMany(queue => queue.Waiting.Select(caller => Caller(queue, caller))).ToHashSet(StringComparer.Ordinal);
        foreach (var caller in await store.SortedSetRangeByRankAsync(keys.Waiting))
            if (!waiting.Contains(caller!)) await batch.AddAsync(store.SortedSetRemoveAsync(keys.Waiting, caller));
        foreach (var id in await store.SortedSetRangeByRankAsync(keys.OpenVerdicts))
            if (!now.Verdicts.ContainsKey(id!)) await batch.AddAsync(store.SortedSetRemoveAsync(keys.OpenVerdicts, id));
        await batch.DrainAsync();
    }

    private static async Task RemoveAsync(IDatabase store, Pipeline batch, string key, string index, RedisValue member)
    {
        // The index last: a crash between the two leaves an index entry, which the next look removes.
        await batch.AddAsync(store.KeyDeleteAsync(key));
        await batch.AddAsync(store.HashDeleteAsync(index, member));
    }

    private static IEnumerable<T> Changed<T>(ImmutableDictionary<string, T>? before, ImmutableDictionary<string, T> after)
        where T : class =>
        after.Where(pair => before is null || !before.TryGetValue(pair.Key, out var old) || !ReferenceEquals(old, pair.Value)).Select(pair => pair.Value);

    private static IEnumerable<string> Gone<T>(ImmutableDictionary<string, T>? before, ImmutableDictionary<string, T> after) =>
        before is null ? [] : before.Keys.Where(key => !after.ContainsKey(key));

    private static string Caller(Queue queue, WaitingCaller caller) => $"{queue.Name}|{caller.Call}";

    private async Task WriteAgentsAsync(IDatabase store, Pipeline batch, FloorState? before, FloorState after)
    {
        foreach (var agent in Changed(before?.Agents, after.Agents))
        {
            var old = before?.Agents.GetValueOrDefault(agent.Id);
            // The index first: what it names can be found and removed later, whatever happens in between.
            if (old?.State != agent.State) await batch.AddAsync(store.HashSetAsync(keys.Agents, agent.Id, FloorHashes.Word(agent.State)));
            await batch.AddAsync(store.HashSetAsync(keys.Agent(agent.Id), FloorHashes.Of(agent, after.Version)));
            if (agent.Break is { } pause)
                await batch.AddAsync(store.SortedSetAddAsync(keys.Breaks, agent.Id, pause.EndsAt?.ToUnixTimeMilliseconds() ?? double.PositiveInfinity));
            else if (old?.Break is not null)
                await batch.AddAsync(store.SortedSetRemoveAsync(keys.Breaks, agent.Id));
        }

        foreach (var id in Gone(before?.Agents, after.Agents))
        {
            await batch.AddAsync(store.SortedSetRemoveAsync(keys.Breaks, id));
            await RemoveAsync(store, batch, keys.Agent(id), keys.Agents, id);
        }
    }

    private async Task WriteQueuesAsync(IDatabase store, Pipeline batch, FloorState? before, FloorState after)
    {
        var figures = QueueFigures.Of(after);
        var figuresBefore = before is null ? null : QueueFigures.Of(before);
        foreach (var queue in after.Queues.Values)
        {
            var old = before?.Queues.GetValueOrDefault(queue.Name);
            var now = figures[queue.Name];
            if (ReferenceEquals(old, queue) && figuresBefore![queue.Name] == now) continue;
            if (old?.Waiting.Count != queue.Waiting.Count) await batch.AddAsync(store.HashSetAsync(keys.Queues, queue.Name, queue.Waiting.Count));
            await batch.AddAsync(store.HashSetAsync(keys.Queue(queue.Name), FloorHashes.Of(now, after.Version)));
            await WriteWaitingAsync(store, batch, old, queue);
        }

        foreach (var name in Gone(before?.Queues, after.Queues))
        {
            foreach (var caller in before!.Queues[name].Waiting.ToList())
                await batch.AddAsync(store.SortedSetRemoveAsync(keys.Waiting, Caller(before.Queues[name], caller)));
            await RemoveAsync(store, batch, keys.Queue(name), keys.Queues, name);
        }
    }

    private async Task WriteWaitingAsync(IDatabase store, Pipeline batch, Queue? old, Queue queue)
    {
        if (old is not null && old.Waiting == queue.Waiting) return;
        var now = queue.Waiting.Select(caller => caller.Call).ToHashSet(StringComparer.Ordinal);
        foreach (var caller in (old?.Waiting ?? []).ToList())
            if (!now.Contains(caller.Call)) await batch.AddAsync(store.SortedSetRemoveAsync(keys.Waiting, Caller(queue, caller)));
        foreach (var caller in queue.Waiting.ToList())
            await batch.AddAsync(store.SortedSetAddAsync(keys.Waiting, Caller(queue, caller), caller.Since.ToUnixTimeMilliseconds()));
    }

    private async Task WriteFeedsAsync(IDatabase store, Pipeline batch, FloorState? before, FloorState after)
    {
        foreach (var feed in Changed(before?.Feeds, after.Feeds))
        {
            await batch.AddAsync(store.HashSetAsync(keys.Feeds, feed.Name, FloorHashes.Word(feed.State)));
            await batch.AddAsync(store.HashSetAsync(keys.Feed(feed.Name), FloorHashes.Of(feed, after.Version)));
        }

        foreach (var name in Gone(before?.Feeds, after.Feeds)) await RemoveAsync(store, batch, keys.Feed(name), keys.Feeds, name);
    }

    private async Task WriteOpenVerdictsAsync(IDatabase store, Pipeline batch, FloorState? before, FloorState after)
    {
        foreach (var verdict in Changed(before?.Verdicts, after.Verdicts))
            if (verdict.Status == VerdictStatus.Open)
                await batch.AddAsync(store.SortedSetAddAsync(keys.OpenVerdicts, verdict.Id, verdict.OpenedAt.ToUnixTimeMilliseconds()));
        foreach (var id in Gone(before?.Verdicts, after.Verdicts)) await batch.AddAsync(store.SortedSetRemoveAsync(keys.OpenVerdicts, id));
    }
}
