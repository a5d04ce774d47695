using FloorMonitor.Core.Floor;

namespace FloorMonitor.Core.Rules;

/// <summary>The journal entries that a finding rests on.</summary>
public static class Evidence
{
    /// <summary>These entries, without what was never journalled and without repeats, oldest first.</summary>
    public static ValueArray<long> Of(params ReadOnlySpan<long> entries)
    {
        var found = new List<long>(entries.Length);
        foreach (var entry in entries)
            if (entry > 0 && !found.Contains(entry)) found.Add(entry);
        found.Sort();
        return ValueArray.From(found);
    }
}
