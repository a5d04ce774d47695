using System.Threading.Channels;
using FloorMonitor.Core.Floor;
using Microsoft.Extensions.Logging;

namespace FloorMonitor.Pbx.Ami;

/// <summary>
/// One connection from greeting to loss: log in, subscribe, hold what arrives, read the snapshot, apply what was held, then live.
/// AMI has no sequence numbers and replays nothing, so this order is the only one that misses nothing.
/// </summary>
internal sealed class AmiSession : IAsyncDisposable
{
    private readonly AmiFeedOptions options;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly AmiMeter meter;
    private readonly AmiMemory memory;
    private readonly AmiTranslator translator;
    private readonly Action<FeedMessage> emit;
    private readonly Channel<string> resnapshot = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly List<AmiReceived> held = [];
    private DateTimeOffset? bootEstimate;
    private readonly TaskCompletionSource booted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? queueStatusId;
    private volatile string? channelsId;
    private volatile bool queuesDone;
    private volatile bool channelsDone;
    private volatile AmiSnapshot? snapshot;
    private volatile TaskCompletionSource? installed;
    private volatile bool live;

    public AmiSession(AmiFeedOptions options, Stream stream, AgentDirectory directory, AmiMemory memory, TimeProvider time, ILogger log,
        AmiMeter meter, Action<FeedMessage> emit)
    {
        this.options = options;
        this.time = time;
        this.log = log;
        this.meter = meter;
        this.memory = memory;
        this.emit = emit;
        translator = new AmiTranslator(options.Name, directory, memory.Clock);
        Link = new AmiLink(stream, new AmiParser(AmiEventSet.Feed, options.Limits), time, meter, OnMessage);
    }

    /// <summary>The connection.</summary>
    public AmiLink Link { get; }

    /// <summary>Since when it is synced; null before.</summary>
    public DateTimeOffset? SyncedAt { get; private set; }

    /// <summary>Whether the switch said goodbye.</summary>
    public bool ShutDown { get; private set; }

    /// <summary>The members that the switch has named.</summary>
    public AmiMembers Members => translator.Members;

    /// <summary>Runs until the link is lost or stopped. Always ends by an exception that says why, or by the peer's close.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reading = Link.ReadAsync(ending.Token);
        var driving = DriveAsync(ending.Token);
        var first = await Task.WhenAny(reading, driving);
        await ending.CancelAsync();
        await Task.WhenAll(reading, driving).ContinueWith(static both => _ = both.Exception, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

        // The reader's own failure says why; the driver's is then only its consequence. A refusal is said by the driver while the
        // switch closes the link behind it, so it goes before a plain close.
        if (driving.Exception?.InnerException is AmiRefusedException refused) throw refused;
        if (reading.IsFaulted) await reading;
        await first;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Link.DisposeAsync();

    private async Task DriveAsync(CancellationToken stop)
    {
        await Link.Banner.WaitAsync(options.ConnectWithin, time, stop);
        await AmiLogin.LoginAsync(Link, options, stop);
        if (!await AmiLogin.NarrowAsync(Link, options, stop))
            log.LogInformation("{Feed}: the account may not set filters; the switch sends more than is needed", options.Name);
        await PingAsync(stop);

        // A starting switch takes logins before its queues and their members are there: a snapshot of it would show everybody gone.
        if (memory.TellsBoot) await BootedAsync(stop);
        if (!await TrySnapshotAsync(stop))
        {
            await BootedAsync(stop);
            if (!await TrySnapshotAsync(stop)) throw new IOException("The switch knows no queues: app_queue is not loaded.");
        }

        while (true)
        {
            using var until = CancellationTokenSource.CreateLinkedTokenSource(stop);
            var asked = resnapshot.Reader.WaitToReadAsync(until.Token).AsTask();
            var due = Task.Delay(options.KeepAliveEvery, time, until.Token);
            var woken = await Task.WhenAny(asked, due);
            await until.CancelAsync();
            stop.ThrowIfCancellationRequested();
            if (woken == asked && resnapshot.Reader.TryRead(out var why))
            {
                log.LogInformation("{Feed}: reading the switch anew: {Why}", options.Name, why);
                if (!await TrySnapshotAsync(stop)) throw new IOException("The switch has unloaded its queues.");
            }
            else
            {
                await PingAsync(stop);
            }
        }
    }

    private async Task PingAsync(CancellationToken stop)
    {
        var sent = time.GetTimestamp();
        await Link.AskAsync(new AmiAction("Ping"), options.AnswerWithin, stop);
        meter.RecordRoundTrip(time.GetElapsedTime(sent));
    }

    private async Task BootedAsync(CancellationToken stop)
    {
        try
        {
            await booted.Task.WaitAsync(options.SnapshotWithin, time, stop);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The switch is still starting after {options.SnapshotWithin.TotalSeconds:0.#} s.");
        }
    }

    /// <summary>Reads everything. False when the switch does not know the question: its queues are not loaded, or not yet.</summary>
    private async Task<bool> TrySnapshotAsync(CancellationToken stop)
    {
        var status = await Link.AskAsync(new AmiAction("CoreStatus"), options.AnswerWithin, stop);
        memory.Started(SwitchStart.Of(bootEstimate, status.Find("Response") is "Success" ? status : null) + memory.Clock.Offset);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        queuesDone = channelsDone = false;
        snapshot = new AmiSnapshot();
        installed = done;
        live = false;

        // Both are asked at once: the second list then follows the first without a round trip, and the hold stays short.
        var queues = Link.AskAsync(new AmiAction("QueueStatus"), options.SnapshotWithin, stop, id => queueStatusId = id);
        var channels = Link.AskAsync(new AmiAction("CoreShowChannels"), options.SnapshotWithin, stop, id => channelsId = id);
        var listed = await queues;
        if (listed.Find("Response") is "Error")
        {
            await channels;
            snapshot = null;
            var words = listed.Get("Message") ?? "no reason given";
            if (words.Contains("unknown command", StringComparison.OrdinalIgnoreCase)) return false;
            throw new AmiRefusedException($"The switch does not show this account its queues: {words}.");
        }

        if ((await channels).Find("Response") is "Error")
            log.LogInformation("{Feed}: the account may not list channels (it lacks write=reporting); calls under way are seen from their next event on", options.Name);
        await done.Task.WaitAsync(options.SnapshotWithin, time, stop);
        return true;
    }

    /// <summary>Runs on the reading loop: whatever it does must be short.</summary>
    private void OnMessage(AmiReceived received)
    {
        var message = received.Message;
        if (message.Kind == AmiMessageKind.Response)
        {
            if (received.SentAt is { } sentAt && SwitchClock.TryParse(message.Find("Timestamp"), out var switchTime))
                memory.Clock.Measure(sentAt, received.ReceivedAt, switchTime);
            if (Belongs(message, channelsId) && message.Find("Response") is "Error") ChannelsDone(received.ReceivedAt);
            return;
        }

        switch (message.Event)
        {
            case AmiEventKind.QueueParams or AmiEventKind.QueueMember or AmiEventKind.QueueEntry:
                if (Belongs(message, queueStatusId)) snapshot?.Add(message);
                break;
            case AmiEventKind.CoreShowChannel:
                if (Belongs(message, channelsId)) snapshot?.Add(message);
                break;
            case AmiEventKind.QueueStatusComplete:
                if (Belongs(message, queueStatusId)) QueuesDone(received.ReceivedAt);
                break;
            case AmiEventKind.CoreShowChannelsComplete:
                if (Belongs(message, channelsId)) ChannelsDone(received.ReceivedAt);
                break;
            case AmiEventKind.FullyBooted:
                Booted(received);
                break;
            case AmiEventKind.Shutdown:
                ShutDown = true;
                break;
            case AmiEventKind.Reload:
                resnapshot.Writer.TryWrite("its configuration was reloaded");
                break;
            default:
                if (message.Kind == AmiMessageKind.Event) Live(received);
                break;
        }
    }

    private static bool Belongs(AmiMessage message, string? id) => id is not null && message.ActionId.SequenceEqual(id);

    private void Booted(AmiReceived received)
    {
        if (received.Message.GetNumber("Uptime") is >= 0 and < 1_000_000_000 and var uptime)
            bootEstimate = received.ReceivedAt - memory.Clock.Offset - TimeSpan.FromSeconds(uptime);

        memory.TellsBoot = true;
        booted.TrySetResult();

        // It comes with the login; one that comes later means that what was read before came from a switch that was still loading.
        if (snapshot is not null || SyncedAt is not null) resnapshot.Writer.TryWrite("it has finished starting");
    }

    private void Live(AmiReceived received)
    {
        if (live)
        {
            Say(received);
            return;
        }

        if (held.Count >= options.MaxHeld)
            throw new AmiProtocolException(AmiProtocolError.TooMuchHeld, $"More than {options.MaxHeld} events arrived while the snapshot was read.");
        held.Add(received);
    }

    private void QueuesDone(DateTimeOffset at)
    {
        queuesDone = true;
        InstallWhenWhole(at);
    }

    private void ChannelsDone(DateTimeOffset at)
    {
        channelsDone = true;
        InstallWhenWhole(at);
    }

    private void InstallWhenWhole(DateTimeOffset at)
    {
        if (!queuesDone || !channelsDone || snapshot is not { } whole || installed is not { } done) return;
        var seen = whole.Build(translator, memory.Clock, at, memory.SwitchStartedAt);
        // Before it is told: what the floor finds in the snapshot may have to be put back at once, over this very link.
        SyncedAt = at;
        emit(new FeedMessage(options.Name, at, whole.Text(), [new FeedSynced(at, options.Name, seen)]));
        snapshot = null;
        foreach (var waiting in held) Say(waiting);
        held.Clear();
        live = true;
        done.TrySetResult();
    }

    private void Say(AmiReceived received)
    {
        var malformed = translator.Malformed;
        if (translator.Translate(received.Message, received.ReceivedAt) is { } @event)
        {
            meter.CountTranslated();
            emit(new FeedMessage(options.Name, @event.At, received.Message.Text, [@event]));
        }
        else if (translator.Malformed != malformed)
        {
            meter.CountMalformed();
            if (malformed == 0) log.LogWarning("{Feed}: an event {Event} lacks its queue, member or call; ignored (said once)", options.Name, received.Message.Event);
        }
    }
}
