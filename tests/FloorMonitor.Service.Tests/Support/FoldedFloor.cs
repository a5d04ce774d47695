using System.Text.Json.Nodes;

namespace FloorMonitor.Service.Tests.Support;

/// <summary>The client's side of the wire, written from the contract and from nothing else: a snapshot, and differences folded onto it.</summary>
internal sealed class FoldedFloor(JsonObject snapshot)
{
    private static readonly (string Member, string Gone, string Key)[] Lists =
        [("agents", "agentsGone", "id"), ("queues", "queuesGone", "name"), ("verdicts", "verdictsGone", "id")];

    private readonly JsonObject floor = (JsonObject)snapshot.DeepClone();

    public long Version => floor["version"]!.GetValue<long>();

    public JsonObject Floor => floor;

    /// <summary>Folds a difference; false for a gap of versions.</summary>
    public bool Apply(JsonObject delta)
    {
        if (delta["version"]!.GetValue<long>() < Version) return true;
        if (delta["from"]!.GetValue<long>() != Version) return false;
        foreach (var (member, value) in delta)
        {
            if (member == "from" || Lists.Any(list => list.Member == member || list.Gone == member)) continue;
            floor[member] = value?.DeepClone();
        }

        foreach (var (member, gone, key) in Lists)
        {
            var all = ((JsonArray)floor[member]!).ToDictionary(item => item![key]!.GetValue<string>(), item => item!.DeepClone());
            foreach (var item in delta[member] as JsonArray ?? []) all[item![key]!.GetValue<string>()] = item.DeepClone();
            foreach (var item in delta[gone] as JsonArray ?? []) Assert.True(all.Remove(item!.GetValue<string>()));
            floor[member] = new JsonArray([.. all.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)]);
        }

        return true;
    }

    /// <summary>Without the instant, which every look has its own of.</summary>
    public static string Text(JsonObject floor)
    {
        var copy = (JsonObject)floor.DeepClone();
        copy.Remove("at");
        return copy.ToJsonString();
    }
}
