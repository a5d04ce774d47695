using System.Text.Json;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Tests.Floor;

/// <summary>Says in words how two states differ, for messages of failed properties.</summary>
internal static class Difference
{
    public static string Of(FloorState before, FloorState after)
    {
        var delta = FloorDelta.Between(before, after);
        var agents = delta.Agents.ToArrayForTest().SelectMany(agent => new object?[] { before.Agents.GetValueOrDefault(agent.Id), agent });
        var queues = delta.Queues.ToArrayForTest().SelectMany(queue => new object?[] { before.Queues.GetValueOrDefault(queue.Name), queue });
        var feeds = delta.Feeds.ToArrayForTest().SelectMany(feed => new object?[] { before.Feeds.GetValueOrDefault(feed.Name), feed });
        object?[] all = [.. agents, .. queues, .. feeds, .. delta.DialedCalls, .. delta.AgentsGone, .. delta.QueuesGone, .. delta.DialedCallsGone];
        return string.Join('\n', all.Select(changed => JsonSerializer.Serialize(changed)));
    }
}
