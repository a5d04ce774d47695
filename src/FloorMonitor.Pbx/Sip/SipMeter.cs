using System.Diagnostics.Metrics;
using FloorMonitor.Pbx.Ami;

namespace FloorMonitor.Pbx.Sip;

/// <summary>What SIP links count, under the meter of all PBX links; every figure carries the feed's name.</summary>
internal sealed class SipMeter(string feed)
{
    private static readonly Meter Meter = new(AmiMeter.Name);
    private static readonly Counter<long> Bytes = Meter.CreateCounter<long>("floor.sip.bytes", "By", "Bytes of messages received.");
    private static readonly Counter<long> Received = Meter.CreateCounter<long>("floor.sip.messages.received", null, "Messages received.");
    private static readonly Counter<long> Malformed = Meter.CreateCounter<long>("floor.sip.messages.malformed", null, "Messages refused for what they are.");
    private static readonly Counter<long> Repeated = Meter.CreateCounter<long>("floor.sip.messages.repeated", null, "Requests that came again and were answered as before.");
    private static readonly Counter<long> Downs = Meter.CreateCounter<long>("floor.sip.downs", null, "Times that the PBX was away.");
    private static readonly Histogram<double> RoundTrip = Meter.CreateHistogram<double>("floor.sip.round_trip", "ms", "From an OPTIONS to its answer.");

    private readonly KeyValuePair<string, object?> tag = new("feed", feed);

    public void CountBytes(long bytes) => Bytes.Add(bytes, tag);

    public void CountReceived() => Received.Add(1, tag);

    public void CountMalformed() => Malformed.Add(1, tag);

    public void CountRepeated() => Repeated.Add(1, tag);

    public void CountDown() => Downs.Add(1, tag);

    public void RecordRoundTrip(TimeSpan took) => RoundTrip.Record(took.TotalMilliseconds, tag);
}
