using FloorMonitor.Core.Floor;
using FloorMonitor.Core.Metrics;
using FloorMonitor.Core.Tests.Floor;
using static FloorMonitor.Core.Tests.Floor.Story;

namespace FloorMonitor.Core.Tests.Metrics;

public sealed class FiguresTests
{
    [Fact]
    public void Every_agent_is_counted_once()
    {
        var totals = FloorTotals.Of(Busy().State);
        Assert.Equal((7, 1, 2, 1, 1, 1, 1), (totals.SignedIn, totals.Available, totals.OnCall, totals.Ringing, totals.WrapUp, totals.OnBreak, totals.Unreachable));
        Assert.Equal((0, 2, Time("10:00:01")), (totals.Unknown, totals.Waiting, totals.OldestWaitSince!.Value));
    }

    [Fact]
    public void Out_of_sight_everybody_is_unknown_and_nobody_signed_in()
    {
        var totals = FloorTotals.Of(Busy().At("10:02").Lost().State);
        Assert.Equal((0, 7, 0, 0), (totals.SignedIn, totals.Unknown, totals.OnBreak, totals.InternalCalls));
        Assert.Equal(2, totals.Waiting);
    }

    [Fact]
    public void A_call_between_two_seats_counts_both_of_them()
    {
        var floor = Busy();
        Assert.Equal(0, FloorTotals.Of(floor.State).InternalCalls);
        floor.At("10:02").Tell(new CallDialed(floor.Now, Pbx, "leg", "x", "free", "break", CallDirection.Internal, "1002"));
        Assert.Equal(0, FloorTotals.Of(floor.State).InternalCalls);
        floor.Tell(new CallPickedUp(floor.Now, Pbx, "leg"));
        Assert.Equal(2, FloorTotals.Of(floor.State).InternalCalls);
    }

    [Fact]
    public void A_queue_counts_its_own_members()
    {
        var figures = QueueFigures.Of(Busy().State);
        var (support, sales) = (figures["support"], figures["sales"]);
        Assert.Equal((6, 0, 2, 2), (support.SignedIn, support.Available, support.OnCall, support.OnBreak));
        Assert.Equal((2, 1, 0, 0), (sales.SignedIn, sales.Available, sales.OnCall, sales.OnBreak));
        Assert.Equal((2, Time("10:00:01")), (support.Waiting, support.OldestWaitSince!.Value));
        Assert.Equal((null, null), (sales.ServiceLevel, sales.OldestWaitSince));
    }

    [Fact]
    public void A_gap_that_runs_is_unseen_already()
    {
        var floor = new Story().At("09:00").Joins("wang", "support").At("10:00").Lost();
        var figures = QueueFigures.Of(floor.State)["support"];
        Assert.Equal(TimeSpan.FromMinutes(5), figures.UnseenUntil(floor.State, Time("10:05")));
        floor.At("10:06").Synced(Of(Seen("wang", "support")) with { Queues = [new("support", null, null, null)] });
        figures = QueueFigures.Of(floor.State)["support"];
        Assert.Equal(TimeSpan.FromMinutes(6), figures.UnseenUntil(floor.State, Time("11:00")));
    }

    // One agent of every kind: "free" is paused in support and free in sales.
    private static Story Busy()
    {
        var floor = new Story().At("09:00").Joins("free", "support").Joins("free", "sales").Joins("talk", "support").Joins("hold", "support")
            .Joins("ring", "support").Joins("wrap", "support", wrapUpSeconds: 600).Joins("break", "support").Joins("gone", "sales", phone: PhoneState.Unreachable);
        foreach (var agent in new[] { "talk", "hold", "wrap" }) floor.CallerJoins("support", "of-" + agent).Answers(agent, "support", "of-" + agent);
        floor.At("10:00").Tell(new CallHeld(floor.Now, Pbx, "hold")).Completes("wrap", "support", "of-wrap");
        floor.Pauses("free", "support", "short").Pauses("break", "support", "short");
        floor.At("10:00:01").CallerJoins("support", "w1").Rings("ring", "support", "w1");
        return floor.At("10:00:02").CallerJoins("support", "w2");
    }
}
