using System.Globalization;
using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Alerts;
using FloorMonitor.Service.Alerts.Channels;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Engine;
using FloorMonitor.Store.Outbox;
using Microsoft.Extensions.Logging.Abstractions;

namespace FloorMonitor.Service.Tests.Alerts;

/// <summary>
/// Decides alerts and delivers them until all are delivered, or until it is killed. Begun again, it decides the same ones again,
/// as a service does that finds the floor as it was: the outbox knows which of them it holds.
/// </summary>
internal static class AlertCrashChild
{
    public const int Subjects = 100;
    private const int Batch = 50;

    public static async Task<int> RunAsync(string folder, Uri url, int count)
    {
        var time = TimeProvider.System;
        using var outbox = AlertOutbox.Open(folder, time, note => Say("note " + note));
        using var meter = new AlertMeter();
        var config = new AlertConfig
        {
            Channels = ValueArray.From<ChannelConfig>([new WebhookConfig("hook", WebhookKind.Webhook, url, "s", "zh")]),
            Retry = new(100, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(8)),
        };
        var road = new AlertRoad(config, new ChannelFactory(time, () => null).Create, AcknowledgementLinks.Open(folder));
        await using var lanes = new AlertLanes(new AlertDelivery(outbox, road, new DeskNotes(time), meter, time, NullLogger<AlertDelivery>.Instance), time, NullLogger<AlertLanes>.Instance);
        lanes.Put(outbox.Waiting);
        for (var from = 0; from < count; from += Batch)
        {
            var messages = Enumerable.Range(from, Math.Min(Batch, count - from)).Select(Message).ToList();
            lanes.Put(outbox.Commit(outbox.Book, messages, []));
            Say(string.Create(CultureInfo.InvariantCulture, $"committed {from + messages.Count}"));
        }

        while (outbox.Counts.Waiting > 0) await Task.Delay(TimeSpan.FromMilliseconds(20), time);
        Say(string.Create(CultureInfo.InvariantCulture, $"done {outbox.Counts.Dead}"));
        return 0;
    }

    private static Core.Alerts.AlertMessage Message(int number) => Outgoing.Message(
        string.Create(CultureInfo.InvariantCulture, $"{number % Subjects}#{number / Subjects}"), "hook", string.Create(CultureInfo.InvariantCulture, $"{number % Subjects}"));

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
