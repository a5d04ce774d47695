using System.Collections.Concurrent;
using FloorMonitor.Core.Alerts;
using FloorMonitor.Core.Floor;
using FloorMonitor.Service.Alerts;
using FloorMonitor.Service.Configuration;
using FloorMonitor.Service.Engine;
using FloorMonitor.Store.Outbox;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Service.Tests.Alerts;

/// <summary>An outbox and its lanes around channels that do what a test says.</summary>
internal sealed class LanesUnderTest : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("floor-lanes-").FullName;
    private readonly AlertMeter meter = new();

    public LanesUnderTest(RetryConfig? retry = null, OutboxLimits? limits = null)
    {
        Notes = new(Time);
        Outbox = AlertOutbox.Open(folder, Time, _ => { }, limits);
        Config = new AlertConfig
        {
            Channels = ValueArray.From<ChannelConfig>([new SipConfig("a"), new SipConfig("b")]),
            Retry = retry ?? new(4, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)),
        };
        Road = new(Config, config => Channels.GetOrAdd(config.Name, _ => new()), AcknowledgementLinks.Open(folder));
        Lanes = Make(null);
    }

    public FakeTimeProvider Time { get; } = new(Outgoing.Start);

    public DeskNotes Notes { get; }

    public AlertOutbox Outbox { get; }

    public AlertConfig Config { get; }

    public AlertRoad Road { get; }

    public AlertLanes Lanes { get; private set; }

    public MessageTeller? Teller { get; private set; }

    public ConcurrentDictionary<string, ScriptedChannel> Channels { get; } = new();

    public ScriptedChannel A => Channels.GetOrAdd("a", _ => new());

    public ScriptedChannel B => Channels.GetOrAdd("b", _ => new());

    /// <summary>The lanes that tell a floor what became of people's messages; made once.</summary>
    public AlertLanes Told(EngineInbox inbox, Func<FloorState> floor)
    {
        if (Teller is null) Lanes = Make(Teller = new(inbox, floor, Time));
        return Lanes;
    }

    public void Put(params AlertMessage[] messages) => Lanes.Put(Outbox.Commit(Outbox.Book, messages, []));

    public static AlertMessage To(string channel, string key, string subject = "s") => Outgoing.Message(key, channel, subject, "x");

    /// <summary>Waits until so many tries were made on a channel; what each of them led to may still be written down.</summary>
    public static async Task<List<string>> TriesAsync(ScriptedChannel channel, int count)
    {
        await UntilAsync(() => channel.Tries.Count >= count);
        return [.. channel.Tries];
    }

    public static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!isSo()) await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, limit.Token);
    }

    private AlertLanes Make(MessageTeller? teller) =>
        new(new AlertDelivery(Outbox, Road, Notes, meter, Time, NullLogger<AlertDelivery>.Instance, () => 1.0, teller), Time, NullLogger<AlertLanes>.Instance);

    public async ValueTask DisposeAsync()
    {
        await Lanes.DisposeAsync();
        Outbox.Dispose();
        meter.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>A channel that does what a test says.</summary>
internal sealed class ScriptedChannel : IAlertChannel
{
    public ConcurrentQueue<string> Tries { get; } = new();

    public Func<string, CancellationToken, Task<Delivery>> Answer { get; set; } = (_, _) => Task.FromResult<Delivery>(new Delivered());

    public void Say(Func<string, Delivery> answer) => Answer = (key, _) => Task.FromResult(answer(key));

    public Task<Delivery> SendAsync(OutgoingAlert outgoing, CancellationToken stop)
    {
        Tries.Enqueue(outgoing.Message.Key);
        return Answer(outgoing.Message.Key, stop);
    }
}
