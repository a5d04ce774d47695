using System.Diagnostics.Metrics;
using FloorMonitor.Pbx.Ami;

namespace FloorMonitor.Pbx.Agi;

/// <summary>What the phone's door counts, under the meter of the PBX project.</summary>
internal static class AgiMeter
{
    private static readonly Meter Meter = new(AmiMeter.Name);
    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("floor.phone.calls", "{call}", "Calls at the phone's door, by how they ended.");

    /// <summary>A call came to its end: <c>served</c>, <c>turned-away</c>, <c>late</c>, <c>broken</c>, <c>bug</c>.</summary>
    public static void Count(string end) => Calls.Add(1, new KeyValuePair<string, object?>("end", end));
}
