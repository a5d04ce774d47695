using System.Collections.Concurrent;
using System.Reactive.Subjects;
using FloorMonitor.Pbx.Sip;

namespace FloorMonitor.Pbx.Tests.Sip.Watch;

/// <summary>An account at a PBX that says what the test makes it say.</summary>
internal sealed class FakeUserAgent(TimeProvider time) : ISipUserAgent, IDisposable
{
    private readonly Subject<SipLinkState> link = new();
    private long sequence;

    public ConcurrentDictionary<(string Seat, string Event), FakeSubscription> Watches { get; } = new();

    public string Name => "monitor@pbx.test";

    public SipLinkState Link { get; private set; } = new(false, default, 0, null, null);

    public IObservable<SipLinkState> LinkChanges => link;

    /// <summary>Set once it runs.</summary>
    public TaskCompletionSource Running { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int LongestText => 800;

    public ISipSubscription Subscribe(SipWatch watch, Action<SipNotice> heard)
    {
        var seat = watch.Target.Split(':', '@')[1];
        return Watches[(seat, watch.Event)] = new FakeSubscription(watch, heard);
    }

    public Task<SipDelivery> SendMessageAsync(string to, string text, string? id, CancellationToken stop) =>
        Task.FromResult(new SipDelivery(SipDeliveryOutcome.Delivered, "200 OK", TimeSpan.Zero));

    public async Task RunAsync(CancellationToken stop)
    {
        Running.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, time, stop);
    }

    public void Restart(string reason)
    {
    }

    public void Dispose() => link.Dispose();

    public void Up() => Say(new(true, time.GetUtcNow(), Link.Epoch + 1, null, TimeSpan.FromMilliseconds(1)));

    public void MeasuresAgain() => Say(Link with { RoundTrip = TimeSpan.FromMilliseconds(2) });

    public void Down(string reason) => Say(new(false, time.GetUtcNow(), Link.Epoch, reason, null));

    public void Notify(string seat, string package, byte[] body)
    {
        var watched = Watches[(seat, package)];
        watched.Heard(new SipNotify(watched.Watch, time.GetUtcNow(), Link.Epoch, null, body, ++sequence, Link.Epoch)
        {
            Raw = $"NOTIFY {seat} {package}",
        });
    }

    public void Stands(string seat, string package, SipWatchStanding standing, string reason)
    {
        var watched = Watches[(seat, package)];
        watched.Heard(new SipWatchChanged(watched.Watch, time.GetUtcNow(), Link.Epoch, new(standing, reason)));
    }

    private void Say(SipLinkState state)
    {
        Link = state;
        link.OnNext(state);
    }

    internal sealed class FakeSubscription(SipWatch watch, Action<SipNotice> heard) : ISipSubscription
    {
        public SipWatch Watch => watch;

        public Action<SipNotice> Heard => heard;

        public SipWatchState State => new(SipWatchStanding.Active);

        public int Refreshed { get; private set; }

        public bool IsOver { get; private set; }

        public void Refresh() => Refreshed++;

        public void Dispose() => IsOver = true;
    }
}
