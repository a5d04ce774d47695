using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using FloorMonitor.Service.Alerts;
using FloorMonitor.Service.Engine;
using FloorMonitor.Service.Wire;

namespace FloorMonitor.Service.Hubs;

/// <summary>
/// Tells the screens' pumps that there is something newer: at most every <see cref="Pace"/>, and at every beat of the
/// engine, so that a quiet floor is still seen to be alive and a dead engine is not hidden.
/// </summary>
internal sealed class Broadcaster : BackgroundService
{
    /// <summary>Changes within this time go out together. The first after a rest goes at once.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    // A screen that missed more alerts than these finds the verdicts in its floor anyway.
    private const int AlertsKept = 128;

    private readonly ConcurrentDictionary<string, ScreenPump> pumps = new(StringComparer.Ordinal);
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly FloorBoard board;
    private readonly FloorViews views;
    private readonly TimeProvider time;
    private Published published;

    public Broadcaster(FloorBoard board, FloorViews views, WallBook walls, DeskNotes notes, TimeProvider time, EngineMeter meter)
    {
        this.board = board;
        this.views = views;
        this.time = time;
        published = new(views.Current(), [], 0);
        notes.Changed += () => news.Writer.TryWrite(true);
        walls.Changed += () => news.Writer.TryWrite(true);
        meter.WatchScreens(() => pumps.Count);
    }

    /// <summary>What screens should have by now.</summary>
    public Published Newest => Volatile.Read(ref published);

    public void Add(ScreenPump pump) => pumps[pump.Connection] = pump;

    public void Remove(ScreenPump pump) => pumps.TryRemove(pump.Connection, out _);

    /// <summary>Has the screen sent everything anew.</summary>
    public void Refresh(string connection)
    {
        if (pumps.TryGetValue(connection, out var pump)) pump.Refresh();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var states = board.States.Subscribe(_ => news.Writer.TryWrite(true));
        using var beats = board.Beats.Subscribe(_ => news.Writer.TryWrite(true));
        await foreach (var _ in news.Reader.ReadAllAsync(stoppingToken))
        {
            Publish();
            await Task.Delay(Pace, time, stoppingToken);
        }
    }

    /// <summary>Takes the newest view and wakes every screen's pump.</summary>
    internal void Publish()
    {
        var view = views.Current();
        ImmutableInterlocked(ref published, last => last with { View = view });
        foreach (var (_, pump) in pumps) pump.Wake();
    }

    /// <summary>Something for screens to ring and flash about, or to fall silent about. Returns at once.</summary>
    public void Alert(ImmutableArray<ShownAlert> shown)
    {
        var floor = board.State;
        List<WireAlert> wire = [.. shown.Select(one => WireAlerts.Of(one, floor))];
        ImmutableInterlocked(ref published, last =>
        {
            var alerts = last.Alerts.AddRange(wire);
            return last with
            {
                Alerts = alerts.Count > AlertsKept ? alerts.RemoveRange(0, alerts.Count - AlertsKept) : alerts,
                AlertCount = last.AlertCount + wire.Count,
            };
        });
        news.Writer.TryWrite(true);
    }

    private static void ImmutableInterlocked(ref Published place, Func<Published, Published> change)
    {
        Published before, after;
        do
        {
            before = Volatile.Read(ref place);
            after = change(before);
        }
        while (!ReferenceEquals(Interlocked.CompareExchange(ref place, after, before), before));
    }

    /// <summary>What screens should have.</summary>
    /// <param name="View">The floor.</param>
    /// <param name="Alerts">The newest alerts, oldest first.</param>
    /// <param name="AlertCount">How many alerts there ever were; the last of them is the last of <paramref name="Alerts"/>.</param>
    internal sealed record Published(WireView View, ImmutableList<WireAlert> Alerts, long AlertCount);
}
