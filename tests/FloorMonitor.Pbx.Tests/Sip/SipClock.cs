using System.Threading.Channels;
using FloorMonitor.Pbx.Tests.Ami;
using Microsoft.Extensions.Time.Testing;

namespace FloorMonitor.Pbx.Tests.Sip;

/// <summary>A clock that stands still and tells of every timer that is set or moved on it.</summary>
internal sealed class SipClock : FakeTimeProvider
{
    private readonly Channel<TimeSpan> timers = Channel.CreateUnbounded<TimeSpan>();

    public SipClock()
        : base(DateTimeOffset.FromUnixTimeSeconds(1795418200))
    {
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Told(base.CreateTimer(callback, state, dueTime, period), timers.Writer);
        timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until a timer of this length is set.</summary>
    public async Task TimerOfAsync(TimeSpan due)
    {
        while (await timers.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(FeedUnderTest.Patience) != due)
        {
        }
    }

    /// <summary>Waits until a timer of this length is set, then lets it run out.</summary>
    public async Task RunOutAsync(TimeSpan due)
    {
        await TimerOfAsync(due);
        Advance(due);
    }

    private sealed class Told(ITimer timer, ChannelWriter<TimeSpan> timers) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = timer.Change(dueTime, period);
            timers.TryWrite(dueTime);
            return changed;
        }

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
