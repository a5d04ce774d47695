using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using FloorMonitor.Core.Floor;

namespace FloorMonitor.Pbx.Tests.Ami;

/// <summary>What the feed counts.</summary>
public sealed class AmiMeterTests
{
    [Fact]
    public async Task Messages_bytes_round_trips_errors_and_reconnects_are_counted_under_the_feed_s_name()
    {
        var counted = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "FloorMonitor.Pbx") self.EnableMeasurementEvents(instrument);
        };
        void Add(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            foreach (var tag in tags)
                if (tag is { Key: "feed", Value: "metered" }) counted.AddOrUpdate(name, value, (_, sum) => sum + value);
        }

        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument.Name, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument.Name, 1, tags));
        listener.Start();

        await using var test = new FeedUnderTest(options: FeedUnderTest.Options with { Name = "metered" });
        var (peer, _) = await test.SyncedAsync();
        peer.Send("Event: Newexten\r\n\r\nEvent: FloorShow\r\n\r\nEvent: QueueCallerJoin\r\nQueue: support\r\n\r\n" + AmiFeedTests.Pause("meal") + "garbage\r\n\r\n");
        await test.NextAsync<MemberPaused>();
        await test.NextAsync<FeedLost>();
        await test.Clock.RunOutAsync(TimeSpan.FromSeconds(1));
        await test.NextAsync<FeedConnecting>();
        Assert.Equal(
            (1, 1, 1, 1, 1, 1),
            (counted["floor.pbx.messages.filtered"], counted["floor.pbx.messages.unknown"], counted["floor.pbx.messages.malformed"],
                counted["floor.pbx.messages.translated"], counted["floor.pbx.protocol.errors"], counted["floor.pbx.reconnects"]));
        Assert.True(counted["floor.pbx.bytes"] > 500);
        Assert.True(counted["floor.pbx.round_trip"] >= 1);
    }
}
