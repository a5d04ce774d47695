using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Gate;
using FloorMonitor.Service.Alerts;
using FloorMonitor.Service.Engine;

namespace FloorMonitor.Service.Tests.Alerts;

/// <summary>What people do about dead letters while the floor's writer stands still.</summary>
public sealed class DeadLetterDeskTests : IAsyncDisposable
{
    private readonly LanesUnderTest lanes = new();
    private readonly EngineInbox writer = new(10);
    private readonly DeadLetterDesk desk;

    public DeadLetterDeskTests()
    {
        lanes.Told(writer, () => FloorState.Empty);
        desk = new(lanes.Outbox, lanes.Lanes, lanes.Road, lanes.Teller!, writer, lanes.Notes, lanes.Time);
        lanes.Outbox.NoteDead(lanes.Outbox.Commit(lanes.Outbox.Book, [LanesUnderTest.To("a", "k")], [])[0], "HTTP 410: gone");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Letter => DeadLetterDesk.IdOf(lanes.Outbox.Dead[0]);

    public async ValueTask DisposeAsync()
    {
        desk.Dispose();
        await lanes.DisposeAsync();
    }

    [Fact]
    public async Task Who_is_not_answered_in_time_hears_that_it_is_busy_and_the_next_one_is_let_in()
    {
        var asked = desk.ResendAsync(Letter, "li", GateDoor.Desk, Stop);
        Assert.False(asked.IsCompleted);
        lanes.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.True((await SoonAsync(asked)).IsBusy);
        Assert.Single(lanes.Outbox.Dead);
        Assert.Empty(lanes.A.Tries);

        var next = desk.DropAsync(Letter, "x", "wang", GateDoor.Desk, Stop);
        while (writer.Reader.TryRead(out var item)) ((HouseSaid)item).Answer.TrySetResult(new CommandDone(null));
        Assert.Equal(1, (await SoonAsync(next)).Count);
        Assert.Empty(lanes.Outbox.Dead);
    }

    [Fact]
    public async Task Who_goes_away_while_waiting_keeps_nobody_else_out()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var asked = desk.DropAsync(Letter, "x", "li", GateDoor.Desk, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SoonAsync(asked));
        Assert.Single(lanes.Outbox.Dead);
    }

    private static Task<DeadLetterAnswer> SoonAsync(Task<DeadLetterAnswer> asked) => asked.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Stop);
}
