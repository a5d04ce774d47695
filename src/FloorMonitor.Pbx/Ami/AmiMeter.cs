using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FloorMonitor.Pbx.Ami;

/// <summary>What the feeds count, under the meter <c>FloorMonitor.Pbx</c>; every figure carries the feed's name.</summary>
internal sealed class AmiMeter(string feed)
{
    /// <summary>The meter's name.</summary>
    public const string Name = "FloorMonitor.Pbx";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>("floor.pbx.bytes", "By", "Bytes received from the switch.");
    private static readonly Counter<long> Received = Meter.CreateCounter<long>("floor.pbx.messages.received", null, "Messages received.");
    private static readonly Counter<long> Filtered = Meter.CreateCounter<long>("floor.pbx.messages.filtered", null, "Events passed over unread.");
    private static readonly Counter<long> Unknown = Meter.CreateCounter<long>("floor.pbx.messages.unknown", null, "Events of a name that nobody knows.");
    private static readonly Counter<long> Translated = Meter.CreateCounter<long>("floor.pbx.messages.translated", null, "Messages that meant something.");
    private static readonly Counter<long> Malformed = Meter.CreateCounter<long>("floor.pbx.messages.malformed", null, "Wanted events that lacked what they must have.");
    private static readonly Counter<long> Reconnects = Meter.CreateCounter<long>("floor.pbx.reconnects", null, "Links lost and sought again.");
    private static readonly Counter<long> ProtocolErrors = Meter.CreateCounter<long>("floor.pbx.protocol.errors", null, "Links dropped because of what came over them.");
    private static readonly Histogram<double> RoundTrip = Meter.CreateHistogram<double>("floor.pbx.round_trip", "ms", "From a Ping to its answer.");

    private readonly KeyValuePair<string, object?> tag = new("feed", feed);

    public void CountBytes(long bytes) => Bytes.Add(bytes, tag);

    public void CountMessages(long received, long filtered, long unknown)
    {
        if (received > 0) Received.Add(received, tag);
        if (filtered > 0) Filtered.Add(filtered, tag);
        if (unknown > 0) Unknown.Add(unknown, tag);
    }

    public void CountTranslated() => Translated.Add(1, tag);

    public void CountMalformed() => Malformed.Add(1, tag);

    public void CountReconnect() => Reconnects.Add(1, tag);

    public void CountProtocolError(string kind) => ProtocolErrors.Add(1, new TagList { tag, new("kind", kind) });

    public void RecordRoundTrip(TimeSpan took) => RoundTrip.Record(took.TotalMilliseconds, tag);
}
